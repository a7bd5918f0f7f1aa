/** The registry is killed between each pair of steps of an entry, on the real engine: one label, one answer. */
import postgres, { type Sql, type TransactionSql } from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestInstance, type TestInstance } from '../harness/test-instance.ts';
import { ListWalk, type WalkedList } from '../soak/list-walk.ts';
import { checkAll } from '../soak/soak.ts';
import { openCounty, type WalkedCounty } from '../soak/walked-county.ts';
import { openExit, walkToDecision, walkToNotice } from '../soak/walks.ts';

let instance: TestInstance;
let county: WalkedCounty;
let sql: Sql;
/** Lists of one household each that stand at their registration. */
const waiting: { readonly steps: ListWalk; readonly list: WalkedList }[] = [];

const PATIENT = { timeout: 60_000, interval: 50 };

beforeAll(async () => {
  instance = await startTestInstance({ env: { GONGSHI_FAULTS: '1' } });
  county = await openCounty(instance.pageUrl);
  sql = postgres(instance.databaseUrl, { max: 4, onnotice: () => {} });
  const villages = await Promise.all([0, 1, 2, 3, 4, 5].map((index) => county.village(index)));
  const walks = villages.map(({ walk, ready }) =>
    county.clock.walk(async () => {
      const steps = new ListWalk(walk);
      const list = await openExit(steps, ready.slice(0, 1));
      await walkToNotice(steps, list);
      await walkToDecision(steps, list);
      await steps.decideAndAnnounce(list);
      waiting.push({ steps, list });
    }),
  );
  await Promise.all(walks);
});

afterAll(async () => {
  await sql.end();
  await instance.destroy();
});

/** The next entry meets it; a registry started again meets nothing. */
async function setFault(mode: string, delayMs = 0): Promise<void> {
  const response = await fetch(`${instance.registryUrl}/admin/faults`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ mode, count: 1, delayMs }),
  });
  expect(response.status).toBeLessThan(300);
}

async function stateOf({ rosterId }: WalkedList): Promise<string | undefined> {
  const [row] = await sql<{ state: string }[]>`
    select state from registry_entries where roster_id = ${rosterId}`;
  return row?.state;
}

/** Accepted lines of the registry's own log about the list's household. */
async function linesOf({ rosterId }: WalkedList): Promise<number> {
  const [row] = await sql<{ lines: number }[]>`
    select count(*)::int as lines from registry_ref.entries l
      join households h on h.household_no = l.household_no
      join cases c on c.subject_id = h.id
    where c.roster_id = ${rosterId} and l.result = 'accepted'`;
  return row?.lines ?? 0;
}

async function isSomebodyWaiting(query: string): Promise<boolean> {
  const rows = await sql`select 1 from pg_stat_activity
    where wait_event_type = 'Lock' and query ~* ${query}`;
  return rows.length > 0;
}

type Waiting = (typeof waiting)[number];

/** Each brings a confirmed entry to a moment and kills the registry there. */
const MOMENTS: readonly (readonly [string, (given: Waiting) => Promise<void>])[] = [
  [
    'before the call → tried again',
    async ({ steps, list }) => {
      await instance.kill('registry');
      await steps.confirmEntries(list);
      await expect.poll(() => stateOf(list), PATIENT).toBe('sent');
    },
  ],
  [
    'called, nothing written → sent again',
    async ({ steps, list }) => {
      await setFault('hang-before');
      await steps.confirmEntries(list);
      await expect.poll(() => stateOf(list), PATIENT).toBe('sent');
      await instance.kill('registry');
      expect(await linesOf(list)).toBe(0);
    },
  ],
  [
    'written, not answered → read back, not sent again',
    async ({ steps, list }) => {
      await setFault('hang-after');
      await steps.confirmEntries(list);
      await expect.poll(() => linesOf(list), PATIENT).toBe(1);
      await instance.kill('registry');
    },
  ],
  [
    'answered, the answer not yet in the journal → kept',
    async ({ steps, list }) => {
      await setFault('late', 1_500);
      await steps.confirmEntries(list);
      await expect.poll(() => stateOf(list), PATIENT).toBe('sent');
      await whileLocked(list, async () => instance.kill('registry'));
    },
  ],
  [
    'in the journal, the list not yet told → told',
    async ({ steps, list }) => {
      await setFault('late', 1_500);
      await steps.confirmEntries(list);
      await expect.poll(() => stateOf(list), PATIENT).toBe('sent');
      await sql.begin(async (registry) => {
        await whileLocked(list, async () => lockHouseholds(registry));
        await expect.poll(() => stateOf(list), PATIENT).toBe('accepted');
        await expect.poll(() => isSomebodyWaiting('registry_ref.households'), PATIENT).toBe(true);
        await instance.kill('registry');
      });
    },
  ],
];

/** Nobody can write the answer down until `work` is done. */
async function whileLocked({ rosterId }: WalkedList, work: () => Promise<void>): Promise<void> {
  await sql.begin(async (tx) => {
    await tx`select 1 from registry_entries where roster_id = ${rosterId} for update`;
    await expect.poll(() => isSomebodyWaiting('update registry_entries'), PATIENT).toBe(true);
    await work();
  });
}

/** Whoever asks the registry about a household waits. */
async function lockHouseholds(tx: TransactionSql): Promise<void> {
  await tx`lock table registry_ref.households in access exclusive mode`;
}

describe('the registry is killed', () => {
  test.for(MOMENTS)('%s', async ([, killAt]) => {
    const next = waiting.pop();
    if (next === undefined) throw new Error('a list for each moment');
    await killAt(next);
    await instance.start('registry');
    await next.steps.awaitClosed(next.list);
    expect(await stateOf(next.list)).toBe('accepted');
    expect(await linesOf(next.list)).toBe(1);
  });
});

test('the registry writes and answers 500 → read back, not sent again', async () => {
  const next = waiting.pop();
  if (next === undefined) throw new Error('a list is left');
  await setFault('fail-after');
  await next.steps.register(next.list);
  expect(await linesOf(next.list)).toBe(1);
});

test('in all of this nothing was lost and nothing doubled', async () => {
  const { faults, counts } = await checkAll(instance, county.journal);
  expect(faults).toEqual([]);
  expect(counts).toMatchObject({ lists: 6, labels: 6 });
});
