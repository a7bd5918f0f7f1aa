/** 登记 — carries the confirmed rows of one effect to the registry, one household after another. */
import { and, asc, eq, inArray, isNotNull, ne, sql } from 'drizzle-orm';
import type { Clock } from '../db/clock.ts';
import type { DbOrTx } from '../db/import/database.ts';
import { saveRegistryHouseholds, saveVillageProfiles } from '../db/import/save-households.ts';
import { loadPlan } from '../db/record/load-plan.ts';
import { insertCommand } from '../db/record/submit-command.ts';
import { registryEntries, registryWindows } from '../db/schema/effects.ts';
import { cases, events, rosters } from '../db/schema/record.ts';
import { invariant } from '../domain/invariant.ts';
import { SYSTEM_ACTOR } from '../domain/kernel/actor.ts';
import type { RegistryAnswer, StampedEntry } from '../domain/kernel/event.ts';
import type { CaseState, RosterState } from '../domain/kernel/state.ts';
import type { Plan } from '../domain/plan/plan.ts';
import { isRegistryFunction } from '../domain/plan/registry-function.ts';
import { isPersonWrite } from '../registry/entry.ts';
import type { RegistryHousehold, RegistryVillage } from '../registry/household.ts';
import { accountLevel } from '../registry/window.ts';
import type { RegistryWriting } from '../workflows/contracts/roster.ts';
import { writesOf } from './registration-write.ts';
import {
  type EntryIntent,
  type EntryRow,
  prepareEntries,
  toEntry,
} from './registry/entry-journal.ts';
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

/** Rows marked as sent together: so many a crash leaves to be read back one by one. */
const ROWS_TOGETHER_MAX = 100;

/**
 * Settles the entries of each open effect of a list, or of one named, one household after another, and
 * hands the answers to the record as commands of the system. Safe to repeat after any crash. An effect is
 * reported when all its entries have their answers: people may have still to enter by hand. Throws
 * `RegistryUnavailable` or `RegistryAnswerUnknown`: try again later.
 */
export async function writeRegistry(
  services: RegistryServices,
  { rosterId, effectId }: { readonly rosterId: string; readonly effectId?: string },
): Promise<RegistryWriting> {
  const open = await loadUnsettled(services.db, rosterId);
  const effects = open.filter((effect) => effectId === undefined || effect.effectId === effectId);
  // Reported before and heard meanwhile: the list has to look where it stands now.
  let reported = effects.length === 0;
  if (effects.length > 0) await mirrorWindows(services, effects);
  for (const group of inGroups(effects)) {
    const answered = await settleEffects(services, group);
    if (answered.length === 0) continue;
    for (const { plan, answers } of answered) {
      if (plan.subject === 'village') await refreshVillages(services, answers);
      else await refreshHouseholds(services, answers);
    }
    await report(services, answered);
    reported = true;
  }
  return { reported };
}

/** Consecutive effects whose rows are written together. */
function inGroups(effects: readonly Effect[]): Effect[][] {
  const groups: Effect[][] = [];
  let rows = 0;
  for (const effect of effects) {
    rows += effect.entries.length;
    const last = groups.at(-1);
    if (last !== undefined && rows <= ROWS_TOGETHER_MAX) {
      last.push(effect);
      continue;
    }
    groups.push([effect]);
    rows = effect.entries.length;
  }
  return groups;
}

/** An effect all of whose entries are answered, in their order. */
interface AnsweredEffect extends Effect {
  readonly answers: readonly RegistryAnswer[];
  readonly rowIds: readonly string[];
  /** 办件 whose household was divided or joined with another by what the registry took. */
  readonly divided: readonly string[];
}

/** Those of the effects that nobody is waited for any more. */
async function settleEffects(
  { db, clock, port }: RegistryServices,
  effects: readonly Effect[],
): Promise<AnsweredEffect[]> {
  const at = await clock.now();
  const intents: EntryIntent[] = [];
  for (const effect of effects) intents.push(...(await intentsOf(db, port, effect)));
  const rows = await prepareEntries(db, intents, at);
  const settled = await settleEntries(db, port, rows, { now: () => at });
  return effects.flatMap((effect) => {
    const own = rows.filter(({ effectId }) => effectId === effect.effectId);
    const rowIds = own.map(({ id }) => id);
    const answers = effect.entries.flatMap(({ caseId }) => {
      const answer = settled.get(caseId);
      invariant(answer !== undefined, 'every entry is answered or waits for people');
      return toReport(caseId, answer) ?? [];
    });
    const taken = answers.flatMap(({ caseId, result }) => (result === 'accepted' ? [caseId] : []));
    const divided = dividedBy(effect, own, taken);
    return answers.length < effect.entries.length ? [] : [{ ...effect, answers, rowIds, divided }];
  });
}

