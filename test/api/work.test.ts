import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cases, rosters } from '../../db/schema/record.ts';
import { launchList } from './listed-household.ts';
import { type Caller, NOW, OTHER_VILLAGE, startApi, VILLAGE } from './running-api.ts';

const DAY = 86_400_000;

let api: Awaited<ReturnType<typeof startApi>>;
let office: Caller;
let first = '';
let second = '';
let third = '';

const get = async (who: Caller, path: string) => {
  const { status, json } = await who.call('GET', `/api/v1${path}`);
  expect(status).toBe(200);
  return json as { items: { id: string; rosterId: string; heads: string[] }[] } & Record<
    string,
    unknown
  >;
};

beforeAll(async () => {
  api = await startApi();
  first = await launchList(api, VILLAGE, 'clerk', '王户主');
  second = await launchList(api, VILLAGE, 'clerk', '李户主');
  third = await launchList(api, OTHER_VILLAGE, 'neighbour', '赵户主');
  const late = { dueAt: NOW - DAY, outerDueAt: NOW + DAY, deadlineAt: NOW - DAY };
  await api.db.update(rosters).set(late).where(eq(rosters.id, second));
  office = await api.signIn('office');
});

afterAll(async () => {
  await api.stop();
});

describe('the to-do list', () => {
  test('shows what waits for my duties, the latest first, with heads and what to filter by', async () => {
    const clerk = await api.signIn('clerk');
    const inbox = await get(clerk, '/inbox');
    expect(inbox.items.map(({ rosterId }) => rosterId)).toEqual([second, first]);
    expect(inbox.items.map(({ heads }) => heads)).toEqual([['李户主'], ['王户主']]);
    expect(inbox).toMatchObject({
      total: 2,
      late: 1,
      facets: {
        steps: [{ key: 'assembly', name: '民主评议', lists: 2 }],
        units: [{ code: VILLAGE, name: '东村', lists: 2 }],
      },
    });
  });

  test.for([
    ['late=true', 1],
    ['late=false', 1],
    ['step=assembly', 2],
    ['step=registration', 0],
    ['kind=review', 0],
    [`unit=${VILLAGE}`, 2],
    [`unit=${OTHER_VILLAGE}`, 0],
    ['size=1&page=2', 2],
  ] as const)('?%s → %i lists; facets stay those of everything', async ([query, total]) => {
    const clerk = await api.signIn('clerk');
    const inbox = await get(clerk, `/inbox?${query}`);
    expect(inbox).toMatchObject({ total, facets: { units: [{ lists: 2 }] } });
    expect(inbox.items.length).toBeLessThanOrEqual(total);
  });

  test('pages do not overlap and hold everything', async () => {
    const clerk = await api.signIn('clerk');
    const pages = await Promise.all(
      [1, 2, 3].map((page) => get(clerk, `/inbox?size=1&page=${page}`)),
    );
    expect(pages.map(({ items }) => items.map(({ rosterId }) => rosterId))).toEqual([
      [second],
      [first],
      [],
    ]);
  });

  test('a suspended list’s clock stands still: late after its suspension → not late', async () => {
    await api.db
      .update(rosters)
      .set({ suspendedAt: NOW - 2 * DAY })
      .where(eq(rosters.id, second));
    expect(await get(office, '/rosters?late=true')).toMatchObject({ items: [], total: 0 });
    await api.db.update(rosters).set({ suspendedAt: null }).where(eq(rosters.id, second));
    expect(await get(office, '/rosters?late=true')).toMatchObject({ total: 1 });
  });
});

describe('the leader’s screen: every number equals the list behind it', () => {
  test.for(['', '530627101', VILLAGE, OTHER_VILLAGE, '530627102'])('unit %s', async (unit) => {
    const query = unit === '' ? '' : `?unit=${unit}`;
    const answer = (await get(office, `/progress${query}`)) as unknown as Progress;
    const all = [...answer.own, ...answer.children];
    for (const place of all) {
      const open = await get(office, `/rosters?open=true&unit=${place.code}`);
      const late = await get(office, `/rosters?late=true&unit=${place.code}`);
      expect({ lists: place.lists, late: place.late }).toEqual({
        lists: open['total'],
        late: late['total'],
      });
    }
    for (const { holder, duty, lists, late } of answer.desks) {
      const within = unit === '' ? '' : `&unit=${unit}`;
      const desk = `/rosters?open=true&holder=${holder}&duty=${duty}${within}`;
      expect(await get(office, desk)).toMatchObject({ total: lists, late });
    }
    // A village has nobody below it: it is its own sum.
    const parts = answer.children.length > 0 ? answer.children : answer.own;
    const sum = (key: 'total' | 'done' | 'lists' | 'late') =>
      parts.reduce((total, place) => total + place[key], 0);
    expect(answer.own).toMatchObject([
      { total: sum('total'), done: sum('done'), lists: sum('lists'), late: sum('late') },
    ]);
    expect(answer.late).toHaveLength(answer.own[0]?.late ?? 0);
  });

  test('应办 is every case ever listed', async () => {
    const { own } = (await get(office, '/progress')) as unknown as Progress;
    expect(own).toMatchObject([{ total: (await api.db.select().from(cases)).length, done: 0 }]);
  });

  test('county → township → village → the person at the desk', async () => {
    const county = (await get(office, '/progress')) as unknown as Progress;
    expect(county.children).toMatchObject([
      { name: '东乡', lists: 2, late: 1 },
      { name: '西乡', lists: 1, late: 0 },
    ]);
    const village = (await get(office, `/progress?unit=${VILLAGE}`)) as unknown as Progress;
    expect(village).toMatchObject({
      path: [{ name: '甲县' }, { name: '东乡' }, { name: '东村' }],
      desks: [{ words: '东村经办', people: ['clerk'], lists: 2, late: 1 }],
    });
  });

  test('a unit outside the area → NOT-YOUR-AREA', async () => {
    const clerk = await api.signIn('clerk');
    const answer = await clerk.call('GET', `/api/v1/progress?unit=${OTHER_VILLAGE}`);
    expect(answer).toMatchObject({ status: 403, json: { code: 'NOT-YOUR-AREA' } });
    expect((await get(clerk, '/rosters')).items.map(({ id }) => id)).not.toContain(third);
  });
});

interface Place {
  readonly code: string;
  readonly name: string;
  readonly total: number;
  readonly done: number;
  readonly lists: number;
  readonly late: number;
}

interface Progress {
  readonly path: readonly { readonly name: string }[];
  readonly own: readonly Place[];
  readonly children: readonly Place[];
  readonly desks: readonly {
    readonly holder: string;
    readonly duty: string;
    readonly lists: number;
    readonly late: number;
  }[];
  readonly late: readonly unknown[];
}
