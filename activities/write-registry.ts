/** 登记 — carries the confirmed rows of one effect to the registry, one household after another. */
import { and, asc, eq } from 'drizzle-orm';
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
import type { RegistryHousehold } from '../registry/household.ts';
import type { RegistryWriting } from '../workflows/contracts/roster.ts';
import { writesOf } from './registration-write.ts';
import { type EntryIntent, prepareEntries } from './registry/entry-journal.ts';
import type { EntryAnswer, RegistryPort } from './registry/port.ts';
import { settleEntries } from './registry/settle-entries.ts';

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
 * Settles the entries of each open effect of a list, or of one named, one household after another, and hands the answers to the record
 * as a command of the system. Safe to repeat after any crash. An effect is reported when all its
 * entries have their answers: people may have still to enter by hand. Throws `RegistryUnavailable` or
 * `RegistryAnswerUnknown`: try again later.
 */
export async function writeRegistry(
  services: RegistryServices,
  { rosterId, effectId }: { readonly rosterId: string; readonly effectId?: string },
): Promise<RegistryWriting> {
  const open = await loadUnsettled(services.db, rosterId);
  const effects = open.filter((effect) => effectId === undefined || effect.effectId === effectId);
  // Reported before and heard meanwhile: the list has to look where it stands now.
  let reported = effects.length === 0;
  for (const effect of effects) {
    const answers = await settleEffect(services, effect);
    if (answers.length < effect.entries.length) continue;
    await refreshHouseholds(services, answers);
    await report(services, effect, answers);
    reported = true;
  }
  return { reported };
}

/** The answers there are, in the order of the entries. */
async function settleEffect(
  { db, clock, port }: RegistryServices,
  effect: Effect,
): Promise<RegistryAnswer[]> {
  const at = await clock.now();
  const rows = await prepareEntries(db, await intentsOf(db, port, effect), at);
  const answers = await settleEntries(db, port, rows, { now: () => at });
  return effect.entries.flatMap(({ caseId }) => {
    const answer = answers.get(caseId);
    invariant(answer !== undefined, 'every entry is answered or waits for people');
    return toReport(caseId, answer) ?? [];
  });
}

async function report(
  { db, clock }: RegistryServices,
  { rosterId, effectId }: Effect,
  answers: readonly RegistryAnswer[],
): Promise<void> {
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
}

/** What the registry now says of those it took becomes the latest snapshot, for the decisions to come. */
async function refreshHouseholds(
  { db, clock, port }: RegistryServices,
  answers: readonly RegistryAnswer[],
): Promise<void> {
  const held: RegistryHousehold[] = [];
  for (const answer of answers) {
    if (answer.result === 'refused') continue;
    const household = await port.fetchHousehold(answer.registryNo);
    if (household !== null) held.push(household);
  }
  if (held.length === 0) return;
  await saveRegistryHouseholds(db, held, { asOf: await clock.now(), source: 'registry' });
}

/** What each confirmed row asks the registry to write. */
async function intentsOf(
  db: DbOrTx,
  port: RegistryPort,
  effect: Effect,
): Promise<readonly EntryIntent[]> {
  const { plan, rosterId, effectId, windowId, entries } = effect;
  const step = plan.steps.find((candidate) => candidate.kind === 'registration');
  invariant(step?.kind === 'registration', 'a plan that registers has the step');
  const items = entries.map(({ caseId }) => caseOf(effect, caseId));
  const writes = await writesOf(db, plan, step.functionKey, items);
  const common = { rosterId, effectId, windowId, adapter: port.kind, level: step.windowLevel };
  return entries.map(({ caseId, operatorId, reviewerId }) => {
    const write = writes.get(caseId);
    invariant(write !== undefined, 'every entry writes something');
    return { ...common, caseId, operatorId, reviewerId, write };
  });
}

function caseOf({ state }: Effect, caseId: string): CaseState {
  const item = state.cases.find((candidate) => candidate.id === caseId);
  invariant(item !== undefined, 'an entry is of a case of its list');
  return item;
}

/** The effects whose answers the record does not hold, in the order in which they were sent. */
async function loadUnsettled(db: DbOrTx, rosterId: string): Promise<readonly Effect[]> {
  const [roster] = await db
    .select({ state: rosters.state })
    .from(rosters)
    .where(eq(rosters.id, rosterId));
  invariant(roster !== undefined, 'the roster is in the record');
  const { state } = roster;
  const open = new Set(state.effects.filter(({ settled }) => !settled).map(({ id }) => id));
  const sent = await db
    .select({ event: events.body, planHash: events.planHash })
    .from(events)
    .where(and(eq(events.rosterId, rosterId), eq(events.type, 'registration-sent')))
    .orderBy(asc(events.seq));
  const effects: Effect[] = [];
  for (const { event, planHash } of sent) {
    const { body } = event;
    if (body.type !== 'registration-sent' || !open.has(body.effectId)) continue;
    const { effectId, windowId, entries } = body;
    const plan = await loadPlan(db, planHash);
    effects.push({ rosterId, effectId, windowId, entries, plan, state });
  }
  invariant(effects.length === open.size, 'every effect is recorded');
  return effects;
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
