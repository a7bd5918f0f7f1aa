/**
 * `npm run soak:hard -- CASE`: what is too long, or asks too much of a machine, for `npm test`.
 *
 * - power-cuts: `npm start`, everything killed at one moment while commands come, five times over;
 *   `--as USER` runs it as an ordinary user.
 * - first-starts: the first start of a fresh data folder, cut off at a moment of its own each time.
 * - disk-full: a system on a small disk that fills up and is freed again (root on Linux).
 * - long-outage: PostgreSQL away for `--minutes` (10).
 */
import { execFileSync } from 'node:child_process';
import { chownSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import postgres from 'postgres';
import { serviceNames } from '../../bin/embedded/instance.ts';
import { findTemporalCli } from '../../bin/embedded/temporal-binaries.ts';
import { createDice } from '../../registry/demo/random.ts';
import {
  openList,
  type TrainingVillage,
  villageOn,
  voidAssembly,
} from '../activities/training-village.ts';
import { killAll, startProduct } from '../harness/running-product.ts';
import { startTestInstance } from '../harness/test-instance.ts';
import { findRecordFaults } from './check-record.ts';
import { createJournal, type Journal, PatientClient } from './patient-client.ts';
import { readChainKey } from './soak.ts';

const CLERK = '大田村经办';

const say = (line: string): void => {
  process.stdout.write(`${new Date().toISOString().slice(11, 19)} ${line}\n`);
};

/** Sends small commands to one list until told to stop; each must be in force in the end. */
function keepSending(client: PatientClient, village: TrainingVillage, rosterId: string) {
  let isStopping = false;
  const sending = (async () => {
    for (let number = 1; !isStopping; number += 1) {
      const body = await voidAssembly(village, rosterId, `第${number}次`).catch(() => undefined);
      if (body === undefined) await delay(250);
      else await client.command(CLERK, rosterId, body, `sent-${number}-${rosterId}`);
    }
  })();
  return async () => {
    isStopping = true;
    await sending;
  };
}

/** Looks for faults of the record; says what it found and sets the exit code. */
async function tell(databaseUrl: string, dataDir: string, journal: Journal): Promise<void> {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} });
  const faults = await findRecordFaults({ sql, chainKey: await readChainKey(dataDir), journal });
  await sql.end();
  const answers = [...journal.answers].map(([status, count]) => `${status}×${count}`).join('  ');
  const { longestMs, longestWhat } = journal;
  say(
    `${journal.commands.length} commands; answers ${answers}; longest ${longestMs} ms ${longestWhat}`,
  );
  for (const fault of faults) say(`FAULT  ${fault}`);
  say(faults.length === 0 ? 'nothing lost, nothing doubled' : `${faults.length} faults`);
  process.exitCode = faults.length === 0 ? 0 : 1;
}

async function powerCuts(times: number, user: string | undefined): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'gongshi-power-'));
  const idOf = (flag: string) =>
    Number(execFileSync('id', [flag, user ?? 'root'], { encoding: 'utf8' }));
  const owner = user === undefined ? {} : { uid: idOf('-u'), gid: idOf('-g') };
  if (owner.uid !== undefined && owner.gid !== undefined) chownSync(dataDir, owner.uid, owner.gid);
  const dice = createDice(2020);
  const journal = createJournal();
  // Another user may not write into this checkout's cache; with a clone of his own he has his own.
  const cache = {
    GONGSHI_CACHE_DIR: join(dataDir, 'cache'),
    TEMPORAL_CLI: await findTemporalCli(),
  };
  const env = user === undefined ? {} : { HOME: dataDir, ...cache };
  let product = startProduct({ dataDir, owner, env });
  await product.ready();
  const village = await villageOn(product.databaseUrl());
  const rosterId = await openList(village, 0, 2);
  const stop = keepSending(new PatientClient(product.pageUrl(), journal), village, rosterId);
  for (let cut = 1; cut <= times; cut += 1) {
    await delay(dice.between(500, 6_000));
    killAll(product.family());
    const from = Date.now();
    product = startProduct({ dataDir, owner, env });
    await product.ready();
    say(`power cut ${cut}: up again after ${((Date.now() - from) / 1000).toFixed(1)} s`);
  }
  await delay(3_000);
  await stop();
  await tell(product.databaseUrl(), dataDir, journal);
  await village.destroy();
  await product.stop();
  rmSync(dataDir, { recursive: true, force: true });
}

