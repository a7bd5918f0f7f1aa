/** 对象条件 — whether a household, village or county still is one that the procedure is for. */
import {
  findLatestEpisode,
  MONITORING_STANDING_WORDS,
  type MonitoringEpisode,
  standingOf,
} from '../facts/monitoring.ts';
import { registryKeepers, subjectName } from '../guards/wording.ts';
import type { Plan, SubjectStatus } from '../plan/plan.ts';
import { unitWord } from '../plan/unit-word.ts';
import type { Facts } from './facts.ts';
import type { Refusal } from './refusal.ts';

/** 状态 of a household or a village as users read it. */
export const STATUS_WORDS: Readonly<Record<SubjectStatus, string>> = {
  unregistered: '未建档',
  poor: '未脱贫',
  exited: '脱贫',
  'stably-exited': '稳定脱贫',
  returned: '返贫',
  cleared: '已清退',
  'poor-village': '贫困村',
  'exited-village': '已出列',
  'ordinary-village': '非贫困村',
};

/**
 * Why a subject may not be listed, passed or labelled by its status in the registry: asked at launch
 * and again by every level above, because a household may be labelled, cleared or die in between.
 */
export function subjectRefusal(plan: Plan, facts: Facts, caseId: string): Refusal | null {
  const known = facts.cases[caseId];
  if (plan.subjectStatuses.length === 0) return null;
  const registry = known?.village?.registry ?? known?.registry ?? null;
  const status = registry?.status ?? 'unregistered';
  const subject = subjectName(known);
  if (plan.subjectStatuses.includes(status)) {
    return monitoringRefusal(plan, caseId, subject, known?.registry?.monitoring);
  }
  const wanted = plan.subjectStatuses.map((each) => STATUS_WORDS[each]).join('、');
  return {
    code: 'SUBJECT-STATUS',
    words: `${subject}在登记系统中是“${STATUS_WORDS[status]}”，本程序只办“${wanted}”的${unitWord(plan)}。`,
    clauseId: plan.subjectClauseId,
    cases: [caseId],
    missing: [`登记系统中的状态为${wanted}`],
    whoClears: registryKeepers(plan),
  };
}

/** Where a procedure is for monitored households, how their last 监测 stands. */
function monitoringRefusal(
  plan: Plan,
  caseId: string,
  subject: string,
  episodes: readonly MonitoringEpisode[] | undefined,
): Refusal | null {
  const { subjectMonitoring: asked } = plan;
  if (asked === undefined) return null;
  const latest = findLatestEpisode(episodes);
  const standing = latest === undefined ? undefined : standingOf(latest);
  if (standing !== undefined && asked.includes(standing)) return null;
  const is = standing === undefined ? '没有列入监测的农户' : MONITORING_STANDING_WORDS[standing];
  const wanted = asked.map((each) => MONITORING_STANDING_WORDS[each]).join('、');
  return {
    code: 'SUBJECT-STATUS',
    words: `${subject}在登记系统中是${is}，本程序只办${wanted}。`,
    clauseId: plan.subjectClauseId,
    cases: [caseId],
    missing: [`登记系统中为${wanted}`],
    whoClears: registryKeepers(plan),
  };
}
