/** 对象条件 — whether a household still is one that the procedure is for. */
import type { RegistryStatus } from '../facts/household-facts.ts';
import { householdWords, registryKeepers } from '../guards/wording.ts';
import type { Plan } from '../plan/plan.ts';
import type { Facts } from './facts.ts';
import type { Refusal } from './refusal.ts';

/** 户状态 as users read it. */
export const STATUS_WORDS: Readonly<Record<RegistryStatus, string>> = {
  unregistered: '未建档',
  poor: '未脱贫',
  exited: '脱贫',
  'stably-exited': '稳定脱贫',
  returned: '返贫',
  cleared: '已清退',
};

/**
 * Why a household may not be listed, passed or labelled by its status in the registry: asked at launch
 * and again by every level above, because a household may be labelled, cleared or die in between.
 */
export function subjectRefusal(plan: Plan, facts: Facts, caseId: string): Refusal | null {
  const registry = facts.cases[caseId]?.registry ?? null;
  const status = registry?.status ?? 'unregistered';
  if (plan.subjectStatuses.includes(status)) return null;
  const known = facts.cases[caseId];
  const head = known === undefined ? '该户' : householdWords(known);
  const wanted = plan.subjectStatuses.map((each) => STATUS_WORDS[each]).join('、');
  return {
    code: 'SUBJECT-STATUS',
    words: `${head}在登记系统中是“${STATUS_WORDS[status]}”，本程序只办“${wanted}”的户。`,
    clauseId: plan.subjectClauseId,
    cases: [caseId],
    missing: [`登记系统中的状态为${wanted}`],
    whoClears: registryKeepers(plan),
  };
}
