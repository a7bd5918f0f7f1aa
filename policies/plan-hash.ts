import { createHash } from 'node:crypto';
import { configure } from 'safe-stable-stringify';
import { invariant } from '../domain/invariant.ts';
import type { Plan } from '../domain/plan/plan.ts';

/** What is no JSON (a cycle, NaN) throws. */
const canonicalize = configure({ strict: true, circularValue: Error });

/** RFC 8785 text of plain data; a value without one is a bug. */
export function canonicalText(content: unknown): string {
  const text = canonicalize(content);
  invariant(text !== undefined, 'what is hashed is JSON');
  return text;
}

/** sha256, in lower-case hex, of the canonical JSON (RFC 8785) of plain data. */
export function digestOf(content: unknown): string {
  return createHash('sha256').update(canonicalText(content)).digest('hex');
}

/** 规则指纹: what a roster pins. The same plan has the same hash on every machine. */
export function planHash(plan: Plan): string {
  return digestOf(plan);
}
