/** 入户表的保存 — versioned drafts by content hash: a later save is a new version, none is ever changed. */
import { desc, eq } from 'drizzle-orm';
import type { VisitForm } from '../../domain/facts/household-facts.ts';
import type { VillageForm } from '../../domain/facts/village-facts.ts';
import type { DbOrTx } from '../import/database.ts';
import { visitForms } from '../schema/households.ts';
import { contentHash } from './hash-chain.ts';

/** What a person fills in; hash and version are the record's. */
export type FilledForm =
  | Omit<VisitForm, 'hash' | 'version'>
  | Omit<VillageForm, 'hash' | 'version'>;

/** Hash under which a form of a case is kept. */
export function visitFormHash(caseId: string, form: FilledForm): string {
  return contentHash({ caseId, form });
}

/** Whether a form of a case is what its hash says. */
export function isFormWhole(caseId: string, { hash, version: _version, ...form }: VisitForm) {
  return visitFormHash(caseId, form) === hash;
}

/**
 * Saves a form as the next version of its case; saving the last one again is the same version. One that
 * is put back to what it was earlier is a new version: the last is what counts.
 * Undefined when somebody else saved another one at the same moment.
 */
export async function saveVisitForm(
  db: DbOrTx,
  given: { readonly caseId: string; readonly form: FilledForm; readonly savedBy: string },
): Promise<{ readonly hash: string; readonly version: number } | undefined> {
  const { caseId, form, savedBy } = given;
  const hash = visitFormHash(caseId, form);
  const [last] = await db
    .select({ hash: visitForms.hash, version: visitForms.version })
    .from(visitForms)
    .where(eq(visitForms.caseId, caseId))
    .orderBy(desc(visitForms.version))
    .limit(1);
  if (last?.hash === hash) return { hash, version: last.version };
  const version = (last?.version ?? 0) + 1;
  const body = { ...form, hash, version };
  const saved = await db
    .insert(visitForms)
    .values({ caseId, version, hash, body, savedBy, savedAt: new Date() })
    .onConflictDoNothing()
    .returning({ version: visitForms.version });
  return saved.length === 0 ? undefined : { hash, version };
}
