/** 风险消除: every condition true, never a household wholly without labour; 回退 and 清退 each for its own cause (§11). */
import { describe, expect, test } from 'vitest';
import type { EliminationForm, ReversalForm } from '../../../domain/facts/elimination.ts';
import type { RegistrySnapshot, VisitForm } from '../../../domain/facts/household-facts.ts';
import { GUARDS } from '../../../domain/guards/index.ts';
import type { LabourSkill } from '../../../domain/household/labour.ts';
import type { ProcedureId } from '../../../domain/plan/plan.ts';
import { plainDate } from '../../../domain/time/instant.ts';
import {
  ALL_SECURE,
  MEMBERS,
  paperHousehold,
  wagesOf,
} from '../../../policies/paper/paper-household.ts';
import { trainingPlan } from '../../policies/training-plan.ts';
import { guardInput } from './facts-builder.ts';

const VISITED_ON = plainDate('2022-10-20');
const AT = Date.UTC(2022, 9, 24);

interface Change {
  readonly elimination?: Partial<EliminationForm> | null;
  readonly reversal?: Partial<ReversalForm> | null;
  readonly form?: Partial<VisitForm>;
  readonly registry?: Partial<RegistrySnapshot>;
}

/** What is missing by a guard of Xinwan's procedure; null where it holds. */
function judgedIn(procedure: ProcedureId) {
  const plan = trainingPlan('xinwan-2022', procedure);
  const facts = paperHousehold(plan, 'c1', VISITED_ON, Date.UTC(2022, 9, 20));
  return (guard: string, { elimination, reversal, form, registry }: Change = {}) => {
    if (facts.form === null || facts.registry === null) throw new Error('the household is whole');
    const laid = <T extends object>(known: T | null | undefined, part?: Partial<T> | null) =>
      part === null || known == null ? null : { ...known, ...part };
    const known = {
      ...facts,
      form: {
        ...facts.form,
        ...form,
        elimination: laid(facts.form.elimination, elimination),
        reversal: laid(facts.form.reversal, reversal),
      },
      registry: { ...facts.registry, ...registry },
    };
    const finding = GUARDS[guard]?.({ ...guardInput(), plan, facts: known, at: AT });
    return finding == null ? null : (finding.missing ?? []);
  };
}

const withSkills = (...skills: (LabourSkill | undefined)[]) =>
  MEMBERS.map((member, index) => ({ ...member, labour: skills[index] }));

