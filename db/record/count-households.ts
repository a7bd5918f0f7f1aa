/** 计数 — households and persons beside the list, counted where a guard asks for them. */
import { and, eq, inArray, notInArray, sql } from 'drizzle-orm';
import type { MonitoringScale } from '../../domain/facts/monitoring.ts';
import type { DbOrTx } from '../import/database.ts';
import { households } from '../schema/households.ts';
import { cases } from '../schema/record.ts';
import type { FactsWish, Place } from './load-facts.ts';

/** 建档立卡人口: everybody who is or was poor, those who left included. */
const REGISTERED = ['poor', 'returned', 'exited', 'stably-exited'];

/** 监测规模 of the county: registered persons, and monitored ones with those on the list. */
export async function countMonitored(
  db: DbOrTx,
  { cases: listed }: FactsWish,
  { chain }: Place,
): Promise<MonitoringScale> {
  const { id, villageCode, status, memberCount, monitored } = households;
  const ids = sql.param(listed.map(({ subjectId }) => subjectId));
  const persons = (condition: ReturnType<typeof sql>) =>
    sql<number>`coalesce(sum(${memberCount}) filter (where ${condition}), 0)::int`;
  const [row] = await db
    .select({
      registered: persons(sql`${inArray(status, REGISTERED)}`),
      monitored: persons(sql`${monitored} is not null or ${id} = any(${ids}::text[])`),
    })
    .from(households)
    .where(sql`${villageCode} like ${`${chain.county ?? ''}%`}`);
  return row ?? { registered: 0, monitored: 0 };
}

/** 一般贫困户 of the village that stand on no live list of the procedure. */
export async function countOrdinaryPoorOutside(db: DbOrTx, wish: FactsWish): Promise<number> {
  const { id, villageCode, status, attribute } = households;
  const listed = db
    .select({ id: cases.subjectId })
    .from(cases)
    .where(
      and(
        eq(cases.villageCode, wish.unitCode),
        eq(cases.procedure, wish.plan.procedure),
        eq(cases.live, true),
      ),
    );
  const [row] = await db
    .select({ count: sql<number>`count(*)::int` })
    .from(households)
    .where(
      and(
        eq(villageCode, wish.unitCode),
        inArray(status, ['poor', 'returned']),
        eq(attribute, 'ordinary'),
        sql`${id} <> all(${sql.param(wish.cases.map(({ subjectId }) => subjectId))}::text[])`,
        notInArray(id, listed),
      ),
    );
  return row?.count ?? 0;
}
