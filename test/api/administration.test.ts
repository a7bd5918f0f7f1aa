import { randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { administrationLog, duties, grants } from '../../db/schema/organisation.ts';
import { type Caller, COUNTY, OTHER_VILLAGE, startApi, VILLAGE } from './running-api.ts';

let api: Awaited<ReturnType<typeof startApi>>;
let admin: Caller;
let inspector: Caller;

beforeAll(async () => {
  api = await startApi();
  admin = await api.signIn('admin');
  inspector = await api.signIn('inspector');
});

afterAll(async () => {
  await api.stop();
});

const ROOT = '/api/v1/administration';
const reason = '镇组字〔2020〕8号';
const key = () => ({ 'idempotency-key': randomUUID() });

function post(caller: Caller, path: string, body: object, headers = key()) {
  return caller.call('POST', `${ROOT}${path}`, { reason, ...body }, headers);
}

/** A new account and, once its one-time password is changed, its caller. */
async function newUser(signInName: string, orgCode: string = VILLAGE) {
  const made = await post(admin, '/users', { signInName, displayName: signInName, orgCode });
  expect(made.status, JSON.stringify(made.json)).toBe(201);
  const { account, oneTimePassword } = made.json as {
    account: { id: string };
    oneTimePassword: string;
  };
  return { id: account.id, oneTimePassword };
}

describe('accounts (账号)', () => {
  test('a one-time password opens nothing but its own change', async () => {
    const { oneTimePassword } = await newUser('new-clerk');
    const caller = await api.signInWith('new-clerk', oneTimePassword);
    const session = await caller.call('GET', '/api/v1/session');
    expect(session.json).toMatchObject({ mustChangePassword: true });
    expect(await caller.call('GET', '/api/v1/inbox')).toMatchObject({
      status: 403,
      json: { code: 'PASSWORD-CHANGE-REQUIRED' },
    });
    const change = { old: oneTimePassword, new: 'my own words' };
    expect((await caller.call('PUT', '/api/v1/session/password', change)).status).toBe(200);
    expect((await caller.call('GET', '/api/v1/inbox')).status).toBe(200);
  });

  test('the same request twice → one account; its password is shown once', async () => {
    const body = { signInName: 'twice', displayName: 'twice', orgCode: VILLAGE };
    const headers = key();
    const first = await post(admin, '/users', body, headers);
    const again = await post(admin, '/users', body, headers);
    expect(again).toMatchObject({ status: 201, json: { oneTimePassword: null } });
    expect(again.json['account']).toEqual(first.json['account']);
    const other = await post(admin, '/users', { ...body, displayName: 'other' }, headers);
    expect(other).toMatchObject({ status: 409, json: { code: 'IDEMPOTENCY-KEY-REUSED' } });
  });

  test('the same request ten times at once → one account', async () => {
    const body = { signInName: 'tenfold', displayName: 'tenfold', orgCode: VILLAGE };
    const headers = key();
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => post(admin, '/users', body, headers)),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(201));
    expect(answers.filter(({ json }) => json['oneTimePassword'] !== null)).toHaveLength(1);
  });

  test('a reset ends the sessions and forgets the lock-out; it is written down without the password', async () => {
    const { id, oneTimePassword } = await newUser('forgetful');
    const before = await api.signInWith('forgetful', oneTimePassword);
    const reset = await post(admin, `/users/${id}/password`, {});
    const password = String(reset.json['oneTimePassword']);
    expect((await before.call('GET', '/api/v1/session')).status).toBe(401);
    await expect(api.signInWith('forgetful', oneTimePassword)).rejects.toThrow('401');
    expect(await api.signInWith('forgetful', password)).toBeDefined();
    const lines = await api.db
      .select()
      .from(administrationLog)
      .where(eq(administrationLog.subject, id));
    expect(lines.map(({ kind }) => kind)).toEqual(['user-created', 'password-reset']);
    expect(JSON.stringify(lines)).not.toMatch(/argon2|passwordHash/);
    expect(JSON.stringify(lines)).not.toContain(password);
  });

  test('ended: signed out at once, signs in no more, holds nothing', async () => {
    const { id, oneTimePassword } = await newUser('leaver');
    const given = { userId: id, orgCode: VILLAGE, duty: 'clerk', validFrom: '2020-09-01' };
    expect((await post(admin, '/duties', given)).status).toBe(201);
    const caller = await api.signInWith('leaver', oneTimePassword);
    const ended = await post(admin, `/users/${id}/end`, {});
    expect(ended.json).toMatchObject({ duties: [{ validTo: '2020-09-01' }] });
    expect((await caller.call('GET', '/api/v1/session')).status).toBe(401);
    await expect(api.signInWith('leaver', oneTimePassword)).rejects.toThrow('401');
    expect(await post(admin, `/users/${id}/end`, {})).toMatchObject({
      json: { code: 'USER-ENDED' },
    });
  });

  test('locked after five wrong passwords, unlocked by the administrator', async () => {
    const { id, oneTimePassword } = await newUser('clumsy');
    for (let attempt = 0; attempt < 5; attempt += 1) {
      await expect(api.signInWith('clumsy', 'wrong')).rejects.toThrow('401');
    }
    await expect(api.signInWith('clumsy', oneTimePassword)).rejects.toThrow('429');
    const { json } = await admin.call('GET', `${ROOT}/users?org=${VILLAGE}`);
    const items = json['items'] as { id: string; locked: boolean }[];
    expect(items.filter(({ locked }) => locked).map((item) => item.id)).toEqual([id]);
    expect(await post(admin, `/users/${id}/unlock`, {})).toMatchObject({ json: { locked: false } });
    expect(await api.signInWith('clumsy', oneTimePassword)).toBeDefined();
  });
});

