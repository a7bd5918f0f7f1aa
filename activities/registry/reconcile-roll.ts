/** 对账 — entries of ours against the roll that the national system exported afterwards. */

import { newHouseholdOf, type RegistryWrite, registeredNoOf } from '../../registry/entry.ts';
import { findHead, type RegistryHousehold } from '../../registry/household.ts';
import type { EntryPayload, EntryRow } from './entry-journal.ts';
import { isLabelThere } from './port.ts';

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
  /** Accepted here, but the roll does not hold the household at all. */
  readonly missing: readonly string[];
  readonly contradicting: readonly Contradiction[];
  /** Neither done here nor shown there. */
  readonly open: readonly string[];
}

/** Compares each entry with the household of the roll that it concerns. */
export function reconcileRoll(
  households: readonly RegistryHousehold[],
  entries: readonly EntryRow[],
): Reconciliation {
  const byNo = new Map(households.map((household) => [household.householdNo, household]));
  const byHead = new Map(households.map((each) => [findHead(each)?.idNumber, each]));
  const matched: string[] = [];
  const missing: string[] = [];
  const open: string[] = [];
  const contradicting: Contradiction[] = [];
  for (const entry of entries) {
    const { write } = entry.payload as EntryPayload;
    const anew = newHouseholdOf(write);
    const household =
      anew === null
        ? byNo.get(registeredNoOf(write) ?? '')
        : (byNo.get(entry.registryNo ?? '') ?? byHead.get(findHead(anew)?.idNumber));
    const isThere = household !== undefined && shows(write, household);
    if (entry.state === 'accepted') {
      if (isThere) matched.push(entry.id);
      else if (household === undefined) missing.push(entry.id);
      else
        contradicting.push(contradiction(entry, household, '本系统已办结，花名册中没有相应标注'));
    } else if (isThere) {
      const words = '花名册中已有标注，本系统尚未办结，请核对是否漏登';
      contradicting.push(contradiction(entry, household, words));
    } else {
      open.push(entry.id);
    }
  }
  return { matched, missing, contradicting, open };
}

function shows(write: RegistryWrite, household: RegistryHousehold): boolean {
  return isLabelThere(write, { ...household, label: null });
}

function contradiction(
  entry: EntryRow,
  household: RegistryHousehold,
  words: string,
): Contradiction {
  const { id: entryId, caseId } = entry;
  return { entryId, caseId, householdNo: household.householdNo, words };
}
