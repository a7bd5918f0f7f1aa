/** Reminders on a real engine and a moved clock: what fires, whom it reaches, and that nothing fires twice. */
import { and, asc, eq, isNull } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { advanceClock } from '../../activities/advance-clock.ts';
import { ensureAllSweepers, sweepNow } from '../../activities/ensure-sweeper.ts';
import { createManualRegistry } from '../../activities/registry/manual-adapter.ts';
import { type CommandServices, sendCommand } from '../../activities/send-command.ts';
import { sweepCounty } from '../../activities/sweep-county.ts';
import { createActivities } from '../../activities/worker-activities.ts';
import { duties, users } from '../../db/schema/organisation.ts';
import { rosters } from '../../db/schema/record.ts';
import { notifications, reminders, vacancies } from '../../db/schema/reminders.ts';
import { parseInstant } from '../../domain/time/instant.ts';
import { sweeperIdOf } from '../../workflows/contracts/sweeper.ts';
import { createTestTemporal, type TestTemporal } from '../harness/test-temporal.ts';
import {
  openList,
  openTrainingVillage,
  type TrainingVillage,
  VILLAGE,
  voidAssembly,
} from './training-village.ts';

const COUNTY = VILLAGE.slice(0, 6);
const TOWNSHIP = VILLAGE.slice(0, 9);

let village: TrainingVillage;
let temporal: TestTemporal;
let services: CommandServices;
let stopWorker: () => Promise<void>;

beforeAll(async () => {
  village = await openTrainingVillage();
  temporal = await createTestTemporal();
  const { db, clock } = village;
  services = { db, clock, client: temporal.client, taskQueue: temporal.taskQueue };
  const port = createManualRegistry({ db });
  const worker = await temporal.createWorker({ activities: createActivities({ db, clock, port }) });
  const running = worker.run();
  stopWorker = async () => {
    worker.shutdown();
    await running;
  };
});

afterAll(async () => {
  await temporal.client.workflow.getHandle(sweeperIdOf(COUNTY)).terminate();
  await stopWorker();
  await temporal.close();
  await village.destroy();
});

async function moveTo(text: string) {
  const to = parseInstant(`${text}:00+08:00`) ?? Number.NaN;
  return advanceClock(services, { findTo: async () => to });
}

const fired = async (rosterId: string) => {
  const rows = await village.db
    .select()
    .from(reminders)
    .where(eq(reminders.rosterId, rosterId))
    .orderBy(asc(reminders.firesAt));
  return rows.map(({ term, pass, rung }) => `${term}/${pass}/${rung}`);
};

const told = async (userId: string) =>
  (
    await village.db
      .select()
      .from(notifications)
      .where(eq(notifications.userId, userId))
      .orderBy(asc(notifications.id))
  ).map(({ kind, rosterId }) => ({ kind, rosterId }));

async function vacate(orgCode: string, duty: string, isEmpty: boolean): Promise<void> {
  const rows = await village.db
    .select({ userId: duties.userId })
    .from(duties)
    .where(and(eq(duties.orgCode, orgCode), eq(duties.duty, duty)));
  for (const { userId } of rows) {
    const disabledAt = isEmpty ? new Date() : null;
    await village.db.update(users).set({ disabledAt }).where(eq(users.id, userId));
  }
}

