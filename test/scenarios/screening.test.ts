/** 集中排查 of 2022 over the public API: what is found has to become a case, else it alarms (§10.2, G-29). */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectRefusal, expectStatus } from './expect-answer.ts';
import { ListWalk } from './list-walk.ts';
import { XINWAN } from './shipped-places.ts';
import { openGround, type TrainingGround } from './training-ground.ts';

const WALK_MS_MAX = 300_000;
const CLERK = '新河村经办';
const TOWNSHIP = '青石镇审核';
const OFFICE = '沅江市领导小组办公室';

let ground: TrainingGround;

beforeAll(async () => {
  ground = await openGround();
}, 120_000);

afterAll(async () => {
  await ground?.close();
});

/** The last instant of a day, as the API writes it. */
function endOf(day: string): string {
  return `${day}T23:59:59+08:00`;
}

async function idsByHead(): Promise<Record<string, string>> {
  const path = `/households?village=${XINWAN.villageCode}`;
  const { json } = await ground.county.call(CLERK, 'GET', path);
  const items = json['items'] as unknown as { id: string; headName: string }[];
  return Object.fromEntries(items.map(({ id, headName }) => [headName, id]));
}

/** A sheet of a household without risk, with what is otherwise. */
async function screen(head: string, change: object = {}, who = CLERK, key: string = randomUUID()) {
  const scan = await ground.county.photo(CLERK, '排查表');
  const on = '2022-10-24';
  const sheet = {
    screenedOn: on,
    screeners: [{ name: '李村干', role: '村干部', on, scan }],
    groups: [],
    risk: '无',
    finding: 'none',
    measures: '',
    wantsLoan: false,
    householder: { name: head, role: '户主', on, scan },
    remote: null,
    ...change,
  };
  const householdId = (await idsByHead())[head];
  const body = { packId: 'xinwan-2022', householdId, sheet };
  return ground.county.call(who, 'POST', '/screenings', body, key);
}

interface Row {
  readonly headName: string;
  readonly followUp: string;
  readonly dueAt: string;
  readonly lateMs: number;
  readonly rosterId: string | null;
  readonly alarmedAt: string | null;
}

async function open(who = CLERK): Promise<Row[]> {
  const { json } = await ground.county.call(who, 'GET', '/screenings?open=true');
  return json['items'] as unknown as Row[];
}

/** What a person was told of screenings. */
async function told(who: string): Promise<string[]> {
  const { json } = await ground.county.call(who, 'GET', '/notifications');
  const items = json['items'] as unknown as { kind: string; words: string }[];
  return items.filter(({ words }) => words.startsWith('排查发现')).map(({ words }) => words);
}

const RISK = { risk: '住院自付六万元', finding: 'risk', measures: '申请大病救助' };

test(
  '新湾 2022: every household a sheet; a risk without a case alarms above the village; a case that is withdrawn is none',
  async () => {
    await ground.load('xinwan-2022-screening');
    const rules = await ground.county.call(
      CLERK,
      'GET',
      `/screenings/rules?village=${XINWAN.villageCode}`,
    );
    const [rule] = rules.json['items'] as unknown as { groups: string[]; visitedBy: string }[];
    expect(rule?.visitedBy).toBe('2022-11-08');

    expectRefusal(await screen('周平安', { risk: ' ' }), 'SCREENING-SHEET');
    expectRefusal(await screen('王有险', { ...RISK, measures: '' }), 'SCREENING-SHEET');
    expectRefusal(await screen('王有险', { ...RISK, finding: 'unsteady' }), 'SCREENING-FINDING');
    const remote = { groups: rule?.groups.slice(0, 1), remote: { reason: '' }, householder: null };
    expectRefusal(await screen('周平安', remote), 'REASON-REQUIRED');
    expectRefusal(await screen('周平安', {}, TOWNSHIP), 'NOT-YOUR-LEVEL');
    expect(await open()).toEqual([]);

    expectStatus(await screen('周平安'), 201);
    const key = randomUUID();
    const saved = await screen('王有险', RISK, CLERK, key);
    expectStatus(saved, 201);
    // Sent again it is the same sheet.
    expect((await screen('王有险', RISK, CLERK, key)).json['id']).toBe(saved.json['id']);
    expect(saved.json).toMatchObject({
      followUp: 'monitored-household',
      dueAt: endOf('2022-10-27'),
    });
    const unsteady = { ...RISK, risk: '务工中断', finding: 'unsteady' };
    expect((await screen('赵不稳', unsteady)).json['followUp']).toBe('elimination-rollback');
    // Monitored already: its risk is within the system.
    expect((await screen('孙在测', RISK)).json['followUp']).toBeNull();
    expect((await screen('李档外', RISK)).json['followUp']).toBe('monitored-household');
    expect((await open()).map(({ headName }) => headName).sort()).toEqual([
      '李档外',
      '王有险',
      '赵不稳',
    ]);
    const path = '/screenings/coverage?packId=xinwan-2022';
    const covered = await ground.county.call(TOWNSHIP, 'GET', path);
    expect(covered.json['items']).toMatchObject([{ shall: 4, done: 4, lateMs: 0 }]);

    // A list of the right procedure answers; of another it does not.
    const rollback = { ...XINWAN, procedure: 'elimination-rollback' } as const;
    await ListWalk.open(ground, { ...rollback, heads: ['赵不稳'] });
    const monitoring = { ...XINWAN, procedure: 'monitored-household' } as const;
    const list = await ListWalk.open(ground, { ...monitoring, heads: ['王有险'] });
    expect((await open()).map(({ headName }) => headName)).toEqual(['李档外']);
    const { json } = await ground.county.call(CLERK, 'GET', '/screenings?open=false');
    const answered = (json['items'] as unknown as Row[]).filter(({ rosterId }) => rosterId);
    expect(answered.map(({ headName }) => headName).sort()).toEqual(['王有险', '赵不稳']);
    const caseId = await list.caseOf('王有险');
    const evidence = { withdrawal: [list.photo] };
    await list.act(CLERK, { type: 'withdraw-case', caseId, reason: '不办了', evidence });
    expect((await open()).map(({ headName }) => headName).sort()).toEqual(['李档外', '王有险']);

    // Not before its last instant, and then to the levels above; once.
    await ground.advance({ to: 'instant', at: Date.parse(endOf('2022-10-27')) });
    expect(await told(TOWNSHIP)).toEqual([]);
    await ground.advance({ to: 'instant', at: Date.parse('2022-10-28T09:00:00+08:00') });
    for (const who of [TOWNSHIP, OFFICE, CLERK]) {
      expect((await told(who)).map((words) => words.slice(4, 8)).sort()).toEqual([
        '李档外户',
        '王有险户',
      ]);
    }
    const late = await open(OFFICE);
    expect(late.every(({ lateMs, alarmedAt }) => lateMs > 0 && alarmedAt !== null)).toBe(true);
    await ground.advance({ to: 'instant', at: Date.parse('2022-11-20T09:00:00+08:00') });
    expect(await told(TOWNSHIP)).toHaveLength(2);
  },
  WALK_MS_MAX,
);
