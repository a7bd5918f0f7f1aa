import { and, eq, inArray, isNull, notInArray, sql } from 'drizzle-orm';
import type { DbOrTx } from '../import/database.ts';
import { disagreements } from '../schema/disagreements.ts';
import type { Disagreement, DisagreementKind } from './kinds.ts';

/** What one look has covered: a kind as a whole, or only some subjects of it. */
export interface Look {
  readonly kinds: readonly DisagreementKind[];
  readonly found: readonly Disagreement[];
  /** Subjects looked at where the look takes turns; left out = all there are. */
  readonly covered?: readonly string[];
}

/** 记录对账结果 — opens what is new, and ends what was looked for and found no more. */
export async function noteDisagreements(db: DbOrTx, look: Look): Promise<void> {
  await db.transaction(async (tx) => {
    if (look.found.length > 0) {
      await tx
        .insert(disagreements)
        .values([...look.found])
        .onConflictDoUpdate({
          target: [disagreements.kind, disagreements.subject],
          targetWhere: sql`${disagreements.endedAt} is null`,
          set: { seenAt: sql`now()` },
        });
    }
    for (const kind of look.kinds) await endOthers(tx, kind, look);
  });
}

async function endOthers(tx: DbOrTx, kind: DisagreementKind, look: Look): Promise<void> {
  const { subject, endedAt } = disagreements;
  if (look.covered?.length === 0) return;
  const still = look.found.filter((each) => each.kind === kind).map((each) => each.subject);
  await tx
    .update(disagreements)
    .set({ endedAt: sql`now()` })
    .where(
      and(
        eq(disagreements.kind, kind),
        isNull(endedAt),
        still.length === 0 ? undefined : notInArray(subject, still),
        look.covered === undefined ? undefined : inArray(subject, [...look.covered]),
      ),
    );
}

/** Counts a repair that went through. */
export async function noteRepair(
  db: DbOrTx,
  { kind, subject }: Pick<Disagreement, 'kind' | 'subject'>,
): Promise<void> {
  await db
    .update(disagreements)
    .set({ repairs: sql`${disagreements.repairs} + 1` })
    .where(
      and(
        eq(disagreements.kind, kind),
        eq(disagreements.subject, subject),
        isNull(disagreements.endedAt),
      ),
    );
}
