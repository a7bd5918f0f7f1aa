/** 村快照 — counted from the record's own households and lists when a village is judged. */
import { sql } from 'drizzle-orm';
import type { OpenSheet, VillageSnapshot } from '../../domain/facts/village-facts.ts';
import { VILLAGE_EXIT_YEAR, villageExitYear, villageStatus } from '../../registry/household.ts';
import { VILLAGE_DETAIL_COLUMNS } from '../../registry/roll/columns.ts';
import type { DbOrTx } from '../import/database.ts';

interface VillageRow extends Record<string, unknown> {
  readonly code: string;
  readonly name: string;
  readonly is_poor_village: string;
  readonly details: Readonly<Record<string, string>>;
  readonly poor_persons: number;
  readonly poor_households: number;
  readonly open_exit_cases: number;
  /** 出列年度 that this record itself put into the registry; a roll need not show it. */
  readonly labelled_year: number | null;
}

/** Those of the villages that the registry's village sheet names, by code. */
export async function loadVillages(
  db: DbOrTx,
  codes: readonly string[],
): Promise<Map<string, VillageSnapshot>> {
  const rows = await db.execute<VillageRow>(sql`
    select p.village_code as code, o.name, p.is_poor_village, p.details,
      coalesce(poor.persons, 0)::int as poor_persons,
      coalesce(poor.households, 0)::int as poor_households,
      (select count(*) from cases
        where cases.village_code = p.village_code and cases.procedure = 'household-exit'
          and cases.live)::int as open_exit_cases,
      (select max((e.payload #>> '{write,year}')::int) from registry_entries e
        join cases on cases.id = e.case_id
        where cases.subject_id = p.village_code and e.function_key = 'mark-village-exit'
          and e.state = 'accepted') as labelled_year
    from village_profiles p
    join organisations o on o.code = p.village_code
    left join lateral (
      select sum(h.member_count) as persons, count(*) as households from households h
      where h.village_code = p.village_code and h.status in ('poor', 'returned')
    ) poor on true
    where p.village_code = any(${sql.param([...codes])}::text[])`);
  return new Map([...rows].map((row) => [row.code, snapshotOf(row)]));
}

function snapshotOf(row: VillageRow): VillageSnapshot {
  const { code, name, is_poor_village, details, labelled_year } = row;
  const exitYear = villageExitYear(details) ?? labelled_year;
  return {
    villageCode: code,
    name,
    status: villageStatus(is_poor_village === '是', exitYear),
    exitYear,
    poorPersons: row.poor_persons,
    poorHouseholds: row.poor_households,
    openExitCases: row.open_exit_cases,
  };
}

/** Columns of the village sheet that every village has to fill in; 出列年度 is no data of 非贫困村. */
const SHEET_COLUMNS = VILLAGE_DETAIL_COLUMNS.map(({ heading }) => heading).filter(
  (heading) => heading !== VILLAGE_EXIT_YEAR,
);

/** 含有建档立卡贫困人口的非贫困村 of a township whose village sheet has blanks (GV6). */
export async function loadOpenSheets(db: DbOrTx, township: string): Promise<readonly OpenSheet[]> {
  const rows = await db.execute<{ name: string; details: Readonly<Record<string, string>> }>(sql`
    select o.name, p.details from village_profiles p
    join organisations o on o.code = p.village_code
    where o.parent_code = ${township} and p.is_poor_village <> '是' and exists (
      select from households h
      where h.village_code = p.village_code and h.status not in ('unregistered', 'cleared'))
    order by p.village_code`);
  return [...rows].flatMap(({ name, details }) => {
    const missing = SHEET_COLUMNS.filter((heading) => (details[heading] ?? '') === '');
    return missing.length === 0 ? [] : [{ name, missing }];
  });
}
