import { describe, expect, test } from 'vitest';
import { GUARDS } from '../../../domain/guards/index.ts';
import {
  ALL_SECURE,
  guardInput,
  JUDGED_AT,
  MEMBERS,
  member,
  STEPS,
  signature,
  wagesOf,
} from './facts-builder.ts';
import { checkGuard } from './guard-rows.ts';

const [head, wife, son] = MEMBERS;
const onDibao = { ...head, onDibao: true };

describe('ID-ELIGIBLE 收入低于标准或有缺口 (§4.1 step 2)', () => {
  checkGuard('ID-ELIGIBLE', [
    ['one fen below 3 × the line → passes', { form: { income: wagesOf(1_199_999) } }, null],
    [
      'exactly the line is not below it → refused',
      { form: { income: wagesOf(1_200_000) } },
      ['4000.00元，等于收入线4000.00元（须低于）'],
    ],
    ['one fen above → refused', { form: { income: wagesOf(1_200_001) } }, ['高于收入线4000.00元']],
    [
      'above the line with a gap in medical care → passes',
      { form: { security: { ...ALL_SECURE, medical: false } } },
      null,
    ],
    [
      'above the line, an indicator not filled in is no gap → refused and asked for',
      { form: { security: { ...ALL_SECURE, medical: null } } },
      ['基本医疗没有填写'],
    ],
    ['no member → refused', { form: { members: [] } }, ['无法计算人均纯收入']],
    ['no form → refused', { form: null }, ['还没有入户']],
  ]);
});

describe('G-06 比对 complete, accepted and valid (§4.1, §4.4)', () => {
  const end = JUDGED_AT;
  checkGuard('G-06', [
    ['all clear → passes', {}, null],
    [
      'an accepted explanation → passes',
      { item: { comparison: { marks: ['clear', 'accepted'], ends: [end, end] } } },
      null,
    ],
    ['no comparison yet → refused', { item: { comparison: null } }, ['还没有部门比对结果']],
    [
      'one department waiting → refused by name',
      { item: { comparison: { marks: ['clear', 'waiting'], ends: [end, null] } } },
      ['住建还没有回复'],
    ],
    [
      'a department without a mark is waiting → refused',
      { item: { comparison: { marks: ['clear'], ends: [end] } } },
      ['住建还没有回复'],
    ],
    [
      'a hit not explained → refused by name',
      { item: { comparison: { marks: ['hit', 'clear'], ends: [end, end] } } },
      ['公安比对有疑点，还没有说明'],
    ],
    [
      'a hit explained but not judged → refused by name',
      { item: { comparison: { marks: ['clear', 'explained'], ends: [end, end] } } },
      ['住建的疑点已说明，还没有认定'],
    ],
    [
      'valid until this very instant → passes',
      { item: { comparison: { marks: ['clear', 'clear'], ends: [end, end] } } },
      null,
    ],
    [
      'one result over by a millisecond → refused by name',
      { item: { comparison: { marks: ['clear', 'clear'], ends: [end, end - 1] } } },
      ['住建只算到2020-10-10 09:59', '已经过期'],
    ],
    [
      'a result without an end never counted → refused',
      { item: { comparison: { marks: ['clear', 'clear'], ends: [null, end] } } },
      ['公安没有数据日期'],
    ],
    [
      'a plan without comparison asks for none → passes',
      { item: { comparison: null }, plan: { steps: [STEPS.collect] } },
      null,
    ],
  ]);
});

describe('G-21 单人低保 (S2 item 8)', () => {
  checkGuard('G-21', [
    ['the whole household → passes', { form: { members: [onDibao, wife, son] } }, null],
    [
      'one 低保 person of a household of three → refused',
      { form: { members: [onDibao] } },
      ['张三1人', '系统中有3人'],
    ],
    [
      'a household of one → passes',
      { form: { members: [onDibao] }, registry: { memberCount: 1 } },
      null,
    ],
    [
      'a household new to the registry → passes',
      { form: { members: [onDibao] }, registry: null },
      null,
    ],
    ['one person not on 低保 → passes', { form: { members: [head] } }, null],
    ['no form → refused', { form: null }, ['还没有入户']],
  ]);
});

describe('G-22 集中供养五保 (§3.5, S3)', () => {
  checkGuard('G-22', [
    ['nobody → passes', {}, null],
    [
      '分散供养 may be enrolled → passes',
      { form: { members: [{ ...head, destitute: true }] } },
      null,
    ],
    [
      'a member is → refused by name',
      { form: { members: [head, { ...wife, centrallySupported: true }] } },
      ['李四是集中供养五保人员'],
    ],
    ['no form → refused', { form: null }, ['还没有入户']],
  ]);
});

