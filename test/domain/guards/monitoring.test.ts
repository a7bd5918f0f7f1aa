/** 监测对象 of 2020: class, clue, risk, range, and a scale that is only said (policy.md §9). */
import { describe, expect, test } from 'vitest';
import type { MonitoringEpisode, MonitoringForm } from '../../../domain/facts/monitoring.ts';
import { GUARDS } from '../../../domain/guards/index.ts';
import { plainDate } from '../../../domain/time/instant.ts';
import { paperHousehold, wagesOf } from '../../../policies/paper/paper-household.ts';
import { trainingPlan } from '../../policies/training-plan.ts';
import { guardInput } from './facts-builder.ts';

const PLAN = trainingPlan('zhenxiong-2020', 'monitored-household');
const VISITED_ON = plainDate('2020-09-01');
const AS_OF = Date.UTC(2020, 8, 1);
const FACTS = paperHousehold(PLAN, 'c1', VISITED_ON, AS_OF);

interface Change {
  readonly monitoring?: Partial<MonitoringForm> | null;
  readonly wageFen?: number;
  readonly registered?: boolean;
  readonly episodes?: readonly MonitoringEpisode[];
  readonly scale?: { registered: number; monitored: number };
}

/** What is missing by a guard; null where it holds. */
function judged(guard: string, change: Change = {}): readonly string[] | null {
  const { form, registry } = FACTS;
  if (form?.monitoring == null || registry === null)
    throw new Error('the paper household is whole');
  const part = change.monitoring;
  const facts = {
    ...FACTS,
    form: {
      ...form,
      monitoring: part === null ? null : { ...form.monitoring, ...part },
      ...(change.wageFen !== undefined && { income: wagesOf(change.wageFen) }),
    },
    registry: change.registered === false ? null : { ...registry, monitoring: change.episodes },
  };
  const monitoringScale = change.scale ?? { registered: 100, monitored: 1 };
  const finding = GUARDS[guard]?.({ ...guardInput(), plan: PLAN, facts, monitoringScale });
  return finding == null ? null : (finding.missing ?? []);
}

const RANGE = ['低于6000.00元的年人均收入，或刚性支出、收入骤减的研判意见'];
const EPISODE = { class: 'unstable', since: VISITED_ON, risks: ['因病'] } as const;

test.for([
  ['MON-CLUE', 'no channel', { monitoring: { channel: '' } }, ['发现途径']],
  [
    'MON-CLUE',
    'a clue after the visit',
    { monitoring: { foundOn: plainDate('2020-09-02') } },
    ['发现线索的实际日期'],
  ],
  ['MON-CLUE', 'no such part of the form', { monitoring: null }, ['监测对象信息采集表']],
  ['MON-CLUE', 'found on the day of the visit', {}, null],
  ['MON-CLASS', '脱贫 as 边缘', { monitoring: { class: 'edge' } }, ['监测对象类别：脱贫不稳定户']],
  [
    'MON-CLASS',
    'never registered as 不稳定',
    { registered: false },
    ['监测对象类别：边缘易致贫户'],
  ],
  ['MON-CLASS', '突发 in 2020', { monitoring: { class: 'sudden' } }, ['所列之一的监测对象类别']],
  [
    'MON-CLASS',
    'never registered as 边缘',
    { registered: false, monitoring: { class: 'edge' } },
    null,
  ],
  ['MON-RISK', 'no risk', { monitoring: { risks: [] } }, ['所列之中的返贫（致贫）风险']],
  [
    'MON-RISK',
    'a risk of nobody’s list',
    { monitoring: { risks: ['因病', '懒'] } },
    ['所列之中的返贫（致贫）风险'],
  ],
  ['MON-RISK', 'two risks', { monitoring: { risks: ['因病', '因灾'] } }, null],
  [
    'MON-ANEW',
    'risk not eliminated',
    { episodes: [{ ...EPISODE, eliminatedOn: null }] },
    ['没有在监测的农户'],
  ],
  [
    'MON-ANEW',
    'risk eliminated before',
    { episodes: [{ ...EPISODE, eliminatedOn: VISITED_ON }] },
    null,
  ],
  ['MON-RANGE', 'a fen below the line, for all three', { wageFen: 1_799_999 }, null],
  ['MON-RANGE', 'on the line', { wageFen: 1_800_000 }, RANGE],
  ['MON-SCALE', 'a tenth', { scale: { registered: 100, monitored: 10 } }, null],
  ['MON-SCALE', 'one person over a tenth', { scale: { registered: 100, monitored: 11 } }, []],
] as const)('%s: %s', ([guard, , change, missing]) => {
  expect(judged(guard, change)).toEqual(missing);
});

describe('Hunan 2022', () => {
  const plan = trainingPlan('xinwan-2022', 'monitored-household');
  const facts = paperHousehold(plan, 'c1', plainDate('2022-10-20'), Date.UTC(2022, 9, 20));
  const judgedThere = (guard: string, part: Partial<MonitoringForm>, wageFen = 0) => {
    const { form } = facts;
    if (form?.monitoring == null) throw new Error('the paper household is whole');
    const monitoring = { ...form.monitoring, ...part };
    const known = { ...facts, form: { ...form, monitoring, income: wagesOf(wageFen) } };
    const at = Date.UTC(2022, 9, 24);
    const finding = GUARDS[guard]?.({ ...guardInput(), plan, facts: known, at });
    return finding == null ? null : (finding.missing ?? []);
  };
  const hardship = { holds: true, signer: '李村干', reason: '住院' };
  const RICH_FEN = 90_000_000;

  test('突发 needs what a person found, and then asks no income', () => {
    const sudden = { class: 'sudden' } as const;
    expect(judgedThere('MON-RANGE', sudden)).toEqual(['刚性支出、收入骤减的研判意见']);
    expect(judgedThere('MON-RANGE', { ...sudden, hardship }, RICH_FEN)).toBeNull();
  });

  test('不稳定 and 边缘 are judged by income alone: hardship above the line is 突发', () => {
    expect(judgedThere('MON-RANGE', { hardship }, RICH_FEN)).not.toBeNull();
    expect(judgedThere('MON-RANGE', {})).toBeNull();
  });

  test.for([
    ['none', null],
    ['signed by nobody', { name: ' ', role: '户主', on: plainDate('2022-10-20'), scan: 'scan' }],
    ['without its scan', { name: '张三', role: '户主', on: plainDate('2022-10-20'), scan: '' }],
    ['of tomorrow', { name: '张三', role: '户主', on: plainDate('2022-10-25'), scan: 'scan' }],
  ] as const)('G-28 承诺授权: %s → nobody’s property is compared', ([, authorisation]) => {
    expect(judgedThere('G-28', { authorisation })).toEqual(['农户签字的承诺授权书']);
  });

  test('G-28 signed → compared', () => {
    expect(judgedThere('G-28', {})).toBeNull();
  });
});

describe('刚性支出 beside the line', () => {
  const found = (holds: boolean, signer: string) => ({
    wageFen: 9_000_000,
    monitoring: { hardship: { holds, signer, reason: '住院' } },
  });

  test('found by a named person → within range, whatever the income', () => {
    expect(judged('MON-RANGE', found(true, '李村干'))).toBeNull();
  });

  test('denied, or signed by nobody → out of range', () => {
    expect(judged('MON-RANGE', found(false, '李村干'))).toEqual(RANGE);
    expect(judged('MON-RANGE', found(true, ' '))).toEqual(RANGE);
  });
});
