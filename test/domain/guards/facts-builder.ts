import type {
  CaseFacts,
  RegistrySnapshot,
  Signature,
  VisitForm,
} from '../../../domain/facts/household-facts.ts';
import type { GuardInput } from '../../../domain/guards/index.ts';
import type { CaseState } from '../../../domain/kernel/state.ts';
import type { Plan, PlanStandards, PlanStep } from '../../../domain/plan/plan.ts';
import { type PlainDate, parseInstant, plainDate } from '../../../domain/time/instant.ts';
import { paperForm, paperRegistry, wagesOf } from '../../../policies/paper/paper-household.ts';

export { ALL_SECURE, MEMBERS, member, wagesOf } from '../../../policies/paper/paper-household.ts';

/** 2020-10-10 10:00, inside the Zhenxiong campaign of that year. */
export const JUDGED_AT = parseInstant('2020-10-10T10:00:00+08:00') ?? Number.NaN;

/** 4000.00元 a head and year: a round line for sums by hand, not a line of law. */
export const LINE_FEN = 400_000;

/** A signature with a scan. */
export function signature(name: string, role: string): Signature {
  return { name, role, on: plainDate('2020-10-08'), scan: `scan-${name}` };
}

/** A whole, signed form of a household of three with 15000.00元: it may exit. */
export function validForm(over: Partial<VisitForm> = {}): VisitForm {
  return formVisitedOn(plainDate('2020-10-08'), over);
}

/** The same, visited and signed on a day. */
export function formVisitedOn(on: PlainDate, over: Partial<VisitForm> = {}): VisitForm {
  return paperForm(on, {
    incomeFrom: plainDate('2019-10-01'),
    incomeTo: plainDate('2020-09-30'),
    income: wagesOf(1_500_000),
    standards: EXIT_STANDARDS.map(({ key }) => ({ key, met: true })),
    ...over,
  });
}

/** The same household as the registry holds it: 未脱贫, identified in 2014. */
export function validRegistry(over: Partial<RegistrySnapshot> = {}): RegistrySnapshot {
  return paperRegistry(JUDGED_AT, over);
}

/** Facts of a household that may exit. */
export function validFacts(over: Partial<CaseFacts> = {}): CaseFacts {
  return {
    caseId: 'case-1',
    subjectId: 'household-1',
    registry: validRegistry(),
    form: validForm(),
    otherLiveCase: null,
    ...over,
  };
}

/** A case on the list, accepted by household and helper; 公安 and 住建 found nothing, for a month. */
export function validCase(over: Partial<CaseState> = {}): CaseState {
  const end = JUDGED_AT + 30 * 86_400_000;
  return {
    id: 'case-1',
    subjectId: 'household-1',
    groupId: 'group-1',
    status: 'on-list',
    done: false,
    blocks: [],
    formHash: 'form-1',
    accepted: { household: true, helper: true },
    comparison: { marks: ['clear', 'clear'], ends: [end, end] },
    noticeEndsAt: null,
    registration: null,
    outcome: null,
    finding: null,
    ...over,
  };
}

const EXIT_STANDARDS = ['收入', '饮水', '住房', '就学', '医疗', '帮扶'].map((name, index) => ({
  key: `standard-${index + 1}`,
  name,
}));

const stepBase = { clauseId: 'test', guards: [], evidence: [], due: null };

/** The steps that guards look at: collect, verification, acceptance, comparison, registration. */
export const STEPS = {
  collect: {
    ...stepBase,
    kind: 'collect',
    key: 'collect',
    name: '入户采集',
    by: [{ level: 'village', duty: 'clerk' }],
    visitorsMin: 2,
    needsApplication: true,
  },
  verification: {
    ...stepBase,
    kind: 'verification',
    key: 'verification',
    name: '核实',
    by: [{ level: 'village', duty: 'work-team' }],
    signers: ['村两委', '驻村工作队'],
  },
  acceptance: {
    ...stepBase,
    kind: 'acceptance',
    key: 'acceptance',
    name: '认可',
    by: [{ level: 'village', duty: 'clerk' }],
    parties: [
      { key: 'household', name: '贫困户' },
      { key: 'helper', name: '帮扶责任人' },
    ],
  },
  comparison: {
    ...stepBase,
    kind: 'comparison',
    key: 'comparison',
    name: '部门比对',
    by: [{ level: 'county', duty: 'department' }],
    departments: ['公安', '住建'],
    validity: { amount: 30, unit: 'CALENDAR', countFirstDay: false, rollToWorkday: false },
    ahead: false,
  },
  registration: {
    ...stepBase,
    kind: 'registration',
    key: 'registration',
    name: '录入',
    by: [{ level: 'township', duty: 'registry-operator' }],
    functionKey: 'exit',
    functionName: '脱贫标注',
    windowLevel: 'county',
    reviewers: [{ level: 'township', duty: 'entry-reviewer' }],
    outcome: '脱贫',
  },
} as const satisfies Record<string, PlanStep>;

/** A plan with every step that guards look at; not a pack, its clauses are named `test`. */
export function guardPlan(over: Partial<Plan> = {}, standards: Partial<PlanStandards> = {}): Plan {
  return {
    packId: 'test',
    packVersion: 1,
    lineage: ['test'],
    procedure: 'household-exit',
    title: '测试规则',
    year: 2020,
    areaCode: '530627',
    listLevel: 'village',
    family: 'status',
    subjectStatuses: ['poor'],
    subjectClauseId: 'test',
    steps: Object.values(STEPS),
    standards: {
      incomeLineFen: LINE_FEN,
      incomeLineClauseId: 'test',
      incomeWindow: { from: plainDate('2019-10-01'), to: plainDate('2020-09-30') },
      incomeWindowClauseId: 'test',
      incomeCounts: { dibao: true, pension: true },
      dibaoAboveLine: false,
      forbiddenHousingGrades: ['C', 'D'],
      admittedOutOfSchool: ['因病因残', '提前毕业', '推迟上学'],
      exitStandards: EXIT_STANDARDS,
      exitOrder: ['ordinary', 'dibao'],
      ...standards,
    },
    lateEntry: null,
    outerDue: null,
    clauses: {},
    confirmations: [],
    calendar: { years: {} },
    ...over,
  };
}

/** What a test changes of a household that passes every guard of an exit. */
export interface GuardInputChange {
  readonly form?: Partial<VisitForm> | null;
  readonly registry?: Partial<RegistrySnapshot> | null;
  readonly item?: Partial<CaseState>;
  readonly plan?: Partial<Plan>;
  readonly standards?: Partial<PlanStandards>;
  readonly at?: number;
  readonly ordinaryPoorOutside?: number;
}

/** A household that passes every guard of an exit, with `change` applied. */
export function guardInput(change: GuardInputChange = {}): GuardInput {
  const { form = {}, registry = {} } = change;
  return {
    plan: guardPlan(change.plan, change.standards),
    step: STEPS.verification,
    at: change.at ?? JUDGED_AT,
    item: validCase(change.item),
    facts: validFacts({
      form: form === null ? null : validForm(form),
      registry: registry === null ? null : validRegistry(registry),
    }),
    ordinaryPoorOutside: change.ordinaryPoorOutside ?? 0,
  };
}
