/** 规则确定: a pack lineage made into the plan of one procedure, place and year. */
import type { PersonRules } from '../domain/facts/person-change.ts';
import { invariant } from '../domain/invariant.ts';
import type {
  Citations,
  Clause,
  EliminationStandards,
  MonitoringStandards,
  Plan,
  PlanStandards,
  PlanStep,
  ProcedureId,
  ReminderLadder,
} from '../domain/plan/plan.ts';
import { plainDate } from '../domain/time/instant.ts';
import type { CalendarYear, WorkCalendar } from '../domain/time/work-calendar.ts';
import { type UnconfirmedValue, type ValueConfirmation, ValueReader } from './confirm-values.ts';
import { lineageOf, type PackLibrary, packCovers } from './load-packs.ts';
import { type MergedRules, mergeLineage } from './merge-lineage.ts';
import type { PackProcedure } from './pack-file.ts';
import type { ValueKey } from './pack-values.ts';
import { dueRule, planSteps } from './plan-steps.ts';

/** What a plan is asked for. `year` is the pack's year where it is left out. */
export interface PlanRequest {
  readonly packId: string;
  readonly procedure: ProcedureId;
  readonly areaCode: string;
  readonly year?: number;
  /** Year of the launch by the business clock: its calendar is needed too where it is not the pack's. */
  readonly launchedIn?: number;
  readonly confirmations: readonly ValueConfirmation[];
}

/** A plan, or every value that the office must confirm first (核定). */
export type PlanOutcome =
  | { readonly ok: true; readonly plan: Plan }
  | { readonly ok: false; readonly unconfirmed: readonly UnconfirmedValue[] };

/**
 * Resolves a plan. Fails closed: an unverified value that the plan uses and nobody confirmed gives no
 * plan. Ask packCovers first: a pack that does not rule over the area, a year that is not the pack's
 * and a procedure that the pack does not have are bugs of the caller.
 */
export function resolvePlan(library: PackLibrary, request: PlanRequest): PlanOutcome {
  const { packId, procedure, areaCode } = request;
  invariant(packCovers(library, packId, areaCode), `${packId} does not rule over ${areaCode}`);
  const lineage = lineageOf(library, packId);
  const pack = lineage.at(-1);
  invariant(pack !== undefined && pack.year !== null, `${packId} has a year`);
  const { year } = pack;
  invariant((request.year ?? year) === year, `${packId} rules the year ${year} only`);
  const rules = mergeLineage(lineage, procedure);
  const { title, family, listLevel, subject, outerDue } = rules.procedure;
  invariant(
    title !== null && listLevel !== null && subject !== null,
    `${packId} has no ${procedure}`,
  );

  const reader = new ValueReader(rules, lineage, request.confirmations);
  const steps = planSteps(rules, reader, procedure);
  const persons = personRules(reader, subject);
  const subjectKind = 'kind' in subject ? subject.kind : undefined;
  const standards = readStandards(rules, reader, steps);
  const late = rules.values['late.entry'] === undefined ? null : reader.read('late.entry');
  if (reader.unconfirmed.length > 0) return { ok: false, unconfirmed: reader.unconfirmed };

  const draft: Omit<Plan, 'clauses'> = {
    packId,
    packVersion: pack.version,
    lineage: lineage.map((each) => each.id),
    procedure,
    title: `${pack.title}：${title}`,
    year,
    areaCode,
    listLevel,
    family,
    ...(subjectKind !== undefined && { subject: subjectKind }),
    subjectStatuses: 'statuses' in subject ? subject.statuses : [],
    ...('monitoring' in subject &&
      subject.monitoring !== undefined && { subjectMonitoring: subject.monitoring }),
    ...(persons !== undefined && { persons }),
    subjectClauseId: subject.clause,
    steps,
    standards,
    lateEntry: late ? { days: late.value, clauseId: late.clauseId } : null,
    outerDue: dueRule(outerDue),
    citations: citationsOf(rules),
    ...ladder(rules),
    confirmations: reader.confirmations,
    calendar: calendarAround([year, request.launchedIn ?? year], library.calendar),
  };
  const clauses = usedClauses(draft, rules, reader);
  return { ok: true, plan: { ...draft, clauses } };
}

function citationsOf({ citations }: MergedRules): Citations {
  const { sheet, window, oneByOne, twoPeople } = citations;
  return {
    ...(sheet !== undefined && { sheetClauseId: sheet }),
    ...(window !== undefined && { windowClauseId: window }),
    ...(oneByOne !== undefined && { oneByOneClauseId: oneByOne }),
    ...(twoPeople !== undefined && { twoPeopleClauseId: twoPeople }),
  };
}

