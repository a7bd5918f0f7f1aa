/** Joins the API to the record, the workflows and the packs. */
import type { Client } from '@temporalio/client';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import { advanceClock } from '../activities/advance-clock.ts';
import { ensureRunning } from '../activities/ensure-running.ts';
import { ensureSweeper } from '../activities/ensure-sweeper.ts';
import { judgeTogether } from '../activities/judge-together.ts';
import { type CommandServices, sendCommand } from '../activities/send-command.ts';
import type { Clock } from '../db/clock.ts';
import { confirmationsFor } from '../db/packs/pack-confirmations.ts';
import { contentHash } from '../db/record/hash-chain.ts';
import { launchRoster } from '../db/record/launch.ts';
import { loadChain, loadFacts } from '../db/record/load-facts.ts';
import { invariant } from '../domain/invariant.ts';
import { explain } from '../domain/kernel/explain.ts';
import { factsNeeded } from '../domain/kernel/facts-need.ts';
import type { ScreeningRules } from '../domain/screening/screening.ts';
import { plainDateAt } from '../domain/time/instant.ts';
import type { ValueConfirmation } from '../policies/confirm-values.ts';
import { type PackLibrary, packCovers } from '../policies/load-packs.ts';
import { planHash } from '../policies/plan-hash.ts';
import { resolvePlan } from '../policies/resolve-plan.ts';
import { resolveScreening } from '../policies/resolve-screening.ts';
import { proceduresOf, unconfirmedValues } from '../policies/unconfirmed-values.ts';
import type { Engine, Launched, PackSummary, RosterToLaunch } from './deps.ts';
import { previewPlan } from './plan-preview.ts';
import { loadState } from './roster-access.ts';

/** What the engine is made of. */
export interface EngineParts {
  readonly db: PostgresJsDatabase;
  readonly client: Client;
  readonly clock: Clock;
  /** Shipped packs and the versions that the record keeps. */
  readonly library: () => Promise<PackLibrary>;
  /** Replaces the world; a bug where the instance is no training instance. */
  readonly loadScenario: Engine['loadScenario'];
  /** Where windows are mirrored to; nothing happens without a registry that listens. */
  readonly windows: Pick<Engine, 'openWindow' | 'closeWindow'>;
  /** Set in tests, where each file has its own. */
  readonly taskQueue?: string;
}

/** Longest wait for a list to look again. */
const LOOK_MS_MAX = 10_000;

/** A list is opened when the record holds it; its run may start later. */
const START_MS_MAX = 3_000;

/** Builds the engine of one process. */
export function createEngine(parts: EngineParts): Engine {
  const { db, client, clock, library, loadScenario, windows, taskQueue } = parts;
  const services = { db, client, clock, ...(taskQueue !== undefined && { taskQueue }) };
  return {
    sendCommand: (command) => sendCommand(services, command),
    lookAgain: async (roster) => (await judgeTogether(services, roster, LOOK_MS_MAX)) !== null,
    async launchRoster(roster) {
      const launched = await openInRecord(parts, roster);
      if (launched.ok) {
        await startRun(services, { ...roster, rosterId: launched.rosterId });
      }
      return launched;
    },
    async explain(rosterId, actor, at) {
      const { plan, state } = await loadState(db, rosterId);
      const { unitCode } = state;
      const need = factsNeeded(plan, state, null);
      const facts = await loadFacts(db, { ...need, plan, unitCode, body: null });
      return explain({ plan, state, facts, actor, at, sheetHash: contentHash });
    },
    previewPlan: async (wish) => previewPlan(db, await library(), wish),
    advanceClock: (move) => advanceClock(services, move),
    loadScenario,
    screeningRules: async (unitCode) => screeningRules(parts, unitCode),
    ensureSweeper: (countyCode) => tryToSweep(services, countyCode),
    listPacks: async () => summaries(await library()),
    checkConfirmation: async (packId, confirmation) =>
      checkConfirmation(await library(), packId, confirmation),
    ...windows,
  };
}

/** Whatever fails here is started by the list's first command or by the worker's sweep. */
async function startRun(
  services: CommandServices,
  { rosterId, procedure, unitCode }: RosterToLaunch & { readonly rosterId: string },
): Promise<void> {
  await services.client.withDeadline(Date.now() + START_MS_MAX, () =>
    Promise.allSettled([
      ensureRunning(services, { rosterId, procedure, open: true }),
      startSweeper(services, unitCode),
    ]),
  );
}

