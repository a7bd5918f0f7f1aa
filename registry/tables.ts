/** The registry's own tables, in a schema of their own: it shares a database server, nothing else. */
import type { Sql } from 'postgres';

/** Any number; only the registry takes this lock, so that two starts do not race on the tables. */
const START_LOCK = 530_627_001;

/** Makes what is missing. Idempotent. */
export async function createTables(sql: Sql): Promise<void> {
  await sql.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(${START_LOCK})`;
    await tx`create schema if not exists registry_ref`;
    await tx`
      create table if not exists registry_ref.villages (
        village_code text primary key,
        body jsonb not null
      )`;
    await tx`
      create table if not exists registry_ref.households (
        household_no text primary key,
        village_code text not null references registry_ref.villages,
        head_person text not null,
        status text not null,
        body jsonb not null
      )`;
    await tx`
      create index if not exists households_village
        on registry_ref.households (village_code, household_no)`;
    // One household per head among those not cleared: the last line against a double entry.
    await tx`
      create unique index if not exists households_head
        on registry_ref.households (head_person) where status <> 'cleared'`;
    await tx`
      create table if not exists registry_ref.windows (
        id text primary key,
        unit_code text not null,
        level text not null,
        function_key text not null,
        opens_at bigint not null,
        closes_at bigint,
        opened_by text not null,
        document_no text not null,
        closed_by text
      )`;
    await tx`
      create table if not exists registry_ref.entries (
        receipt bigint primary key generated always as identity,
        household_no text,
        function_key text not null,
        year integer not null,
        operator_id text not null,
        reviewer_id text not null,
        level text not null,
        window_id text,
        at bigint not null,
        result text not null,
        refusal_code text
      )`;
    await tx`
      create index if not exists entries_household
        on registry_ref.entries (household_no, receipt)`;
  });
}
