/** Whole lists in Chromium, from launch to the label. The walks share one instance: starting it is slow. */
import { afterAll, afterEach, beforeAll } from 'vitest';
import { keepPicture } from './chromium.ts';
import { type Desk, openDesk } from './desk.ts';
import { exitWalk } from './exit-walk.ts';
import { identificationWalk } from './identification-walk.ts';
import { villageWalk } from './village-walk.ts';

/** Patience with a page whose walk has stopped. */
const STOPPED_MS = 500;

let desk: Desk;

beforeAll(async () => {
  desk = await openDesk();
});

/** A walk that stopped shows where; what comes after it will fail too, and need not wait for that. */
afterEach(async ({ task }) => {
  if (task.result?.state !== 'fail') return;
  await keepPicture(desk.page, `stopped-${task.id}`);
  desk.page.setDefaultTimeout(STOPPED_MS);
});

afterAll(() => desk.close());

exitWalk(() => desk);
identificationWalk(() => desk);
villageWalk(() => desk);
