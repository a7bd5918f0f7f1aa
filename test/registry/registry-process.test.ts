import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import {
  findUnsettled,
  prepareEntry,
  settleEntry,
} from '../../activities/registry/entry-journal.ts';
import { createHttpRegistry } from '../../activities/registry/http-adapter.ts';
import { RegistryAnswerUnknown, RegistryUnavailable } from '../../activities/registry/port.ts';
import type { DbOrTx } from '../../db/import/database.ts';
import { businessClock } from '../../db/schema/effects.ts';
import { createTestDatabase, type TestDatabase } from '../harness/test-database.ts';
import { COUNTY, openWindow, readyHousehold } from './running-registry.ts';

const PROGRAM = fileURLToPath(new URL('../../bin/registry.ts', import.meta.url));

let database: TestDatabase;
let sql: ReturnType<typeof postgres>;
let db: DbOrTx;
let child: ChildProcess | undefined;

beforeAll(async () => {
  database = await createTestDatabase();
  sql = postgres(database.databaseUrl, { max: 5 });
  db = drizzle(sql);
});

afterEach(async () => {
  if (child?.exitCode === null && child.signalCode === null) await end('SIGKILL');
});

afterAll(async () => {
  await sql.end();
  await database.drop();
});

/** The program as it is started in production, on a free port, without faults. */
async function start(): Promise<string> {
  child = fork(PROGRAM, {
    execArgv: ['--import', 'tsx'],
    env: { ...process.env, DATABASE_URL: database.databaseUrl, PORT: '0', GONGSHI_FAULTS: '' },
  });
  const [message] = await once(child, 'message');
  expect(message).toMatchObject({ type: 'ready' });
  return (message as { url: string }).url;
}

async function end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  const exited = once(child ?? process, 'exit');
  child?.kill(signal);
  await exited;
}

async function send(url: string, method: string, path: string, body: unknown): Promise<Response> {
  return fetch(new URL(path, url), {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

test('SIGKILL among entries, started again → each label once, nothing acknowledged is lost', async () => {
  let url = await start();
  const { villages, households } = COUNTY;
  await send(url, 'POST', '/training/load', { reset: true, villages, households });
  const window = { ...openWindow('mark-exit'), opensAt: 0 };
  await send(url, 'PUT', `/windows/${window.id}`, window);
  const numbers = [0, 1, 2, 3, 4, 5, 6, 7].map((index) => readyHousehold(index).householdNo);
  const ids = await Promise.all(
    numbers.map((householdNo, index) =>
      prepareEntry(
        db,
        {
          caseId: `case-${index}`,
          rosterId: 'roster-1',
          effectId: 'label',
          windowId: window.id,
          adapter: 'http',
          write: { functionKey: 'mark-exit', householdNo, year: 2020 },
          level: 'county',
          operatorId: '录入员',
          reviewerId: '复核员',
        },
        Date.now(),
      ),
    ),
  );
  const settle = (entryId: string) =>
    settleEntry(db, createHttpRegistry({ baseUrl: url, timeoutMs: 3000 }), entryId, {
      now: Date.now,
    });
  let acknowledged = 0;
  const firstTry = await Promise.allSettled(
    ids.map(async (entryId, index) => {
      if (index >= 3)
        while (acknowledged < 2) await new Promise((resolve) => setImmediate(resolve));
      if (index === 5) child?.kill('SIGKILL');
      const { answer } = await settle(entryId);
      acknowledged += 1;
      return answer;
    }),
  );
  const failures = firstTry.filter((each) => each.status === 'rejected');
  expect(failures.length).toBeGreaterThan(0);
  for (const { reason } of failures) {
    expect(reason instanceof RegistryAnswerUnknown || reason instanceof RegistryUnavailable).toBe(
      true,
    );
  }
  url = await start();
  for (const { id } of await findUnsettled(db, { adapter: 'http' })) await settle(id);
  expect(await findUnsettled(db)).toEqual([]);
  const log = await (await fetch(new URL('/entries', url))).json();
  const accepted = (log as { result: string; householdNo: string }[])
    .filter((line) => line.result === 'accepted')
    .map((line) => line.householdNo);
  expect(accepted.sort()).toEqual([...numbers].sort());
});

test('started without GONGSHI_FAULTS → there is no fault switch; SIGTERM → exit code 0', async () => {
  const url = await start();
  const reply = await send(url, 'PUT', '/admin/faults', { mode: 'refuse', count: 1 });
  expect(reply.status).toBe(404);
  await end('SIGTERM');
  expect(child?.exitCode).toBe(0);
});

test('the training clock’s offset decides whether a window is open', async () => {
  const url = await start();
  const { villages, households } = COUNTY;
  await send(url, 'POST', '/training/load', { reset: true, villages, households });
  const opensAt = Date.now() + 3_600_000;
  const window = { ...openWindow('mark-exit'), opensAt };
  await send(url, 'PUT', `/windows/${window.id}`, window);
  const enter = async () => {
    const reply = await send(url, 'POST', '/entries', {
      write: { functionKey: 'mark-exit', householdNo: readyHousehold(0).householdNo, year: 2020 },
      level: 'county',
      operatorId: '录入员',
      reviewerId: '复核员',
    });
    return reply.json();
  };
  expect(await enter()).toMatchObject({ code: 'window_closed' });
  await db.insert(businessClock).values({ id: 1, offsetMs: 3_600_000, training: true });
  const answer = (await enter()) as { result: string; at: number };
  expect(answer.result).toBe('accepted');
  expect(answer.at).toBeGreaterThanOrEqual(opensAt);
});
