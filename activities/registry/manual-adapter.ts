/**
 * 人工录入 — the production default: the national system has no interface, so an entry is a line of a
 * worklist (activities/manual-worklist.ts). The rows go intent (待录入) → sent (已录入待复核) → accepted |
 * refused, so that the registration activity treats both adapters alike: it calls `settleEntry` and,
 * when told `waiting`, comes back later.
 */
import type { DbOrTx } from '../../db/import/database.ts';
import { manualRecordOf } from '../manual-worklist.ts';
import { getEntry } from './entry-journal.ts';
import type { EntryAnswer, RegistryPort } from './port.ts';

/** 登记系统（人工方式）. `enter` reads the row and never talks to anybody. */
export function createManualRegistry({ db }: { db: DbOrTx }): RegistryPort {
  return {
    kind: 'manual',
    async enter(entry): Promise<EntryAnswer> {
      const { entered, checked } = manualRecordOf(await getEntry(db, entry.id));
      if (entered === null) return { result: 'waiting', for: 'operator' };
      if (checked === null) return { result: 'waiting', for: 'reviewer' };
      const { outcome } = entered;
      if (outcome.result === 'refused') {
        return { result: 'refused', code: 'refused_by_hand', words: outcome.words };
      }
      const { registryNo, receiptNo } = outcome;
      return { result: 'accepted', registryNo, receiptNo, at: checked.at };
    },
    // Reading back is the reviewer's work here, and reconciliation against the exported roll.
    readBack: async () => null,
    fetchVillage: async () => null,
    fetchHousehold: async () => null,
    fetchVillageProfile: async () => null,
    // The function is opened in the national system by its own people; our row records the act.
    openWindow: async () => {},
    closeWindow: async () => {},
  };
}
