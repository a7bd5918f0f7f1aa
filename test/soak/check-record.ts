/**
 * 核对 — looks at what a soak left, from outside: PostgreSQL by SQL, the registry's own log, Temporal by its
 * API, and what the clients remember. It shares no code with what wrote the record, except the fold.
 */
import { createHmac } from 'node:crypto';
import type { Client } from '@temporalio/client';
import type { ISql } from 'postgres';
import type { RosterEvent } from '../../domain/kernel/event.ts';
import { evolve } from '../../domain/kernel/evolve.ts';
import type { RosterState } from '../../domain/kernel/state.ts';
import type { Journal } from './patient-client.ts';

/** What a check works with. */
export interface Checked {
  readonly sql: ISql;
  readonly chainKey: string;
  readonly journal: Journal;
}

interface EventRow {
  readonly seq: number;
  readonly command_id: string | null;
  readonly body: RosterEvent;
  readonly link: Record<string, unknown>;
  readonly hash: string;
}

interface RosterRow {
  readonly id: string;
  readonly seq: number;
  readonly open: boolean;
  readonly state: RosterState;
  readonly head_hash: string;
}

/** Every fault found, in words; empty when nothing was lost, doubled or bent. */
export async function findFaults(
  checked: Checked & { readonly temporal: Client },
): Promise<string[]> {
  const { sql, temporal } = checked;
  const faults = await findRecordFaults(checked);
  const lists = await sql<RosterRow[]>`select id, open from rosters order by id`;
  for (const roster of lists) faults.push(...(await runFaults(temporal, roster)));
  return faults;
}

/** The same without looking at the engine. */
export async function findRecordFaults(checked: Checked): Promise<string[]> {
  const { sql } = checked;
  const rosters = await sql<RosterRow[]>`
    select id, seq, open, state, encode(head_hash, 'hex') as head_hash from rosters order by id`;
  const faults: string[] = [];
  for (const roster of rosters) {
    const events = await eventsOf(sql, roster.id);
    faults.push(...sequenceFaults(roster, events));
    faults.push(...chainFaults(checked.chainKey, roster, events));
    faults.push(...foldFaults(roster, events));
    faults.push(...noticeFaults(roster, events), ...orderFaults(roster, events));
    faults.push(...(await outcomeFaults(sql, roster, events)));
  }
  faults.push(...(await clientFaults(checked)), ...(await registryFaults(sql)));
  faults.push(...(await countFaults(sql)));
  return faults;
}

function eventsOf(sql: ISql, rosterId: string) {
  return sql<EventRow[]>`
    select seq, command_id, body, encode(hash, 'hex') as hash,
      json_build_object('rosterId', roster_id, 'event', body, 'commandId', command_id,
        'actor', actor, 'planHash', plan_hash, 'factsHash', facts_hash,
        'rulesVersion', rules_version) as link
    from events where roster_id = ${rosterId} order by seq`;
}

function sequenceFaults({ id, seq }: RosterRow, events: readonly EventRow[]): string[] {
  const faults = events.flatMap((row, index) => {
    if (row.seq !== index + 1) return [`${id}: event ${row.seq} stands at place ${index + 1}`];
    const before = events[index - 1];
    const isBack = before !== undefined && row.body.at < before.body.at;
    return isBack ? [`${id}: event ${row.seq} is earlier than the one before it`] : [];
  });
  if (events.length !== seq) faults.push(`${id}: ${events.length} events, the list says ${seq}`);
  return faults;
}

/** RFC 8785 for what the record holds: sorted keys, no spaces. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const pairs = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${pairs.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join(',')}}`;
}

function chainFaults(key: string, roster: RosterRow, events: readonly EventRow[]): string[] {
  let head = Buffer.alloc(32);
  for (const { seq, link, hash } of events) {
    head = createHmac('sha256', key).update(head).update(canonical(link)).digest();
    if (head.toString('hex') !== hash) return [`${roster.id}: the chain breaks at event ${seq}`];
  }
  return head.toString('hex') === roster.head_hash ? [] : [`${roster.id}: the chain was cut off`];
}

function foldFaults({ id, state }: RosterRow, events: readonly EventRow[]): string[] {
  const folded = events.reduce<RosterState | null>((held, { body }) => evolve(held, body), null);
  return canonical(folded) === canonical(state) ? [] : [`${id}: its state is not its events' fold`];
}

const DAY_MS = 86_400_000;
const CHINA_MS = 8 * 3_600_000;

/** 24:00 of the seventh day after the day of `at` in China, counted here on purpose by hand. */
function endOfSeventhDay(at: number): number {
  const day = Math.floor((at + CHINA_MS) / DAY_MS);
  return (day + 8) * DAY_MS - CHINA_MS;
}

