import { randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import postgres, { type Sql } from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestInstance, type TestInstance } from '../harness/test-instance.ts';
import { CountyClient } from './county-client.ts';

const ADMIN = '演练管理员';
const CLERK = '大田村经办';
const VILLAGE = '530627901201';

let instance: TestInstance;
let sql: Sql;
let temporal: Connection;
let county: CountyClient;

beforeAll(async () => {
  instance = await startTestInstance();
  sql = postgres(instance.databaseUrl, { max: 2 });
  temporal = await Connection.connect({ address: instance.temporalAddress });
  county = new CountyClient(instance.pageUrl);
}, 120_000);

afterAll(async () => {
  await temporal.close();
  await sql.end();
  await instance.destroy();
});

async function load(yaml: string, who = ADMIN) {
  await county.signIn(who);
  return county.yaml(who, '/scenario', yaml);
}

/** Opens a list of all poor households of the village. */
async function launch(packId: string) {
  await county.signIn(CLERK);
  const found = await county.call(CLERK, 'GET', `/households?village=${VILLAGE}&status=poor`);
  const householdIds = (found.json['items'] as unknown as { id: string }[]).map(({ id }) => id);
  const body = { procedure: 'household-exit', packId, unitCode: VILLAGE, householdIds };
  return county.call(CLERK, 'POST', '/rosters', body);
}

async function runningWorkflows(): Promise<string[]> {
  const { temporalNamespace: namespace } = instance;
  const client = new Client({ connection: temporal, namespace });
  const ids: string[] = [];
  for await (const run of client.workflow.list({ query: "ExecutionStatus = 'Running'" })) {
    ids.push(run.workflowId);
  }
  return ids;
}

async function countRows(table: string): Promise<number> {
  const [row] = await sql`select count(*)::int as n from ${sql(table)}`;
  return Number(row?.['n']);
}

test('a scenario replaces everything: lists, files, sessions, runs, registry and clock', async () => {
  expect(await load('villages: [{households: 3}]')).toMatchObject({ status: 200 });
  const launched = await launch('zhenxiong-2020');
  expect(launched).toMatchObject({ status: 201 });
  await county.photo(CLERK, '演练附件');
  await expect.poll(runningWorkflows).toContain(launched.json['id']);

  const loaded = await load(`
title: 另一个场景
clock: 2016-03-01 09:30
pack: shanxi-2017
villages: [{ name: 南沟村, households: 2, applicants: 0 }]
windows: [{ function: mark-exit, closesAt: 2016-12-31 }]
`);
  expect(loaded).toMatchObject({
    status: 200,
    json: {
      title: '另一个场景',
      now: '2016-03-01T09:30:00+08:00',
      packId: 'shanxi-2017',
      villages: [{ code: '141124901201', name: '南沟村', households: 2, applicants: 0 }],
      unconfirmed: [],
    },
  });
  for (const table of ['rosters', 'cases', 'events', 'commands', 'plans', 'files']) {
    expect(await countRows(table), table).toBe(0);
  }
  expect(await readdir(join(instance.dataDir, 'files'))).toEqual([]);
  await expect.poll(runningWorkflows).toEqual([]);
  expect(await county.call(CLERK, 'GET', '/session')).toMatchObject({ status: 401 });
  const villages = await (await fetch(`${instance.registryUrl}/villages`)).json();
  expect(villages).toMatchObject([{ name: '南沟村', countyName: '临县', provinceName: '山西省' }]);
  const windows = await (await fetch(`${instance.registryUrl}/windows`)).json();
  expect(windows).toMatchObject([
    { unitCode: '141124', functionKey: 'mark-exit', level: 'county' },
  ]);
  await county.signIn('南沟村经办');
  const clock = await county.call('南沟村经办', 'GET', '/clock');
  expect(String(clock.json['iso'])).toMatch(/^2016-03-01T09:3/);
});

test('the record stays append-only after a scenario', async () => {
  await load('');
  await launch('zhenxiong-2020');
  await expect(sql`delete from events`).rejects.toThrow(/append-only/);
  await expect(sql`truncate events`).rejects.toThrow(/append-only/);
});

test('a faulty file names the places in Chinese and changes nothing', async () => {
  await load('title: 原来的场景');
  const launched = await launch('zhenxiong-2020');
  const answer = await load('clock: 2013-01-01\nvillages: [{households: 一些}]');
  expect(answer).toMatchObject({ status: 422, json: { code: 'SCENARIO-FAULTY' } });
  expect(String(answer.json['detail'])).toContain('villages[0].households：');
  const kept = await county.call(CLERK, 'GET', `/rosters/${launched.json['id']}`);
  expect(kept.status).toBe(200);
});

