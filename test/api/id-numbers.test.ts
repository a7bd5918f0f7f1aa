import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { visitForms } from '../../db/schema/households.ts';
import { cases } from '../../db/schema/record.ts';
import { isVillageForm } from '../../domain/facts/village-facts.ts';
import { maskIdNumber } from '../../domain/household/masked-id-number.ts';
import { validForm, validRegistry } from '../domain/guards/facts-builder.ts';
import { launchList } from './listed-household.ts';
import { type Caller, type Json, startApi, VILLAGE } from './running-api.ts';

let api: Awaited<ReturnType<typeof startApi>>;
let clerk: Caller;
let path = '';
let caseId = '';

const NUMBERS = validRegistry().members.map(({ idNumber }) => idNumber);

beforeAll(async () => {
  api = await startApi();
  clerk = await api.signIn('clerk');
  const rosterId = await launchList(api, VILLAGE, 'clerk');
  const [row] = await api.db
    .select({ id: cases.id })
    .from(cases)
    .where(eq(cases.rosterId, rosterId));
  caseId = row?.id ?? '';
  path = `/api/v1/cases/${caseId}/form`;
});

afterAll(() => api?.stop());

/** A form as a page sends it, with these members. */
function formOf(members: readonly object[]): object {
  const { hash: _hash, version: _version, compiledBy: _by, ...form } = validForm();
  const scan = 'a'.repeat(64);
  const signed = (signature: object | null) => signature && { ...signature, scan };
  return {
    ...form,
    visitors: form.visitors.map(signed),
    householderSignature: signed(form.householderSignature),
    followUpPlan: null,
    application: null,
    members,
  };
}

async function savedNumbers(): Promise<readonly string[]> {
  const rows = await api.db.select().from(visitForms).where(eq(visitForms.caseId, caseId));
  return rows.flatMap(({ body }) =>
    isVillageForm(body) ? [] : body.members.map(({ idNumber }) => idNumber),
  );
}

describe('证件号码 is covered unless it is asked for', () => {
  test('a form shows first six and last four; the whole one when asked for', async () => {
    const covered = JSON.stringify((await clerk.call('GET', path)).json);
    for (const number of NUMBERS) {
      expect(covered).not.toContain(number);
      expect(covered).toContain(maskIdNumber(number));
    }
    const whole = JSON.stringify((await clerk.call('GET', `${path}?idNumbers=full`)).json);
    for (const number of NUMBERS) expect(whole).toContain(number);
  });

  test('an inspector sees who looked at the whole numbers, apart from who looked at the form', async () => {
    const inspector = await api.signIn('inspector');
    const { json } = await inspector.call('GET', '/api/v1/readings');
    const lines = (json['items'] as readonly Json[]).map(({ name, words, reference }) => {
      return [name, words, reference];
    });
    expect(lines).toEqual([
      ['clerk', '采集表中的完整证件号码', caseId],
      ['clerk', '采集表', caseId],
    ]);
  });

  test('a form is saved whole from what the page was shown', async () => {
    const members = validRegistry().members.map((member) => ({
      ...member,
      idNumber: maskIdNumber(member.idNumber),
    }));
    const saved = await clerk.call('PUT', path, formOf(members));
    expect(saved.status, JSON.stringify(saved.json)).toBe(200);
    expect(await savedNumbers()).toEqual(NUMBERS);
  });

  test('a covered number of nobody known → MALFORMED naming the member, and nothing is saved', async () => {
    const stranger = {
      ...validRegistry().members[0],
      name: '外人',
      idNumber: '110101********1234',
    };
    const refused = await clerk.call('PUT', path, formOf([stranger]));
    expect(refused).toMatchObject({
      status: 400,
      json: { code: 'MALFORMED', missing: ['第1名成员的完整证件号码'] },
    });
    expect(await savedNumbers()).toEqual(NUMBERS);
  });
});
