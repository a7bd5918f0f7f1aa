/** 接口文档: OpenAPI 3.1 from the very schemas that check the requests. */
import { OpenAPIRegistry, OpenApiGeneratorV31 } from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';
import { REFUSAL_TITLES } from '../domain/kernel/refusal-codes.ts';
import type { Route } from './define-route.ts';
import { ProblemJson } from './problem.ts';
import { PROBLEM_KINDS } from './problem-codes.ts';

/** Where the routes are mounted. */
export const API_ROOT = '/api/v1';

/** An object schema for path or query parameters; routes give no other kind. */
function objectOf(schema: z.ZodType): z.ZodObject {
  if (schema instanceof z.ZodObject) return schema;
  throw new TypeError('parameters of a route must be a z.strictObject');
}

function requestOf(route: Route) {
  const key = z.string().min(8).max(100);
  const header = z.strictObject({
    'Idempotency-Key': route.needsIdempotencyKey ? key : key.optional(),
  });
  const hasHeader = route.needsIdempotencyKey || route.takesIdempotencyKey;
  const form = z.object({ file: z.string().meta({ format: 'binary' }) });
  const content = {
    ...(route.upload && { 'multipart/form-data': { schema: form } }),
    ...(route.body && { 'application/json': { schema: route.body } }),
  };
  return {
    params: objectOf(route.params),
    query: objectOf(route.query),
    ...(hasHeader && { headers: header }),
    ...(Object.keys(content).length > 0 && { body: { content } }),
  };
}

/** 代码 of every refusal with its words: the law's, administration's and the API's own. */
function refusalCodes(): Readonly<Record<string, string>> {
  const own = Object.entries(PROBLEM_KINDS).map(([code, { title }]) => [code, title]);
  return { ...REFUSAL_TITLES, ...Object.fromEntries(own) };
}

/** The document of all routes. */
export function openApiDocument(routes: readonly Route[], routesVersion: string): object {
  const registry = new OpenAPIRegistry();
  const problem = {
    description: '不予受理',
    content: { 'application/problem+json': { schema: ProblemJson.meta({ id: 'Problem' }) } },
  };
  const unavailable = {
    ...problem,
    description: '暂时不可用，稍后再试',
    headers: z.object({ 'Retry-After': z.string().meta({ description: '秒' }) }),
  };
  for (const route of routes) {
    const mediaType = route.stream ? 'text/event-stream' : 'application/json';
    const replies = Object.entries(route.replies).map(([status, schema]) => [
      status,
      { description: '成功', content: { [mediaType]: { schema } } },
    ]);
    registry.registerPath({
      method: route.method,
      path: `${API_ROOT}${route.path.replaceAll(/:(\w+)/g, '{$1}')}`,
      tags: [route.tag],
      summary: route.summary,
      request: requestOf(route),
      responses: { ...Object.fromEntries(replies), '4XX': problem, 503: unavailable },
    });
  }
  const info = { title: '公示', version: routesVersion, description: '名单办理接口' };
  const document = new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: '3.1.0',
    info,
  });
  return { ...document, 'x-refusal-codes': refusalCodes() };
}
