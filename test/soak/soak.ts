/** 随机断电考验 — lists under steady load while parts of the system are killed; then everything is checked. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import postgres, { type Sql } from 'postgres';
import { trainingDepartments } from '../../bin/training/demo-world.ts';
import { createDice } from '../../registry/demo/random.ts';
import type { TestInstance } from '../harness/test-instance.ts';
import { findFaults } from './check-record.ts';
import type { Walk } from './list-walk.ts';
import type { Journal } from './patient-client.ts';
import { type KillerReport, startRandomKiller } from './random-killer.ts';
import { openCounty, type WalkedCounty } from './walked-county.ts';
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
  /** The instance brings back by itself what is killed; see `restarts` of a test instance. */
  readonly isSupervised?: boolean;
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

/** Between two lines about how far it is. */
const TELL_MS = 10_000;

const SETTLED_MS_MAX = 120_000;

/** One soak over a whole private system, from its launches to the check. */
export async function runSoak(instance: TestInstance, wish: SoakWish): Promise<SoakReport> {
  const from = Date.now();
  const dice = createDice(wish.seed);
  const county = await openCounty(instance.pageUrl);
  const { journal } = county;
  const walks = await prepareWalks(county, wish);
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
  const { faults, counts } = await checkAll(instance, journal);
  return { faults, killer: killer.report, journal, ...counts, ms: Date.now() - from };
}

/** Waits until nothing is under way, then looks for faults in record, registry and engine. */
export async function checkAll(instance: TestInstance, journal: Journal) {
  const sql = postgres(instance.databaseUrl, { max: 1, onnotice: () => {} });
  const connection = await Connection.connect({ address: instance.temporalAddress });
  try {
    const temporal = new Client({ connection, namespace: instance.temporalNamespace });
    const chainKey = await readChainKey(instance.dataDir);
    await awaitSettled(sql);
    const faults = await findFaults({ sql, temporal, chainKey, journal });
    return { faults, counts: await countAll(sql) };
  } finally {
    await connection.close();
    await sql.end({ timeout: 5 });
  }
}

/** Everybody signs in and the functions are opened before the first blow. */
async function prepareWalks(county: WalkedCounty, wish: SoakWish) {
  const walks: (() => Promise<void>)[] = [];
  for (const index of Array.from({ length: wish.villages }).keys()) {
    const { walk, ready, applicants } = await county.village(index);
    const { clock } = county;
    walks.push(() => clock.walk(() => walkExits(walk, ready, wish)));
    if (index > 0 || !wish.withIdentification) continue;
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

/** The key with which the instance seals its events: one from the environment goes before its own. */
export async function readChainKey(dataDir: string): Promise<string> {
  const given = process.env['GONGSHI_CHAIN_KEY'] ?? '';
  if (given !== '') return given;
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
    `answers (0 = broken connection): ${say(answers)}; longest wait ${(journal.longestMs / 1000).toFixed(1)} s: ${journal.longestWhat}`,
    ...faults.map((fault) => `FAULT  ${fault}`),
    faults.length === 0 ? 'nothing lost, nothing doubled' : `${faults.length} faults`,
  ];
}
