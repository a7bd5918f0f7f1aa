/** 纸上的户 — an invented household to which the law of a plan applies without a blemish. */

import type { EliminationForm, ReversalForm } from '../../domain/facts/elimination.ts';
import type {
  CaseFacts,
  MemberFacts,
  RegistrySnapshot,
  RegistryStatus,
  SecurityIndicators,
  Signature,
  SignedFinding,
  VisitForm,
} from '../../domain/facts/household-facts.ts';
import type { MonitoringEpisode, MonitoringForm } from '../../domain/facts/monitoring.ts';
import type { IncomeItems } from '../../domain/household/net-income.ts';
import type { MonitoringStandards, Plan } from '../../domain/plan/plan.ts';
import { type Instant, type PlainDate, plainDate } from '../../domain/time/instant.ts';
import { numbered, paperPersons } from './paper-persons.ts';

/** Everything solved. */
export const ALL_SECURE: SecurityIndicators = {
  food: true,
  clothing: true,
  water: true,
  education: true,
  medical: true,
  housing: true,
};

/** Invented persons with right numbers: 张三 (head), 李四 (wife), 张小五 (son). */
export const MEMBERS: readonly [MemberFacts, MemberFacts, MemberFacts] = [
  member('张三', '530627197001010015', '户主'),
  member('李四', '530627197203030022', '配偶'),
  member('张小五', '530627200505050031', '之子'),
];

/** A member who is on no benefit; 户主 makes the head. */
export function member(name: string, idNumber: string, relation: string): MemberFacts {
  return {
    personNo: null,
    name,
    idNumber,
    relation,
    isHead: relation === '户主',
    onDibao: false,
    destitute: false,
    centrallySupported: false,
    labour: relation === '户主' ? '普通劳动力' : '无劳动力',
  };
}

/** Income of wages only, in fen for the whole household. */
export function wagesOf(fen: number): IncomeItems {
  const transfer = { wubao: 0, pension: 0, ecology: 0, dibao: 0, familyPlanning: 0, other: 0 };
  return { wage: fen, business: 0, property: 0, transfer, businessCost: 0 };
}

/** A whole form, visited and signed on a day: no income yet, every other answer good. */
export function paperForm(on: PlainDate, over: Partial<VisitForm> = {}): VisitForm {
  const signed = (name: string, role: string): Signature => ({
    name,
    role,
    on,
    scan: `scan-${name}`,
  });
  return {
    hash: 'form-1',
    version: 1,
    visitedOn: on,
    visitors: [signed('王村干', '村干部'), signed('赵队员', '驻村工作队')],
    householderSignature: signed('张三', '户主'),
    members: MEMBERS,
    incomeFrom: on,
    incomeTo: on,
    income: wagesOf(0),
    security: ALL_SECURE,
    housingGrade: 'B',
    relocation: { listed: false, occupied: false },
    stableIncome: { holds: true, signer: '王村干', reason: '长子在外务工' },
    helpEffective: { holds: true, signer: '王村干', reason: '产业已见效' },
    dibaoBackstop: false,
    followUpPlan: 'scan-plan',
    standards: [],
    cause: '因病',
    application: 'scan-application',
    compiledBy: '王村干',
    ...over,
  };
}

/** The same household as the registry holds it: 未脱贫, identified in 2014. */
export function paperRegistry(
  asOf: Instant,
  over: Partial<RegistrySnapshot> = {},
): RegistrySnapshot {
  return {
    asOf,
    hash: 'registry-1',
    householdNo: '530627100001',
    headName: '张三',
    status: 'poor',
    identifiedYear: 2014,
    exitYear: null,
    attribute: 'ordinary',
    security: ALL_SECURE,
    housingGrade: 'B',
    relocation: { listed: false, occupied: false },
    memberCount: MEMBERS.length,
    members: MEMBERS,
    ...over,
  };
}

/** Whether the label of this plan says that a household has enough. */
function isLeaving(plan: Plan): boolean {
  return plan.steps.some(
    (step) =>
      step.kind === 'registration' &&
      (step.outcome === 'exited' || step.outcome === 'risk-eliminated'),
  );
}

/** Wages so many fen above (or, negative, below) the line for every member together. */
export function incomeOverLine(plan: Plan, members: number, fen: number): IncomeItems {
  return wagesOf(Math.max(0, members * plan.standards.incomeLineFen + fen));
}