describe('ID-FORM 入户表 is whole (§4.1, §15.4)', () => {
  const alone = [signature('王村干', '村干部')];
  checkGuard('ID-FORM', [
    ['two visitors and the householder signed → passes', {}, null],
    [
      'one visitor where the pack asks two → refused',
      { form: { visitors: alone } },
      ['应有2人签字，只有1人'],
    ],
    [
      'the same visitor twice is one → refused',
      { form: { visitors: [...alone, ...alone] } },
      ['只有1人'],
    ],
    [
      'a visitor without a scan did not sign → refused',
      { form: { visitors: [...alone, { ...signature('赵队员', ''), scan: '' }] } },
      ['只有1人'],
    ],
    [
      'a pack without a collect step still needs a visitor → refused',
      { form: { visitors: [] }, plan: { steps: [STEPS.verification] } },
      ['应有1人签字，只有0人'],
    ],
    [
      'householder has not signed → refused',
      { form: { householderSignature: null } },
      ['户主没有签字'],
    ],
    ['no head → refused', { form: { members: [wife, son] } }, ['没有户主']],
    [
      'two heads → refused by name',
      { form: { members: [head, { ...wife, isHead: true }] } },
      ['有2个户主（张三、李四）'],
    ],
    ['no member → refused', { form: { members: [] } }, ['没有家庭成员']],
    [
      'no 申请书 where the pack asks for it → refused',
      { form: { application: null } },
      ['没有申请书或线索材料'],
    ],
    [
      'no 申请书 where the pack does not → passes',
      { form: { application: null }, plan: { steps: [STEPS.verification] } },
      null,
    ],
    ['no form → refused', { form: null }, ['还没有入户']],
  ]);
});

describe('ID-NUMBERS 证件号码 (§3.5, §15.4)', () => {
  const numbered = (idNumber: string) => ({ form: { members: [head, { ...wife, idNumber }] } });
  checkGuard('ID-NUMBERS', [
    ['18 characters → passes', {}, null],
    ['20 characters, 残疾人证 → passes', numbered('53062719720303002242'), null],
    ['22 characters, re-issued → passes', numbered('53062719720303002242B1'), null],
    ['19 characters → refused', numbered('5306271972030300224'), ['李四', '18位']],
    [
      'wrong checksum → refused, number masked',
      numbered('530627197203030023'),
      ['李四（530627********0023）', '校验位不符'],
    ],
    ['empty → refused', numbered(''), ['李四没有填写']],
    [
      'a number used twice → refused, both named',
      numbered(head.idNumber),
      ['李四与张三的证件号码相同'],
    ],
    ['a 残疾人证 of the same person → refused', numbered(`${head.idNumber}42`), ['李四与张三']],
    ['born today → passes', numbered('530627202010100032'), null],
    ['born tomorrow → refused', numbered('530627202010110038'), ['出生日期在今天之后']],
    ['no form → refused', { form: null }, ['还没有入户']],
  ]);

  test('a finding never shows a whole number', () => {
    const stranger = member('李四', '530627197203030023', '配偶');
    const finding = GUARDS['ID-NUMBERS']?.(guardInput({ form: { members: [head, stranger] } }));
    expect(JSON.stringify(finding)).not.toContain('19720303');
  });
});

describe('who is named and who clears', () => {
  test('a household new to the registry is named by the head of its form', () => {
    const finding = GUARDS['ID-FORM']?.(
      guardInput({ registry: null, form: { householderSignature: null } }),
    );
    expect(finding).toEqual({
      words: '张三户的入户表不完整：户主没有签字',
      missing: ['户主签字'],
      whoClears: '村经办',
    });
  });

  test('neither registry nor form → 该户', () => {
    const finding = GUARDS['ID-FORM']?.(guardInput({ registry: null, form: null }));
    expect(finding?.words).toBe('该户还没有入户信息采集（核实）表，无法核对');
  });

  test('a hit is cleared by the village, a missing answer by the department', () => {
    const comparison = { marks: ['hit', 'waiting'], ends: [JUDGED_AT, null] } as const;
    const finding = GUARDS['G-06']?.(guardInput({ item: { comparison } }));
    expect(finding?.missing).toEqual(['住建比对结果', '公安疑点的说明和证明']);
    expect(finding?.whoClears).toBe('县级部门、村经办');
  });

  test('the household that passes, passes every guard of an exit', () => {
    const others =
      /^(ID-ELIGIBLE|G-11.*|MON-.*|VILLAGE-.*|GV\d|G-23|G-28|G-18|ELIM-.*|ROLLBACK-.*|CLEAR-.*|CORRECTION-.*|PERSONS-.*|NEW-HOUSEHOLD)$/;
    const exit = Object.keys(GUARDS).filter((id) => !others.test(id));
    expect(exit).toHaveLength(22);
    expect(exit.filter((id) => GUARDS[id]?.(guardInput()) !== null)).toEqual([]);
  });
});
