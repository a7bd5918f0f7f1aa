/**
 * `npm run api:types` — writes web/generated/api.ts from the schemas of the routes, so that the page knows
 * the server's answers without anybody typing them a second time. A test compares the file.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import type { Route } from '../api/define-route.ts';
import { routes } from '../api/routes/index.ts';
import { projectRoot } from './embedded/project-paths.ts';

const TYPES_FILE = join(projectRoot, 'web', 'generated', 'api.ts');

type Schema = z.core.JSONSchema.BaseSchema;

const isSchema = (value: unknown): value is Schema => typeof value === 'object' && value !== null;

function union(parts: readonly string[]): string {
  return [...new Set(parts)].join(' | ');
}

/** The TypeScript type of a JSON schema as zod makes it. */
function typeOf(schema: Schema): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum !== undefined) return union(schema.enum.map((value) => JSON.stringify(value)));
  const parts = schema.anyOf ?? schema.oneOf;
  if (parts !== undefined) return union(parts.filter(isSchema).map(typeOf));
  const { type } = schema;
  if (Array.isArray(type)) return union(type.map((one) => typeOf({ ...schema, type: one })));
  switch (type) {
    case 'object':
      return objectType(schema);
    case 'array':
      return isSchema(schema.items) ? `readonly (${typeOf(schema.items)})[]` : 'readonly unknown[]';
    case 'integer':
      return 'number';
    case 'string':
    case 'number':
    case 'boolean':
    case 'null':
      return type;
    default:
      return 'unknown';
  }
}

function objectType(schema: Schema): string {
  const known = Object.entries(schema.properties ?? {});
  if (known.length === 0 && isSchema(schema.additionalProperties)) {
    return `Readonly<Record<string, ${typeOf(schema.additionalProperties)}>>`;
  }
  const required = new Set(schema.required);
  const fields = known.map(([key, value]) => {
    const mark = required.has(key) ? '' : '?';
    return `readonly ${JSON.stringify(key)}${mark}: ${isSchema(value) ? typeOf(value) : 'unknown'}`;
  });
  return `{ ${fields.join('; ')} }`;
}

/** What a route answers when it succeeds. */
function answerOf(route: Route): string {
  const schema = route.replies[200] ?? route.replies[201];
  if (schema === undefined) return 'unknown';
  return typeOf(z.toJSONSchema(schema, { io: 'output', unrepresentable: 'any' }));
}

/** The whole file, before formatting. */
export function apiTypes(): string {
  const lines = routes.map((route) => {
    const name = `${route.method.toUpperCase()} ${route.path}`;
    return `  /** ${route.summary} */\n  readonly '${name}': ${answerOf(route)};`;
  });
  return [
    '/** Written by `npm run api:types` from the schemas of the routes; do not edit. */',
    '',
    '/** 接口答复, by method and path. */',
    'export interface Answers {',
    ...lines,
    '}',
    '',
  ].join('\n');
}

const isProgram = process.argv[1] !== undefined;
if (isProgram && import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await writeFile(TYPES_FILE, apiTypes());
}
