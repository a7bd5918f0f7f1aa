/** 适用规则的保存 — plans are kept by content hash and never changed; the same plan again is the same row. */
import type { Plan } from '../../domain/plan/plan.ts';
import type { DbOrTx } from '../import/database.ts';
import { plans } from '../schema/record.ts';

/** Keeps a plan under its hash, so that a list may be opened under it or change to it. */
export async function keepPlan(db: DbOrTx, plan: Plan, hash: string): Promise<void> {
  const { packId, procedure } = plan;
  await db.insert(plans).values({ hash, packId, procedure, body: plan }).onConflictDoNothing();
}
