import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import { isAnyOf } from '../db/record/any-of.ts';
import { files } from '../db/schema/effects.ts';
import { ApiProblem } from './problem.ts';

/**
 * The files that a request names, each once. Refused with MALFORMED where one of them was never uploaded;
 * `what` is how a clerk calls them.
 */
export async function requireUploaded(
  db: PostgresJsDatabase,
  what: string,
  hashes: readonly string[],
): Promise<string[]> {
  const named = [...new Set(hashes)];
  const held = await db.$count(files, isAnyOf(files.hash, named));
  if (held < named.length) throw new ApiProblem('MALFORMED', `${what}没有上传成功，请重新上传`);
  return named;
}