function ladder({ reminders }: MergedRules): { readonly reminders?: ReminderLadder } {
  if (reminders === undefined) return {};
  const { clause: clauseId, ladder: rungs, superiors } = reminders;
  return { reminders: { clauseId, rungs, superiors } };
}

/** Reads only what the plan's guards compare with: an unused value needs no confirmation. */
function readStandards(
  rules: MergedRules,
  reader: ValueReader,
  steps: readonly PlanStep[],
): PlanStandards {
  const { subject } = rules.procedure;
  invariant(subject !== null, 'a plan is for somebody');
  if (!('kind' in subject)) return householdStandards(rules, reader, steps);
  return subject.kind === 'village' ? villageStandards(reader) : noStandards(subject.clause);
}

const NO_DAY = plainDate('1991-01-01');

/** Neither villages nor counties have an income: no line, no window and no household standard is asked for. */
function noStandards(clauseId: string): PlanStandards {
  return {
    incomeLineFen: 0,
    incomeLineClauseId: clauseId,
    incomeWindow: { from: NO_DAY, to: NO_DAY },
    incomeWindowClauseId: clauseId,
    incomeCounts: { dibao: false, pension: false },
    dibaoAboveLine: false,
    forbiddenHousingGrades: [],
    exitStandards: [],
    exitOrder: [],
  };
}

function villageStandards(reader: ValueReader): PlanStandards {
  const rateLimit = reader.read('village.rateLimit');
  const denominators = reader.read('village.denominators');
  const clauseId = rateLimit?.clauseId ?? 'pending';
  return {
    ...noStandards(clauseId),
    village: {
      rateLimit: rateLimit?.value ?? { numerator: 1, denominator: 1 },
      denominators: denominators?.value ?? [],
    },
  };
}

/** Guards that compare income with the line; a plan without any asks for neither line nor what counts. */
const INCOME_GUARDS: ReadonlySet<string> = new Set(['EXIT-INCOME', 'ID-ELIGIBLE', 'NX6']);

function householdStandards(
  rules: MergedRules,
  reader: ValueReader,
  steps: readonly PlanStep[],
): PlanStandards {
  const placed = new Set(steps.flatMap((step) => step.guards.map((guard) => guard.id)));
  // What only monitors compares with the monitoring line; a poverty line that nothing uses is not asked for.
  const isMonitoring = placed.has('MON-RANGE') || placed.has('MON-EPISODE');
  const isCompared = isMonitoring || [...placed].some((id) => INCOME_GUARDS.has(id));
  const line = isCompared
    ? reader.read(isMonitoring ? 'monitoring.line' : 'income.line')
    : undefined;
  const window = reader.read('income.window');
  const counts = isCompared ? reader.read('income.counts') : undefined;
  const dibaoAboveLine = placed.has('NX6') ? reader.read('income.dibaoAboveLine') : undefined;
  const grades = placed.has('NX3') ? reader.read('housing.forbidden') : undefined;
  const exitStandards = placed.has('EXIT-STANDARDS') ? reader.read('exit.standards') : undefined;
  const order = placed.has('EXIT-ORDER') ? reader.read('exit.order') : undefined;
  const schooling = placed.has('EXIT-SCHOOLING') ? reader.read('schooling.admitted') : undefined;
  const causes = placed.has('G-11') ? reader.read('return.causes') : undefined;
  const admitted = placed.has('G-11-ADMITTED') ? reader.read('return.admitted') : undefined;
  const monitoring = placed.has('MON-CLASS')
    ? monitoringStandards(reader, placed, rules.values['monitoring.measures'] !== undefined)
    : undefined;
  const reversal = reversalCauses(reader, placed);
  const pendingDay = plainDate('1991-01-01');
  return {
    incomeLineFen: line?.value ?? 0,
    incomeLineClauseId: line?.clauseId ?? window?.clauseId ?? 'pending',
    incomeWindow: window?.value ?? { from: pendingDay, to: pendingDay },
    incomeWindowClauseId: window?.clauseId ?? 'pending',
    incomeCounts: counts?.value ?? { dibao: false, pension: false },
    dibaoAboveLine: dibaoAboveLine?.value ?? false,
    forbiddenHousingGrades: grades?.value ?? [],
    exitStandards: exitStandards?.value ?? [],
    exitOrder: order?.value ?? [],
    ...(schooling !== undefined && { admittedOutOfSchool: schooling.value }),
    ...(causes !== undefined && { returnCauses: causes.value }),
    ...(admitted !== undefined && { admittedReturnCauses: admitted.value }),
    ...(monitoring !== undefined && { monitoring }),
    ...(placed.has('G-18') && { elimination: eliminationStandards(reader, placed) }),
    ...(reversal !== undefined && { reversalCauses: reversal.value }),
  };
}

