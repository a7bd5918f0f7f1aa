/** 告知 — when a list's run is told, and how far its next wake is by then. */
import type { Client } from '@temporalio/client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { tellAllNow, tellSoon } from '../../activities/tell-run.ts';
import type { DbOrTx } from '../../db/import/database.ts';
import type { RosterProgress } from '../../workflows/contracts/roster.ts';

const HOUR_MS = 3_600_000;

const STANDS: RosterProgress = {
  rosterId: 'list',
  procedure: 'household-exit',
  unitCode: '530627100201',
  seq: 1,
  open: true,
  stepKey: 'notice',
  stepKind: 'notice',
  nextWakeAt: null,
  wakeInMs: null,
  dueAt: null,
  steps: ['公示'],
  stepIndex: 0,
  effects: [],
};

/** An engine that hears signals and does nothing else; one for each test, as tellings are kept by it. */
function hearingEngine() {
  const heard: RosterProgress[] = [];
  const signal = async (_name: unknown, progress: RosterProgress) => {
    heard.push(progress);
  };
  const client = {
    withDeadline: (_until: number, call: () => Promise<void>) => call(),
    workflow: { getHandle: () => ({ signal }) },
  } as unknown as Client;
  // The record is asked only about lists that the engine does not know.
  const services = { client, db: {} as DbOrTx };
  return { heard, services };
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
});

afterEach(() => {
  vi.useRealTimers();
});

test('acts without a wake wait together, the newest is told, once', async () => {
  const { heard, services } = hearingEngine();
  tellSoon(services, STANDS);
  await vi.advanceTimersByTimeAsync(1000);
  tellSoon(services, { ...STANDS, seq: 3 });
  tellSoon(services, { ...STANDS, seq: 2 });
  await vi.advanceTimersByTimeAsync(1999);
  expect(heard).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(heard).toEqual([{ ...STANDS, seq: 3 }]);
  await vi.advanceTimersByTimeAsync(HOUR_MS);
  expect(heard).toHaveLength(1);
});

test('a wake that comes sooner is told before it', async () => {
  const { heard, services } = hearingEngine();
  tellSoon(services, STANDS);
  tellSoon(services, { ...STANDS, seq: 2, wakeInMs: 700 });
  await vi.advanceTimersByTimeAsync(699);
  expect(heard).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(heard).toEqual([{ ...STANDS, seq: 2, wakeInMs: 0 }]);
});

test('a wake in an hour is told with what is left of the hour', async () => {
  const { heard, services } = hearingEngine();
  tellSoon(services, { ...STANDS, wakeInMs: HOUR_MS });
  await vi.advanceTimersByTimeAsync(3000);
  expect(heard).toEqual([{ ...STANDS, wakeInMs: HOUR_MS - 3000 }]);
});

test('rows on their way to the registry are told at once', async () => {
  const { heard, services } = hearingEngine();
  tellSoon(services, STANDS);
  tellSoon(services, { ...STANDS, seq: 2, effects: ['effect'] });
  await vi.advanceTimersByTimeAsync(0);
  expect(heard).toEqual([{ ...STANDS, seq: 2, effects: ['effect'] }]);
});

test('a process that ends tells what waits', async () => {
  const { heard, services } = hearingEngine();
  tellSoon(services, STANDS);
  await tellAllNow(services);
  expect(heard).toHaveLength(1);
});
