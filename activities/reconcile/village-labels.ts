/** Record against registry, for villages: 出列 here is 出列 there, by turns. */
import { and, asc, eq, gt } from 'drizzle-orm';
import type { DbOrTx } from '../../db/import/database.ts';
import type { Disagreement } from '../../db/reconcile/kinds.ts';
import { organisations } from '../../db/schema/organisation.ts';
import { cases, rosters } from '../../db/schema/record.ts';
import type { RegistryVillage } from '../../registry/household.ts';
import { isLabelThere } from '../registry/port.ts';
import { villageReadBack } from '../registry/village-read-back.ts';
import type { Check } from './check.ts';
import { type ComparedEntry, findAccepted, isOnItsWay, withEntries } from './entries-of-cases.ts';

/** Villages asked for in one look: the registry has other users. */
const VILLAGES_MAX = 20;

/** 村的标注核对. As for households, nothing is repaired: people find out which system is right. */
export function createVillageLabelCheck(): Check {
  let last = '';
  return {
    kinds: ['label-unknown', 'label-missing'],
    async look({ db, port }) {
      const items = await nextCases(db, last);
      last = items.length < VILLAGES_MAX ? '' : (items.at(-1)?.caseId ?? '');
      const found: Disagreement[] = [];
      const covered: string[] = [];
      for (const item of items) {
        const village = await port.fetchVillageProfile(item.villageCode);
        if (village === null) continue;
        const { caseId: subject, rosterId, countyCode } = item;
        covered.push(subject);
        const kind = compare(item, village);
        if (kind !== undefined) found.push({ kind, subject, rosterId, countyCode });
      }
      return { found, covered };
    },
  };
}

/** A case whose subject is a village, with its entries in the order of their effects. */
interface ComparedVillage {
  readonly caseId: string;
  readonly rosterId: string;
  readonly countyCode: string;
  readonly year: number;
  readonly live: boolean;
  readonly villageCode: string;
  readonly entries: readonly ComparedEntry[];
}

async function nextCases(db: DbOrTx, after: string): Promise<readonly ComparedVillage[]> {
  const { id: caseId, rosterId, live, subjectId: villageCode } = cases;
  const { countyCode, year } = rosters;
  const rows = await db
    .select({ caseId, rosterId, live, countyCode, year, villageCode })
    .from(cases)
    .innerJoin(rosters, eq(rosters.id, cases.rosterId))
    .innerJoin(organisations, eq(organisations.code, cases.subjectId))
    .where(and(gt(caseId, after), eq(organisations.level, 'village')))
    .orderBy(asc(caseId))
    .limit(VILLAGES_MAX);
  return withEntries(db, rows);
}

function compare(
  { entries, live, year, villageCode }: ComparedVillage,
  village: RegistryVillage,
): 'label-unknown' | 'label-missing' | undefined {
  const there = { ...villageReadBack(village), label: null };
  const write = findAccepted(entries);
  if (write !== undefined) return isLabelThere(write, there) ? undefined : 'label-missing';
  if (!live || isOnItsWay(entries)) return undefined;
  const wanted = { functionKey: 'mark-village-exit', villageCode, year } as const;
  return isLabelThere(wanted, there) ? 'label-unknown' : undefined;
}