function eliminationStandards(
  reader: ValueReader,
  placed: ReadonlySet<string>,
): EliminationStandards {
  if (!placed.has('ELIM-STEADY')) return {};
  const months = reader.read('elimination.steadyMonths');
  return months === undefined ? {} : { steadyMonths: months.value };
}

/** A procedure puts one thing right: it rolls back, or it clears. */
function reversalCauses(reader: ValueReader, placed: ReadonlySet<string>) {
  if (placed.has('ROLLBACK-CAUSE')) return reader.read('rollback.causes');
  return placed.has('CLEAR-CAUSE') ? reader.read('clearance.causes') : undefined;
}

function monitoringStandards(
  reader: ValueReader,
  placed: ReadonlySet<string>,
  isFollowed: boolean,
): MonitoringStandards {
  const classes = reader.read('monitoring.classes');
  const channels = reader.read('monitoring.channels');
  const risks = reader.read('monitoring.risks');
  const line = reader.read('monitoring.line');
  const measures = isFollowed ? reader.read('monitoring.measures') : undefined;
  const scale = placed.has('MON-SCALE') ? reader.read('monitoring.scale') : undefined;
  return {
    classes: classes?.value ?? [],
    channels: channels?.value ?? [],
    risks: risks?.value ?? [],
    lineFen: line?.value ?? 0,
    lineClauseId: line?.clauseId ?? 'pending',
    scale: scale?.value ?? null,
    ...(measures !== undefined && {
      measures: { rule: measures.value, clauseId: measures.clauseId },
    }),
  };
}

/** 变更人员: the reasons of each kind of change, each from the values that hold them. */
function personRules(
  reader: ValueReader,
  subject: NonNullable<PackProcedure['subject']>,
): PersonRules | undefined {
  if (!('persons' in subject) || subject.persons === undefined) return undefined;
  const { increase, decrease, correct, returns } = subject.persons;
  return {
    reasons: {
      ...(increase !== undefined && { increase: reasonsIn(reader, increase) }),
      ...(decrease !== undefined && { decrease: reasonsIn(reader, decrease) }),
      ...(correct !== undefined && { correct: reasonsIn(reader, correct) }),
    },
    returns: reasonsIn(reader, returns),
  };
}

function reasonsIn(reader: ValueReader, keys: readonly ValueKey[]): readonly string[] {
  return keys.flatMap((key) => (reader.read(key)?.value ?? []) as readonly string[]);
}

/** Every clause that the plan names, and the order's own. */
function usedClauses(
  draft: Omit<Plan, 'clauses'>,
  rules: MergedRules,
  reader: ValueReader,
): Record<string, Clause> {
  const ids = new Set(clauseIdsIn(draft));
  for (const confirmation of draft.confirmations) ids.add(`confirmed.${confirmation.path}`);
  const order = rules.procedure.order?.clause;
  if (order !== undefined) ids.add(order);
  const known = { ...rules.clauses, ...reader.clauses };
  const used: Record<string, Clause> = {};
  for (const id of [...ids].sort()) {
    const clause = known[id];
    invariant(clause !== undefined, `no clause ${id}`);
    used[id] = clause;
  }
  return used;
}

/** Every text under a key that ends in clauseId, anywhere in plain data. */
export function clauseIdsIn(content: unknown): string[] {
  if (content === null || typeof content !== 'object') return [];
  return Object.entries(content).flatMap(([key, value]: [string, unknown]) =>
    /clauseId$/i.test(key) && typeof value === 'string' ? [value] : clauseIdsIn(value),
  );
}

/** The campaign's year and that of the launch with their neighbours, as far as they are shipped. */
function calendarAround(around: readonly number[], calendar: WorkCalendar): WorkCalendar {
  const years: Record<string, CalendarYear> = {};
  for (const each of around.flatMap((year) => [year - 1, year, year + 1])) {
    const found = calendar.years[each];
    if (found !== undefined) years[each] = found;
  }
  return { years };
}
