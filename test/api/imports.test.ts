import { count } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { households } from '../../db/schema/households.ts';
import { duties, organisations } from '../../db/schema/organisation.ts';
import { DEMO_COUNTY, makeDemoCounty } from '../../registry/demo/demo-county.ts';
import { writeHouseholdRoll } from '../../registry/roll/write-roll.ts';
import { type Caller, COUNTY, startApi } from './running-api.ts';

const demo = makeDemoCounty({ ...DEMO_COUNTY, villages: 2, householdsPerVillage: 5 });
const fromPage = { 'x-gongshi': 'test' };
const address = `/api/v1/imports?area=${COUNTY}`;

let api: Awaited<ReturnType<typeof startApi>>;
let operator: Caller;
let clerk: Caller;

beforeAll(async () => {
  api = await startApi();
  await api.db
    .insert(organisations)
    .values(
      demo.villages.map(({ villageCode, name }) => ({
        code: villageCode,
        parentCode: '530627101',
        level: 'village',
        name,
        validFrom: '2000-01-01',
      })),
    )
    .onConflictDoNothing();
  const held = { id: 'importer', userId: 'admin', orgCode: COUNTY, duty: 'registry-operator' };
  await api.db.insert(duties).values({ ...held, validFrom: '2000-01-01' });
  [operator, clerk] = await Promise.all([api.signIn('admin'), api.signIn('clerk')]);
});

afterAll(async () => {
  await api.stop();
});

async function householdCount(): Promise<number> {
  const [row] = await api.db.select({ rows: count() }).from(households);
  return row?.rows ?? 0;
}

async function rollForm(): Promise<FormData> {
  const { villages, households: roll } = demo;
  return formWith(await writeHouseholdRoll({ villages, households: roll, year: 2019 }));
}

function formWith(bytes: Buffer): FormData {
  const form = new FormData();
  form.append('file', new Blob([new Uint8Array(bytes)]), '花名册.xlsx');
  return form;
}

describe('a roll is previewed, then imported as a whole', () => {
  test('preview writes no household; applied once, applied again changes nothing', async () => {
    const made = await operator.call('POST', address, await rollForm(), fromPage);
    expect(made).toMatchObject({
      status: 201,
      json: { errors: [], summary: { villages: 2, households: 10 }, appliedAt: null },
    });
    expect(await householdCount()).toBe(0);
    const path = `/api/v1/imports/${String(made.json['importId'])}`;
    expect(await operator.call('POST', `${path}/apply`)).toMatchObject({
      status: 200,
      json: { repeated: false },
    });
    expect(await householdCount()).toBe(10);
    expect(await operator.call('POST', `${path}/apply`)).toMatchObject({
      status: 200,
      json: { repeated: true },
    });
    const { json } = await operator.call('GET', path);
    expect(json['appliedAt']).toMatch(/\+08:00$/);
    expect(await clerk.call('GET', path)).toMatchObject({ status: 409 });
    expect(await clerk.call('POST', `${path}/apply`)).toMatchObject({ status: 409 });
  });

  test('a file that is no roll → errors in the preview, and applying it → ROWS-FAULTY', async () => {
    const before = await householdCount();
    const made = await operator.call('POST', address, formWith(Buffer.from('不是表格')), fromPage);
    expect(made.status).toBe(201);
    expect(made.json['errors']).not.toEqual([]);
    const path = `/api/v1/imports/${String(made.json['importId'])}/apply`;
    expect(await operator.call('POST', path)).toMatchObject({
      status: 422,
      json: { code: 'ROWS-FAULTY' },
    });
    expect(await householdCount()).toBe(before);
  });

  test('a village clerk → NOT-YOUR-LEVEL; an unknown import → NOT-FOUND', async () => {
    expect(await clerk.call('POST', address, await rollForm(), fromPage)).toMatchObject({
      status: 409,
      json: { code: 'NOT-YOUR-LEVEL' },
    });
    expect(await operator.call('GET', '/api/v1/imports/none')).toMatchObject({ status: 404 });
  });
});
