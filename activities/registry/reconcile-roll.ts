/** 对账 — entries of ours against the roll that the national system exported afterwards. */

import { newHouseholdOf, type RegistryWrite, registeredNoOf } from '../../registry/entry.ts';
import { findHead } from '../../registry/household.ts';
import type { HouseholdRoll } from '../../registry/roll/roll.ts';
import type { EntryPayload, EntryRow } from './entry-journal.ts';
import { isLabelThere, type ReadBack } from './port.ts';
import { villageReadBack } from './village-read-back.ts';

/** One entry that does not agree with the roll. */
export interface Contradiction {
  readonly entryId: string;
  readonly caseId: string;
  readonly householdNo: string;
  readonly words: string;
}

/** 对账结果; entries are named by id. */
export interface Reconciliation {
  /** Accepted here and shown in the roll. */
  readonly matched: readonly string[];
  /** Accepted here, but the roll does not hold the household or village at all. */
  readonly missing: readonly string[];
  readonly contradicting: readonly Contradiction[];
  /** Neither done here nor shown there. */
  readonly open: readonly string[];
}

/** What the roll says of the subject of an entry; undefined where it does not hold it. */
type Held = Omit<ReadBack, 'label'>;

/** Compares each entry with the household or village of the roll that it concerns. */
export function reconcileRoll(
  { households, villages }: HouseholdRoll,
  entries: readonly EntryRow[],
): Reconciliation {
  const byNo = new Map<string, Held>([
    ...households.map((household) => [household.householdNo, household] as const),
    ...villages.map((village) => [village.villageCode, villageReadBack(village)] as const),
  ]);
  const byHead = new Map(households.map((each) => [findHead(each)?.idNumber, each]));
  const matched: string[] = [];
  const missing: string[] = [];
  const open: string[] = [];
  const contradicting: Contradiction[] = [];
  for (const entry of entries) {
    const { write } = entry.payload as EntryPayload;
    const anew = newHouseholdOf(write);
    const held =
      anew === null
        ? byNo.get(registeredNoOf(write) ?? '')
        : (byNo.get(entry.registryNo ?? '') ?? byHead.get(findHead(anew)?.idNumber));
    const isThere = held !== undefined && shows(write, held);
    if (entry.state === 'accepted') {
      if (isThere) matched.push(entry.id);
      else if (held === undefined) missing.push(entry.id);
      else contradicting.push(contradiction(entry, held, '本系统已办结，花名册中没有相应标注'));
    } else if (isThere) {
      const words = '花名册中已有标注，本系统尚未办结，请核对是否漏登';
      contradicting.push(contradiction(entry, held, words));
    } else {
      open.push(entry.id);
    }
  }
  return { matched, missing, contradicting, open };
}

function shows(write: RegistryWrite, held: Held): boolean {
  return isLabelThere(write, { ...held, label: null });
}

function contradiction(entry: EntryRow, { householdNo }: Held, words: string): Contradiction {
  const { id: entryId, caseId } = entry;
  return { entryId, caseId, householdNo, words };
}