describe('duties and grants (岗位、授权)', () => {
  test('a duty works from its first day until it ends', async () => {
    const { id } = await newUser('from-tomorrow');
    const given = { userId: id, orgCode: VILLAGE, duty: 'clerk' };
    const later = await post(admin, '/duties', { ...given, validFrom: '2020-09-02' });
    expect(later).toMatchObject({ status: 201, json: { words: '经办', validTo: null } });
    expect(await post(admin, '/duties', { ...given, validFrom: '2020-10-01' })).toMatchObject({
      status: 409,
      json: { code: 'DUTY-HELD' },
    });
    const end = `/duties/${String(later.json['id'])}/end`;
    expect(await post(admin, end, { on: '2020-08-31' })).toMatchObject({
      json: { code: 'END-IN-PAST' },
    });
    expect(await post(admin, end, { on: '2020-09-20' })).toMatchObject({
      status: 200,
      json: { validTo: '2020-09-20' },
    });
  });

  test.for([
    ['a department without its name', { duty: 'department' }, 'DUTY-DEPARTMENT'],
    ['a clerk of a department', { duty: 'clerk', department: '民政部门' }, 'DUTY-DEPARTMENT'],
    ['an end before the beginning', { duty: 'clerk', validTo: '2020-08-01' }, 'TERM-BACKWARDS'],
    ['an unknown duty', { duty: 'king' }, 'MALFORMED'],
    ['a day that does not exist', { duty: 'clerk', validFrom: '2020-02-30' }, 'MALFORMED'],
  ] as const)('%s → %s', async ([, over, code]) => {
    const given = { userId: 'neighbour', orgCode: OTHER_VILLAGE, validFrom: '2020-09-01', ...over };
    const before = await api.db.$count(duties);
    expect(await post(admin, '/duties', given)).toMatchObject({ json: { code } });
    expect(await api.db.$count(duties)).toBe(before);
  });

  test('a grant names its area, its duty or its households, and ends on a day', async () => {
    const { id } = await newUser('typist');
    const given = { userId: id, orgCode: VILLAGE, validFrom: '2020-09-01' };
    const typing = await post(admin, '/grants', { ...given, kind: 'proxy-entry' });
    expect(typing).toMatchObject({ status: 201, json: { grantedBy: 'admin', reason } });
    const wrong = [
      [{ kind: 'area' }, 'GRANT-DUTY'],
      [{ kind: 'area', duty: 'administrator' }, 'GRANT-DUTY'],
      [{ kind: 'proxy-entry', duty: 'clerk' }, 'GRANT-DUTY'],
      [{ kind: 'households', duty: 'clerk' }, 'GRANT-HOUSEHOLDS'],
      [{ kind: 'area', duty: 'clerk', households: ['h1'] }, 'GRANT-HOUSEHOLDS'],
      [{ kind: 'households', duty: 'clerk', households: ['nobody'] }, 'GRANT-HOUSEHOLDS'],
    ] as const;
    for (const [over, code] of wrong) {
      expect(await post(admin, '/grants', { ...given, ...over })).toMatchObject({ json: { code } });
    }
    const end = `/grants/${String(typing.json['id'])}/end`;
    expect(await post(admin, end, { on: '2020-09-01' })).toMatchObject({
      json: { validTo: '2020-09-01' },
    });
    expect(await post(admin, end, { on: '2020-09-01' })).toMatchObject({
      json: { code: 'ALREADY-ENDED' },
    });
  });
});

