/** 登记 — carries the confirmed rows of one effect to the registry, one household after another. */
import { and, eq, sql } from 'drizzle-orm';
import type { Clock } from '../db/clock.ts';
import type { DbOrTx } from '../db/import/database.ts';
import { saveRegistryHouseholds } from '../db/import/save-households.ts';
import { loadPlan } from '../db/record/load-plan.ts';
import { insertCommand } from '../db/record/submit-command.ts';
import { registryEntries } from '../db/schema/effects.ts';
import { events, rosters } from '../db/schema/record.ts';
import { invariant } from '../domain/invariant.ts';
import { SYSTEM_ACTOR } from '../domain/kernel/actor.ts';
import type { RegistryAnswer, StampedEntry } from '../domain/kernel/event.ts';
import type { CaseState, RosterState } from '../domain/kernel/state.ts';
import type { Plan } from '../domain/plan/plan.ts';
import type { Instant } from '../domain/time/instant.ts';
import type { RegistryWriting } from '../workflows/contracts/roster.ts';
import { writeOf } from './registration-write.ts';
import { prepareEntry, settleEntry } from './registry/entry-journal.ts';
import type { EntryAnswer, RegistryPort } from './registry/port.ts';

/** What the activity works with. */
export interface RegistryServices {
  readonly db: DbOrTx;
  readonly clock: Clock;
  readonly port: RegistryPort;
}

/** An effect as the record keeps it: the confirmed rows with the plan and list they belong to. */
interface Effect {
  readonly rosterId: string;
  readonly effectId: string;
  readonly windowId: string;
  readonly entries: readonly StampedEntry[];
  readonly plan: Plan;
  readonly state: RosterState;
}

/**
 * Settles each entry, then hands the answers to the record as a command of the system. Safe to repeat
 * after any crash. While people have still to enter by hand nothing is reported. Throws
 * `RegistryUnavailable` or `RegistryAnswerUnknown`: try again later.
 */
export async function writeRegistry(
  services: RegistryServices,
  { rosterId, effectId }: { readonly rosterId: string; readonly effectId: string },
): Promise<RegistryWriting> {
  const { db, clock } = services;
  const effect = await loadEffect(db, rosterId, effectId);
  const answers: RegistryAnswer[] = [];
  for (const entry of effect.entries) {
    const answer = toReport(entry.caseId, await settleOne(services, effect, entry));
    if (answer !== undefined) answers.push(answer);
  }
  if (answers.length < effect.entries.length) return { reported: false };
  await refreshHouseholds(services, answers);
  const receivedAt = await clock.now();
  await db.transaction(async (tx) => {
    await insertCommand(tx, {
      rosterId,
      actor: SYSTEM_ACTOR,
      idempotencyKey: `report:${rosterId}:${effectId}`,
      body: { type: 'report-registrations', effectId, answers },
      receivedAt,
    });
    await tx
      .update(registryEntries)
      .set({ reportedAt: receivedAt })
      .where(and(eq(registryEntries.rosterId, rosterId), eq(registryEntries.effectId, effectId)));
  });
  return { reported: true };
}

/** What the registry now says of those it took becomes the latest snapshot, for the decisions to come. */
async function refreshHouseholds(
  { db, clock, port }: RegistryServices,
  answers: readonly RegistryAnswer[],
): Promise<void> {
  for (const answer of answers) {
    if (answer.result === 'refused') continue;
    const household = await port.fetchHousehold(answer.registryNo);
    if (household === null) continue;
    const asOf = await clock.now();
    await saveRegistryHouseholds(db, [household], { asOf, source: 'registry' });
  }
}

async function settleOne(
  { db, clock, port }: RegistryServices,
  effect: Effect,
  entry: StampedEntry,
): Promise<EntryAnswer> {
  const now = await clock.now();
  const entryId =
    (await findEntryId(db, entry.caseId, effect.effectId)) ??
    (await prepareOne(db, port, effect, entry, now));
  return (await settleEntry(db, port, entryId, { now: () => now })).answer;
}

async function findEntryId(db: DbOrTx, caseId: string, effectId: string) {
  const [row] = await db
    .select({ id: registryEntries.id })
    .from(registryEntries)
    .where(and(eq(registryEntries.caseId, caseId), eq(registryEntries.effectId, effectId)));
  return row?.id;
}

async function prepareOne(
  db: DbOrTx,
  port: RegistryPort,
  effect: Effect,
  entry: StampedEntry,
  at: Instant,
): Promise<string> {
  const { plan, rosterId, effectId, windowId } = effect;
  const step = plan.steps.find((candidate) => candidate.kind === 'registration');
  invariant(step?.kind === 'registration', 'a plan that registers has the step');
  const write = await writeOf(db, plan, step.functionKey, caseOf(effect, entry.caseId));
  const { caseId, operatorId, reviewerId } = entry;
  const people = { operatorId, reviewerId };
  const level = step.windowLevel;
  const intent = { caseId, rosterId, effectId, windowId, adapter: port.kind, write, level };
  return prepareEntry(db, { ...intent, ...people }, at);
}

function caseOf({ state }: Effect, caseId: string): CaseState {
  const item = state.cases.find((candidate) => candidate.id === caseId);
  invariant(item !== undefined, 'an entry is of a case of its list');
  return item;
}

async function loadEffect(db: DbOrTx, rosterId: string, effectId: string): Promise<Effect> {
  const [row] = await db
    .select({ event: events.body, planHash: events.planHash, state: rosters.state })
    .from(events)
    .innerJoin(rosters, eq(rosters.id, events.rosterId))
    .where(
      and(
        eq(events.rosterId, rosterId),
        eq(events.type, 'registration-sent'),
        sql`${events.body} #>> '{body,effectId}' = ${effectId}`,
      ),
    );
  const body = row?.event.body;
  invariant(row !== undefined && body?.type === 'registration-sent', 'the effect is recorded');
  const { windowId, entries } = body;
  const plan = await loadPlan(db, row.planHash);
  return { rosterId, effectId, windowId, entries, plan, state: row.state };
}

/** Undefined while a person is waited for. */
function toReport(caseId: string, answer: EntryAnswer): RegistryAnswer | undefined {
  switch (answer.result) {
    case 'accepted':
      return { caseId, result: 'accepted', registryNo: answer.registryNo };
    case 'refused':
      return { caseId, result: 'refused', code: answer.code, words: answer.words };
    case 'waiting':
      return undefined;
  }
}
