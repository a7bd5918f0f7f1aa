/** 随机断电考验 — lists under steady load while parts of the system are killed; then everything is checked. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import postgres, { type Sql } from 'postgres';
import { trainingDepartments } from '../../bin/training/demo-world.ts';
import { DEMO_COUNTY, makeDemoCounty } from '../../registry/demo/demo-county.ts';
import { createDice } from '../../registry/demo/random.ts';
import type { TestInstance } from '../harness/test-instance.ts';
import { png } from '../scenarios/png.ts';
import { findFaults } from './check-record.ts';
import type { Place, Walk } from './list-walk.ts';
import { createJournal, type Journal, PatientClient } from './patient-client.ts';
import { type KillerReport, startRandomKiller } from './random-killer.ts';
import { SharedClock } from './shared-clock.ts';
import { walkExit, walkIdentification } from './walks.ts';

/** What is walked, and how wild the killer is. */
export interface SoakWish {
  readonly seed: number;
  readonly villages: number;
  /** Exit lists of each village, one after another. */
  readonly listsPerVillage: number;
  readonly householdsPerList: number;
  /** Whether the first village also enrols its applicants. */
  readonly withIdentification: boolean;
  readonly calmMs: readonly [number, number];
  readonly downMs: readonly [number, number];
  readonly wipePercent: number;
  /** Told what happens while it runs. */
  readonly say: (line: string) => void;
}

/** What came of it. `faults` is empty when nothing was lost, doubled, bent or refused without reason. */
export interface SoakReport {
  readonly faults: readonly string[];
  readonly killer: KillerReport;
  readonly journal: Journal;
  readonly lists: number;
  readonly events: number;
  readonly labels: number;
  readonly ms: number;
}

const COUNTY_NAME = '镇雄县';

/** Between two lines about how far it is. */
const TELL_MS = 10_000;

const SETTLED_MS_MAX = 120_000;

/** One soak over a whole private system, from its launches to the check. */
export async function runSoak(instance: TestInstance, wish: SoakWish): Promise<SoakReport> {
  const from = Date.now();
  const dice = createDice(wish.seed);
  const journal = createJournal();
  const client = new PatientClient(instance.pageUrl, journal);
  const walks = await prepareWalks(client, journal, wish);
  const killer = startRandomKiller(instance, { dice, ...wish });
  const telling = setInterval(() => {
    const answered = journal.commands.filter(({ answer }) => answer !== null).length;
    wish.say(`${answered} of ${journal.commands.length} commands answered`);
  }, TELL_MS);
  const lists = await Promise.allSettled(walks.map((walk) => walk()));
  await killer.stop();
  clearInterval(telling);
  for (const list of lists) {
    if (list.status === 'rejected') journal.faults.push(`a walk broke off: ${list.reason}`);
  }
  const sql = postgres(instance.databaseUrl, { max: 1, onnotice: () => {} });
  const connection = await Connection.connect({ address: instance.temporalAddress });
  try {
    const temporal = new Client({ connection, namespace: instance.temporalNamespace });
    const chainKey = await readChainKey(instance.dataDir);
    await awaitSettled(sql);
    const faults = await findFaults({ sql, temporal, chainKey, journal });
    const counts = await countAll(sql);
    return { faults, killer: killer.report, journal, ...counts, ms: Date.now() - from };
  } finally {
    await connection.close();
    await sql.end({ timeout: 5 });
  }
}

/** Everybody signs in and the functions are opened before the first blow. */
async function prepareWalks(client: PatientClient, journal: Journal, wish: SoakWish) {
  const clock = new SharedClock(client, `${COUNTY_NAME}管理员`);
  const county = makeDemoCounty(DEMO_COUNTY);
  const photo = await client.upload(`${COUNTY_NAME}经办`, png('考验'));
  for (const functionKey of ['mark-exit', 'enrol-household']) {
    const unitCode = county.countyCode;
    const body = { functionKey, unitCode, documentNo: '演练〔2020〕1号' };
    const { status } = await client.write(`${COUNTY_NAME}领导小组办公室`, '/windows', body);
    if (status !== 201) journal.faults.push(`the window is not opened: ${status}`);
  }
  const walks: (() => Promise<void>)[] = [];
  for (const [index, village] of county.villages.slice(0, wish.villages).entries()) {
    const { villageCode, name, townshipName: township } = village;
    const place: Place = { villageCode, village: name, township, county: COUNTY_NAME, photo };
    const walk: Walk = { client, clock, journal, place };
    const ready = await readyHouseholds(client, walk, county.households);
    walks.push(() => clock.walk(() => walkExits(walk, ready, wish)));
    if (index > 0 || !wish.withIdentification) continue;
    const applicants = await householdIds(client, walk, 'unregistered');
    walks.push(() =>
      clock.walk(async () => {
        await walkIdentification(walk, applicants, trainingDepartments());
      }),
    );
  }
  return walks;
}

