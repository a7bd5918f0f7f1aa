import { describe } from 'vitest';
import type { VisitForm } from '../../../domain/facts/household-facts.ts';
import { plainDate } from '../../../domain/time/instant.ts';
import { ALL_SECURE, MEMBERS, STEPS, wagesOf } from './facts-builder.ts';
import { checkGuard } from './guard-rows.ts';

const withTransfer = (transfer: Partial<VisitForm['income']['transfer']>): VisitForm['income'] => {
  const income = wagesOf(1_200_000);
  return { ...income, transfer: { ...income.transfer, ...transfer } };
};

describe('EXIT-INCOME 年人均纯收入稳定超过收入线 (§6.1, §16c)', () => {
  checkGuard('EXIT-INCOME', [
    ['above the line → passes', {}, null],
    [
      'one fen of the household above 3 × the line → passes',
      { form: { income: wagesOf(1_200_001) } },
      null,
    ],
    [
      'exactly the line → refused, with figure and line',
      { form: { income: wagesOf(1_200_000) } },
      ['家庭年纯收入12000.00元', '共同生活3人', '人均纯收入4000.00元', '刚好等于收入线4000.00元'],
    ],
    [
      'one fen below → refused, shown below',
      { form: { income: wagesOf(1_199_999) } },
      ['人均纯收入3999.99元', '低于收入线4000.00元'],
    ],
    [
      'business costs are subtracted → refused',
      { form: { income: { ...wagesOf(1_200_001), businessCost: 1 } } },
      ['刚好等于'],
    ],
    [
      '低保金 counts where the pack says so → passes',
      { form: { income: withTransfer({ dibao: 1 }) } },
      null,
    ],
    [
      '低保金 does not count where the pack says so → refused',
      {
        form: { income: withTransfer({ dibao: 1 }) },
        standards: { incomeCounts: { dibao: false, pension: true } },
      },
      ['刚好等于'],
    ],
    [
      '养老金 does not count where the pack says so → refused',
      {
        form: { income: withTransfer({ pension: 1 }) },
        standards: { incomeCounts: { dibao: true, pension: false } },
      },
      ['刚好等于'],
    ],
    ['no member → refused', { form: { members: [] } }, ['无法计算人均纯收入']],
    ['no form → refused, not passed', { form: null }, ['还没有入户信息采集（核实）表']],
  ]);
});

describe('INCOME-WINDOW 收入期间 (§3.6)', () => {
  checkGuard('INCOME-WINDOW', [
    ['the window of the plan → passes', {}, null],
    [
      'begins a day late → refused',
      { form: { incomeFrom: plainDate('2019-10-02') } },
      ['2019-10-02至2020-09-30', '应为2019-10-01至2020-09-30'],
    ],
    ['ends a day early → refused', { form: { incomeTo: plainDate('2020-09-29') } }, ['2020-09-29']],
    ['no form → refused', { form: null }, ['还没有入户']],
  ]);
});

describe('NX1 没有长期稳定收入来源 (§6.6)', () => {
  checkGuard('NX1', [
    ['found stable by a signer → passes', {}, null],
    ['nobody judged → refused', { form: { stableIncome: null } }, ['还没有人签字研判']],
    [
      'judged without a signer → refused',
      { form: { stableIncome: { holds: true, signer: '', reason: '' } } },
      ['还没有人签字研判'],
    ],
    [
      'found not stable → refused, names signer and reason',
      { form: { stableIncome: { holds: false, signer: '王村干', reason: '零工' } } },
      ['经王村干研判没有长期稳定收入来源（零工）'],
    ],
    ['no form → refused', { form: null }, ['还没有入户']],
  ]);
});

describe('NX2 饮水未保障 (§6.6)', () => {
  checkGuard('NX2', [
    ['secure → passes', {}, null],
    [
      'not secure → refused',
      { form: { security: { ...ALL_SECURE, water: false } } },
      ['饮水安全未保障'],
    ],
    [
      'not filled in → refused',
      { form: { security: { ...ALL_SECURE, water: null } } },
      ['饮水安全没有填写'],
    ],
    ['no form → refused', { form: null }, ['还没有入户']],
  ]);
});

