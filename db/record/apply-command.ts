/**
 * 处理指令 — the one place where a roster changes. The record arbitrates: whoever calls, however often
 * and from wherever, waiting commands are judged one at a time in the order in which they came in.
 */
import { and, asc, eq, isNull, type SQL, sql } from 'drizzle-orm';
import { invariant } from '../../domain/invariant.ts';
import type { CommandOutcome } from '../../domain/kernel/command.ts';
import { decide } from '../../domain/kernel/decide.ts';
import type { RosterEvent } from '../../domain/kernel/event.ts';
import { evolve } from '../../domain/kernel/evolve.ts';
import { factsNeeded } from '../../domain/kernel/facts-need.ts';
import { skeletonOf } from '../../domain/kernel/skeleton.ts';
import type { RosterState } from '../../domain/kernel/state.ts';
import { dueWakes } from '../../domain/kernel/wake.ts';
import type { Plan } from '../../domain/plan/plan.ts';
import { firstRungFrom } from '../../domain/reminder/ladder.ts';
import type { Instant } from '../../domain/time/instant.ts';
import type { RosterProgress } from '../../workflows/contracts/roster.ts';
import type { DbOrTx } from '../import/database.ts';
import { commands, rosters } from '../schema/record.ts';
import { CHAIN_START, contentHash } from './hash-chain.ts';
import { keepClues } from './keep-clues.ts';
import { keepRemedies } from './keep-remedies.ts';
import { reopenScreenings } from './keep-screenings.ts';
import { keepWindows } from './keep-windows.ts';
import { keepState, keptState } from './kept-states.ts';
import { loadChain, loadFacts, type Place, TRAINING } from './load-facts.ts';
import { loadPlan } from './load-plan.ts';
import {
  type Chain,
  progressBuckets,
  reminderColumn,
  rosterColumns,
  rosterIdentity,
  saveCases,
  saveProgress,
} from './projections.ts';
import { type EventCause, RecordWrites } from './record-writes.ts';

/** Commands judged in one transaction: bounds how long the roster's row is locked. */
const COMMANDS_MAX = 50;

/** What became of commands, by their ids. */
export type Outcomes = ReadonlyMap<string, CommandOutcome>;

/** What one transaction did. */
export interface Applied {
  /** Where the list stands now. */
  readonly progress: RosterProgress;
  /** Of the commands it judged. */
  readonly outcomes: Outcomes;
  /** Commands still wait: call again. */
  readonly more: boolean;
}

type CommandRow = typeof commands.$inferSelect;

/** The roster under the transaction's lock, as far as it has been carried. */
interface Carried {
  readonly rosterId: string;
  plan: Plan;
  state: RosterState;
  headHash: Buffer;
  readonly place: Place;
  readonly training: boolean;
  readonly writes: RecordWrites;
}

/**
 * Judges the waiting commands of a roster (at most 50) and notes what fell due up to `now`, in one
 * transaction. Repeating it changes nothing. A refusal is an outcome; anything thrown is a bug or an
 * outage and leaves everything as it was.
 */
export async function applyCommand(
  db: DbOrTx,
  { rosterId, now }: { readonly rosterId: string; readonly now: Instant },
): Promise<Applied> {
  return db.transaction(async (tx) => {
    const { headHash, planHash, unitCode, training } = await lockRoster(tx, rosterId);
    const [before, waiting, place, plan] = await Promise.all([
      keptState(headHash) ?? readState(tx, rosterId),
      findWaiting(tx, rosterId),
      loadChain(tx, unitCode),
      loadPlan(tx, planHash),
    ]);
    const writes = new RecordWrites();
    const list: Carried = { rosterId, plan, state: before, headHash, place, training, writes };
    for (const command of waiting) await judge(tx, list, command);
    await noteWakes(tx, list, now);
    await Promise.all([
      writes.write(tx, now),
      ...(list.state.seq === before.seq ? [] : [saveRoster(tx, list, before, plan)]),
    ]);
    keepState(list.headHash, list.state);
    return {
      progress: progressOf(list, now),
      outcomes: writes.outcomes(),
      more: waiting.length === COMMANDS_MAX,
    };
  });
}

/** Nobody else changes the list until the transaction ends. */
async function lockRoster(tx: DbOrTx, rosterId: string) {
  const { id, headHash, planHash, unitCode } = rosters;
  const [row] = await tx
    .select({ headHash, planHash, unitCode, training: TRAINING })
    .from(rosters)
    .where(eq(id, rosterId))
    .for('update', { of: rosters });
  invariant(row !== undefined, 'the roster is in the record');
  return row;
}

async function readState(tx: DbOrTx, rosterId: string): Promise<RosterState> {
  const { id, state } = rosters;
  const [row] = await tx.select({ state }).from(rosters).where(eq(id, rosterId));
  invariant(row !== undefined, 'the roster is locked');
  return row.state;
}

function findWaiting(tx: DbOrTx, rosterId: string): Promise<CommandRow[]> {
  return tx
    .select()
    .from(commands)
    .where(and(eq(commands.rosterId, rosterId), isNull(commands.outcome)))
    .orderBy(asc(commands.receivedAt), asc(commands.id))
    .limit(COMMANDS_MAX);
}