/** What the demo county's rows count to: the same whether or not its first load was cut off. */
async function countWorld(databaseUrl: string): Promise<string> {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} });
  const [row] = await sql`
    select (select count(*) from organisations) as organisations, (select count(*) from users) as users,
      (select count(*) from households) as households, (select count(*) from members) as members,
      (select count(*) from registry_ref.households) as registered`;
  await sql.end();
  return JSON.stringify(row);
}

/** The first start, which makes everything, is cut off at another moment each time and done again. */
async function firstStarts(times: number): Promise<void> {
  const dice = createDice(2020);
  let whole: string | undefined;
  for (let cut = 0; cut <= times; cut += 1) {
    const dataDir = mkdtempSync(join(tmpdir(), 'gongshi-first-'));
    let product = startProduct({ dataDir });
    if (cut > 0) {
      const ms = dice.between(300, 20_000);
      await delay(ms);
      const said = product.said().trimEnd().split('\n').at(-1);
      killAll(product.family());
      say(`cut ${cut}: after ${ms} ms, at “${said}”`);
      product = startProduct({ dataDir });
    }
    await product.ready();
    const counted = await countWorld(product.databaseUrl());
    await product.stop();
    rmSync(dataDir, { recursive: true, force: true });
    whole ??= counted;
    if (counted === whole) continue;
    say(`FAULT  ${counted} instead of ${whole}`);
    process.exitCode = 1;
  }
  say('done');
}

async function diskFull(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'gongshi-small-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=400m,mode=711', 'tmpfs', dataDir]);
  try {
    const instance = await startTestInstance({ dataDir, durable: true });
    const journal = createJournal();
    const village = await villageOn(instance.databaseUrl);
    const rosterId = await openList(village, 0, 2);
    const stop = keepSending(new PatientClient(instance.pageUrl, journal), village, rosterId);
    await delay(3_000);
    const { bavail, bsize } = statfsSync(dataDir);
    const filler = join(dataDir, 'filler');
    writeFileSync(filler, Buffer.alloc(bavail * bsize - 4096 * 16));
    say('the disk is full');
    await delay(30_000);
    rmSync(filler);
    say('the disk has room again');
    for (const name of serviceNames) {
      if (!instance.services.get(name)?.process().isRunning()) say(`${name} had ended`);
      await instance.start(name);
    }
    await delay(5_000);
    await stop();
    await tell(instance.databaseUrl, dataDir, journal);
    await village.destroy();
    await instance.stop();
  } finally {
    // Lazily: after a failure its programs are still ending.
    execFileSync('umount', ['-l', dataDir]);
  }
}

async function longOutage(minutes: number): Promise<void> {
  const instance = await startTestInstance({ durable: true });
  const journal = createJournal();
  const village = await villageOn(instance.databaseUrl);
  const rosterId = await openList(village, 0, 2);
  const patienceMs = (minutes + 5) * 60_000;
  const client = new PatientClient(instance.pageUrl, journal, patienceMs);
  const stop = keepSending(client, village, rosterId);
  await delay(3_000);
  await instance.kill('postgres');
  say(`PostgreSQL is away for ${minutes} minutes`);
  await delay(minutes * 60_000);
  await instance.start('postgres');
  const from = Date.now();
  await client.command(CLERK, rosterId, await voidAssembly(village, rosterId, '恢复后'));
  say(`in force again ${((Date.now() - from) / 1000).toFixed(1)} s after its return`);
  await stop();
  await tell(instance.databaseUrl, instance.dataDir, journal);
  await village.destroy();
  await instance.destroy();
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    as: { type: 'string' },
    minutes: { type: 'string', default: '10' },
    times: { type: 'string', default: '5' },
  },
});
switch (positionals[0]) {
  case 'power-cuts':
    await powerCuts(Number(values.times), values.as);
    break;
  case 'first-starts':
    await firstStarts(Number(values.times));
    break;
  case 'disk-full':
    await diskFull();
    break;
  case 'long-outage':
    await longOutage(Number(values.minutes));
    break;
  default:
    say('power-cuts | first-starts | disk-full | long-outage');
    process.exitCode = 1;
}