describe('who administers holds no law (docs/adr/0016)', () => {
  const law = { orgCode: COUNTY, duty: 'decider', validFrom: '2020-09-01' };

  test('a duty or grant for oneself → OWN-DUTY', async () => {
    expect(await post(admin, '/duties', { userId: 'admin', ...law })).toMatchObject({
      status: 409,
      json: { code: 'OWN-DUTY', whoClears: '另一位管理员' },
    });
    const grant = {
      userId: 'admin',
      orgCode: COUNTY,
      kind: 'proxy-entry',
      validFrom: '2020-09-01',
    };
    expect(await post(admin, '/grants', grant)).toMatchObject({ json: { code: 'OWN-DUTY' } });
  });

  test('another administrator cannot give it either: both at once → ADMINISTRATOR-ONLY', async () => {
    const { id } = await newUser('second-admin', COUNTY);
    const duty = { orgCode: COUNTY, duty: 'administrator', validFrom: '2020-09-01' };
    expect((await post(admin, '/duties', { userId: id, ...duty })).status).toBe(201);
    for (const other of ['decider', 'office', 'inspector', 'leader', 'clerk']) {
      const given = { userId: id, orgCode: COUNTY, duty: other, validFrom: '2021-01-01' };
      expect(await post(admin, '/duties', given)).toMatchObject({
        json: { code: 'ADMINISTRATOR-ONLY' },
      });
    }
    const typing = { userId: id, orgCode: COUNTY, kind: 'proxy-entry', validFrom: '2020-09-01' };
    expect(await post(admin, '/grants', typing)).toMatchObject({
      json: { code: 'ADMINISTRATOR-ONLY' },
    });
    const clerk = { userId: 'clerk', ...duty };
    expect(await post(admin, '/duties', clerk)).toMatchObject({
      json: { code: 'ADMINISTRATOR-ONLY' },
    });
  });

  test.for([
    ['open a window', 'POST', '/windows', 'NOT-YOUR-DUTY'],
    ['confirm a value', 'POST', '/packs/zhenxiong-2020/confirmations', 'NOT-YOUR-DUTY'],
    ['read households', 'GET', `/households?village=${VILLAGE}`, 'NOT-YOUR-AREA'],
    ['read what others read', 'GET', '/readings', 'NOT-YOUR-DUTY'],
  ] as const)('an administrator may not %s', async ([, method, path, code]) => {
    const window = { functionKey: 'mark-exit', unitCode: COUNTY, documentNo: '1号' };
    const value = { areaCode: COUNTY, path: 'incomeLine', value: 4000, documentNo: '1号' };
    const confirmation = { ...value, documentOn: '2020-09-01' };
    const body = path === '/windows' ? window : confirmation;
    const answer = await admin.call(method, `/api/v1${path}`, method === 'GET' ? undefined : body);
    expect(answer.json).toMatchObject({ code });
  });

  test('the last administrator of a place cannot be ended, by himself least of all', async () => {
    const [held] = await api.db.select().from(duties).where(eq(duties.userId, 'admin'));
    const township = '530627101';
    const { id, oneTimePassword } = await newUser('township-admin', township);
    const given = { userId: id, orgCode: township, duty: 'administrator', validFrom: '2020-09-01' };
    const duty = await post(admin, '/duties', given);
    expect(await post(admin, `/users/admin/end`, {})).toMatchObject({
      json: { code: 'OWN-ACCOUNT' },
    });
    // The county's administrator remains above the township.
    const end = `/duties/${String(duty.json['id'])}/end`;
    await api.db
      .update(duties)
      .set({ validTo: '2020-09-01' })
      .where(
        sql`${duties.duty} = 'administrator' and ${duties.orgCode} = ${COUNTY} and ${duties.userId} <> 'admin'`,
      );
    expect(await post(admin, `/duties/${held?.id ?? ''}/end`, { on: '2020-09-01' })).toMatchObject({
      json: { code: 'LAST-ADMINISTRATOR' },
    });
    const caller = await api.signInWith('township-admin', oneTimePassword);
    await caller.call('PUT', '/api/v1/session/password', {
      old: oneTimePassword,
      new: 'my own words',
    });
    const county = { signInName: 'reach', displayName: 'reach', orgCode: COUNTY };
    expect(await post(caller, '/users', county)).toMatchObject({
      status: 403,
      json: { code: 'NOT-YOUR-AREA', whoClears: '上级管理员' },
    });
    // The clerk's account is the township's, the office's is not.
    expect((await post(caller, '/users/clerk/password', {})).status).toBe(200);
    expect((await post(caller, '/users/office/password', {})).status).toBe(403);
    expect((await post(admin, end, { on: '2020-09-01' })).status).toBe(200);
  });

  test('nobody else administers', async () => {
    const clerk = await api.signIn('neighbour');
    const user = { signInName: 'mine', displayName: 'mine', orgCode: OTHER_VILLAGE };
    expect(await post(clerk, '/users', user)).toMatchObject({
      status: 403,
      json: { code: 'NOT-YOUR-DUTY', whoClears: '管理员' },
    });
    expect((await clerk.call('GET', `${ROOT}/changes`)).status).toBe(403);
  });
});

