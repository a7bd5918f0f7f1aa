/** 装入规则包 — a new version of a pack, judged and kept with a line in the record of changes. */
import { sql } from 'drizzle-orm';
import { admitPack, type ReadVersion } from '../../policies/admit-pack.ts';
import { type Change, type Changed, recordChange } from '../administration/record-change.ts';
import type { DbOrTx } from '../import/database.ts';
import { packs } from '../schema/effects.ts';
import { readPackLibrary } from './pack-library.ts';

/** Two loads at one moment are judged one after the other. */
const LOADING = 7_302_017;

/** Keeps the text as the present version; the very text that rules already changes nothing. */
export async function loadPackVersion(
  tx: DbOrTx,
  given: { readonly text: string; readonly orgCode: string },
  change: Change,
): Promise<Changed<ReadVersion>> {
  await tx.execute(sql`select pg_advisory_xact_lock(${LOADING})`);
  const admission = admitPack(await readPackLibrary(tx), given.text);
  if (!admission.ok) return admission;
  const { version } = admission;
  const [refusal] = version.refusals;
  if (refusal !== undefined) return { ok: false, refusal };
  if (version.isSame) return { ok: true, value: version };
  const { loaded, present } = version;
  const { id, version: no } = loaded.pack;
  const { digest, source } = loaded;
  await tx.insert(packs).values({ id, version: no, digest, source, loadedBy: change.by });
  await recordChange(tx, change, {
    kind: 'pack-loaded',
    subject: id,
    orgCode: given.orgCode,
    before: present && { version: present.pack.version, digest: present.digest },
    after: { version: no, digest },
  });
  return { ok: true, value: version };
}
