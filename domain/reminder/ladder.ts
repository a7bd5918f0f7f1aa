/**
 * 提醒阶梯 — when somebody has to be told that something of a list falls due or is overdue. Without legal
 * effect: a rung reminds and raises, it never acts. Pure: what has fired already is the record's matter.
 */
import type { Role } from '../kernel/actor.ts';
import { activeCases, type Objection, type RosterState } from '../kernel/state.ts';
import type { LadderRung, Plan, PlanStep, ReminderLadder } from '../plan/plan.ts';
import { type OffsetReceipt, offsetDayOrPlain } from '../time/day-offset.ts';
import { endOfDay, formatInstant, type Instant, plainDateAt, startOfDay } from '../time/instant.ts';

/** 受提醒人 — a duty at a level over the list; for a comparison, of one department. */
export interface Addressee {
  readonly role: Role;
  readonly department: string | null;
}

/** 一级提醒 of a list: fires once per list, term, pass and key. */
export interface Rung {
  /** 事项: `step:<key>`, `objection:<id>` or `clue:<id>`. */
  readonly term: string;
  /** Which entering of the step, so that a returned list is reminded anew. */
  readonly pass: number;
  readonly key: string;
  readonly kind: 'reminder' | 'escalation';
  readonly dueAt: Instant;
  /** When it falls by the ladder: 00:00 of its day. */
  readonly plannedAt: Instant;
  /** The same, but never before the term began. */
  readonly firesAt: Instant;
  readonly to: readonly Addressee[];
  readonly words: string;
  /** Its unit is CALENDAR where working days were asked for and the year's calendar is not out yet. */
  readonly receipt: OffsetReceipt;
}

/** 有期限的事项: what has to be done by when, and by whom. */
interface Term {
  readonly id: string;
  readonly pass: number;
  readonly name: string;
  readonly beganAt: Instant;
  readonly dueAt: Instant;
  readonly holder: Role;
  readonly alsoTo: readonly Addressee[];
}

const INVESTIGATION = '异议调查';
const CLUE = '漏评线索调查';

/** 办理期限 of the desk: the step's own, or that of the whole list where it is earlier or alone. */
export function deskDueAt(state: RosterState): Instant | null {
  const dues = [state.dueAt, state.outerDueAt].filter((at) => at !== null);
  return dues.length === 0 ? null : Math.min(...dues);
}

/** Every rung of the list as it stands, the earliest first. A suspended list has those of its clues only. */
export function ladderOf(plan: Plan, state: RosterState): readonly Rung[] {
  const { reminders } = plan;
  if (reminders === undefined) return [];
  return termsOf(plan, state)
    .flatMap((term) => rungsOf(term, plan, reminders))
    .toSorted((a, b) => a.firesAt - b.firesAt);
}

/** The instant of the first rung that fires at or after `from`; null when there is none. */
export function firstRungFrom(plan: Plan, state: RosterState, from: Instant): Instant | null {
  return ladderOf(plan, state).find((rung) => rung.firesAt >= from)?.firesAt ?? null;
}

/** 上级 of a role that does not do its part, by the plan; undefined at the top. */
export function superiorOf(
  reminders: Pick<ReminderLadder, 'superiors'>,
  role: Role,
): Role | undefined {
  return reminders.superiors[role.level];
}

function termsOf(plan: Plan, state: RosterState): readonly Term[] {
  const objections = state.objections.flatMap((item) => objectionTerm(plan, state, item));
  return isRunning(state) ? [...stepTerm(plan, state), ...objections] : objections;
}

function isRunning(state: RosterState): boolean {
  return state.closedAt === null && state.suspension === null;
}

function stepTerm(plan: Plan, state: RosterState): readonly Term[] {
  const step = plan.steps[state.stepIndex];
  const holder = step?.by[0];
  const dueAt = deskDueAt(state);
  if (step === undefined || holder === undefined || dueAt === null) return [];
  const pass = state.passes[String(state.stepIndex)] ?? 1;
  const alsoTo = lateDepartments(step, state);
  const id = `step:${step.key}`;
  return [{ id, pass, name: step.name, beganAt: state.stepSince, dueAt, holder, alsoTo }];
}

