/** Rows of the reference registry. */
import type { Sql, TransactionSql } from 'postgres';
import { personOf } from '../domain/facts/person-change.ts';
import { invariant } from '../domain/invariant.ts';
import type { OrgLevel } from '../domain/organisation/org-code.ts';
import type { RegistryFunction } from '../domain/plan/registry-function.ts';
import type { Instant } from '../domain/time/instant.ts';
import type { EntryLogLine } from './entry.ts';
import {
  findHead,
  type NewRegistryHousehold,
  type RegistryHousehold,
  type RegistryVillage,
} from './household.ts';
import type { RegistryWindow } from './window.ts';

type Queryable = Sql | TransactionSql;

/** Digits of the running number in a 户编号 of this registry: village code, then four. */
const HOUSEHOLD_DIGITS = 4;

/** The person a head is: the first 18 characters of whatever card (policy §15.4). */
export function headPersonOf(household: NewRegistryHousehold): string {
  const head = findHead(household);
  invariant(head !== undefined, 'the JSON schema asks for a head');
  return personOf(head.idNumber);
}

/** 户 by number; `lock` holds it for the transaction. */
export async function findHousehold(
  sql: Queryable,
  householdNo: string,
  lock = false,
): Promise<RegistryHousehold | undefined> {
  const [row] = await sql<{ body: RegistryHousehold }[]>`
    select body from registry_ref.households
    where household_no = ${householdNo} ${lock ? sql`for update` : sql``}`;
  return row?.body;
}

/** 户 by the head's ID number; a cleared one may stand beside a live one, which comes first. */
export async function findByHead(sql: Queryable, idNumber: string): Promise<RegistryHousehold[]> {
  const rows = await sql<{ body: RegistryHousehold }[]>`
    select body from registry_ref.households
    where head_person = ${personOf(idNumber)}
    order by status = 'cleared', household_no`;
  return rows.map((row) => row.body);
}

/** 户 other than `householdNo` in which one of the persons is a member; cleared households hold nobody. */
export async function findByMembers(
  sql: Queryable,
  persons: readonly string[],
  householdNo: string,
): Promise<string[]> {
  if (persons.length === 0) return [];
  const rows = await sql<{ no: string }[]>`
    select household_no as no from registry_ref.households,
      jsonb_array_elements(body -> 'members') as member
    where household_no <> ${householdNo} and status <> 'cleared'
      and left(upper(member ->> 'idNumber'), 18) = any(${[...persons]}::text[])`;
  return rows.map((row) => row.no);
}

/** 户 of a village by number. */
export async function listHouseholds(
  sql: Queryable,
  villageCode: string,
): Promise<RegistryHousehold[]> {
  const rows = await sql<{ body: RegistryHousehold }[]>`
    select body from registry_ref.households
    where village_code = ${villageCode} order by household_no`;
  return rows.map((row) => row.body);
}

/** Inserts or replaces. */
export async function saveHousehold(sql: Queryable, household: RegistryHousehold): Promise<void> {
  const row = {
    household_no: household.householdNo,
    village_code: household.villageCode,
    head_person: headPersonOf(household),
    status: household.status,
    body: toJson(sql, household),
  };
  await sql`
    insert into registry_ref.households ${sql(row)}
    on conflict (household_no) do update set
      village_code = excluded.village_code, head_person = excluded.head_person,
      status = excluded.status, body = excluded.body`;
}

/** The next free 户编号 of a village; the caller holds the village's row. */
export async function nextHouseholdNo(sql: Queryable, villageCode: string): Promise<string> {
  const [row] = await sql<{ last: string | null }[]>`
    select max(household_no) as last from registry_ref.households
    where household_no like ${`${villageCode}${'_'.repeat(HOUSEHOLD_DIGITS)}`}`;
  const last = Number(row?.last?.slice(villageCode.length) ?? 0);
  return `${villageCode}${String(last + 1).padStart(HOUSEHOLD_DIGITS, '0')}`;
}

/** 行政村 by code; `lock` holds it for the transaction. */
export async function findVillage(
  sql: Queryable,
  villageCode: string,
  lock = false,
): Promise<RegistryVillage | undefined> {
  const [row] = await sql<{ body: RegistryVillage }[]>`
    select body from registry_ref.villages
    where village_code = ${villageCode} ${lock ? sql`for update` : sql``}`;
  return row?.body;
}

/** All villages by code. */
export async function listVillages(sql: Queryable): Promise<RegistryVillage[]> {
  const rows = await sql<{ body: RegistryVillage }[]>`
    select body from registry_ref.villages order by village_code`;
  return rows.map((row) => row.body);
}

