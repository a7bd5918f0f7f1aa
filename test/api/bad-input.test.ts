/**
 * Bad input against every route, made from the route list: a new route is in the table at once, and one
 * whose schema nobody can make a sample of fails here.
 */
import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Route } from '../../api/define-route.ts';
import { routes } from '../../api/routes/index.ts';
import { users } from '../../db/schema/organisation.ts';
import { type Caller, startApi, VILLAGE } from './running-api.ts';
import {
  type JsonSchema,
  jsonSchemaOf,
  kindsOf,
  sampleOf,
  spoiledValues,
} from './sample-request.ts';

let api: Awaited<ReturnType<typeof startApi>>;
let clerk: Caller;
let stranger: Caller;
let before: string;

/** Rows of every table but those of signing in. */
async function everything(): Promise<string> {
  const tables = await api.db.execute<{ name: string }>(sql`
    select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace
      and relname not in ('sessions', 'sign_in_failures') order by relname`);
  const counts = [...tables].map(async ({ name }) => {
    const [row] = await api.db.execute<{ rows: string }>(
      sql`select coalesce(md5(string_agg(t::text, ',' order by t::text)), '') as rows from ${sql.identifier(name)} t`,
    );
    return `${name} ${row?.rows}`;
  });
  return (await Promise.all(counts)).join('\n');
}

beforeAll(async () => {
  api = await startApi();
  const [known] = await api.db.select().from(users);
  const nobody = { id: 'stranger', signInName: 'stranger', displayName: '外人', orgCode: VILLAGE };
  await api.db.insert(users).values({ ...nobody, passwordHash: known?.passwordHash ?? '' });
  clerk = await api.signIn('clerk');
  stranger = await api.signIn('stranger');
  before = await everything();
});

afterAll(async () => {
  await api.stop();
});

function addressOf(route: Route, over: Readonly<Record<string, string>> = {}): string {
  const params = sampleOf(jsonSchemaOf(route.params)) as Record<string, string>;
  const query = sampleOf(jsonSchemaOf(route.query)) as Record<string, string>;
  const path = route.path.replaceAll(/:(\w+)/g, (_all, name: string) =>
    encodeURIComponent(over[name] ?? params[name] ?? ''),
  );
  const search = new URLSearchParams(query).toString();
  return `/api/v1${path}${search === '' ? '' : `?${search}`}`;
}

const keyed = () => ({ 'idempotency-key': randomUUID(), 'x-gongshi': 'test' });

/** The code of the refusal; the whole answer when it is no 4xx problem in Chinese. */
async function codeOf(
  caller: Caller,
  route: Route,
  given: { path?: string; body?: unknown; headers?: Record<string, string> },
): Promise<unknown> {
  const { path = addressOf(route), body, headers = keyed() } = given;
  const answer = await caller.call(route.method.toUpperCase(), path, body, headers);
  const isProblem = answer.type.includes('application/problem+json');
  const isRefusal = answer.status >= 400 && answer.status < 500;
  const isChinese = /[一-龥]/.test(String(answer.json['detail']));
  return isProblem && isRefusal && isChinese ? answer.json['code'] : answer;
}

const named = routes.map((route): [string, Route] => [
  `${route.method.toUpperCase()} ${route.path}`,
  route,
]);
const writes = named.filter(([, { method }]) => method !== 'get');
// A route that checks its body itself says more than MALFORMED, and has tests of its own.
const bodied = named.filter(
  ([, { body, upload, ownCheck }]) => body !== null && !upload && !ownCheck,
);

describe('every route', () => {
  test.for(named)('%s: a sample fits its schemas', ([, route]) => {
    for (const schema of [route.params, route.query]) {
      expect(schema.safeParse(sampleOf(jsonSchemaOf(schema))).success).toBe(true);
    }
    if (route.body === null) return;
    for (const kind of kindsOf(jsonSchemaOf(route.body))) {
      expect(route.body.safeParse(sampleOf(kind)).error?.issues ?? []).toEqual([]);
    }
  });

  test.for(named.filter(([, { open }]) => !open))(
    '%s: not signed in → NOT-SIGNED-IN, whatever else is wrong',
    async ([name, route]) => {
      expect(await codeOf(api.nobody, route, { body: bodyFor(route, []) }), name).toBe(
        'NOT-SIGNED-IN',
      );
    },
  );

  test.for(named)('%s: malformed ids and unknown questions → MALFORMED', async ([, route]) => {
    const body = route.method === 'get' ? undefined : sampleBody(route);
    for (const name of Object.keys(jsonSchemaOf(route.params).properties ?? {})) {
      const path = addressOf(route, { [name]: '不 是/编号' });
      expect(await codeOf(clerk, route, { path, body }), name).toBe('MALFORMED');
    }
    const address = addressOf(route);
    const path = `${address}${address.includes('?') ? '&' : '?'}unknown=1`;
    expect(await codeOf(clerk, route, { path, body }), 'unknown question').toBe('MALFORMED');
  });

  test.for(named)('%s: each question spoiled → MALFORMED', async ([, route]) => {
    const { properties = {} } = jsonSchemaOf(route.query);
    for (const [name, schema] of Object.entries(properties)) {
      for (const [what, value] of spoiledValues(schema)) {
        // In an address half a character cannot be written.
        if (typeof value !== 'string' || /\p{Surrogate}/u.test(value)) continue;
        const address = addressOf(route).split('?')[0];
        const path = `${address}?${new URLSearchParams({ [name]: value }).toString()}`;
        const body = route.method === 'get' ? undefined : sampleBody(route);
        expect(await codeOf(clerk, route, { path, body }), `${name} ${what}`).toBe('MALFORMED');
      }
    }
  });
});