/** 未回复的部门 of a comparison: each is reminded beside the county that asked. */
function lateDepartments(step: PlanStep, state: RosterState): readonly Addressee[] {
  if (step.kind !== 'comparison' || state.comparisonAsked === null) return [];
  const role = step.by.find(({ duty }) => duty === 'department');
  if (role === undefined) return [];
  const compared = activeCases(state).map((item) => item.comparison?.marks ?? []);
  return step.departments
    .filter((_, index) => compared.some((marks) => (marks[index] ?? 'waiting') === 'waiting'))
    .map((department) => ({ role, department }));
}

/**
 * An objection to a case goes where the case goes; the others stay with the list on which they were
 * raised. An unlisted household's clue runs on whatever becomes of the list.
 */
function objectionTerm(plan: Plan, state: RosterState, item: Objection): readonly Term[] {
  const { id, dueAt, raisedAt, caseId } = item;
  const holder = plan.steps[item.stepIndex]?.by[0];
  if (dueAt === null || item.disposal !== null || holder === undefined) return [];
  const isHere =
    caseId === null
      ? raisedAt >= state.openedAt
      : activeCases(state).some((each) => each.id === caseId);
  const isClue = item.kind === 'unlisted';
  if (!isHere || !(isClue || isRunning(state))) return [];
  const beganAt = Math.max(raisedAt, state.openedAt);
  const name = isClue ? CLUE : INVESTIGATION;
  const term = { pass: 1, name, beganAt, dueAt, holder, alsoTo: [] };
  return [{ ...term, id: `${isClue ? 'clue' : 'objection'}:${id}` }];
}

/**
 * Rungs whose day was over when the term began would all be told at one moment: of these only the
 * latest is, at the beginning. So a list returned late goes on at the rung where the date stands.
 */
function rungsOf(term: Term, plan: Plan, reminders: ReminderLadder): readonly Rung[] {
  const rungs = reminders.rungs.map((rung) => rungOf(term, rung, plan, reminders));
  const passed = rungs.filter((rung) => rung.plannedAt <= term.beganAt);
  const latest = Math.max(...passed.map((rung) => rung.plannedAt));
  return rungs.filter((rung) => rung.plannedAt > term.beganAt || rung.plannedAt === latest);
}

function rungOf(term: Term, rung: LadderRung, plan: Plan, reminders: ReminderLadder): Rung {
  const dueOn = plainDateAt(term.dueAt);
  const offset = { days: rung.offsetDays, unit: rung.unit };
  const receipt = offsetDayOrPlain(dueOn, offset, plan.calendar);
  const plannedAt = startOfDay(receipt.on);
  return {
    term: term.id,
    pass: term.pass,
    key: rung.key,
    kind: rung.to === 'superior' ? 'escalation' : 'reminder',
    dueAt: term.dueAt,
    plannedAt,
    firesAt: Math.max(plannedAt, term.beganAt),
    to: addresseesOf(term, rung, reminders),
    words: rung.words.replace('{事项}', term.name).replace('{期限}', dueWords(term.dueAt)),
    receipt,
  };
}

/** At the top, where nobody stands above, the holder hears it himself. */
function addresseesOf(
  term: Term,
  rung: LadderRung,
  reminders: ReminderLadder,
): readonly Addressee[] {
  const role = rung.to === 'superior' ? superiorOf(reminders, term.holder) : term.holder;
  return [{ role: role ?? term.holder, department: null }, ...term.alsoTo];
}

/** '2020-10-15' for a whole day, '2018-11-26 17:00' for an exact instant. */
function dueWords(dueAt: Instant): string {
  const on = plainDateAt(dueAt);
  return dueAt + 1 === endOfDay(on) ? on : formatInstant(dueAt);
}