/** Inserts or replaces. */
export async function saveVillage(sql: Queryable, village: RegistryVillage): Promise<void> {
  await sql`
    insert into registry_ref.villages (village_code, body)
    values (${village.villageCode}, ${toJson(sql, village)})
    on conflict (village_code) do update set body = excluded.body`;
}

interface WindowRow {
  readonly id: string;
  readonly unit_code: string;
  readonly level: OrgLevel;
  readonly function_key: RegistryFunction;
  readonly opens_at: string;
  readonly closes_at: string | null;
  readonly opened_by: string;
  readonly document_no: string;
}

/** 功能窗口, latest opening first. */
export async function listWindows(sql: Queryable): Promise<RegistryWindow[]> {
  const rows = await sql<WindowRow[]>`
    select * from registry_ref.windows order by opens_at desc, id`;
  return rows.map((row) => ({
    id: row.id,
    unitCode: row.unit_code,
    level: row.level,
    functionKey: row.function_key,
    opensAt: Number(row.opens_at),
    closesAt: row.closes_at === null ? null : Number(row.closes_at),
    openedBy: row.opened_by,
    documentNo: row.document_no,
  }));
}

/** Opens a window; the same id again changes nothing, so that a lost answer can be repeated. */
export async function saveWindow(sql: Queryable, window: RegistryWindow): Promise<void> {
  const row = {
    id: window.id,
    unit_code: window.unitCode,
    level: window.level,
    function_key: window.functionKey,
    opens_at: window.opensAt,
    closes_at: window.closesAt,
    opened_by: window.openedBy,
    document_no: window.documentNo,
  };
  await sql`insert into registry_ref.windows ${sql(row)} on conflict (id) do nothing`;
}

/** Closes a window now, unless it closed before. False when there is none. */
export async function closeWindow(
  sql: Queryable,
  id: string,
  closedBy: string,
  at: Instant,
): Promise<boolean> {
  const rows = await sql`
    update registry_ref.windows
    set closes_at = least(coalesce(closes_at, ${at}), ${at}),
        closed_by = coalesce(closed_by, ${closedBy})
    where id = ${id} returning id`;
  return rows.length === 1;
}

/** Writes one line of the entry log; its number is the 流水号. */
export async function saveLogLine(
  sql: Queryable,
  line: Omit<EntryLogLine, 'receiptNo'>,
): Promise<string> {
  const row = {
    household_no: line.householdNo,
    function_key: line.functionKey,
    year: line.year,
    operator_id: line.operatorId,
    reviewer_id: line.reviewerId,
    level: line.level,
    window_id: line.windowId,
    at: line.at,
    result: line.result,
    refusal_code: line.refusalCode,
  };
  const [saved] = await sql<{ receipt: string }[]>`
    insert into registry_ref.entries ${sql(row)} returning receipt`;
  invariant(saved !== undefined, 'an insert returns its row');
  return `LS${saved.receipt.padStart(8, '0')}`;
}

interface LogRow {
  readonly receipt: string;
  readonly household_no: string | null;
  readonly function_key: RegistryFunction;
  readonly year: number;
  readonly operator_id: string;
  readonly reviewer_id: string;
  readonly level: OrgLevel;
  readonly window_id: string | null;
  readonly at: string;
  readonly result: 'accepted' | 'refused';
  readonly refusal_code: string | null;
}

/** 操作日志 of one household, or of all, oldest first. */
export async function listLog(sql: Queryable, householdNo?: string): Promise<EntryLogLine[]> {
  const rows = await sql<LogRow[]>`
    select * from registry_ref.entries
    ${householdNo === undefined ? sql`` : sql`where household_no = ${householdNo}`}
    order by receipt`;
  return rows.map((row) => ({
    receiptNo: `LS${row.receipt.padStart(8, '0')}`,
    householdNo: row.household_no,
    functionKey: row.function_key,
    year: row.year,
    operatorId: row.operator_id,
    reviewerId: row.reviewer_id,
    level: row.level,
    windowId: row.window_id,
    at: Number(row.at),
    result: row.result,
    refusalCode: row.refusal_code,
  }));
}

/** Removes everything: a training reset. */
export async function clearAll(sql: Queryable): Promise<void> {
  await sql`
    truncate registry_ref.households, registry_ref.villages, registry_ref.windows,
      registry_ref.entries restart identity`;
}

function toJson(sql: Queryable, value: RegistryHousehold | RegistryVillage) {
  // Interfaces have no index signature, which the driver's JSON type asks for.
  return sql.json(value as unknown as Parameters<typeof sql.json>[0]);
}
