/** 集中排查 — one household visited, whatever is found; what is found and no case is opened for alarms (G-29, §10.2). */
import type { Signature } from '../facts/household-facts.ts';
import {
  findLatestEpisode,
  MONITORING_STANDING_WORDS,
  type MonitoringEpisode,
  type MonitoringStanding,
  standingOf,
} from '../facts/monitoring.ts';
import type { Role } from '../kernel/actor.ts';
import type { Refusal } from '../kernel/refusal.ts';
import type { Clause, ProcedureId } from '../plan/plan.ts';
import type { PeriodRule } from '../time/date-receipt.ts';
import { computeDue, parseDeadline } from '../time/deadline.ts';
import { type Instant, type PlainDate, plainDateAt, startOfDay } from '../time/instant.ts';
import type { WorkCalendar } from '../time/work-calendar.ts';

/** 排查结论. */
export const SCREENING_FINDINGS = ['none', 'risk', 'unsteady', 'misidentified'] as const;

/** 排查结论 of one household. */
export type ScreeningFinding = (typeof SCREENING_FINDINGS)[number];

/** 排查结论 as users read it. */
export const FINDING_WORDS: Readonly<Record<ScreeningFinding, string>> = {
  none: '没有风险',
  risk: '有返贫致贫风险',
  unsteady: '风险消除不稳定',
  misidentified: '识别不精准',
};

/** 无: what is written where no risk was found; the field is never empty. */
export const NO_RISK = '无';

/** 入户排查表. */
export interface ScreeningSheet {
  readonly screenedOn: PlainDate;
  /** 排查人签字. */
  readonly screeners: readonly Signature[];
  /** 重点群体, by their words in the pack. */
  readonly groups: readonly string[];
  /** 风险问题: 有则详述，无则填“无”. */
  readonly risk: string;
  readonly finding: ScreeningFinding;
  /** 拟采取的帮助措施: 有问题则必填. */
  readonly measures: string;
  /** 小额信贷需求. */
  readonly wantsLoan: boolean;
  readonly householder: Signature | null;
  /** 电话（微信）排查: why nobody went there; null where somebody did. */
  readonly remote: { readonly reason: string } | null;
}

/** 排查规则 of a pack for one place, resolved. */
export interface ScreeningRules {
  readonly packId: string;
  readonly packVersion: number;
  readonly title: string;
  readonly by: readonly Role[];
  readonly clauseId: string;
  readonly groups: readonly string[];
  /** 重点群体原则上要实地排查. */
  readonly inPersonClauseId: string;
  /** 入户排查完成时间. */
  readonly visitedBy: { readonly deadline: string; readonly clauseId: string };
  /** What each finding has to become, and until when at the latest. */
  readonly followUps: Readonly<Partial<Record<ScreeningFinding, FollowUpRule>>>;
  readonly followedBy: { readonly deadline: string; readonly clauseId: string };
  /** 第一时间: how long without a case before it alarms; null while the office has confirmed none. */
  readonly alarm: { readonly rule: PeriodRule; readonly clauseId: string } | null;
  readonly clauses: Readonly<Record<string, Clause>>;
  readonly calendar: WorkCalendar;
}

/** 排查发现的去向. */
export interface FollowUpRule {
  readonly procedure: ProcedureId;
  readonly clauseId: string;
}

/** What a household is in the registry when it is screened. */
export interface ScreenedHousehold {
  readonly headName: string;
  readonly monitoring: readonly MonitoringEpisode[] | undefined;
}

/** Why a sheet is not taken; empty for one that is whole. */
export function judgeSheet(
  rules: ScreeningRules,
  sheet: ScreeningSheet,
  household: ScreenedHousehold,
  at: Instant,
): readonly Refusal[] {
  const faults = [
    ...riskFaults(sheet),
    ...signatureFaults(sheet),
    ...groupFaults(rules, sheet),
    ...dateFaults(sheet, plainDateAt(at)),
  ];
  const whole: readonly Refusal[] =
    faults.length === 0
      ? []
      : [
          {
            code: 'SCREENING-SHEET',
            words: `${household.headName}户的排查表不完整：${faults.map(({ words }) => words).join('；')}。`,
            clauseId: rules.clauseId,
            missing: faults.map(({ missing }) => missing),
          },
        ];
  return [
    ...whole,
    ...remoteFaults(rules, sheet, household),
    ...findingFaults(rules, sheet, household),
  ];
}

interface SheetFault {
  readonly words: string;
  readonly missing: string;
}