describe('风险消除', () => {
  const judged = judgedIn('risk-elimination');
  const no = { holds: false, signer: '王村干', reason: '' };
  const unsigned = { holds: true, signer: ' ', reason: '' };

  test('everything true → nothing stands in the way', () => {
    const guards = [
      'MON-EPISODE',
      'G-18',
      'ELIM-RANGE',
      'ELIM-STEADY',
      'ELIM-RISK',
      'ELIM-MEASURES',
    ];
    expect(guards.filter((guard) => judged(guard) !== null)).toEqual([]);
  });

  const ABLE = ['有劳动能力的家庭成员'];
  test.for([
    [
      'nobody can work',
      { form: { members: withSkills('丧失劳动力', '无劳动力', '无劳动力') } },
      ABLE,
    ],
    [
      'half a worker is labour',
      { form: { members: withSkills('无劳动力', '弱劳动力或半劳动力', '无劳动力') } },
      null,
    ],
    [
      'one not filled in, the others without labour',
      { form: { members: withSkills('无劳动力', '无劳动力', undefined) } },
      ['每名成员的劳动技能'],
    ],
    ['one not filled in beside a worker', { form: { members: withSkills('普通劳动力') } }, null],
    ['no member at all', { form: { members: [] } }, ['每名成员的劳动技能']],
    [
      'the registry knows nobody who can work',
      { registry: { members: withSkills('无劳动力', '无劳动力', '无劳动力') } },
      ABLE,
    ],
    ['the registry does not know', { registry: { members: withSkills() } }, null],
    [
      'income not steady',
      { elimination: { incomeSteady: no } },
      ['“收入是否持续稳定”为是的研判意见'],
    ],
    [
      'nobody signed that it is',
      { elimination: { incomeSteady: unsigned } },
      ['“收入是否持续稳定”的研判意见和签字人'],
    ],
    [
      'rigid spending not under control',
      { elimination: { spendingSettled: no } },
      ['“大额刚性支出是否稳定解决”为是的研判意见'],
    ],
    ['a gap on the form', { form: { security: { ...ALL_SECURE, housing: false } } }, ['住房安全']],
    ['not filled in', { form: { security: { ...ALL_SECURE, water: null } } }, ['饮水安全']],
    [
      'a gap in the registry',
      { registry: { security: { ...ALL_SECURE, medical: false } } },
      ['基本医疗'],
    ],
    [
      'the registry has nothing of it',
      { registry: { security: { ...ALL_SECURE, medical: null } } },
      null,
    ],
    [
      'two faults → both named',
      {
        elimination: { spendingSettled: no },
        form: { members: withSkills('无劳动力', '无劳动力', '无劳动力') },
      },
      [...ABLE, '“大额刚性支出是否稳定解决”为是的研判意见'],
    ],
  ] as const)('G-18: %s', ([, change, missing]) => {
    expect(judged('G-18', change)).toEqual(missing);
  });

  test.for([
    ['on the line', 7_000_00 * 3, ['超过7000.00元的年人均纯收入']],
    ['a fen above it, for all three', 7_000_00 * 3 + 1, null],
  ] as const)('ELIM-RANGE: %s', ([, fen, missing]) => {
    expect(judged('ELIM-RANGE', { form: { income: wagesOf(fen) } })).toEqual(missing);
  });

  test.for([
    ['half a year to the day', '2022-04-20', null],
    ['a day less', '2022-04-21', ['持续稳定6个月的收入']],
  ] as const)('ELIM-STEADY: %s', ([, since, missing]) => {
    expect(judged('ELIM-STEADY', { elimination: { steadySince: plainDate(since) } })).toEqual(
      missing,
    );
  });

  test.for([
    ['one of two risks left', ['因病', '因灾'], ['因病'], ['因灾风险的消除']],
    ['both gone', ['因病', '因灾'], ['因灾', '因病'], null],
  ] as const)('ELIM-RISK: %s', ([, risks, removedRisks, missing]) => {
    const since = plainDate('2021-11-20');
    const episode = { class: 'unstable', since, risks, eliminatedOn: null } as const;
    const registry = { monitoring: [episode] };
    expect(judged('ELIM-RISK', { registry, elimination: { removedRisks } })).toEqual(missing);
  });

  test('ELIM-RISK: gone, and a new one found → refused', () => {
    expect(judged('ELIM-RISK', { elimination: { noNewRisk: no } })).toEqual([
      '“没有新的风险”为是的研判意见',
    ]);
  });

  test.for([
    ['helped away without measures', { measures: [] }, ['帮扶措施落实情况']],
    ['gone by itself', { measures: [], way: 'natural' }, null],
    [
      'gone by itself, a measure promised and not carried out',
      { measures: [{ name: '小额信贷', done: false }], way: 'natural' },
      ['小额信贷的落实'],
    ],
  ] as const)('ELIM-MEASURES: %s', ([, elimination, missing]) => {
    expect(judged('ELIM-MEASURES', { elimination })).toEqual(missing);
  });

  const SAME = ['与登记系统一致的认定时间和风险消除时间'];
  test.for([
    ['of another day', { elimination: { since: plainDate('2021-11-21') } }, SAME],
    ['no such part of the form', { elimination: null }, ['监测对象对照表']],
    ['the registry knows of none', { registry: { monitoring: [] } }, ['登记系统中的监测记录']],
  ] as const)('MON-EPISODE: %s', ([, change, missing]) => {
    expect(judged('MON-EPISODE', change)).toEqual(missing);
  });
});

describe('回退 and 清退', () => {
  const rollback = judgedIn('elimination-rollback');
  const clearance = judgedIn('monitoring-clearance');
  const NAMED = ['所列之一的原因'];

  test.for([
    ['无劳动能力需低保兜底', null, NAMED],
    ['收入不稳定', null, NAMED],
    ['识别不精准', NAMED, null],
    ['新的风险', NAMED, NAMED],
    ['', NAMED, NAMED],
  ] as const)(
    'cause “%s”: rolled back only for what is unsteady, cleared only for what was wrong',
    ([cause, rolledBack, cleared]) => {
      expect(rollback('ROLLBACK-CAUSE', { reversal: { cause } })).toEqual(rolledBack);
      expect(clearance('CLEAR-CAUSE', { reversal: { cause } })).toEqual(cleared);
    },
  );

  test('found by nobody, or found untrue → refused', () => {
    const asked = '“无劳动能力需低保兜底是否属实”';
    expect(rollback('ROLLBACK-CAUSE', { reversal: { found: null } })).toEqual([
      `${asked}的研判意见和签字人`,
    ]);
    const found = { holds: false, signer: '王村干', reason: '' };
    expect(rollback('ROLLBACK-CAUSE', { reversal: { found } })).toEqual([`${asked}为是的研判意见`]);
  });

  test('the elimination that is undone is the registry’s, to the day', () => {
    expect(rollback('MON-EPISODE')).toBeNull();
    const other = { reversal: { eliminatedOn: plainDate('2022-06-29') } };
    expect(rollback('MON-EPISODE', other)).not.toBeNull();
    expect(clearance('MON-EPISODE')).toBeNull();
  });
});
