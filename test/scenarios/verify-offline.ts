import { openDatabase } from '../../db/client.ts';
import { exportRoster } from '../../db/record/export-roster.ts';
import { readBundle } from '../../db/record/roster-bundle.ts';
import { verifyBundle } from '../../db/record/verify-bundle.ts';
import type { TrainingGround } from './training-ground.ts';

/** What an offline reader finds in the exported list; null for an export that cannot be read. */
export async function verifyOffline(ground: TrainingGround, rosterId: string) {
  const record = openDatabase(ground.instance.databaseUrl);
  try {
    const bundle = readBundle(JSON.stringify(await exportRoster(record.db, rosterId)));
    return bundle === null ? null : verifyBundle(bundle, null);
  } finally {
    await record.close();
  }
}