function riskFaults({ risk, finding, measures }: ScreeningSheet): readonly SheetFault[] {
  const written = risk.trim();
  if (written === '') return [{ words: '风险问题没有填，没有的填“无”', missing: '风险问题' }];
  if (written === NO_RISK) {
    if (finding === 'none') return [];
    return [
      { words: `结论为${FINDING_WORDS[finding]}，风险问题却填“无”`, missing: '风险问题的详细描述' },
    ];
  }
  return [
    ...(finding === 'none'
      ? [{ words: '填了风险问题，结论却是没有风险', missing: '与风险问题相符的结论' }]
      : []),
    ...(measures.trim() === ''
      ? [{ words: '有风险问题，没有填拟采取的帮助措施', missing: '拟采取的帮助措施' }]
      : []),
  ];
}

function signatureFaults({
  screeners,
  householder,
  remote,
}: ScreeningSheet): readonly SheetFault[] {
  const isSigned = ({ name, scan }: Signature) => name.trim() !== '' && scan !== '';
  return [
    ...(screeners.some(isSigned) ? [] : [{ words: '排查人没有签字', missing: '排查人签字' }]),
    ...(remote !== null || (householder !== null && isSigned(householder))
      ? []
      : [{ words: '户主没有签字', missing: '户主签字' }]),
  ];
}

function groupFaults(
  { groups: known }: ScreeningRules,
  { groups }: ScreeningSheet,
): readonly SheetFault[] {
  const strange = groups.filter((group) => !known.includes(group));
  if (strange.length === 0) return [];
  return [{ words: `“${strange.join('、')}”不是所列的重点群体`, missing: '所列的重点群体' }];
}

function dateFaults(
  { screenedOn, screeners, householder }: ScreeningSheet,
  today: PlainDate,
): readonly SheetFault[] {
  const days = [
    screenedOn,
    ...[...screeners, ...(householder ? [householder] : [])].map(({ on }) => on),
  ];
  if (days.every((day) => day <= today)) return [];
  return [{ words: '排查或签字的日期晚于今天', missing: '实际的排查和签字日期' }];
}

/** 重点群体原则上要实地排查: by telephone only with the reason. */
function remoteFaults(
  rules: ScreeningRules,
  { groups, remote }: ScreeningSheet,
  { headName }: ScreenedHousehold,
): readonly Refusal[] {
  if (remote === null || groups.length === 0 || remote.reason.trim() !== '') return [];
  return [
    {
      code: 'REASON-REQUIRED',
      words: `${headName}户属重点群体，原则上要实地排查；电话（微信）排查的须写明理由。`,
      clauseId: rules.inPersonClauseId,
      missing: ['没有实地排查的理由'],
    },
  ];
}

/** 消除不稳定 is of who was eliminated, 识别不精准 of who was identified. */
function findingFaults(
  { followUps, clauseId }: ScreeningRules,
  { finding }: ScreeningSheet,
  household: ScreenedHousehold,
): readonly Refusal[] {
  const allowed = STANDINGS[finding];
  const standing = standingNow(household);
  if (allowed === null || (standing !== undefined && allowed.includes(standing))) return [];
  const is = standing === undefined ? '没有列入监测' : `是${MONITORING_STANDING_WORDS[standing]}`;
  return [
    {
      code: 'SCREENING-FINDING',
      words: `${household.headName}户${is}，不能填“${FINDING_WORDS[finding]}”。`,
      clauseId: followUps[finding]?.clauseId ?? clauseId,
      missing: ['与该户监测状态相符的结论'],
    },
  ];
}

const STANDINGS: Readonly<Record<ScreeningFinding, readonly MonitoringStanding[] | null>> = {
  none: null,
  risk: null,
  unsteady: ['eliminated'],
  misidentified: ['standing', 'eliminated'],
};

function standingNow({ monitoring }: ScreenedHousehold): MonitoringStanding | undefined {
  const latest = findLatestEpisode(monitoring);
  return latest && standingOf(latest);
}

/** 去向 of a sheet: which procedure has to be opened for the household, and when it alarms that none is. */
export interface FollowUp {
  readonly procedure: ProcedureId;
  /** 最迟时间; null where the calendar of the year is missing and no date is better than a wrong one. */
  readonly dueAt: Instant | null;
}

/** Null where nothing has to follow: no risk, or a risk for which the household is monitored already. */
export function followUpOf(
  rules: ScreeningRules,
  { finding, screenedOn }: ScreeningSheet,
  household: ScreenedHousehold,
): FollowUp | null {
  const rule = rules.followUps[finding];
  if (rule === undefined) return null;
  if (finding === 'risk' && standingNow(household) === 'standing') return null;
  const last = parseDeadline(rules.followedBy.deadline)?.lastInstant ?? null;
  const { alarm } = rules;
  const due =
    alarm === null
      ? null
      : computeDue(startOfDay(screenedOn), alarm.rule, alarm.clauseId, rules.calendar);
  const soon = due?.ok === true ? due.deadline.lastInstant : null;
  const dates = [last, soon].filter((each) => each !== null);
  return { procedure: rule.procedure, dueAt: dates.length === 0 ? null : Math.min(...dates) };
}
