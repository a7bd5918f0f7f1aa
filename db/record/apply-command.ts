/**
 * 处理指令 — the one place where a roster changes. The record arbitrates: whoever calls, however often
 * and from wherever, waiting commands are judged one at a time in the order in which they came in.
 */
import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import { invariant } from '../../domain/invariant.ts';
import type { CommandOutcome } from '../../domain/kernel/command.ts';
import { decide } from '../../domain/kernel/decide.ts';
import type { RosterEvent } from '../../domain/kernel/event.ts';
import { evolve } from '../../domain/kernel/evolve.ts';
import { skeletonOf } from '../../domain/kernel/skeleton.ts';
import { isActive, type RosterState } from '../../domain/kernel/state.ts';
import { dueWakes } from '../../domain/kernel/wake.ts';
import type { Plan } from '../../domain/plan/plan.ts';
import { firstRungFrom } from '../../domain/reminder/ladder.ts';
import type { Instant } from '../../domain/time/instant.ts';
import type { RosterProgress } from '../../workflows/contracts/roster.ts';
import type { DbOrTx } from '../import/database.ts';
import { commands, plans, rosters } from '../schema/record.ts';
import { appendEvents, type EventCause, saveFacts, saveSheets } from './append-events.ts';
import { CHAIN_START, contentHash } from './hash-chain.ts';
import { keepClues } from './keep-clues.ts';
import { loadChain, loadFacts } from './load-facts.ts';
import {
  type Chain,
  progressBuckets,
  reminderColumn,
  rosterColumns,
  rosterIdentity,
  saveCases,
  saveProgress,
} from './projections.ts';

/** Commands judged in one transaction: bounds how long the roster's row is locked. */
const COMMANDS_MAX = 50;

/** What the workflow hears, and whether commands still wait: then call again. */
export interface AppliedProgress extends RosterProgress {
  readonly more: boolean;
}

type CommandRow = typeof commands.$inferSelect;

/** The roster under the transaction's lock, as far as it has been carried. */
interface Carried {
  readonly rosterId: string;
  plan: Plan;
  state: RosterState;
  headHash: Buffer;
  readonly chain: Chain;
}

/**
 * Judges the waiting commands of a roster (at most 50) and notes what fell due up to `now`, in one
 * transaction. Repeating it changes nothing. A refusal is an outcome; anything thrown is a bug or an
 * outage and leaves everything as it was.
 */
export async function applyCommand(
  db: DbOrTx,
  { rosterId, now }: { readonly rosterId: string; readonly now: Instant },
): Promise<AppliedProgress> {
  return db.transaction(async (tx) => {
    const [row] = await tx.select().from(rosters).where(eq(rosters.id, rosterId)).for('update');
    invariant(row !== undefined, 'the roster is in the record');
    const waiting = await tx
      .select()
      .from(commands)
      .where(and(eq(commands.rosterId, rosterId), isNull(commands.outcome)))
      .orderBy(asc(commands.receivedAt), asc(commands.id))
      .limit(COMMANDS_MAX);
    const before = row.state;
    const { chain } = await loadChain(tx, row.unitCode);
    const { headHash } = row;
    const plan = await loadPlan(tx, row.planHash);
    const list: Carried = { rosterId, plan, state: before, headHash, chain };
    for (const command of waiting) {
      await judge(tx, list, command, now);
    }
    await noteWakes(tx, list, now);
    if (list.state.seq !== before.seq) await saveRoster(tx, list, before, plan);
    return progressOf(list, now, waiting.length === COMMANDS_MAX);
  });
}

/** 适用规则 by hash; a missing one is a bug. */
export async function loadPlan(db: DbOrTx, hash: string): Promise<Plan> {
  const [row] = await db.select().from(plans).where(eq(plans.hash, hash));
  invariant(row !== undefined, 'a pinned plan is kept');
  return row.body;
}

