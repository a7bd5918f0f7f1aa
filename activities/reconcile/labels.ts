/** Record against registry, for households: a label here is a label there, by turns of villages. */
import { asc, eq, gt } from 'drizzle-orm';
import type { DbOrTx } from '../../db/import/database.ts';
import type { Disagreement } from '../../db/reconcile/kinds.ts';
import { households } from '../../db/schema/households.ts';
import { cases, rosters } from '../../db/schema/record.ts';
import {
  findLatestEpisode,
  findOpenEpisode,
  type MonitoringStanding,
  standingOf,
} from '../../domain/facts/monitoring.ts';
import { findHead, type RegistryHousehold } from '../../registry/household.ts';
import { isLabelThere } from '../registry/port.ts';
import type { Check } from './check.ts';
import { type ComparedEntry, findAccepted, isOnItsWay, withEntries } from './entries-of-cases.ts';

/** Villages asked for in one look: the registry has other users. */
const VILLAGES_MAX = 20;

/**
 * 标注核对. Nothing is repaired: which of the two systems is right is for people to find out. The
 * manual adapter cannot ask; there the exported roll (花名册) is compared at its import.
 */
export function createLabelCheck(): Check {
  let last = '';
  return {
    kinds: ['label-unknown', 'label-missing'],
    async look({ db, port }) {
      const villages = await nextVillages(db, last);
      last = villages.length < VILLAGES_MAX ? '' : (villages.at(-1) ?? '');
      const found: Disagreement[] = [];
      const covered: string[] = [];
      for (const villageCode of villages) {
        const there = await port.fetchVillage(villageCode);
        if (there === null) continue;
        for (const item of await casesOf(db, villageCode)) {
          covered.push(item.caseId);
          const kind = compare(item, there);
          if (kind === undefined) continue;
          const { caseId: subject, rosterId, countyCode } = item;
          found.push({ kind, subject, rosterId, countyCode });
        }
      }
      return { found, covered };
    },
  };
}

async function nextVillages(db: DbOrTx, after: string): Promise<readonly string[]> {
  const { villageCode } = cases;
  const rows = await db
    .selectDistinct({ villageCode })
    .from(cases)
    // Lists of villages have a check of their own.
    .innerJoin(households, eq(households.id, cases.subjectId))
    .where(gt(villageCode, after))
    .orderBy(asc(villageCode))
    .limit(VILLAGES_MAX);
  return rows.map((row) => row.villageCode);
}

/** A case as the record has it, with its entries in the order of their effects. */
interface ComparedCase {
  readonly caseId: string;
  readonly rosterId: string;
  readonly countyCode: string;
  readonly procedure: string;
  readonly year: number;
  readonly live: boolean;
  readonly householdNo: string | null;
  readonly headIdNumber: string;
  readonly entries: readonly ComparedEntry[];
}

async function casesOf(db: DbOrTx, villageCode: string): Promise<readonly ComparedCase[]> {
  const { id: caseId, rosterId, procedure, live } = cases;
  const { householdNo, headIdNumber } = households;
  const { countyCode, year } = rosters;
  const rows = await db
    .select({ caseId, rosterId, procedure, live, countyCode, year, householdNo, headIdNumber })
    .from(cases)
    .innerJoin(rosters, eq(rosters.id, cases.rosterId))
    .innerJoin(households, eq(households.id, cases.subjectId))
    .where(eq(cases.villageCode, villageCode))
    .orderBy(asc(caseId));
  return withEntries(db, rows);
}

function compare(
  item: ComparedCase,
  there: readonly RegistryHousehold[],
): 'label-unknown' | 'label-missing' | undefined {
  const household = there.find(
    (each) =>
      each.householdNo === item.householdNo || findHead(each)?.idNumber === item.headIdNumber,
  );
  const write = findAccepted(item.entries);
  if (write !== undefined) {
    const isThere = household !== undefined && isLabelThere(write, { ...household, label: null });
    return isThere ? undefined : 'label-missing';
  }
  if (!item.live || isOnItsWay(item.entries) || household === undefined) return undefined;
  return showsOutcome(item, household) ? 'label-unknown' : undefined;
}

/** Whether the registry already shows what the procedure would end with. */
function showsOutcome({ procedure, year }: ComparedCase, household: RegistryHousehold): boolean {
  const { status, exitYear, identifiedYear, statusByYear } = household;
  switch (procedure) {
    case 'household-exit':
      return status === 'exited' && exitYear === year;
    case 'return-to-poverty':
      return status === 'returned' && statusByYear[String(year)] === 'returned';
    case 'monitored-household':
      return findOpenEpisode(household.monitoring) !== undefined;
    case 'clear-household':
      return status === 'cleared';
    case 'prior-years-rollback':
      return status === 'poor';
    case 'stable-exit-rollback':
      return status === 'exited';
    case 'natural-change':
    case 'clear-person':
    case 'supplement-person':
    case 'adjust-new-household':
      // Which persons is on the form; what stands there may have been so before.
      return false;
    case 'risk-elimination':
      return latestStanding(household) === 'eliminated';
    case 'elimination-rollback':
      return latestStanding(household) === 'standing';
    case 'monitoring-clearance':
      return latestStanding(household) === 'cleared';
    default:
      return status === 'poor' && identifiedYear === year;
  }
}

function latestStanding({ monitoring }: RegistryHousehold): MonitoringStanding | undefined {
  const latest = findLatestEpisode(monitoring);
  return latest && standingOf(latest);
}
