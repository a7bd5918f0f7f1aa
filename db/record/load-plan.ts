import { eq } from 'drizzle-orm';
import { invariant } from '../../domain/invariant.ts';
import type { Plan } from '../../domain/plan/plan.ts';
import type { DbOrTx } from '../import/database.ts';
import { plans } from '../schema/record.ts';

/** Plans kept in memory: more than the packs, procedures and years that are under way at one time. */
const KEPT_MAX = 64;

const kept = new Map<string, Plan>();

/** 适用规则 by hash, read once a process: what a hash names never changes. A missing one is a bug. */
export async function loadPlan(db: DbOrTx, hash: string): Promise<Plan> {
  const known = kept.get(hash);
  if (known !== undefined) return known;
  const [row] = await db.select().from(plans).where(eq(plans.hash, hash));
  invariant(row !== undefined, 'a pinned plan is kept');
  const [oldest] = kept.keys();
  if (kept.size >= KEPT_MAX && oldest !== undefined) kept.delete(oldest);
  kept.set(hash, row.body);
  return row.body;
}
