/** 对象条件 — whether a household still is one that the procedure is for. */
import type { Plan } from '../plan/plan.ts';
import type { Facts } from './facts.ts';
import type { Refusal } from './refusal.ts';

/**
 * Why a household may not be listed, passed or labelled by its status in the registry: asked at launch
 * and again by every level above, because a household may be labelled, cleared or die in between.
 */
export function subjectRefusal(plan: Plan, facts: Facts, caseId: string): Refusal | null {
  const registry = facts.cases[caseId]?.registry ?? null;
  const status = registry?.status ?? 'unregistered';
  if (plan.subjectStatuses.includes(status)) return null;
  return {
    code: 'SUBJECT-STATUS',
    words: `${registry?.headName ?? '该户'}在登记系统中的状态不符合本程序的对象范围。`,
    clauseId: plan.subjectClauseId,
    cases: [caseId],
    missing: ['登记系统中相符的户状态'],
  };
}
