/** Requests made from the schemas of the routes themselves: a whole one, and every way to spoil a field. */
import { z } from 'zod';

/** The parts of JSON Schema that the routes' schemas come out as. */
export interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly items?: JsonSchema;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
}

export function jsonSchemaOf(schema: z.ZodType): JsonSchema {
  return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema;
}

/** The alternatives of a schema; one that names several types is one of each. */
function optionsOf(schema: JsonSchema): readonly JsonSchema[] {
  const { type } = schema;
  if (typeof type === 'object') return type.map((each) => ({ ...schema, type: each }));
  return schema.oneOf ?? schema.anyOf ?? [schema];
}

/** What text may be: an id, a hash, a day, a place, a name of a person, an account name. */
const TEXTS = ['someone', 'a'.repeat(64), '2020-09-01', '530627', '某人某事', 'true', '7'];

/** The kinds of body that a route takes: one for each member of a union. */
export function kindsOf(schema: JsonSchema): readonly JsonSchema[] {
  return schema.oneOf ?? schema.anyOf ?? [schema];
}

/** A value that fits; throws where the schema is of a shape that nobody thought of. */
export function sampleOf(schema: JsonSchema): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum[0];
  const [first] = optionsOf(schema);
  if (first !== undefined && first !== schema) return sampleOf(first);
  switch (schema.type) {
    case 'string':
      return textFor(schema);
    case 'integer':
    case 'number':
      return Math.max(1, schema.minimum ?? 1);
    case 'boolean':
      return true;
    case 'array':
      return Array.from({ length: schema.minItems ?? 0 }, () => sampleOf(schema.items ?? {}));
    case 'object':
      return Object.fromEntries(
        (schema.required ?? []).map((key) => [key, sampleOf(schema.properties?.[key] ?? {})]),
      );
    case undefined:
      return 'anything';
    default:
      throw new Error(`no sample for ${JSON.stringify(schema)}`);
  }
}

function textFor({ pattern, minLength = 0, maxLength = Number.POSITIVE_INFINITY }: JsonSchema) {
  const shape = new RegExp(pattern ?? '', 'u');
  const found = TEXTS.find(
    (text) => shape.test(text) && text.length >= minLength && text.length <= maxLength,
  );
  if (found === undefined) throw new Error(`no text fits ${pattern}`);
  return found;
}

/** Values that a field must refuse, each with what is wrong with it. */
export function spoiledValues(schema: JsonSchema): readonly (readonly [string, unknown])[] {
  const options = optionsOf(schema);
  const types = options.map(({ type }) => (type === 'integer' ? 'number' : type));
  // Of a field that takes anything nothing can be wrong.
  if (options.some((each) => each.type === undefined && !each.enum && each.const === undefined))
    return [];
  const wrong: [string, unknown][] = [];
  const other = [{ never: true }, [], 7, 'text', true].find(
    (value) => !types.includes(typeOf(value)),
  );
  if (other !== undefined) wrong.push(['wrong type', other]);
  for (const each of options) wrong.push(...spoiledOption(each));
  return wrong;
}

function spoiledOption(schema: JsonSchema): [string, unknown][] {
  if (schema.enum !== undefined || schema.const !== undefined) {
    return [['unknown value', 'no-such-value']];
  }
  const wrong: [string, unknown][] = [];
  const { pattern = '', maxLength, maxItems, items } = schema;
  if (schema.type === 'string') {
    wrong.push(['with NUL', '某\0'], ['half a character', '\ud842']);
    if (maxLength !== undefined) wrong.push(['oversized', '某'.repeat(maxLength + 1)]);
    if (pattern.includes('\\d{4}-')) {
      wrong.push(['no such day', '2020-02-30'], ['not a day', '2020/09/01']);
    } else if (pattern.includes('\\d{1,12}')) {
      wrong.push(['padded code', '530627000000'], ['no code', '12345678901234']);
    } else if (pattern !== '') wrong.push(['malformed', ' ']);
  }
  if (maxItems !== undefined && items !== undefined) {
    wrong.push(['oversized', Array.from({ length: maxItems + 1 }, () => sampleOf(items))]);
  }
  if (schema.type === 'object' && schema.properties !== undefined) {
    wrong.push(['unknown field', { ...(sampleOf(schema) as object), unknownField: 1 }]);
  }
  return wrong;
}

function typeOf(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  return typeof value;
}