test('a registry that takes no load leaves the old world whole', async () => {
  await load('');
  const launched = await launch('zhenxiong-2020');
  await instance.stopOne('registry');
  const answer = await load('villages: [{name: 新村}]');
  await instance.start('registry');
  expect(answer).toMatchObject({ status: 503, json: { code: 'UNAVAILABLE' } });
  const rosterId = String(launched.json['id']);
  expect(await county.call(CLERK, 'GET', `/rosters/${rosterId}`)).toMatchObject({ status: 200 });
  await expect.poll(runningWorkflows).toContain(rosterId);
});

test('only an administrator loads scenarios', async () => {
  await load('');
  expect(await load('', CLERK)).toMatchObject({ status: 403, json: { code: 'NOT-YOUR-DUTY' } });
});

test('JSON is taken as well as YAML', async () => {
  await county.signIn(ADMIN);
  const answer = await county.call(ADMIN, 'POST', '/scenario', { villages: [{ households: 1 }] });
  expect(answer).toMatchObject({ status: 200, json: { villages: [{ households: 1 }] } });
});

test('two loads at once are done one after the other, each whole', async () => {
  await load('');
  const other = new CountyClient(instance.pageUrl);
  await other.signIn(ADMIN);
  await county.signIn(ADMIN);
  const both = await Promise.all([
    county.yaml(ADMIN, '/scenario', 'villages: [{name: 甲村, households: 3}]'),
    other.yaml(ADMIN, '/scenario', 'villages: [{name: 乙村, households: 4}]'),
  ]);
  expect(both.map(({ status }) => status)).toEqual([200, 200]);
  const names = await sql`select name from organisations where level = 'village'`;
  expect(names).toHaveLength(1);
  expect(await countRows('villager_groups')).toBe(2);
  expect([5, 6]).toContain(await countRows('households'));
});

test('a load while commands are on their way leaves nothing of the old world behind', async () => {
  await load('villages: [{households: 3}]');
  const launched = await launch('zhenxiong-2020');
  const rosterId = String(launched.json['id']);
  const sent = Array.from({ length: 20 }, () =>
    county.command(CLERK, rosterId, { type: 'suspend', reason: '试', basis: '试' }, randomUUID()),
  );
  await county.signIn(ADMIN);
  const loading = county.yaml(ADMIN, '/scenario', 'villages: [{households: 2}]');
  const answers = await Promise.all(sent);
  expect((await loading).status).toBe(200);
  expect(answers.every(({ status }) => [200, 202, 401, 404, 409].includes(status))).toBe(true);
  expect(await countRows('commands')).toBe(0);
  await expect.poll(runningWorkflows).toEqual([]);
  // The same list again, under the same id: it starts with nothing but its own opening.
  const again = await launch('zhenxiong-2020');
  expect(again.json['id']).toBe(rosterId);
  const events = await sql`select distinct type from events`;
  expect(events.map((row) => row['type'])).toEqual(['roster-opened']);
});

test('an unconfirmed pack starts no list; the office confirms, then it does', async () => {
  const left = await load('confirmations: {unconfirmed: [income.line]}');
  expect(left.json['unconfirmed']).toMatchObject([{ path: 'income.line' }]);
  expect(await launch('zhenxiong-2020')).toMatchObject({
    status: 409,
    json: { code: 'PLAN-UNCONFIRMED', whoClears: '领导小组办公室' },
  });
  const office = '镇雄县领导小组办公室';
  await county.signIn(office);
  const body = { areaCode: '530627', path: 'income.line', value: 400_000 };
  const paper = { documentNo: '镇扶组字〔2020〕1号', documentOn: '2020-08-31' };
  const path = '/packs/zhenxiong-2020/confirmations';
  const confirmed = await county.call(office, 'POST', path, { ...body, ...paper });
  expect(confirmed).toMatchObject({ status: 201 });
  expect(await launch('zhenxiong-2020')).toMatchObject({ status: 201 });
});

test('a local pack outlives a restart of the API, and the next scenario takes it away', async () => {
  await load(`
pack:
  id: local-2020
  extends: zhenxiong-2020
  title: 镇雄县本地规则
`);
  await instance.stopOne('api');
  await instance.start('api');
  expect(await launch('local-2020')).toMatchObject({ status: 201 });
  await load('');
  expect(await launch('local-2020')).toMatchObject({ status: 409, json: { code: 'UNKNOWN-PACK' } });
}, 120_000);
