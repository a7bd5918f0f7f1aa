import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { files, registryWindows } from '../../db/schema/effects.ts';
import { signInFailures } from '../../db/schema/organisation.ts';
import { type Caller, COUNTY, OTHER_VILLAGE, startApi, VILLAGE } from './running-api.ts';

let api: Awaited<ReturnType<typeof startApi>>;
let clerk: Caller;
let office: Caller;
let admin: Caller;

beforeAll(async () => {
  api = await startApi();
  [clerk, office, admin] = (await Promise.all(['clerk', 'office', 'admin'].map(api.signIn))) as [
    Caller,
    Caller,
    Caller,
  ];
});

afterAll(async () => {
  await api.stop();
});

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

function formWith(bytes: Buffer, name: string): FormData {
  const form = new FormData();
  form.append('file', new Blob([new Uint8Array(bytes)]), name);
  return form;
}

const fromPage = { 'x-gongshi': 'test' };

describe('bad input is refused in Chinese with a stable code and changes nothing', () => {
  test.for([
    ['an unknown field', { name: 'clerk', password: 'x', role: 'admin' }, 'MALFORMED', 400],
    ['a wrong type', { name: 7, password: 'x' }, 'MALFORMED', 400],
    ['a missing field', { name: 'clerk' }, 'MALFORMED', 400],
    ['malformed JSON', '{"name": ', 'MALFORMED-JSON', 400],
    ['a wrong password', { name: 'nobody', password: 'x' }, 'SIGN-IN-FAILED', 401],
  ] as const)('%s → %s', async ([, body, code, status]) => {
    const answer = await api.nobody.call('POST', '/api/v1/session', body);
    expect(answer).toMatchObject({ status, json: { code, status } });
    expect(answer.type).toContain('application/problem+json');
    expect(answer.json['detail']).toMatch(/[一-龥]/);
  });

  test.for([
    '/inbox',
    '/rosters',
    '/rosters/r1',
    '/households?village=1',
    '/clock',
    '/session',
  ] as const)('not signed in: %s → NOT-SIGNED-IN', async (path) => {
    const answer = await api.nobody.call('GET', `/api/v1${path}`);
    expect(answer).toMatchObject({ status: 401, json: { code: 'NOT-SIGNED-IN' } });
  });

  test('a household list of another village → NOT-YOUR-AREA', async () => {
    const answer = await clerk.call('GET', `/api/v1/households?village=${OTHER_VILLAGE}`);
    expect(answer).toMatchObject({ status: 403, json: { code: 'NOT-YOUR-AREA' } });
    expect((await clerk.call('GET', `/api/v1/households?village=${VILLAGE}`)).status).toBe(200);
  });

  test.for([
    ['a padded code', '/households?village=530627000000'],
    ['an unknown query', `/households?village=${VILLAGE}&all=1`],
    ['an unknown status', `/households?village=${VILLAGE}&status=rich`],
    ['a broken escape', '/rosters/%E0%A4%A'],
  ] as const)('%s → MALFORMED', async ([, path]) => {
    expect(await clerk.call('GET', `/api/v1${path}`)).toMatchObject({
      status: 400,
      json: { code: 'MALFORMED' },
    });
  });

  test('an unknown address → NOT-FOUND', async () => {
    const answer = await clerk.call('GET', '/api/v1/everything');
    expect(answer).toMatchObject({ status: 404, json: { code: 'NOT-FOUND' } });
  });

  test('a command without Idempotency-Key → IDEMPOTENCY-KEY-MISSING; nothing is sent', async () => {
    const body = { type: 'resume', reason: '继续' };
    const answer = await clerk.call('POST', '/api/v1/rosters/r1/commands', body);
    expect(answer).toMatchObject({ status: 400, json: { code: 'IDEMPOTENCY-KEY-MISSING' } });
    expect(api.asked).toEqual([]);
  });

  test('a form post of another site → WRITE-NOT-FROM-PAGE', async () => {
    const answer = await admin.call('POST', '/api/v1/clock/advance', 'to=next-event', {
      'content-type': 'application/x-www-form-urlencoded',
    });
    expect(answer).toMatchObject({ status: 403, json: { code: 'WRITE-NOT-FROM-PAGE' } });
  });

  test('too much JSON → TOO-LARGE', async () => {
    const body = { name: 'x'.repeat(5_000_000), password: 'x' };
    const answer = await api.nobody.call('POST', '/api/v1/session', body);
    expect(answer).toMatchObject({ status: 413, json: { code: 'TOO-LARGE' } });
  });

  test('the clock: by a clerk → NOT-YOUR-DUTY; backwards → MALFORMED', async () => {
    const next = { to: 'next-event' };
    expect(await clerk.call('POST', '/api/v1/clock/advance', next)).toMatchObject({
      status: 403,
      json: { code: 'NOT-YOUR-DUTY' },
    });
    expect(
      await admin.call('POST', '/api/v1/clock/advance', { to: 'instant', at: 0 }),
    ).toMatchObject({ status: 400, json: { code: 'MALFORMED' } });
  });

  test('the clock into a year without a calendar → refused, for it never goes back', async () => {
    const at = Date.UTC(2100, 0, 1);
    const answer = await admin.call('POST', '/api/v1/clock/advance', { to: 'instant', at });
    expect(answer).toMatchObject({
      status: 400,
      json: { code: 'MALFORMED', missing: ['2100年节假日安排'] },
    });
  });
});