async function judge(tx: DbOrTx, list: Carried, row: CommandRow, now: Instant): Promise<void> {
  const { plan, state } = list;
  const facts = await loadFacts(tx, {
    plan,
    unitCode: state.unitCode,
    cases: state.cases.filter(isActive),
    body: row.body,
  });
  const command = { id: row.id, actor: row.actor, receivedAt: row.receivedAt, body: row.body };
  const decision = decide({ plan, state, command, facts, sheetHash: contentHash });
  if (!decision.ok) {
    const { at, refusals } = decision;
    return saveOutcome(tx, row.id, { kind: 'refused', at, refusals }, now);
  }
  const factsHash = await saveFacts(tx, facts);
  const cause = { commandId: row.id, actor: row.actor, factsHash };
  await saveSheets(tx, state.rosterId, decision.sheets);
  await carry(tx, list, decision.events, decision.state, cause);
  for (const child of decision.children) await insertChild(tx, list, child, cause);
  const outcome: CommandOutcome = {
    kind: 'applied',
    fromSeq: state.seq + 1,
    toSeq: decision.state.seq,
    at: decision.at,
    warnings: decision.warnings,
    children: decision.children.map((child) => child.rosterId),
  };
  await saveOutcome(tx, row.id, outcome, now);
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
  list.headHash = await appendEvents(tx, list.rosterId, list.headHash, added, full);
  await keepClues(tx, state, added);
  list.state = state;
}

async function insertChild(
  tx: DbOrTx,
  parent: Carried,
  child: {
    readonly rosterId: string;
    readonly state: RosterState;
    readonly events: readonly RosterEvent[];
  },
  cause: Omit<EventCause, 'planHash'>,
): Promise<void> {
  const { plan, chain } = parent;
  await insertRoster(tx, { plan, chain, ...child, cause });
}

/** A list as it comes into being, by launch or by a split. */
export interface NewRoster {
  readonly rosterId: string;
  readonly plan: Plan;
  readonly state: RosterState;
  readonly events: readonly RosterEvent[];
  readonly chain: Chain;
  readonly cause: Omit<EventCause, 'planHash'>;
}

/** 建立名单 — row, cases, events and counts of a new list, in the caller's transaction. */
export async function insertRoster(tx: DbOrTx, given: NewRoster): Promise<void> {
  const { rosterId, plan, state, chain, events, cause } = given;
  const full = { ...cause, planHash: state.planHash };
  const headHash = await appendEvents(tx, rosterId, CHAIN_START, events, full);
  const columns = rosterColumns(plan, state, chain);
  const nextReminderAt = firstRungFrom(plan, state, state.openedAt);
  const identity = rosterIdentity(plan, state, chain);
  await tx.insert(rosters).values({ ...identity, ...columns, nextReminderAt, headHash });
  await saveCases(tx, plan, null, state);
  const place = { plan, chain, unitCode: state.unitCode };
  await saveProgress(tx, place, new Map(), progressBuckets(plan, state));
  await tellChanged(tx, state);
}

async function saveRoster(
  tx: DbOrTx,
  list: Carried,
  before: RosterState,
  planBefore: Plan,
): Promise<void> {
  const { plan, state, chain, headHash } = list;
  await tx
    .update(rosters)
    .set({
      ...rosterColumns(plan, state, chain),
      nextReminderAt: reminderColumn(plan, before, state),
      headHash,
    })
    .where(eq(rosters.id, list.rosterId));
  await saveCases(tx, plan, before, state);
  const { unitCode } = state;
  const counted = progressBuckets(planBefore, before);
  const counts = progressBuckets(plan, state);
  if (plan.packId === planBefore.packId) {
    await saveProgress(tx, { plan, chain, unitCode }, counted, counts);
  } else {
    await saveProgress(tx, { plan: planBefore, chain, unitCode }, counted, new Map());
    await saveProgress(tx, { plan, chain, unitCode }, new Map(), counts);
  }
  await tellChanged(tx, state);
}

/** Wakes the pages that show the list; sent when the transaction commits, never before. */
async function tellChanged(tx: DbOrTx, { rosterId, seq, unitCode }: RosterState): Promise<void> {
  const payload = `${rosterId}:${seq}:${unitCode}`;
  await tx.execute(sql`select pg_notify('roster_changed', ${payload})`);
}

async function saveOutcome(
  tx: DbOrTx,
  id: string,
  outcome: CommandOutcome,
  appliedAt: Instant,
): Promise<void> {
  await tx.update(commands).set({ outcome, appliedAt }).where(eq(commands.id, id));
}

function progressOf({ plan, state }: Carried, now: Instant, more: boolean): AppliedProgress {
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
    more,
  };
}
