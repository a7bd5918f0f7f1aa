import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { prepareEntry } from '../../activities/registry/entry-journal.ts';
import { readLog } from '../../db/schema/effects.ts';
import { duties } from '../../db/schema/organisation.ts';
import { launchList } from './listed-household.ts';
import { type Caller, COUNTY, NOW, startApi, VILLAGE } from './running-api.ts';

let api: Awaited<ReturnType<typeof startApi>>;
let operator: Caller;
let reviewer: Caller;
let rosterId = '';
let entryId = '';

const items = async (who: Caller, query = '') =>
  (await who.call('GET', `/api/v1/worklist${query}`)).json['items'];

const entered = {
  result: 'accepted',
  registryNo: '5306271012010001',
  receiptNo: null,
  enteredAt: NOW - 60_000,
};

const post = (who: Caller, what: 'enter' | 'check', body: unknown) =>
  who.call('POST', `/api/v1/worklist/${entryId}/${what}`, body);

beforeAll(async () => {
  api = await startApi();
  for (const [userId, duty] of [
    ['office', 'registry-operator'],
    ['office', 'entry-reviewer'],
    ['admin', 'entry-reviewer'],
  ] as const) {
    const id = `${userId}-${duty}`;
    const held = { id, userId, orgCode: COUNTY, duty, validFrom: '2000-01-01' };
    await api.db.insert(duties).values(held);
  }
  rosterId = await launchList(api, VILLAGE, 'clerk');
  entryId = await prepareEntry(
    api.db,
    {
      caseId: `${rosterId}-c001`,
      rosterId,
      effectId: 'label',
      windowId: 'window',
      adapter: 'manual',
      write: { functionKey: 'mark-exit', householdNo: '5306271012010001', year: 2020 },
      level: 'county',
      operatorId: 'office',
      reviewerId: 'admin',
    },
    NOW,
  );
  [operator, reviewer] = await Promise.all([api.signIn('office'), api.signIn('admin')]);
});

afterAll(async () => {
  await api.stop();
});

describe('录入工作单: entered by one person, checked by another (G-17)', () => {
  test('a household that waits is shown with head and function; not in a neighbour’s area', async () => {
    expect(await items(operator)).toMatchObject([
      { entryId, headName: '王户主', unitName: '东村', waitsFor: 'operator', entered: null },
    ]);
    expect(await items(await api.signIn('neighbour'))).toEqual([]);
  });

  test('what is to be written is read by those who enter or check; the reading is logged', async () => {
    const path = `/api/v1/worklist/${entryId}`;
    const read = await operator.call('GET', path);
    expect(read).toMatchObject({
      status: 200,
      json: { write: { functionKey: 'mark-exit', householdNo: '5306271012010001' } },
    });
    const log = await api.db.select().from(readLog);
    expect(log).toMatchObject([{ userId: 'office', what: 'registry-entry', reference: entryId }]);
    expect((await (await api.signIn('clerk')).call('GET', path)).status).toBe(409);
  });

  test.for([
    ['a village clerk enters', 'clerk', 'enter', entered, 409, 'NOT-YOUR-LEVEL'],
    [
      'checked before it was entered',
      'admin',
      'check',
      { agrees: true, words: '' },
      409,
      'CONFLICT',
    ],
    ['without a number', 'office', 'enter', { ...entered, registryNo: ' ' }, 400, 'MALFORMED'],
    ['another’s number', 'office', 'enter', { ...entered, registryNo: '999' }, 400, 'MALFORMED'],
    ['in the future', 'office', 'enter', { ...entered, enteredAt: NOW + 1 }, 400, 'MALFORMED'],
  ] as const)('%s → %s', async ([, who, what, body, status, code]) => {
    const answer = await post(await api.signIn(who), what, body);
    expect(answer).toMatchObject({ status, json: { code } });
  });

  test('operator checks own entry → SAME-PERSON; a dispute goes back with its words', async () => {
    expect((await post(operator, 'enter', entered)).status).toBe(200);
    expect(await items(operator, '?waitsFor=operator')).toEqual([]);
    const agrees = { agrees: true, words: '' };
    expect(await post(operator, 'check', agrees)).toMatchObject({ json: { code: 'SAME-PERSON' } });
    const dispute = { agrees: false, words: '系统中没有这一户' };
    expect((await post(reviewer, 'check', { agrees: false, words: '' })).status).toBe(400);
    expect((await post(reviewer, 'check', dispute)).status).toBe(200);
    expect(await items(operator)).toMatchObject([
      { waitsFor: 'operator', disputes: ['系统中没有这一户'] },
    ]);
  });

  test('entered anew and agreed by the other → off the worklist', async () => {
    await post(operator, 'enter', entered);
    expect(await items(reviewer, '?waitsFor=reviewer')).toMatchObject([{ entryId }]);
    expect((await post(reviewer, 'check', { agrees: true, words: '' })).status).toBe(200);
    expect(await items(reviewer)).toEqual([]);
  });
});