describe('NX3 住房安全未保障、住C级D级危房 (§6.6)', () => {
  checkGuard('NX3', [
    ['grade B → passes', {}, null],
    ['grade A → passes', { form: { housingGrade: 'A' } }, null],
    ['grade C on the form → refused', { form: { housingGrade: 'C' } }, ['入户表', '住房等级为C级']],
    ['grade D on the form → refused', { form: { housingGrade: 'D' } }, ['D级']],
    [
      'grade D in the registry only → refused',
      { registry: { housingGrade: 'D' } },
      ['信息系统', 'D级'],
    ],
    [
      'grade C where the place forbids D only → passes',
      { form: { housingGrade: 'C' }, standards: { forbiddenHousingGrades: ['D'] } },
      null,
    ],
    [
      'not secure → refused',
      { form: { security: { ...ALL_SECURE, housing: false } } },
      ['住房安全未保障'],
    ],
    [
      'not filled in → refused',
      { form: { security: { ...ALL_SECURE, housing: null } } },
      ['没有填写'],
    ],
    ['no form → refused', { form: null }, ['还没有入户']],
  ]);
});

describe('NX4 易地搬迁未入住 (§6.6)', () => {
  checkGuard('NX4', [
    ['not on the relocation list → passes', {}, null],
    [
      'listed and moved in → passes',
      { form: { relocation: { listed: true, occupied: true } } },
      null,
    ],
    [
      'listed, not moved in by the form → refused',
      { form: { relocation: { listed: true, occupied: false } } },
      ['入户表中还没有入住'],
    ],
    [
      'listed, not moved in by the registry → refused',
      { registry: { relocation: { listed: true, occupied: false } } },
      ['信息系统中还没有入住'],
    ],
    ['no form → refused', { form: null }, ['还没有入户']],
  ]);
});

describe('NX5 帮扶成效不显著 (§6.6)', () => {
  checkGuard('NX5', [
    ['found effective → passes', {}, null],
    ['nobody judged → refused', { form: { helpEffective: null } }, ['帮扶成效是否显著']],
    [
      'found weak → refused',
      { form: { helpEffective: { holds: false, signer: '王村干', reason: '' } } },
      ['经王村干研判帮扶成效不显著，'],
    ],
    ['no form → refused', { form: null }, ['还没有入户']],
  ]);
});

describe('NX6 低保兜底一批户 (§6.6)', () => {
  checkGuard('NX6', [
    ['not a backstop household → passes', {}, null],
    [
      '低保标准 not above the line → refused',
      { form: { dibaoBackstop: true } },
      ['低保兜底', '4000.00元'],
    ],
    [
      '低保标准 above the line → passes',
      { form: { dibaoBackstop: true }, standards: { dibaoAboveLine: true } },
      null,
    ],
    ['no form → refused', { form: null }, ['还没有入户']],
  ]);
});

describe('NX8 当年新识别当年不能退出 (§6.6)', () => {
  checkGuard('NX8', [
    ['identified last year → passes', { registry: { identifiedYear: 2019 } }, null],
    ['identified this year → refused', { registry: { identifiedYear: 2020 } }, ['2020年新识别']],
    ['year unknown → refused', { registry: { identifiedYear: null } }, ['查不到识别年度']],
    ['no registry data → refused', { registry: null }, ['查不到识别年度']],
  ]);
});

describe('G-10 两不愁三保障 in the registry (§6.3, S0)', () => {
  const keys = [
    ['food', '不愁吃'],
    ['clothing', '不愁穿'],
    ['water', '饮水安全'],
    ['education', '义务教育'],
    ['medical', '基本医疗'],
    ['housing', '住房安全'],
  ] as const;
  checkGuard('G-10', [
    ['all solved → passes', {}, null],
    ...keys.map(
      ([key, words]) =>
        [
          `${words} unresolved → refused`,
          { registry: { security: { ...ALL_SECURE, [key]: false } } },
          [`${words}未解决`],
        ] as const,
    ),
    [
      'not filled in counts as unresolved → refused',
      { registry: { security: { ...ALL_SECURE, water: null } } },
      ['饮水安全未填写'],
    ],
    [
      'the form cannot stand for the registry → refused',
      { registry: null },
      ['没有全国扶贫开发信息系统的数据'],
    ],
  ]);
});

describe('EXIT-SECURITY 两不愁三保障 by the visit (§6.1)', () => {
  checkGuard('EXIT-SECURITY', [
    ['all hold → passes', {}, null],
    [
      'every gap is named → refused',
      { form: { security: { ...ALL_SECURE, education: false, medical: false, food: null } } },
      ['义务教育、基本医疗未解决', '不愁吃未填写'],
    ],
    ['no form → refused', { form: null }, ['还没有入户']],
  ]);
});