/** Of every pack that rules over the unit and screens, with what its office confirmed. */
async function screeningRules(
  { db, library: load }: EngineParts,
  unitCode: string,
): Promise<readonly ScreeningRules[]> {
  const library = await load();
  const found: ScreeningRules[] = [];
  for (const packId of library.packs.keys()) {
    if (!packCovers(library, packId, unitCode)) continue;
    const confirmations = await confirmationsFor(db, packId, unitCode);
    const resolved = resolveScreening(library, packId, confirmations);
    if (resolved !== undefined) found.push(resolved.rules);
  }
  return found;
}

async function tryToSweep(services: CommandServices, countyCode: string): Promise<void> {
  await services.client.withDeadline(Date.now() + START_MS_MAX, () =>
    Promise.allSettled([ensureSweeper(services, countyCode)]),
  );
}

/** The first list of a county starts its sweeper; afterwards this finds it running. */
async function startSweeper(services: CommandServices, unitCode: string): Promise<void> {
  const { chain } = await loadChain(services.db, unitCode);
  await ensureSweeper(services, chain.county ?? unitCode);
}

async function openInRecord(parts: EngineParts, roster: RosterToLaunch): Promise<Launched> {
  const { db, clock } = parts;
  const library = await parts.library();
  const { packId, procedure, unitCode, actor, idempotencyKey, late } = roster;
  const { householdIds, villageCodes, countyCodes } = roster;
  if (
    !packCovers(library, packId, unitCode) ||
    !proceduresOf(library, packId).includes(procedure)
  ) {
    const words = '这套规则不适用于这个地方或这个程序，请重新选择';
    const missing = ['适用于本地和本程序的规则包'];
    const whoClears = '领导小组办公室';
    const refusal = { code: 'UNKNOWN-PACK', words, missing, whoClears };
    return { ok: false, refusals: [refusal], clauses: {} };
  }
  const confirmations = await confirmationsFor(db, packId, unitCode);
  const at = await clock.now();
  const launchedIn = Number(plainDateAt(at).slice(0, 4));
  const request = { packId, procedure, areaCode: unitCode, launchedIn, confirmations };
  const resolved = resolvePlan(library, request);
  if (!resolved.ok) {
    const missing = resolved.unconfirmed.map(({ words }) => words);
    const words = '规则中还有未核定的值，不能发起名单';
    const refusal = { code: 'PLAN-UNCONFIRMED', words, missing, whoClears: '领导小组办公室' };
    return { ok: false, refusals: [refusal], clauses: {} };
  }
  const { plan } = resolved;
  const { userId } = actor;
  const body = {
    packId,
    procedure,
    unitCode,
    ...(householdIds !== undefined && { householdIds }),
    ...(villageCodes !== undefined && { villageCodes }),
    ...(countyCodes !== undefined && { countyCodes }),
    ...(late !== undefined && { late }),
  };
  const answer = await launchRoster(db, {
    ...body,
    actor,
    at,
    plan,
    planHash: planHash(plan),
    ...(idempotencyKey !== undefined && { request: { userId, idempotencyKey, body } }),
  });
  return answer.ok ? answer : { ...answer, clauses: plan.clauses };
}

function summaries(library: PackLibrary): readonly PackSummary[] {
  return [...library.packs.values()].flatMap(({ pack }) => {
    const { id, title, areaCode, year } = pack;
    if (year === null) return [];
    const procedures = proceduresOf(library, id);
    const unverified = unconfirmedValues(library, id, areaCode, []);
    return [{ id, title, areaCode, year, procedures, unverified }];
  });
}

function checkConfirmation(
  library: PackLibrary,
  packId: string,
  confirmation: ValueConfirmation,
): string | null {
  const areaCode = library.packs.get(packId)?.pack.areaCode;
  invariant(areaCode !== undefined, 'the pack was just listed');
  const left = unconfirmedValues(library, packId, areaCode, [confirmation]);
  const same = left.find(({ path }) => path === confirmation.path);
  return same === undefined ? null : `这个值不合规定：${same.words}`;
}
