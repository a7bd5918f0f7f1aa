/** 花名册导入 — preview first, then all of it in one transaction or nothing. */
import { createHash } from 'node:crypto';
import { and, eq, isNull } from 'drizzle-orm';
import type { Instant } from '../../domain/time/instant.ts';
import { parseHouseholdRoll } from '../../registry/roll/parse-roll.ts';
import type { HouseholdRoll, RollFinding, RollSummary } from '../../registry/roll/roll.ts';
import { rollImports } from '../schema/households.ts';
import type { DbOrTx } from './database.ts';
import { listVillageCodes, loadKnown } from './known-households.ts';
import { planRoll, type RollChanges } from './roll-plan.ts';
import { saveRegistryHouseholds, saveVillageProfiles } from './save-households.ts';

/** An uploaded roll. */
export interface RollUpload {
  readonly importId: string;
  readonly file: Buffer;
  /** Area of the uploader: villages outside it are unknown to this import. */
  readonly areaCode: string;
  readonly uploadedBy: string;
  /** Business time of the upload; facts are dated with it. */
  readonly uploadedAt: Instant;
}

/** 导入预览, as shown and stored. */
export interface RollPreview {
  readonly importId: string;
  readonly summary: RollSummary;
  readonly changes: RollChanges;
  readonly errors: readonly RollFinding[];
  readonly suspects: readonly RollFinding[];
}

/** What `roll_imports.preview` holds: the preview and the rows that it is of. */
interface StoredImport {
  readonly view: RollPreview;
  readonly roll: HouseholdRoll;
  readonly asOf: Instant;
}

/** 导入结果. */
export type ApplyAnswer =
  | { readonly ok: true; readonly repeated: boolean; readonly changes: RollChanges }
  | {
      readonly ok: false;
      readonly code: 'import_not_found' | 'import_has_errors';
      readonly words: string;
    };

/** 预览 — parses, compares with what is known and stores the import; writes no household. */
export async function previewRoll(db: DbOrTx, upload: RollUpload): Promise<RollPreview> {
  const knownVillages = await listVillageCodes(db, upload.areaCode);
  const reading = await parseHouseholdRoll(upload.file, { knownVillages });
  const { households } = reading.rows;
  const plan = planRoll(households, await loadKnown(db, households), upload.uploadedAt);
  const view: RollPreview = {
    importId: upload.importId,
    summary: reading.summary,
    changes: plan.changes,
    errors: reading.errors,
    suspects: reading.suspects,
  };
  const stored: StoredImport = { view, roll: reading.rows, asOf: upload.uploadedAt };
  await db.insert(rollImports).values({
    id: upload.importId,
    kind: 'household-roll',
    fileHash: createHash('sha256').update(upload.file).digest('hex'),
    areaCode: upload.areaCode,
    preview: stored,
    uploadedBy: upload.uploadedBy,
    uploadedAt: new Date(upload.uploadedAt),
  });
  return view;
}

/** 预览 as stored; undefined when there is no such import. */
export async function findRollPreview(
  db: DbOrTx,
  importId: string,
): Promise<(RollPreview & { readonly appliedAt: Instant | null }) | undefined> {
  const [row] = await db.select().from(rollImports).where(eq(rollImports.id, importId));
  if (row === undefined) return undefined;
  // Written by previewRoll only.
  const { view } = row.preview as StoredImport;
  return { ...view, appliedAt: row.appliedAt?.getTime() ?? null };
}

/**
 * 执行导入 — all of it or nothing; an import with any error is refused. Applied again it changes
 * nothing. The changes returned are those against the database as it was then, not at the preview.
 */
export async function applyRoll(db: DbOrTx, importId: string, at: Instant): Promise<ApplyAnswer> {
  return db.transaction(async (tx) => {
    const [row] = await tx
      .select()
      .from(rollImports)
      .where(eq(rollImports.id, importId))
      .for('update');
    if (row === undefined) {
      return { ok: false, code: 'import_not_found', words: '没有这次导入，请重新上传花名册' };
    }
    const { view, roll, asOf } = row.preview as StoredImport;
    if (view.errors.length > 0) {
      const words = `花名册有${view.errors.length}处错误，改正后重新上传，未导入任何一户`;
      return { ok: false, code: 'import_has_errors', words };
    }
    if (row.appliedAt !== null) return { ok: true, repeated: true, changes: view.changes };
    const source = `roll:${importId}`;
    const changes = await saveRegistryHouseholds(tx, roll.households, { asOf, source });
    await saveVillageProfiles(tx, roll.villages);
    await tx
      .update(rollImports)
      .set({ appliedAt: new Date(at) })
      .where(and(eq(rollImports.id, importId), isNull(rollImports.appliedAt)));
    return { ok: true, repeated: false, changes };
  });
}
