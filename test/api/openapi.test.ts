import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { routes } from '../../api/routes/index.ts';
import { startApi } from './running-api.ts';

let api: Awaited<ReturnType<typeof startApi>>;

beforeAll(async () => {
  api = await startApi();
});

afterAll(async () => {
  await api.stop();
});

describe('the OpenAPI document', () => {
  test('has every mounted route and no other', async () => {
    const { json } = await api.nobody.call('GET', '/api/v1/openapi.json');
    expect(json['openapi']).toBe('3.1.0');
    const paths = json['paths'] as Record<string, Record<string, unknown>>;
    const documented = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    );
    const mounted = routes.map(
      ({ method, path }) => `${method} /api/v1${path.replaceAll(/:(\w+)/g, '{$1}')}`,
    );
    expect(documented.sort()).toEqual(mounted.sort());
    expect(mounted.length).toBeGreaterThan(25);
  });

  test('refuses unknown fields in every body', async () => {
    const { json } = await api.nobody.call('GET', '/api/v1/openapi.json');
    const text = JSON.stringify(json);
    expect(text).toContain('"additionalProperties":false');
    const lax = routes.filter(({ body }) => body?.safeParse({ unknown: 1 }).success === true);
    expect(lax.map(({ path }) => path)).toEqual([]);
  });

  test('can be browsed without any other server', async () => {
    const page = await api.nobody.call('GET', '/api/docs');
    expect(page).toMatchObject({ status: 200 });
    for (const file of ['swagger-ui-bundle.js', 'swagger-ui.css', 'start.js']) {
      expect((await api.nobody.call('GET', `/api/docs/${file}`)).status).toBe(200);
    }
  });
});
