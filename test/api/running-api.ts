/** The API over a database of its own, with an engine that only remembers what it was asked. */
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hash } from '@node-rs/argon2';
import pino from 'pino';
import type { ApiDeps, CommandToSend, Engine } from '../../api/deps.ts';
import { createRequestGate } from '../../api/request-gate.ts';
import { createRosterChanges } from '../../api/roster-changes.ts';
import { createApi } from '../../api/server.ts';
import { openDatabase, openListener } from '../../db/client.ts';
import { duties, organisations, users } from '../../db/schema/organisation.ts';
import type { Duty } from '../../domain/kernel/actor.ts';
import { plainDate, startOfDay } from '../../domain/time/instant.ts';
import { createTestDatabase } from '../harness/test-database.ts';

export const NOW = startOfDay(plainDate('2020-09-01')) + 9 * 3_600_000;
export const COUNTY = '530627';
export const VILLAGE = '530627101201';
/** Between two heartbeats in these tests. */
const BEAT_MS = 100;
export const OTHER_VILLAGE = '530627102201';

const places = [
  [COUNTY, null, 'county', '甲县'],
  ['530627101', COUNTY, 'township', '东乡'],
  [VILLAGE, '530627101', 'village', '东村'],
  ['530627102', COUNTY, 'township', '西乡'],
  [OTHER_VILLAGE, '530627102', 'village', '西村'],
] as const;

/** Everybody's password in these tests. */
export const PASSWORD = 'correct horse';

const people: readonly (readonly [string, string, Duty, string | null])[] = [
  ['clerk', VILLAGE, 'clerk', null],
  ['neighbour', OTHER_VILLAGE, 'clerk', null],
  ['office', COUNTY, 'office', null],
  ['admin', COUNTY, 'administrator', null],
  ['housing', COUNTY, 'department', '住建部门'],
  ['inspector', COUNTY, 'inspector', null],
];

/** A signed-in caller; `json` is the parsed body. */
export interface Caller {
  readonly call: (
    method: string,
    path: string,
    body?: unknown,
    headers?: Readonly<Record<string, string>>,
  ) => Promise<{ readonly status: number; readonly type: string; readonly json: Json }>;
}

export type Json = Record<string, unknown>;

export async function startApi({ training = true }: { readonly training?: boolean } = {}) {
  const database = await createTestDatabase();
  const { databaseUrl } = database;
  const { db, close } = openDatabase(databaseUrl);
  const connect = () => openListener(databaseUrl);
  const changes = createRosterChanges({ connect, beatMs: BEAT_MS, probeMs: BEAT_MS });
  await db.insert(organisations).values(
    places.map(([code, parentCode, level, name]) => ({
      code,
      parentCode,
      level,
      name,
      validFrom: '2000-01-01',
    })),
  );
  const passwordHash = await hash(PASSWORD);
  for (const [name, orgCode, duty, department] of people) {
    const user = { id: name, signInName: name, displayName: name, orgCode, passwordHash };
    await db.insert(users).values(user);
    const held = { id: `${name}-duty`, userId: name, orgCode, duty, department };
    await db.insert(duties).values({ ...held, validFrom: '2000-01-01' });
  }
  const asked: CommandToSend[] = [];
  const served = await serveApi({
    db,
    changes,
    engine: rememberingEngine(asked),
    now: () => Promise.resolve(NOW),
    training,
  });
  return {
    ...served,
    db,
    asked,
    signIn: (name: string) => served.signInWith(name, PASSWORD),
    async stop() {
      await served.stop();
      await close();
      await database.drop();
    },
  };
}

/** The API over any engine, listening; `stop` leaves the database to its owner. */
export async function serveApi(
  parts: Pick<ApiDeps, 'db' | 'changes' | 'engine' | 'now'> & Partial<Pick<ApiDeps, 'training'>>,
) {
  const filesDir = await mkdtemp(join(tmpdir(), 'gongshi-files-'));
  const app = createApi({
    training: true,
    ...parts,
    gate: createRequestGate(),
    log: pino({ level: 'silent' }),
    trainingPassword: PASSWORD,
    trustProxy: 'loopback',
    filesDir,
    webDir: null,
    sessionSecret: 'secret of a test',
    cookieName: 'gongshi-test',
    readiness: () => Promise.resolve({ record: true, engine: true, workers: false }),
  });
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = urlOf(server);
  return {
    url,
    signInWith: (name: string, password: string) => signIn(url, name, password),
    nobody: callerOf(url, ''),
    async stop() {
      parts.changes.end();
      server.closeAllConnections();
      server.close();
      await rm(filesDir, { recursive: true, force: true });
    },
  };
}

function rememberingEngine(asked: CommandToSend[]): Engine {
  return {
    sendCommand: async (command) => {
      asked.push(command);
      return { kind: 'accepted', commandId: 'c-1' };
    },
    lookAgain: async () => true,
    screeningRules: async () => [],
    ensureSweeper: async () => {},
    launchRoster: async () => ({ ok: true, rosterId: 'r-1' }),
    explain: async () => [],
    previewPlan: async () => ({ ok: false, refusals: [] }),
    advanceClock: async ({ findTo }) => {
      await findTo();
      return { kind: 'moved', reminded: 0, isComplete: true };
    },
    loadScenario: async () => {},
    listPacks: async () => [],
    checkConfirmation: async () => null,
    openWindow: async () => {},
    closeWindow: async () => {},
  };
}

function urlOf(server: Server): string {
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('it does not listen');
  return `http://127.0.0.1:${address.port}`;
}

async function signIn(url: string, name: string, password: string): Promise<Caller> {
  const response = await fetch(`${url}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name, password }),
  });
  if (response.status !== 200) throw new Error(`${name} cannot sign in: ${response.status}`);
  const [cookie = ''] = response.headers.getSetCookie();
  return callerOf(url, cookie.split(';')[0] ?? '');
}

function callerOf(url: string, cookie: string): Caller {
  return {
    async call(method, path, body, headers = {}) {
      const isText = typeof body === 'string';
      const isForm = body instanceof FormData;
      const content = isForm ? {} : { 'content-type': 'application/json' };
      const response = await fetch(`${url}${path}`, {
        method,
        headers: { cookie, ...content, ...headers },
        ...(body !== undefined && { body: isText || isForm ? body : JSON.stringify(body) }),
      });
      const text = await response.text();
      const type = response.headers.get('content-type') ?? '';
      const json = type.includes('json') ? (JSON.parse(text) as Json) : { text };
      return { status: response.status, type, json };
    },
  };
}