/**
 * A window that an application opened stands in the record alone until something is entered under it; the
 * office's own is mirrored as it is opened. Opening it twice is opening it once.
 */
async function mirrorWindows(
  { db, port }: RegistryServices,
  effects: readonly Effect[],
): Promise<void> {
  const ids = [...new Set(effects.map(({ windowId }) => windowId))];
  const { id, rosterId } = registryWindows;
  const windows = await db
    .select()
    .from(registryWindows)
    .where(and(inArray(id, ids), isNotNull(rosterId)));
  for (const window of windows) {
    const { functionKey, unitCode, opensAt, closesAt, openedBy, documentNo } = window;
    invariant(isRegistryFunction(functionKey), `${functionKey} is a function of the registry`);
    const level = accountLevel(unitCode, functionKey);
    const named = { id: window.id, functionKey, unitCode, level };
    await port.openWindow({ ...named, opensAt, closesAt, openedBy, documentNo });
  }
}

async function report(
  { db, clock }: RegistryServices,
  answered: readonly AnsweredEffect[],
): Promise<void> {
  const receivedAt = await clock.now();
  await db.transaction(async (tx) => {
    for (const effect of answered) {
      const { rosterId, effectId, answers } = effect;
      await returnDivided(tx, effect, receivedAt);
      await insertCommand(tx, {
        rosterId,
        actor: SYSTEM_ACTOR,
        idempotencyKey: `report:${rosterId}:${effectId}`,
        body: { type: 'report-registrations', effectId, answers },
        receivedAt,
      });
    }
    const rowIds = answered.flatMap((effect) => effect.rowIds);
    await tx
      .update(registryEntries)
      .set({ reportedAt: receivedAt })
      .where(sql`${registryEntries.id} = any(${sql.param(rowIds)}::text[])`);
  });
}

/** Which of the cases taken changed persons for a reason that divides or joins the household. */
function dividedBy(
  { plan }: Effect,
  rows: readonly EntryRow[],
  taken: readonly string[],
): readonly string[] {
  const returning = new Set(plan.persons?.returns ?? []);
  return rows.flatMap((row) => {
    const { write } = toEntry(row);
    const isDivided =
      isPersonWrite(write) && write.changes.some(({ reason }) => returning.has(reason));
    return isDivided && taken.includes(row.caseId) ? [row.caseId] : [];
  });
}

/**
 * 分户、并户: every other live case of the household is sent back; the command waits in its list like any
 * other, and is judged there.
 */
async function returnDivided(
  tx: DbOrTx,
  { state, divided, plan }: AnsweredEffect,
  receivedAt: number,
): Promise<void> {
  for (const caseId of divided) {
    const own = state.cases.find(({ id }) => id === caseId);
    invariant(own !== undefined, 'an entry is of a case of its list');
    const others = await tx
      .select({ id: cases.id, rosterId: cases.rosterId })
      .from(cases)
      .where(and(eq(cases.subjectId, own.subjectId), eq(cases.live, true), ne(cases.id, caseId)));
    for (const other of others) {
      await insertCommand(tx, {
        rosterId: other.rosterId,
        actor: SYSTEM_ACTOR,
        idempotencyKey: `return-divided:${caseId}:${other.id}`,
        body: {
          type: 'return-divided',
          caseId: other.id,
          reason: `家庭成员变更（${(plan.persons?.returns ?? []).join('、')}）已登记，须按变更后的家庭重新办理`,
        },
        receivedAt,
      });
    }
  }
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

/** As `refreshHouseholds`: 出列 as the registry now holds it. */
async function refreshVillages(
  { db, port }: RegistryServices,
  answers: readonly RegistryAnswer[],
): Promise<void> {
  const held: RegistryVillage[] = [];
  for (const answer of answers) {
    if (answer.result === 'refused') continue;
    const village = await port.fetchVillageProfile(answer.registryNo);
    if (village !== null) held.push(village);
  }
  await saveVillageProfiles(db, held);
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
  const list = { plan, decision: effect.state.decision };
  const writes = await writesOf(db, list, step.functionKey, items);
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
