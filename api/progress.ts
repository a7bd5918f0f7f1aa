/** 进度: counts of cases and lists by place, from rollups and indexes; each equals the list behind it. */
import { and, count, eq, gt, inArray, isNull, lte, or, type SQL, sql } from 'drizzle-orm';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import { z } from 'zod';
import { duties, organisations, users } from '../db/schema/organisation.ts';
import { rosters } from '../db/schema/record.ts';
import { DUTY_WORDS, type Duty } from '../domain/kernel/actor.ts';
import { OUTCOMES } from '../domain/plan/outcome.ts';
import { type Instant, plainDateAt } from '../domain/time/instant.ts';
import { isLate } from './roster-rows.ts';
import { stepsInUse } from './waiting.ts';

/** 单位 with what it has to do and has done. */
export const PlaceJson = z.strictObject({
  code: z.string(),
  name: z.string(),
  level: z.string(),
  /** 应办: every case ever listed, withdrawn and refused ones included. */
  total: z.number(),
  /** 已办: cases that came to an end. */
  done: z.number(),
  lists: z.number(),
  late: z.number(),
});

export type Place = z.output<typeof PlaceJson>;

/** Buckets of `progress` that are ends; the others are keys of steps at which cases stand. */
const ENDS = [...OUTCOMES, 'closed', 'refused', 'withdrawn', 'diverted'];

interface Numbers {
  readonly total: number;
  readonly done: number;
  readonly lists: number;
  readonly late: number;
}

const NOTHING: Numbers = { total: 0, done: 0, lists: 0, late: 0 };

/** Which of the places, or of the units right below it, each village belongs to. */
function villagesBy(seeds: SQL): SQL {
  return sql`with recursive below as (
      ${seeds}
      union all
      select child.code, below.place
      from organisations child join below on child.parent_code = below.code
    )`;
}

async function numbersBy(
  db: PostgresJsDatabase,
  seeds: SQL,
  at: Instant,
): Promise<ReadonlyMap<string, Numbers>> {
  const ends = sql.param(ENDS);
  const [cases, lists] = await Promise.all([
    db.execute<{ place: string; total: string; done: string }>(sql`${villagesBy(seeds)}
      select below.place, sum(progress.count) as total,
        coalesce(sum(progress.count) filter (where progress.bucket = any(${ends}::text[])), 0) as done
      from progress join below on below.code = progress.village_code
      group by below.place`),
    db.execute<{ place: string; lists: string; late: string }>(sql`${villagesBy(seeds)}
      select below.place, count(*) as lists, count(*) filter (where ${isLate(at)}) as late
      from rosters join below on below.code = rosters.unit_code
      where rosters.open
      group by below.place`),
  ]);
  const numbers = new Map<string, Numbers>();
  for (const { place, total, done } of cases) {
    numbers.set(place, { ...NOTHING, total: Number(total), done: Number(done) });
  }
  for (const { place, lists: all, late } of lists) {
    const known = numbers.get(place) ?? NOTHING;
    numbers.set(place, { ...known, lists: Number(all), late: Number(late) });
  }
  return numbers;
}

/** The places themselves, in the order of their codes. */
export async function placesOf(
  db: PostgresJsDatabase,
  codes: readonly string[],
  at: Instant,
): Promise<readonly Place[]> {
  if (codes.length === 0) return [];
  const own = sql.param([...codes]);
  const seeds = sql`select code, code as place from organisations where code = any(${own}::text[])`;
  return named(db, inArray(organisations.code, [...codes]), seeds, at);
}

/** The units right below one. */
export async function placesBelow(
  db: PostgresJsDatabase,
  unitCode: string,
  at: Instant,
): Promise<readonly Place[]> {
  const seeds = sql`select code, code as place from organisations where parent_code = ${unitCode}`;
  return named(db, eq(organisations.parentCode, unitCode), seeds, at);
}

async function named(
  db: PostgresJsDatabase,
  which: SQL,
  seeds: SQL,
  at: Instant,
): Promise<readonly Place[]> {
  const { code, name, level } = organisations;
  const [units, numbers] = await Promise.all([
    db.select({ code, name, level }).from(organisations).where(which).orderBy(code),
    numbersBy(db, seeds, at),
  ]);
  return units.map((unit) => ({ ...unit, ...(numbers.get(unit.code) ?? NOTHING) }));
}

/** 压在谁手里 — a duty at an organisation, the people who hold it, and the lists on their desk. */
export const DeskJson = z.strictObject({
  holder: z.string(),
  duty: z.string(),
  words: z.string(),
  people: z.array(z.string()),
  lists: z.number(),
  late: z.number(),
});

export type Desk = z.output<typeof DeskJson>;

interface Lying {
  readonly holder: string;
  readonly duty: Duty;
  readonly lists: number;
  readonly late: number;
}

/** Desks on which the open lists under a condition lie, those with most late lists first. */
export async function desksOf(
  db: PostgresJsDatabase,
  open: SQL | undefined,
  at: Instant,
): Promise<readonly Desk[]> {
  const { planHash, stepKey, holderCode } = rosters;
  const late = sql<number>`count(*) filter (where ${isLate(at)})`.mapWith(Number);
  const [rows, inUse] = await Promise.all([
    db
      .select({ planHash, stepKey, holder: holderCode, lists: count(), late })
      .from(rosters)
      .where(open)
      .groupBy(planHash, stepKey, holderCode),
    stepsInUse(db, open),
  ]);
  const dutyOf = new Map(
    inUse.map(({ planHash: hash, step }) => [`${hash} ${step.key}`, step.by[0]?.duty]),
  );
  const desks = new Map<string, Lying>();
  for (const row of rows) {
    const duty = dutyOf.get(`${row.planHash} ${row.stepKey}`);
    if (duty === undefined) continue;
    const { holder } = row;
    const desk = desks.get(`${holder} ${duty}`) ?? { holder, duty, lists: 0, late: 0 };
    const sum = { lists: desk.lists + row.lists, late: desk.late + row.late };
    desks.set(`${holder} ${duty}`, { ...desk, ...sum });
  }
  const sorted = [...desks.values()].sort((a, b) => b.late - a.late || b.lists - a.lists);
  return withPeople(db, sorted, at);
}

async function withPeople(db: PostgresJsDatabase, desks: readonly Lying[], at: Instant) {
  const codes = [...new Set(desks.map(({ holder }) => holder))];
  if (codes.length === 0) return [];
  const day = plainDateAt(at);
  const [names, held] = await Promise.all([
    db
      .select({ code: organisations.code, name: organisations.name })
      .from(organisations)
      .where(inArray(organisations.code, codes)),
    db
      .select({ code: duties.orgCode, duty: duties.duty, name: users.displayName })
      .from(duties)
      .innerJoin(users, eq(users.id, duties.userId))
      .where(
        and(
          inArray(duties.orgCode, codes),
          isNull(users.disabledAt),
          lte(duties.validFrom, day),
          or(isNull(duties.validTo), gt(duties.validTo, day)),
        ),
      )
      .orderBy(users.displayName),
  ]);
  const nameOf = new Map(names.map(({ code, name }) => [code, name]));
  return desks.map(({ holder, duty, lists, late }) => ({
    holder,
    duty,
    words: `${nameOf.get(holder) ?? holder}${DUTY_WORDS[duty]}`,
    people: held.filter((row) => row.code === holder && row.duty === duty).map(({ name }) => name),
    lists,
    late,
  }));
}