describe('every change is written down and stays (管理记录)', () => {
  test('the inspector sees who, when, before and after, newest first', async () => {
    const { id } = await newUser('watched');
    const given = { userId: id, orgCode: VILLAGE, duty: 'helper', validFrom: '2020-09-01' };
    const duty = await post(admin, '/duties', given);
    await post(admin, `/duties/${String(duty.json['id'])}/end`, { on: '2020-09-05' });
    const { json } = await inspector.call('GET', `${ROOT}/changes`);
    const items = json['items'] as Record<string, unknown>[];
    expect(items.slice(0, 3)).toMatchObject([
      {
        kind: 'duty-ended',
        words: '免岗',
        subjectWords: 'watched，东村帮扶责任人',
        changedBy: 'admin',
        changedByName: 'admin',
        changedAt: '2020-09-01T09:00:00+08:00',
        reason,
        before: { validTo: null },
        after: { validTo: '2020-09-05' },
      },
      { kind: 'duty-given', before: null },
      { kind: 'user-created', subject: id },
    ]);
    const older = await inspector.call('GET', `${ROOT}/changes?before=${String(items[0]?.['id'])}`);
    expect((older.json['items'] as unknown[])[0]).toEqual(items[1]);
  });

  test('a refused change leaves no line', async () => {
    const before = await api.db.$count(administrationLog);
    await post(admin, '/duties', {
      userId: 'admin',
      orgCode: COUNTY,
      duty: 'clerk',
      validFrom: '2020-09-01',
    });
    expect(await api.db.$count(administrationLog)).toBe(before);
  });

  test('lines are neither changed nor removed', async () => {
    const update = api.db.update(administrationLog).set({ reason: 'other' });
    await expect(update).rejects.toMatchObject({ cause: { code: '23001' } });
    await expect(api.db.delete(administrationLog)).rejects.toMatchObject({
      cause: { code: '23001' },
    });
    expect(await api.db.$count(grants)).toBeGreaterThan(0);
  });
});
