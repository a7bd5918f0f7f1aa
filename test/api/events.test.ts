import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Caller, OTHER_VILLAGE, PASSWORD, startApi, VILLAGE } from './running-api.ts';

let api: Awaited<ReturnType<typeof startApi>>;

beforeAll(async () => {
  api = await startApi();
});

afterAll(async () => {
  await api.stop();
});

/** Opens the stream as a page does. */
async function open(name: string) {
  const signedIn = await fetch(`${api.url}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name, password: PASSWORD }),
  });
  const cookie = signedIn.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const response = await fetch(`${api.url}/api/v1/events`, { headers: { cookie } });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  return {
    response,
    cookie,
    /** Reads on until the text has it; the rest of the stream stays unread. */
    async until(part: string): Promise<string> {
      while (!text.includes(part)) {
        const next = await reader?.read();
        if (next === undefined || next.done) return `${text}[end]`;
        text += next.value;
      }
      return text;
    },
  };
}

async function tell(rosterId: string, unitCode: string): Promise<void> {
  await api.db.execute(sql`select pg_notify('roster_changed', ${`${rosterId}:7:${unitCode}`})`);
}

test('a change in the area is told at once, one elsewhere never', async () => {
  const page = await open('clerk');
  expect(page.response.headers.get('content-type')).toContain('text/event-stream');
  await page.until('event: ready');
  await tell('r-west', OTHER_VILLAGE);
  await tell('r-east', VILLAGE);
  const text = await page.until('r-east');
  expect(text).toContain('event: roster\ndata: {"rosterId":"r-east","seq":7}\n\n');
  expect(text).not.toContain('r-west');
});

test('the stream beats while signed in, and ends when signed out', async () => {
  const page = await open('office');
  expect(await page.until(': beat')).not.toContain('[end]');
  const headers = { cookie: page.cookie, 'x-gongshi': 'test' };
  await fetch(`${api.url}/api/v1/session`, { method: 'DELETE', headers });
  expect(await page.until('never sent')).toContain('[end]');
});

test('not signed in → NOT-SIGNED-IN; documented as text/event-stream', async () => {
  const nobody: Caller = api.nobody;
  expect(await nobody.call('GET', '/api/v1/events')).toMatchObject({
    status: 401,
    json: { code: 'NOT-SIGNED-IN' },
  });
  const { json } = await nobody.call('GET', '/api/v1/openapi.json');
  expect(json).toMatchObject({
    paths: {
      '/api/v1/events': { get: { responses: { 200: { content: { 'text/event-stream': {} } } } } },
    },
  });
});

test('the database cut every connection → the stream begins anew and changes are told again', async () => {
  const page = await open('clerk');
  await page.until('event: ready');
  await api.db
    .execute(
      sql`select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and pid <> pg_backend_pid()`,
    )
    .catch(() => {});
  const isTold = async (): Promise<boolean> => {
    const again = await open('clerk');
    await again.until('event: ready');
    await tell('r-after', VILLAGE);
    return Promise.race([
      again.until('r-after').then((text) => text.includes('r-after')),
      new Promise<boolean>((resolve) => setTimeout(() => resolve(false), 500)),
    ]);
  };
  await expect.poll(() => isTold().catch(() => false)).toBe(true);
});