async function judge(tx: DbOrTx, list: Carried, row: CommandRow): Promise<void> {
  const { plan, state, place, training, writes } = list;
  const { id, actor, receivedAt, body } = row;
  const need = factsNeeded(plan, state, body);
  const { unitCode } = state;
  const facts = await loadFacts(tx, { ...need, plan, unitCode, body, place, training });
  const command = { id, actor, receivedAt, body };
  const decision = decide({ plan, state, command, facts, sheetHash: contentHash });
  if (!decision.ok) {
    const { at, refusals } = decision;
    return writes.addOutcome(id, { kind: 'refused', at, refusals });
  }
  const cause = { commandId: id, actor, factsHash: writes.addFacts(facts) };
  writes.addSheets(state.rosterId, decision.sheets);
  await carry(tx, list, decision.events, decision.state, cause);
  for (const child of decision.children) await insertChild(tx, list, child, cause);
  writes.addOutcome(id, {
    kind: 'applied',
    fromSeq: state.seq + 1,
    toSeq: decision.state.seq,
    at: decision.at,
    warnings: decision.warnings,
    children: decision.children.map((child) => child.rosterId),
  });
}

/** Notes what fell due up to now. */
async function noteWakes(tx: DbOrTx, list: Carried, now: Instant): Promise<void> {
  const due = dueWakes(list.state, now);
  const state = due.reduce<RosterState>(evolve, list.state);
  await carry(tx, list, due, state, { commandId: null, actor: null, factsHash: null });
}

async function carry(
  tx: DbOrTx,
  list: Carried,
  added: readonly RosterEvent[],
  state: RosterState,
  cause: Omit<EventCause, 'planHash'>,
): Promise<void> {
  if (state.planHash !== list.state.planHash) list.plan = await loadPlan(tx, state.planHash);
  const full = { ...cause, planHash: state.planHash };
  list.headHash = list.writes.addEvents(list.rosterId, list.headHash, added, full);
  await keepClues(tx, state, added);
  await keepRemedies(tx, list.plan, state, added);
  await keepWindows(tx, state, added);
  await reopenScreenings(tx, list.plan, state, added);
  list.state = state;
}

async function insertChild(
  tx: DbOrTx,
  { plan, place, writes }: Carried,
  child: {
    readonly rosterId: string;
    readonly state: RosterState;
    readonly events: readonly RosterEvent[];
  },
  cause: Omit<EventCause, 'planHash'>,
): Promise<void> {
  await insertRoster(tx, { plan, chain: place.chain, ...child, cause, writes });
}

/** A list as it comes into being, by launch or by a split. */
export interface NewRoster {
  readonly rosterId: string;
  readonly plan: Plan;
  readonly state: RosterState;
  readonly events: readonly RosterEvent[];
  readonly chain: Chain;
  readonly cause: Omit<EventCause, 'planHash'>;
  /** Where its events go; the caller writes them in the same transaction. */
  readonly writes: RecordWrites;
}

/** 建立名单 — row, cases, events and counts of a new list, in the caller's transaction. */
export async function insertRoster(tx: DbOrTx, given: NewRoster): Promise<void> {
  const { rosterId, plan, state, chain, events, cause, writes } = given;
  const full = { ...cause, planHash: state.planHash };
  const headHash = writes.addEvents(rosterId, CHAIN_START, events, full);
  const columns = rosterColumns(plan, state, chain);
  const nextReminderAt = firstRungFrom(plan, state, state.openedAt);
  const identity = rosterIdentity(plan, state, chain);
  const place = { plan, chain, unitCode: state.unitCode };
  await Promise.all([
    tx
      .insert(rosters)
      .values({ ...identity, ...columns, nextReminderAt, headHash })
      .returning({ told: changeTold(state) }),
    saveCases(tx, plan, null, state),
    saveProgress(tx, place, new Map(), progressBuckets(plan, state)),
  ]);
}

async function saveRoster(
  tx: DbOrTx,
  list: Carried,
  before: RosterState,
  planBefore: Plan,
): Promise<void> {
  const { plan, state, headHash } = list;
  const { chain } = list.place;
  await Promise.all([
    tx
      .update(rosters)
      .set({
        ...rosterColumns(plan, state, chain),
        nextReminderAt: reminderColumn(plan, before, state),
        headHash,
      })
      .where(eq(rosters.id, list.rosterId))
      .returning({ told: changeTold(state) }),
    saveCases(tx, plan, before, state),
    saveMoved(tx, list, progressBuckets(planBefore, before), planBefore),
  ]);
}

/** Counts stand under the pack by whose rules the list goes; another pack takes them over. */
async function saveMoved(
  tx: DbOrTx,
  { plan, state, place: { chain } }: Carried,
  counted: Map<string, number>,
  planBefore: Plan,
): Promise<void> {
  const { unitCode } = state;
  const counts = progressBuckets(plan, state);
  if (plan.packId === planBefore.packId) {
    return saveProgress(tx, { plan, chain, unitCode }, counted, counts);
  }
  await saveProgress(tx, { plan: planBefore, chain, unitCode }, counted, new Map());
  await saveProgress(tx, { plan, chain, unitCode }, new Map(), counts);
}

/** Wakes the pages that show the list, along with its row; heard when the transaction commits, never before. */
function changeTold({ rosterId, seq, unitCode }: RosterState): SQL {
  return sql`pg_notify('roster_changed', ${`${rosterId}:${seq}:${unitCode}`})`;
}

function progressOf({ plan, state }: Carried, now: Instant): RosterProgress {
  const skeleton = skeletonOf(plan, state);
  const wakeAt = skeleton.open ? skeleton.nextWakeAt : null;
  return {
    ...skeleton,
    procedure: plan.procedure,
    unitCode: state.unitCode,
    dueAt: state.dueAt,
    wakeInMs: wakeAt === null ? null : Math.max(0, wakeAt - now),
    steps: plan.steps.map((step) => step.name),
    stepIndex: state.stepIndex,
  };
}