describe('a moved clock plays the ladder before it answers', () => {
  let rosterId = '';

  test('two workdays before the due day the holder is told, and nobody else', async () => {
    rosterId = await openList(village, 0, 2);
    const reviewer = await village.actor(TOWNSHIP, 'reviewer');
    expect(await moveTo('2020-10-12T23:00')).toMatchObject({ reminded: 0 });
    expect(await moveTo('2020-10-13T09:00')).toMatchObject({ reminded: 1 });
    expect(await fired(rosterId)).toEqual(['step:assembly/1/before-due']);
    expect(await told(village.clerk.userId)).toEqual([{ kind: 'reminder', rosterId }]);
    expect(await told(reviewer.userId)).toEqual([]);
  });

  test('swept again, twice at once, by two processes → nothing fires a second time', async () => {
    await Promise.all([
      sweepNow(services, { countyCode: COUNTY, upTo: await village.clock.now() }, 90_000),
      sweepCounty(village, { countyCode: COUNTY }),
      sweepCounty(village, { countyCode: COUNTY }),
    ]);
    expect(await fired(rosterId)).toEqual(['step:assembly/1/before-due']);
  });

  test('a command does not make what has fired fire again', async () => {
    const body = await voidAssembly(village, rosterId, '村委会');
    const sent = { rosterId, actor: village.clerk, idempotencyKey: 'void-1', body };
    expect(await sendCommand(services, sent)).toMatchObject({ kind: 'applied' });
    await sweepCounty(village, { countyCode: COUNTY });
    expect(await fired(rosterId)).toHaveLength(1);
  });

  test('moved over both other rungs at once → both, in their order; the superior hears the last', async () => {
    expect(await moveTo('2020-10-20T09:00')).toMatchObject({ reminded: 2 });
    expect(await fired(rosterId)).toEqual([
      'step:assembly/1/before-due',
      'step:assembly/1/on-due',
      'step:assembly/1/after-due',
    ]);
    const reviewer = await village.actor(TOWNSHIP, 'reviewer');
    expect(await told(reviewer.userId)).toEqual([{ kind: 'escalation', rosterId }]);
    const rows = await village.db.select().from(notifications).orderBy(asc(notifications.id));
    expect(rows.map(({ at }) => at)).toEqual(rows.map(({ at }) => at).toSorted((a, b) => a - b));
  });

  test('the row keeps how the day was counted, and is never changed', async () => {
    const [row] = await village.db.select().from(reminders).orderBy(asc(reminders.firesAt));
    expect(row?.receipt?.words).toBe('2020-10-15前2个工作日，为2020-10-13');
    const change = village.db.update(reminders).set({ words: '' });
    await expect(change).rejects.toMatchObject({ cause: { code: '23001' } });
  });
});

describe('a desk that nobody holds (空岗)', () => {
  test('the parent organisation is told once, a rung goes to the desk above; filled, it ends', async () => {
    await vacate(VILLAGE, 'clerk', true);
    const rosterId = await openList(village, 2, 1).catch(() => '');
    expect(rosterId).not.toBe('');
    await sweepCounty(village, { countyCode: COUNTY });
    await sweepCounty(village, { countyCode: COUNTY });
    const open = () => village.db.select().from(vacancies).where(isNull(vacancies.endedAt));
    expect(await open()).toMatchObject([{ orgCode: VILLAGE, toldOrg: TOWNSHIP }]);
    const reviewer = await village.actor(TOWNSHIP, 'reviewer');
    const kinds = (await told(reviewer.userId)).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'vacancy')).toHaveLength(1);
    await vacate(VILLAGE, 'clerk', false);
    await sweepCounty(village, { countyCode: COUNTY });
    expect(await open()).toEqual([]);
  });
});

describe('the sweeper', () => {
  test('ensured twice is one run; it looks by itself when the next rung comes', async () => {
    expect(await ensureAllSweepers(services, village.db)).toBe(1);
    expect(await ensureAllSweepers(services, village.db)).toBe(1);
    const rosterId = await openList(village, 3, 1);
    const now = await village.clock.now();
    await village.db
      .update(rosters)
      .set({ nextReminderAt: now + 1500 })
      .where(eq(rosters.id, rosterId));
    await sweepNow(services, { countyCode: COUNTY, upTo: now }, 90_000);
    const looked = async () => {
      const [row] = await village.db.select().from(rosters).where(eq(rosters.id, rosterId));
      return row?.nextReminderAt ?? null;
    };
    await expect.poll(looked, { timeout: 20_000 }).toBeNull();
  });
});
