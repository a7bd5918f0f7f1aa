/** A short `npm run soak` on the system's own supervision; longer ones and other seeds are run by hand. */
import postgres, { type Sql } from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestInstance, type TestInstance } from '../harness/test-instance.ts';
import { findRecordFaults } from '../soak/check-record.ts';
import type { Journal } from '../soak/patient-client.ts';
import { readChainKey, runSoak, soakLines } from '../soak/soak.ts';

let instance: TestInstance;
let journal: Journal;
let sql: Sql;

beforeAll(async () => {
  instance = await startTestInstance({ restarts: true });
  sql = postgres(instance.databaseUrl, { max: 1, onnotice: () => {} });
});

afterAll(async () => {
  await sql.end();
  await instance.destroy();
});

test('parts killed outright at random moments → nothing lost, nothing doubled, one label each', async () => {
  const report = await runSoak(instance, {
    seed: 2020,
    villages: 2,
    listsPerVillage: 1,
    householdsPerList: 2,
    withIdentification: true,
    calmMs: [500, 3_000],
    downMs: [0, 0],
    wipePercent: 0,
    isSupervised: true,
    say: () => {},
  });
  ({ journal } = report);
  expect(report.faults, soakLines(report).join('\n')).toEqual([]);
  expect(report.labels).toBeGreaterThan(4);
  expect([...report.killer.kills.values()].reduce((sum, count) => sum + count, 0)).toBeGreaterThan(
    2,
  );
}, 300_000);

class Undone extends Error {}

/** What the check says of a record with one thing changed; the change is undone afterwards. */
async function faultsAfter(statements: readonly string[]): Promise<readonly string[]> {
  const chainKey = await readChainKey(instance.dataDir);
  let faults: readonly string[] = [];
  const planted = sql.begin(async (tx) => {
    for (const statement of statements) await tx.unsafe(statement);
    faults = await findRecordFaults({ sql: tx, chainKey, journal });
    throw new Undone();
  });
  await expect(planted).rejects.toThrow(Undone);
  return faults;
}

const OPEN = 'alter table events disable trigger user';
const SOME_LIST = `(select id from rosters where not open order by id limit 1)`;
const SOME_COMMAND = `(select id from commands where outcome ->> 'kind' = 'applied'
  and body ->> 'type' = 'post-notice' order by id limit 1)`;
const SOME_LINE = `(select min(receipt) from registry_ref.entries where result = 'accepted')`;

describe('the check finds what is planted', () => {
  test.for([
    [
      'a second label in the registry',
      [
        `insert into registry_ref.entries (household_no, function_key, year, operator_id, reviewer_id,
           level, window_id, at, result)
         select household_no, function_key, year, operator_id, reviewer_id, level, window_id, at, result
         from registry_ref.entries where receipt = ${SOME_LINE}`,
      ],
      /2 accepted/,
    ],
    [
      'a label that the registry lost',
      [`delete from registry_ref.entries where receipt = ${SOME_LINE}`],
      /0 accepted/,
    ],
    [
      'a second entry of one case',
      [
        `insert into registry_entries select (jsonb_populate_record(entry, jsonb_build_object(
           'id', 'planted', 'effect_id', 'planted'))).*
         from registry_entries entry where state = 'accepted' order by id limit 1`,
      ],
      /2 entries/,
    ],
    [
      'an event that is gone',
      [
        OPEN,
        `delete from events where roster_id = ${SOME_LIST}
         and seq = (select seq from rosters where id = ${SOME_LIST})`,
      ],
      /events, the list says/,
    ],
    [
      'an event that says something else',
      [
        OPEN,
        `update events set body = jsonb_set(body, '{receivedAt}', '1')
         where roster_id = ${SOME_LIST} and seq = 3`,
      ],
      /chain breaks at event 3/,
    ],
    [
      'a notice that ended a second early',
      [
        OPEN,
        `update events set body = jsonb_set(body, '{at}', to_jsonb((body ->> 'at')::bigint - 1000))
         where roster_id = ${SOME_LIST} and type = 'notice-ended'`,
      ],
      /ends a notice at/,
    ],
    [
      'a state that its events do not give',
      [`update rosters set state = jsonb_set(state, '{at}', '1') where id = ${SOME_LIST}`],
      /not its events’ fold|not its events' fold/,
    ],
    [
      'a command that was never judged',
      [`update commands set outcome = null where id = ${SOME_COMMAND}`],
      /has no outcome/,
    ],
    [
      'an answered command that is gone',
      [`delete from commands where id = ${SOME_COMMAND}`],
      /commands sent, \d+ in the record/,
    ],
    [
      'a leader’s count that is off by one',
      ['update progress set count = count + 1 where ctid = (select min(ctid) from progress)'],
      /counted/,
    ],
  ] as const)('%s', async ([, statements, words]) => {
    const faults = await faultsAfter(statements);
    expect(faults.join('\n')).toMatch(words);
  });
});