describe('sign-in', () => {
  test('five failures lock the name for ten minutes, even for the right password', async () => {
    const wrong = { name: 'Housing', password: 'wrong' };
    for (let attempt = 0; attempt < 5; attempt += 1) {
      expect((await api.nobody.call('POST', '/api/v1/session', wrong)).status).toBe(401);
    }
    expect(await api.nobody.call('POST', '/api/v1/session', wrong)).toMatchObject({
      status: 429,
      json: { code: 'LOCKED-OUT' },
    });
    await expect(api.signIn('housing')).rejects.toThrow('429');
    await api.db
      .update(signInFailures)
      .set({ failedAt: sql`${signInFailures.failedAt} - interval '11 minutes'` });
    await expect(api.signIn('housing')).resolves.toBeDefined();
  });

  test('signing out ends the session', async () => {
    const caller = await api.signIn('clerk');
    expect((await caller.call('GET', '/api/v1/session')).json).toMatchObject({
      userId: 'clerk',
      duties: [{ orgCode: VILLAGE, duty: 'clerk', words: '经办' }],
    });
    expect((await caller.call('DELETE', '/api/v1/session')).status).toBe(200);
    expect((await caller.call('GET', '/api/v1/session')).status).toBe(401);
  });
});

describe('files', () => {
  test('a photo is kept by its content and comes back; a stranger may not read it', async () => {
    const form = formWith(PNG, '照片.png');
    const saved = await clerk.call('POST', '/api/v1/files', form, fromPage);
    expect(saved).toMatchObject({
      status: 201,
      json: { mediaType: 'image/png', size: PNG.length },
    });
    const address = `/api/v1/files/${String(saved.json['hash'])}`;
    expect(await clerk.call('GET', address)).toMatchObject({ status: 200, type: 'image/png' });
    const neighbour = await api.signIn('neighbour');
    expect(await neighbour.call('GET', address)).toMatchObject({
      status: 403,
      json: { code: 'NOT-YOUR-AREA' },
    });
  });

  test.for([
    ['a script named .png', Buffer.from('#!/bin/sh\necho'), 'photo.png', 415, 'FILE-TYPE'],
    ['an empty file', Buffer.alloc(0), 'photo.png', 415, 'FILE-TYPE'],
    ['a large photo', Buffer.concat([PNG, Buffer.alloc(11_000_000)]), 'b.png', 413, 'TOO-LARGE'],
  ] as const)('%s → refused and not kept', async ([, bytes, name, status, code]) => {
    const before = await api.db.select().from(files);
    const answer = await clerk.call('POST', '/api/v1/files', formWith(bytes, name), fromPage);
    expect(answer).toMatchObject({ status, json: { code } });
    expect(await api.db.select().from(files)).toEqual(before);
  });

  test('JSON instead of a form → CONTENT-TYPE', async () => {
    expect(await clerk.call('POST', '/api/v1/files', {})).toMatchObject({
      status: 415,
      json: { code: 'CONTENT-TYPE' },
    });
  });
});

describe('windows are opened and closed by the office duty over the unit', () => {
  const body = { functionKey: 'mark-exit', unitCode: COUNTY, documentNo: '甲办〔2020〕1号' };

  test('a clerk → NOT-YOUR-DUTY', async () => {
    expect(await clerk.call('POST', '/api/v1/windows', body)).toMatchObject({
      status: 403,
      json: { code: 'NOT-YOUR-DUTY' },
    });
    expect(await api.db.select().from(registryWindows)).toEqual([]);
  });

  test('the office opens, all below see it, it closes once', async () => {
    const opened = await office.call('POST', '/api/v1/windows', body);
    expect(opened).toMatchObject({
      status: 201,
      json: { open: true, functionName: '贫困户脱贫标注' },
    });
    const seen = await clerk.call('GET', '/api/v1/windows');
    expect(seen.json).toMatchObject({
      items: [{ unitCode: COUNTY, unitName: '甲县', open: true }],
    });
    // Closing one of two would leave the function open.
    const twice = await office.call('POST', '/api/v1/windows', { ...body, documentNo: '另一件' });
    expect(twice).toMatchObject({ status: 409, json: { code: 'CONFLICT' } });
    expect(twice.json['detail']).toContain('已按甲办〔2020〕1号');
    const close = `/api/v1/windows/${String(opened.json['id'])}/close`;
    const reason = { reason: '本年度录入结束' };
    expect(await office.call('POST', close, reason)).toMatchObject({
      status: 200,
      json: { open: false },
    });
    expect(await office.call('POST', close, reason)).toMatchObject({ status: 409 });
  });
});