function noticeFaults({ id }: RosterRow, events: readonly EventRow[]): string[] {
  const faults: string[] = [];
  let endsAt = Number.POSITIVE_INFINITY;
  for (const { seq, body } of events) {
    const { type } = body.body;
    if (type === 'notice-posted') endsAt = endOfSeventhDay(body.at);
    if (type === 'notice-ended' && body.at !== endsAt) {
      faults.push(`${id}: event ${seq} ends a notice at ${body.at}, not at ${endsAt}`);
    }
    if (type === 'notice-closed' && body.at < endsAt) {
      faults.push(`${id}: event ${seq} closes a notice that runs`);
    }
  }
  return faults;
}

/** What an exited household's list went through, in this order, each for the first time. */
const EXIT_ORDER = [
  'roster-opened',
  'meeting-held',
  'verified',
  'notice-posted',
  'notice-ended',
  'notice-closed',
  'reviewed',
  'decided',
  'announcement-posted',
  'announcement-ended',
  'registration-sent',
  'registration-answered',
] as const;

/** Written down here by hand, not read from the plan: no step is skipped on the way to a label. */
function orderFaults({ id, state }: RosterRow, events: readonly EventRow[]): string[] {
  if (!id.includes('household-exit')) return [];
  if (!state.cases.some(({ outcome }) => outcome === 'exited')) return [];
  const types = events.map(({ body }) => body.body.type);
  const places = EXIT_ORDER.map((type) => types.indexOf(type));
  const isInOrder = places.every((place, index) => place > (places[index - 1] ?? -1));
  return isInOrder ? [] : [`${id}: steps are missing or out of order: ${places.join(' ')}`];
}

interface CommandRow {
  readonly id: string;
  readonly outcome: {
    readonly kind: string;
    readonly fromSeq: number;
    readonly toSeq: number;
  } | null;
}

/** Exactly one outcome a command, and exactly the events that it names. */
async function outcomeFaults(
  sql: ISql,
  { id }: RosterRow,
  events: readonly EventRow[],
): Promise<string[]> {
  const rows = await sql<CommandRow[]>`
    select id, outcome from commands where roster_id = ${id} order by received_at, id`;
  const known = new Set(rows.map((row) => row.id));
  const stray = events.filter(
    (row) => row.seq > 1 && row.command_id !== null && !known.has(row.command_id),
  );
  const faults = stray.map((row) => `${id}: event ${row.seq} is of a command that nobody sent`);
  for (const { id: commandId, outcome } of rows) {
    const own = events.filter((row) => row.command_id === commandId).map(({ seq }) => seq);
    const [first = 0] = own;
    if (outcome === null) faults.push(`${id}: command ${commandId} has no outcome`);
    else if (outcome.kind === 'refused') {
      if (own.length > 0) faults.push(`${id}: refused command ${commandId} has events`);
    } else if (first < outcome.fromSeq || own.at(-1) !== outcome.toSeq) {
      faults.push(
        `${id}: command ${commandId} has events ${own.join('、')}, its outcome says otherwise`,
      );
    }
  }
  return faults;
}

