import { Client, Connection } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { connectionOptions } from '../../activities/temporal-connection.ts';
import { applyTemporalSettings } from '../../bin/embedded/apply-temporal.ts';
import {
  loadTemporalSettings,
  parseTemporalSettings,
} from '../../bin/embedded/temporal-settings.ts';
import '../harness/provided.ts';

const valid = `
namespace: office
retentionDays: 30
taskQueues:
  rosters:
    maxConcurrentWorkflowTasks: 1
    maxConcurrentActivities: 1
    maxConcurrentLocalActivities: 1
    maxCachedWorkflows: 1
searchAttributes: { Step: Keyword }
schedules: []
`;

describe('temporal.yaml', () => {
  test('the shipped one is valid', async () => {
    const { namespace, searchAttributes } = await loadTemporalSettings();
    expect(namespace).toBe('gongshi');
    expect(searchAttributes).toMatchObject({ DueAt: 'Datetime', Area: 'Keyword' });
  });

  test.for([
    ['retentionDays', valid.replace('retentionDays: 30', 'retentionDays: 0')],
    ['nameSpace', `${valid}nameSpace: x\n`],
    ['Step', valid.replace('Keyword', 'Word')],
    ['rosters', valid.replace('maxCachedWorkflows: 1', 'maxCachedWorkflows: many')],
    [
      'schedules',
      valid.replace('schedules: []', 'schedules: [{id: a, workflow: b, taskQueue: c}]'),
    ],
  ] as const)('a mistake in %s → refused by name', ([name, text]) => {
    expect(() => parseTemporalSettings(text)).toThrow(name);
  });
});

describe('applying the settings', () => {
  const namespace = `settings-${Date.now()}`;
  let connection: Connection;
  beforeAll(async () => {
    connection = await Connection.connect({ address: inject('services').temporalAddress });
  });
  afterAll(() => connection.close());

  test('twice, with a new attribute and a changed schedule → what exists stays, the rest is added', async () => {
    const schedule = { id: 'nightly', workflow: 'sweep', taskQueue: 'q', args: [] };
    const first = {
      ...parseTemporalSettings(valid),
      schedules: [{ ...schedule, every: '10m' }],
    };
    await applyTemporalSettings(connection, first, namespace);
    const handle = new Client({ connection, namespace }).schedule.getHandle('nightly');
    await handle.pause('by the operator');
    const second = {
      ...first,
      searchAttributes: { ...first.searchAttributes, Area: 'Keyword' as const },
      schedules: [{ ...schedule, every: '20m' }],
    };
    await applyTemporalSettings(connection, second, namespace);
    const list = await connection.operatorService.listSearchAttributes({ namespace });
    expect(Object.keys(list.customAttributes)).toEqual(expect.arrayContaining(['Step', 'Area']));
    const { spec, state } = await handle.describe();
    expect(spec.intervals?.map(({ every }) => every)).toEqual([20 * 60_000]);
    expect(state.paused).toBe(true);
  });
});

describe('connectionOptions', () => {
  const names = ['TEMPORAL_ADDRESS', 'TEMPORAL_NAMESPACE', 'TEMPORAL_API_KEY'] as const;
  afterAll(() => {
    for (const name of names) delete process.env[name];
  });

  test('address, namespace and key come from the environment; a key means TLS', () => {
    process.env['TEMPORAL_ADDRESS'] = 'temporal.example:7233';
    process.env['TEMPORAL_NAMESPACE'] = 'office';
    process.env['TEMPORAL_API_KEY'] = 'secret';
    const { namespace, connectionOptions: options } = connectionOptions();
    expect(namespace).toBe('office');
    expect(options).toMatchObject({
      address: 'temporal.example:7233',
      apiKey: 'secret',
      tls: true,
    });
  });

  test('after an outage a client tries again every two seconds, not every two minutes', () => {
    expect(connectionOptions().clientOptions.channelArgs).toMatchObject({
      'grpc.max_reconnect_backoff_ms': 2_000,
    });
  });
});