describe('EXIT-SCHOOLING 义务教育阶段无辍学 (§3.8)', () => {
  const household = (outOfSchool?: string) => {
    const members = MEMBERS.map((each, index) =>
      index === 2 ? { ...each, name: '小明', outOfSchool } : each,
    );
    return { form: { members } };
  };
  checkGuard('EXIT-SCHOOLING', [
    ['everybody goes to school → passes', {}, null],
    ['nothing written → passes', household(' '), null],
    ['因病因残 → passes', household('因病因残'), null],
    ['提前毕业 → passes', household('提前毕业'), null],
    ['推迟上学 → passes', household('推迟上学'), null],
    [
      'any other reason is a dropout → refused by name and reason',
      household('因厌学'),
      ['小明：因厌学', '因病因残、提前毕业、推迟上学'],
    ],
    [
      'a plan that admits none → refused',
      { ...household('提前毕业'), standards: { admittedOutOfSchool: [] } },
      ['小明'],
    ],
    ['no form → refused', { form: null }, ['还没有入户']],
  ]);
});

describe('EXIT-STANDARDS 六条退出标准 (§6.3 Kunming)', () => {
  const five = [1, 2, 3, 4, 5].map((n) => ({ key: `standard-${n}`, met: true }));
  checkGuard('EXIT-STANDARDS', [
    ['all six → passes', {}, null],
    [
      'one not met → refused by its name',
      { form: { standards: [...five, { key: 'standard-6', met: false }] } },
      ['6条中有1条没有达到：帮扶'],
    ],
    ['one not answered → refused', { form: { standards: five } }, ['1条没有达到：帮扶']],
    [
      'the place has none → passes',
      { form: { standards: [] }, standards: { exitStandards: [] } },
      null,
    ],
    ['no form → refused', { form: null }, ['还没有入户']],
  ]);
});

describe('EXIT-PLAN 后续帮扶计划 (§6.3 Kunming)', () => {
  checkGuard('EXIT-PLAN', [
    ['scanned → passes', {}, null],
    ['none → refused', { form: { followUpPlan: null } }, ['没有后续帮扶计划']],
    ['no form → refused', { form: null }, ['还没有入户']],
  ]);
});

describe('EXIT-ORDER 先一般贫困户、后低保兜底户 (§6.2 Shanxi)', () => {
  checkGuard('EXIT-ORDER', [
    ['ordinary household → passes', { ordinaryPoorOutside: 3 }, null],
    [
      '低保 household while three ordinary ones are outside → found, with the count',
      { registry: { attribute: 'dibao' }, ordinaryPoorOutside: 3 },
      ['低保贫困户', '还有3户一般贫困户'],
    ],
    ['no ordinary household is left → passes', { registry: { attribute: 'dibao' } }, null],
    [
      'the pack names no order → passes',
      { registry: { attribute: 'dibao' }, ordinaryPoorOutside: 3, standards: { exitOrder: [] } },
      null,
    ],
    [
      'an attribute that the order does not name → passes',
      { registry: { attribute: 'destitute' }, ordinaryPoorOutside: 3 },
      null,
    ],
    ['attribute unknown → found', { registry: null, ordinaryPoorOutside: 1 }, ['查不到贫困户属性']],
  ]);
});

describe('G-08 认可 (§6.1; Kunming: household and helper)', () => {
  const householdStep = {
    ...STEPS.acceptance,
    parties: [{ key: 'household', name: '贫困户' }],
  } as const;
  const notHelper = { accepted: { household: true, helper: false } };
  checkGuard('G-08', [
    ['both accepted → passes', {}, null],
    ['helper has not → refused', { item: notHelper }, ['还没有帮扶责任人的签字认可']],
    [
      'helper not asked by the plan → passes',
      { item: notHelper, plan: { steps: [householdStep] } },
      null,
    ],
    [
      'nobody has → refused, both named',
      { item: { accepted: { household: false, helper: false } } },
      ['贫困户、帮扶责任人'],
    ],
    [
      'a plan without the step cannot waive the household → refused',
      { item: { accepted: { household: false, helper: false } }, plan: { steps: [] } },
      ['拟退出贫困户'],
    ],
  ]);
});

describe('G-26 按指标脱贫 (§14, S2)', () => {
  checkGuard('G-26', [
    ['verified by itself → passes', {}, null],
    ['no form of this household → refused', { form: null }, ['不能只凭名单或指标脱贫']],
  ]);
});