/** What the clients were told against what is there. */
async function clientFaults({ sql, journal }: Checked): Promise<string[]> {
  const faults = [...journal.faults];
  const rosterIds = new Set(journal.commands.map(({ rosterId }) => rosterId));
  for (const rosterId of rosterIds) {
    const sent = journal.commands.filter((command) => command.rosterId === rosterId);
    // 录入, 比对 and acts have routes of their own, whose commands the clients do not see.
    const rows = await sql<{ id: string; user_id: string; kind: string | null }[]>`
      select id, user_id, outcome ->> 'kind' as kind from commands
      where roster_id = ${rosterId} and act_id is null
        and body ->> 'type' not in ('carry-registrations', 'report-registrations',
          'request-comparison', 'receive-comparison')`;
    if (rows.length !== sent.length) {
      faults.push(`${rosterId}: ${sent.length} commands sent, ${rows.length} in the record`);
    }
    const ids = new Set(rows.map(({ id }) => id));
    const lost = sent.flatMap(({ acceptedAs }) => [...acceptedAs]).filter((id) => !ids.has(id));
    faults.push(...lost.map((id) => `${rosterId}: accepted command ${id} is missing`));
    const twice = sent.filter(({ acceptedAs }) => acceptedAs.size > 1);
    faults.push(...twice.map(({ key }) => `${rosterId}: key ${key} became two commands`));
    const taken = sent.filter(({ answer }) => answer?.status === 200).length;
    const applied = rows.filter(({ kind }) => kind === 'applied').length;
    if (taken !== applied) faults.push(`${rosterId}: ${taken} answers 200, ${applied} in force`);
  }
  return faults;
}

interface LabelRow {
  readonly case_id: string;
  readonly outcome: string | null;
  readonly entries: number;
  readonly accepted: number;
  readonly status: string | null;
}

/** Each closed case has one entry of ours, one accepted line of the registry, and its label; no line more. */
async function registryFaults(sql: ISql): Promise<string[]> {
  const rows = await sql<LabelRow[]>`
    select c.id as case_id, c.outcome, r.status,
      (select count(*)::int from registry_entries e where e.case_id = c.id) as entries,
      (select count(*)::int from registry_ref.entries l
        where l.household_no = n.no and l.result = 'accepted') as accepted
    from cases c join households h on h.id = c.subject_id
      left join lateral (select coalesce(max(e.registry_no), h.household_no) as no
        from registry_entries e where e.case_id = c.id) n on true
      left join registry_ref.households r on r.household_no = n.no
    order by c.id`;
  const labels: Readonly<Record<string, string>> = { exited: 'exited', enrolled: 'poor' };
  const faults = rows.flatMap(({ case_id, outcome, entries, accepted, status }) => {
    if (outcome === null || !(outcome in labels)) {
      return accepted > 0 ? [`${case_id}: is not closed, and the registry has its label`] : [];
    }
    const isWhole = entries === 1 && accepted === 1 && status === labels[outcome];
    return isWhole ? [] : [`${case_id}: ${entries} entries, ${accepted} accepted, ${status}`];
  });
  const [line] = await sql<{ lines: number; closed: number }[]>`
    select (select count(*)::int from registry_ref.entries where result = 'accepted') as lines,
      (select count(*)::int from registry_entries where state = 'accepted') as closed`;
  if (line?.lines !== line?.closed)
    faults.push(`registry: ${line?.lines} lines, ${line?.closed} of ours`);
  const waiting = await sql<{ id: string }[]>`
    select id from registry_entries where state not in ('accepted', 'refused') or reported_at is null`;
  return [...faults, ...waiting.map(({ id }) => `entry ${id} is not settled`)];
}

/** The rollup by which leaders count, against the cases themselves. */
async function countFaults(sql: ISql): Promise<string[]> {
  const rows = await sql<{ village: string; procedure: string; counted: number; kept: number }[]>`
    select v.village, v.procedure, v.counted, coalesce(p.kept, 0)::int as kept
    from (select village_code as village, procedure, count(*)::int as counted
      from cases group by 1, 2) v
    left join (select village_code as village, procedure, sum(count)::int as kept
      from progress group by 1, 2) p using (village, procedure)`;
  return rows
    .filter(({ counted, kept }) => counted !== kept)
    .map(
      ({ village, procedure, counted, kept }) =>
        `${village} ${procedure}: ${counted} cases, counted ${kept}`,
    );
}

/** An open list has a run that works; a closed one has none. */
async function runFaults(
  temporal: Client,
  { id, open }: Pick<RosterRow, 'id' | 'open'>,
): Promise<string[]> {
  const found = await temporal.workflow
    .getHandle(id)
    .describe()
    .catch(() => undefined);
  const status = found?.status.name ?? 'NONE';
  const isRight = open ? status === 'RUNNING' : status === 'NONE' || status === 'COMPLETED';
  return isRight ? [] : [`${id}: the list is ${open ? 'open' : 'closed'}, its run is ${status}`];
}