/** Well above the line where the plan lets a household leave, well below it where it lets one enter. */
export function lawfulIncome(plan: Plan, members: number): IncomeItems {
  return incomeOverLine(plan, members, plan.standards.incomeLineFen * (isLeaving(plan) ? 1 : -1));
}

const GRAVE: SignedFinding = { holds: true, signer: '乡镇卫生院长', reason: '尿毒症' };

/** What is asked of a household that left and may fall back, each answer one of the plan's. */
function paperMonitoring(
  { channels: [channel = ''], risks: [risk = ''] }: MonitoringStandards,
  foundOn: PlainDate,
): MonitoringForm {
  const authorisation = { name: '张三', role: '户主', on: foundOn, scan: 'scan-authorisation' };
  return { class: 'unstable', channel, foundOn, risks: [risk], hardship: null, authorisation };
}

const RISK = '因病';

/** 监测 as a plan for monitored households wants it; undefined for the others. */
function paperEpisode(plan: Plan): MonitoringEpisode | undefined {
  const [asked] = plan.subjectMonitoring ?? [];
  if (asked === undefined) return undefined;
  const since = plainDate(`${plan.year - 1}-11-20`);
  const eliminatedOn = asked === 'eliminated' ? plainDate(`${plan.year}-06-30`) : null;
  return { class: 'unstable', since, risks: [RISK], eliminatedOn };
}

/** What is asked of a household whose risk is gone, every answer good. */
function paperElimination({ since }: MonitoringEpisode): EliminationForm {
  const found = (reason: string): SignedFinding => ({ holds: true, signer: '王村干', reason });
  return {
    since,
    way: 'helped',
    steadySince: since,
    incomeSteady: found('务工收入稳定'),
    spendingSettled: found('医疗费用已报销'),
    removedRisks: [RISK],
    noNewRisk: found('没有新的风险'),
    measures: [{ name: '公益性岗位', done: true }],
  };
}

/** What is asked where a label is put right, for the first of the plan's causes. */
function paperReversal(
  [cause = '']: readonly string[],
  { since, eliminatedOn }: MonitoringEpisode,
): ReversalForm {
  return { since, eliminatedOn, cause, found: { holds: true, signer: '王村干', reason: '属实' } };
}

function isForNewHouseholds({ steps }: Plan): boolean {
  return steps.some(({ guards }) => guards.some(({ id }) => id === 'NEW-HOUSEHOLD'));
}

/** The first status of a household that the plan is for. */
export function householdStatusOf(plan: Plan): RegistryStatus | undefined {
  return plan.subject === undefined ? (plan.subjectStatuses[0] as RegistryStatus) : undefined;
}

/** Facts under which every guard of the plan holds. */
export function paperHousehold(
  plan: Plan,
  caseId: string,
  visitedOn: PlainDate,
  asOf: Instant,
): CaseFacts {
  const { incomeWindow, exitStandards, admittedReturnCauses, monitoring } = plan.standards;
  const { elimination, reversalCauses } = plan.standards;
  const episode = paperEpisode(plan);
  const { persons } = plan;
  const held = paperRegistry(asOf);
  const people = { members: numbered(held.members, held.householdNo ?? '') };
  const form = paperForm(visitedOn, {
    hash: `form-${caseId}`,
    incomeFrom: incomeWindow.from,
    incomeTo: incomeWindow.to,
    income: lawfulIncome(plan, MEMBERS.length),
    standards: exitStandards.map(({ key }) => ({ key, met: true })),
    ...(admittedReturnCauses !== undefined && { graveCause: GRAVE }),
    ...(monitoring !== undefined && { monitoring: paperMonitoring(monitoring, visitedOn) }),
    ...(episode && elimination && { elimination: paperElimination(episode) }),
    ...(episode && reversalCauses && { reversal: paperReversal(reversalCauses, episode) }),
    ...(persons && { persons: paperPersons(persons, people, visitedOn) }),
  });
  const status = householdStatusOf(plan);
  const isKnown = status !== undefined && status !== 'unregistered';
  const registry = isKnown
    ? paperRegistry(asOf, {
        status,
        ...(episode && { monitoring: [episode] }),
        ...(persons && people),
        ...(isForNewHouseholds(plan) && { identifiedYear: plan.year }),
      })
    : null;
  return { caseId, subjectId: `h-${caseId}`, registry, form, otherLiveCase: null };
}
