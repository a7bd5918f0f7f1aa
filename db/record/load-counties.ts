/** 县快照 — counted from the record's own lists when a county's application is judged. */
import { sql } from 'drizzle-orm';
import type { CountySnapshot } from '../../domain/facts/county-facts.ts';
import type { Plan } from '../../domain/plan/plan.ts';
import type { DbOrTx } from '../import/database.ts';

interface CountyRow extends Record<string, unknown> {
  readonly code: string;
  readonly name: string;
  readonly offline_lists: number;
}

/**
 * Those of the counties that the record has, by code. A list counts as not done offline while it is open,
 * of the plan's year, on its way to one of the functions applied for and before the step that needs it.
 */
export async function loadCounties(
  db: DbOrTx,
  plan: Plan,
  codes: readonly string[],
): Promise<Map<string, CountySnapshot>> {
  const functions = plan.steps.flatMap((step) =>
    step.kind === 'opening' ? step.functions.map(({ key }) => key) : [],
  );
  const rows = await db.execute<CountyRow>(sql`
    select o.code, o.name, (
      select count(*) from rosters r join plans p on p.hash = r.plan_hash
      where r.county_code = o.code and r.open and r.year = ${plan.year}
        and r.step_kind not in ('registration', 'inspection')
        and exists (
          select from jsonb_array_elements(p.body -> 'steps') step
          where step ->> 'kind' = 'registration'
            and step ->> 'functionKey' = any(${sql.param(functions)}::text[]))
    )::int as offline_lists
    from organisations o
    where o.level = 'county' and o.code = any(${sql.param([...codes])}::text[])`);
  return new Map(
    [...rows].map(({ code, name, offline_lists }) => [
      code,
      { countyCode: code, name, offlineLists: offline_lists },
    ]),
  );
}