function sampleBody(route: Route): unknown {
  if (route.upload) return new FormData();
  if (route.body === null) return {};
  const [kind] = kindsOf(jsonSchemaOf(route.body));
  return sampleOf(kind ?? {});
}

function bodyFor(route: Route, body: unknown): unknown {
  return route.method === 'get' ? undefined : body;
}

describe('every writing route', () => {
  test.for(writes)('%s: from another site → WRITE-NOT-FROM-PAGE', async ([name, route]) => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const given = { body: 'a=1', headers };
    expect(await codeOf(clerk, route, given), name).toBe('WRITE-NOT-FROM-PAGE');
  });

  test.for(writes.filter(([, { upload, ownCheck }]) => !upload && !ownCheck))(
    '%s: a body that is no JSON → MALFORMED-JSON; an unknown field → MALFORMED',
    async ([, route]) => {
      expect(await codeOf(clerk, route, { body: '{"a": ' }), 'cut off').toBe('MALFORMED-JSON');
      const body = { ...(sampleBody(route) as object), unknownField: 1 };
      expect(await codeOf(clerk, route, { body }), 'unknown field').toBe('MALFORMED');
    },
  );

  test.for(writes.filter(([, { upload, body }]) => upload && body === null))(
    '%s: JSON instead of a form → CONTENT-TYPE or a refusal before',
    async ([, route]) => {
      const answer = await clerk.call('POST', addressOf(route), {}, keyed());
      expect([403, 409, 415], JSON.stringify(answer.json)).toContain(answer.status);
    },
  );

  test.for(writes.filter(([, { needsIdempotencyKey }]) => needsIdempotencyKey))(
    '%s: no key, a short one, two of them → IDEMPOTENCY-KEY-MISSING',
    async ([, route]) => {
      const body = sampleBody(route);
      for (const key of [undefined, 'short', 'two-keys-1, two-keys-2']) {
        const headers: Record<string, string> = { 'x-gongshi': 'test' };
        if (key !== undefined) headers['idempotency-key'] = key;
        expect(await codeOf(clerk, route, { body, headers }), `${key}`).toBe(
          'IDEMPOTENCY-KEY-MISSING',
        );
      }
    },
  );
});

describe('every field of every body', () => {
  const rows = bodied.flatMap(([name, { body, ...route }]) =>
    kindsOf(jsonSchemaOf(body as NonNullable<typeof body>)).map(
      (kind): [string, Route, JsonSchema] => [
        `${name} ${kindName(kind)}`,
        { ...route, body },
        kind,
      ],
    ),
  );

  test.for(rows)(
    '%s: missing or spoiled → MALFORMED that names it',
    { timeout: 120_000 },
    async ([, route, kind]) => {
      const whole = sampleOf(kind) as Record<string, unknown>;
      for (const [field, schema] of Object.entries(kind.properties ?? {})) {
        const wrongs = [...spoiledValues(schema)];
        if (kind.required?.includes(field)) wrongs.push(['missing', undefined]);
        for (const [what, value] of wrongs) {
          const body = { ...whole, [field]: value };
          const answer = await clerk.call(
            route.method.toUpperCase(),
            addressOf(route),
            body,
            keyed(),
          );
          const label = `${field} ${what}: ${JSON.stringify(answer.json)}`;
          expect(answer.json['code'], label).toBe('MALFORMED');
          const places = answer.json['missing'] as string[];
          expect(
            places.some((place) => place === field || place.startsWith(`${field}.`)),
            label,
          ).toBe(true);
        }
      }
    },
  );
});

function kindName(kind: JsonSchema): string {
  const names = Object.values(kind.properties ?? {}).flatMap(({ const: value }) => value ?? []);
  return names.map(String).join(' ');
}

/** What somebody without any duty may write: his own session, files that only he sees, his own reminders. */
const EVERYBODYS = [
  'POST /session',
  'DELETE /session',
  'PUT /session/password',
  'POST /files',
  'POST /notifications/read',
];

describe('who holds no duty', () => {
  test.for(writes.filter(([name]) => !EVERYBODYS.includes(name)))(
    '%s → refused',
    async ([, route]) => {
      const answer = await stranger.call(
        route.method.toUpperCase(),
        addressOf(route),
        sampleBody(route),
        keyed(),
      );
      expect([403, 404, 409], JSON.stringify(answer.json)).toContain(answer.status);
      expect(answer.json['detail']).toMatch(/[一-龥]/);
    },
  );
});

test('after all of this nothing has changed and nothing was sent', async () => {
  expect(await everything()).toBe(before);
  expect(api.asked).toEqual([]);
});
