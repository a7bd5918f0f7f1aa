/** 期限、通知、催办、对账 through the API: who sees what, counts that match, pages by key. */
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { noteDisagreements } from '../../db/reconcile/note-disagreements.ts';
import { rosters } from '../../db/schema/record.ts';
import { launchList } from './listed-household.ts';
import { type Caller, COUNTY, NOW, OTHER_VILLAGE, startApi, VILLAGE } from './running-api.ts';

const DAY = 86_400_000;

let api: Awaited<ReturnType<typeof startApi>>;
let clerk: Caller;
let office: Caller;
let soon = '';
let late = '';
let long = '';

const dueAt = (rosterId: string, deadlineAt: number) =>
  api.db.update(rosters).set({ dueAt: deadlineAt, deadlineAt }).where(eq(rosters.id, rosterId));

beforeAll(async () => {
  api = await startApi();
  soon = await launchList(api, VILLAGE, 'clerk', '王户主');
  late = await launchList(api, VILLAGE, 'clerk', '李户主');
  long = await launchList(api, OTHER_VILLAGE, 'neighbour', '赵户主');
  await dueAt(soon, NOW + DAY);
  await dueAt(late, NOW - DAY);
  await dueAt(long, NOW - 60 * DAY);
  clerk = await api.signIn('clerk');
  office = await api.signIn('office');
});

afterAll(async () => {
  await api.stop();
});

const ids = (json: Record<string, unknown>) =>
  (json['items'] as { rosterId: string }[]).map(({ rosterId }) => rosterId);

describe('deadlines', () => {
  test('the most urgent first, graded, with who and what; counts over all grades', async () => {
    const { json } = await office.call('GET', '/api/v1/deadlines');
    expect(ids(json)).toEqual([long, late, soon]);
    expect(json).toMatchObject({
      counts: { 'long-overdue': 1, overdue: 1, 'due-soon': 1 },
      items: [{ gradeWords: '严重逾期', who: '西村经办', stepName: '民主评议' }, {}, {}],
      next: null,
    });
  });

  test.for([
    ['grade=overdue', () => [late]],
    ['grade=due-soon', () => [soon]],
    [`unit=${VILLAGE}`, () => [late, soon]],
    ['step=assembly&procedure=household-exit', () => [long, late, soon]],
    ['step=registration', () => []],
  ] as const)('filter %s', async ([query, expected]) => {
    const { json } = await office.call('GET', `/api/v1/deadlines?${query}`);
    expect(ids(json)).toEqual(expected());
  });

  test('pages by key give every list once', async () => {
    const seen: string[] = [];
    let after = '';
    do {
      const { json } = await office.call('GET', `/api/v1/deadlines?limit=1${after}`);
      seen.push(...ids(json));
      const next: unknown = json['next'];
      after = typeof next === 'string' ? `&after=${next}` : '';
    } while (after !== '');
    expect(seen).toEqual([long, late, soon]);
  });

  test('a clerk sees his village; another’s → NOT-YOUR-AREA; a broken key → MALFORMED', async () => {
    expect(ids((await clerk.call('GET', '/api/v1/deadlines')).json)).toEqual([late, soon]);
    const foreign = await clerk.call('GET', `/api/v1/deadlines?unit=${OTHER_VILLAGE}`);
    expect(foreign).toMatchObject({ status: 403, json: { code: 'NOT-YOUR-AREA' } });
    const broken = await clerk.call('GET', '/api/v1/deadlines?after=x');
    expect(broken).toMatchObject({ status: 400, json: { code: 'MALFORMED' } });
  });
});

describe('催办', () => {
  test('by the county office → the clerk is told, reads it, and the count goes down', async () => {
    const words = '请今天办结';
    const path = `/api/v1/rosters/${late}/nudges`;
    expect(await office.call('POST', path, { words })).toMatchObject({
      status: 201,
      json: { people: 1 },
    });
    const told = await clerk.call('GET', '/api/v1/notifications?unread=true');
    expect(told.json).toMatchObject({
      unread: 1,
      items: [{ kindWords: '催办', rosterId: late, unitName: '东村', readAt: null }],
    });
    expect((await clerk.call('POST', '/api/v1/notifications/read', {})).json).toEqual({
      marked: 1,
    });
    const after = await clerk.call('GET', '/api/v1/notifications?unread=true');
    expect(after.json).toMatchObject({ unread: 0, items: [] });
    const kept = await clerk.call('GET', `/api/v1/rosters/${late}/reminders`);
    expect(kept.json).toMatchObject({ items: [{ kindWords: '催办', told: [{ people: 1 }] }] });
  });

  test('the same again, its answer lost on the way → the same answer, nobody told twice', async () => {
    const path = `/api/v1/rosters/${late}/nudges`;
    const again = await office.call('POST', path, { words: '请今天办结' });
    expect(again).toMatchObject({ status: 201, json: { people: 1 } });
    expect((await clerk.call('GET', '/api/v1/notifications')).json['items']).toHaveLength(1);
  });

  test('a second time on one day → NUDGED-TODAY with the earliest instant', async () => {
    const again = await office.call('POST', `/api/v1/rosters/${late}/nudges`, {});
    expect(again).toMatchObject({
      status: 409,
      json: { code: 'NUDGED-TODAY', earliestAt: '2020-09-02T00:00:00+08:00' },
    });
  });

  test('by the holder himself → NOT-YOUR-DUTY, with who may', async () => {
    const own = await clerk.call('POST', `/api/v1/rosters/${soon}/nudges`, {});
    expect(own).toMatchObject({ status: 409, json: { code: 'NOT-YOUR-DUTY' } });
    expect(own.json['whoClears']).toContain('乡镇审核');
  });
});

describe('对账 and readiness', () => {
  test('the office reads its county’s disagreements with what to do; a clerk none', async () => {
    const found = {
      kind: 'run-missing',
      subject: late,
      rosterId: late,
      countyCode: COUNTY,
    } as const;
    await noteDisagreements(api.db, { kinds: ['run-missing'], found: [found] });
    const listed = await office.call('GET', '/api/v1/disagreements');
    expect(listed.json).toMatchObject({
      items: [
        { words: '在办名单没有流程在运行', countyName: '甲县', rosterId: late, endedAt: null },
      ],
    });
    expect(await clerk.call('GET', '/api/v1/disagreements')).toMatchObject({ status: 403 });
    await noteDisagreements(api.db, { kinds: ['run-missing'], found: [] });
    expect((await office.call('GET', '/api/v1/disagreements')).json['items']).toEqual([]);
    const ended = await office.call('GET', '/api/v1/disagreements?ended=true');
    expect(ended.json['items']).toHaveLength(1);
  });

  test('no worker polls → not ready, in words, for anybody who asks', async () => {
    expect(await api.nobody.call('GET', '/api/v1/ready')).toMatchObject({
      status: 503,
      json: {
        ok: false,
        record: { ok: true },
        workers: { words: expect.stringContaining('办理程序') },
      },
    });
  });
});
