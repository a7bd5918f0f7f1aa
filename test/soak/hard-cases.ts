/**
 * `npm run soak:hard -- CASE`: what is too long, or asks too much of a machine, for `npm test`.
 *
 * - power-cuts: `npm start`, everything killed at one moment while commands come, five times over;
 *   `--as USER` runs it as an ordinary user.
 * - disk-full: a system on a small disk that fills up and is freed again (root on Linux).
 * - long-outage: PostgreSQL away for `--minutes` (10).
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chownSync, mkdtempSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import postgres from 'postgres';
import { serviceNames } from '../../bin/embedded/instance.ts';
import { superuserUrl } from '../../bin/embedded/postgres.ts';
import { projectRoot } from '../../bin/embedded/project-paths.ts';
import { createDice } from '../../registry/demo/random.ts';
import {
  openList,
  type TrainingVillage,
  villageOn,
  voidAssembly,
} from '../activities/training-village.ts';
import { startTestInstance } from '../harness/test-instance.ts';
import { findRecordFaults } from './check-record.ts';
import { createJournal, PatientClient } from './patient-client.ts';

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

/** Reads the chain's key and looks for faults of the record; says what it found and sets the exit code. */
async function tell(
  databaseUrl: string,
  dataDir: string,
  journal: ReturnType<typeof createJournal>,
) {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} });
  const { chainKey } = JSON.parse(readFileSync(join(dataDir, 'secrets.json'), 'utf8')) as {
    readonly chainKey: string;
  };
  const faults = await findRecordFaults({ sql, chainKey, journal });
  await sql.end();
  const answers = [...journal.answers].map(([status, count]) => `${status}×${count}`).join('  ');
  say(`${journal.commands.length} commands; answers ${answers}`);
  for (const fault of faults) say(`FAULT  ${fault}`);
  say(faults.length === 0 ? 'nothing lost, nothing doubled' : `${faults.length} faults`);
  process.exitCode = faults.length === 0 ? 0 : 1;
}

/** Everything that descends from a process, itself first. */
function familyOf(pid: number): number[] {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
  const below = children === '' ? [] : children.split(' ').map(Number);
  return [pid, ...below.flatMap(familyOf)];
}

async function startProduct(dataDir: string, owner: { uid?: number; gid?: number }) {
  const child: ChildProcess = spawn(process.execPath, ['--import', 'tsx', 'bin/start.ts'], {
    cwd: projectRoot,
    env: { ...process.env, GONGSHI_DATA_DIR: dataDir },
    stdio: ['ignore', 'pipe', 'inherit'],
    ...owner,
  });
  let text = '';
  child.stdout?.on('data', (part) => {
    text += String(part);
  });
  const until = Date.now() + 180_000;
  while (!text.includes('公示已启动')) {
    if (child.exitCode !== null || Date.now() > until) throw new Error(`no start:\n${text}`);
    await delay(100);
  }
  const ports = JSON.parse(readFileSync(join(dataDir, 'ports.json'), 'utf8')) as {
    readonly page: number;
    readonly postgres: number;
  };
  const { postgresPassword } = JSON.parse(readFileSync(join(dataDir, 'secrets.json'), 'utf8')) as {
    readonly postgresPassword: string;
  };
  const databaseUrl = superuserUrl(ports.postgres, postgresPassword, 'gongshi');
  return { child, databaseUrl, pageUrl: `http://127.0.0.1:${ports.page}` };
}

async function powerCuts(times: number, user: string | undefined): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'gongshi-power-'));
  const idOf = (flag: string) =>
    Number(execFileSync('id', [flag, user ?? 'root'], { encoding: 'utf8' }));
  const owner = user === undefined ? {} : { uid: idOf('-u'), gid: idOf('-g') };
  if (owner.uid !== undefined && owner.gid !== undefined) chownSync(dataDir, owner.uid, owner.gid);
  const dice = createDice(2020);
  const journal = createJournal();
  let product = await startProduct(dataDir, owner);
  const village = await villageOn(product.databaseUrl);
  const rosterId = await openList(village, 0, 2);
  const stop = keepSending(new PatientClient(product.pageUrl, journal), village, rosterId);
  for (let cut = 1; cut <= times; cut += 1) {
    await delay(dice.between(500, 6_000));
    for (const pid of familyOf(product.child.pid ?? 0)) process.kill(pid, 'SIGKILL');
    const from = Date.now();
    product = await startProduct(dataDir, owner);
    say(`power cut ${cut}: up again after ${((Date.now() - from) / 1000).toFixed(1)} s`);
  }
  await delay(3_000);
  await stop();
  await tell(product.databaseUrl, dataDir, journal);
  await village.destroy();
  const ended = new Promise((resolve) => product.child.once('exit', resolve));
  product.child.kill('SIGINT');
  await ended;
  rmSync(dataDir, { recursive: true, force: true });
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
    execFileSync('umount', [dataDir]);
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
  case 'disk-full':
    await diskFull();
    break;
  case 'long-outage':
    await longOutage(Number(values.minutes));
    break;
  default:
    say('power-cuts | disk-full | long-outage');
    process.exitCode = 1;
}
