/** Temporal's database is replaced in mid-notice, by an older one and by nothing: the record carries on. */
import { copyFile, rm } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { temporalDatabaseFile } from '../../bin/embedded/temporal-server.ts';
import { startTestInstance, type TestInstance } from '../harness/test-instance.ts';
import { ListWalk, type WalkedList } from '../soak/list-walk.ts';
import { checkAll } from '../soak/soak.ts';
import { openCounty, type WalkedCounty } from '../soak/walked-county.ts';
import { openExit, walkToDecision, walkToNotice } from '../soak/walks.ts';

let instance: TestInstance;
let county: WalkedCounty;
/** A list whose notice is up when the engine's data are copied, and its walker. */
let early: ListWalk;
let earlyList: WalkedList;
/** A list that stands at its assembly then, and whose notice is up when the copy comes back. */
let middle: ListWalk;
let middleList: WalkedList;
/** A list that the copy has never heard of. */
let late: ListWalk;
let lateList: WalkedList;

async function walkerOf(index: number) {
  const { walk, ready } = await county.village(index);
  return { steps: new ListWalk(walk), ready };
}

const FILES = ['', '-wal', '-shm'];

/** Temporal's files as they stand, or back as they stood then; the server is down meanwhile. */
async function copyData(from: string, to: string): Promise<void> {
  for (const suffix of FILES) {
    await rm(`${to}${suffix}`, { force: true });
    await copyFile(`${from}${suffix}`, `${to}${suffix}`).catch(() => {});
  }
}

async function toLabel(steps: ListWalk, list: WalkedList): Promise<void> {
  await county.clock.walk(async () => {
    await walkToDecision(steps, list);
    await steps.decideAndAnnounce(list);
    await steps.register(list);
  });
  expect(await steps.view(list.rosterId)).toMatchObject({ open: false });
}

beforeAll(async () => {
  instance = await startTestInstance();
  county = await openCounty(instance.pageUrl);
  const [one, two, three] = await Promise.all([walkerOf(0), walkerOf(1), walkerOf(2)]);
  [early, middle, late] = [one.steps, two.steps, three.steps];
  earlyList = await openExit(early, one.ready.slice(0, 2));
  middleList = await openExit(middle, two.ready.slice(0, 2));
  await walkToNotice(early, earlyList);
  const file = temporalDatabaseFile(instance.dataDir);
  await instance.stopOne('temporal');
  await copyData(file, `${file}.yesterday`);
  await instance.start('temporal');
  await walkToNotice(middle, middleList);
  lateList = await openExit(late, three.ready.slice(0, 2));
  await walkToNotice(late, lateList);
});

afterAll(async () => {
  await instance.destroy();
});

test('yesterday’s data come back under a working worker → lists known, older and unknown go to their labels', {
  timeout: 420_000,
}, async () => {
  const file = temporalDatabaseFile(instance.dataDir);
  await instance.kill('temporal');
  await copyData(`${file}.yesterday`, file);
  await instance.start('temporal');
  await Promise.all([
    toLabel(early, earlyList),
    toLabel(middle, middleList),
    toLabel(late, lateList),
  ]);
  expect(county.journal.faults).toEqual([]);
});

test('all data are lost in mid-notice → the notice ends at its instant and the list goes to its label', async () => {
  const { steps, ready } = await walkerOf(3);
  const list = await openExit(steps, ready.slice(0, 2));
  await walkToNotice(steps, list);
  await instance.wipeTemporal();
  await toLabel(steps, list);
  expect(county.journal.faults).toEqual([]);
});

test('in all of this nothing was lost and nothing doubled', async () => {
  const { faults, counts } = await checkAll(instance, county.journal);
  expect(faults).toEqual([]);
  expect(counts).toMatchObject({ lists: 4, labels: 8 });
});