async function walkExits(walk: Walk, ready: readonly string[], wish: SoakWish): Promise<void> {
  const { householdsPerList: size, listsPerVillage } = wish;
  for (let list = 0; list < listsPerVillage; list += 1) {
    const ids = ready.slice(list * size, (list + 1) * size);
    if (ids.length > 0) await walkExit(walk, ids);
  }
}

interface ListedHousehold {
  readonly id: string;
  readonly householdNo: string | null;
}

async function listHouseholds(client: PatientClient, { place }: Walk, status: string) {
  const path = `/households?village=${place.villageCode}&status=${status}`;
  const answer = await client.read(`${place.village}经办`, path);
  return answer.json['items'] as readonly ListedHousehold[];
}

async function householdIds(client: PatientClient, walk: Walk, status: string) {
  return (await listHouseholds(client, walk, status)).map(({ id }) => id);
}

/** Poor households in whose way nothing stands. */
async function readyHouseholds(
  client: PatientClient,
  walk: Walk,
  known: ReturnType<typeof makeDemoCounty>['households'],
): Promise<readonly string[]> {
  const ready = new Set(
    known
      .filter(({ security, housingGrade, relocation }) => {
        const isSecure = Object.values(security).every((held) => held === true);
        const isHoused = housingGrade === 'A' || housingGrade === 'B';
        return isSecure && isHoused && relocation.listed === relocation.occupied;
      })
      .map(({ householdNo }) => householdNo),
  );
  const poor = await listHouseholds(client, walk, 'poor');
  return poor.filter(({ householdNo }) => ready.has(householdNo ?? '')).map(({ id }) => id);
}

async function readChainKey(dataDir: string): Promise<string> {
  const { chainKey } = JSON.parse(await readFile(join(dataDir, 'secrets.json'), 'utf8')) as {
    readonly chainKey: string;
  };
  return chainKey;
}

/** Waits until nothing is under way; what never settles is found by the check. */
async function awaitSettled(sql: Sql): Promise<void> {
  const until = Date.now() + SETTLED_MS_MAX;
  while (Date.now() < until) {
    const [row] = await sql<{ waiting: number }[]>`
      select (select count(*)::int from commands where outcome is null)
        + (select count(*)::int from registry_entries where reported_at is null) as waiting`;
    if (row?.waiting === 0) return;
    await delay(250);
  }
}

async function countAll(sql: Sql) {
  const [row] = await sql<{ lists: number; events: number; labels: number }[]>`
    select (select count(*)::int from rosters) as lists,
      (select count(*)::int from events) as events,
      (select count(*)::int from registry_ref.entries where result = 'accepted') as labels`;
  return row ?? { lists: 0, events: 0, labels: 0 };
}

/** Told in a few lines, for a person. */
export function soakLines({ faults, killer, journal, lists, events, labels, ms }: SoakReport) {
  const kills = [...killer.kills].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const answers = [...journal.answers].toSorted(([a], [b]) => a - b);
  const say = (pairs: readonly (readonly [string | number, number])[]) =>
    pairs.map(([name, count]) => `${name}×${count}`).join('  ');
  return [
    `${lists} lists, ${journal.commands.length} commands, ${events} events, ${labels} labels in ${(ms / 1000).toFixed(0)} s`,
    `killed: ${say(kills)}  Temporal wiped×${killer.wipes}  died alone: ${killer.diedAlone.join(' ') || 'none'}`,
    `answers (0 = broken connection): ${say(answers)}; longest wait ${(journal.longestMs / 1000).toFixed(1)} s`,
    ...faults.map((fault) => `FAULT  ${fault}`),
    faults.length === 0 ? 'nothing lost, nothing doubled' : `${faults.length} faults`,
  ];
}
