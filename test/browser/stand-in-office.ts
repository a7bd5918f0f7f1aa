/** Answers of the stand-in for the pages of the office and the administrator: 核定, 对账, 组织与人员. */
import { VILLAGE } from './stand-in-answers.ts';

const CLAUSE = {
  document: '关于印发云南省贫困对象动态管理工作方案的通知（云贫开发〔2017〕31号）',
  article: '原文未见',
  quote: '两评议、两公示、一比对、一公告',
  source: 'S3',
  verified: false,
};

const OPEN_VALUES = [
  ['income.line', '收入线（每人每年）', 'fen', 400_000],
  ['assembly.quorum', '评议会到会比例', 'fraction', { numerator: 2, denominator: 3 }],
  [
    'notice.village',
    '村公示期',
    'period',
    { amount: 7, unit: 'CALENDAR', countFirstDay: false, rollToWorkday: false },
  ],
  [
    'comparison.departments',
    '参加比对的部门',
    'names',
    ['公安', '发改', '住建', '民政', '卫计', '人社', '教育', '工商'],
  ],
  ['exit.standards', '户退出标准', 'standards', [{ key: 'housing', name: '有安全稳固住房' }]],
  ['exit.order', '脱贫顺序', 'attributes', ['ordinary', 'dibao']],
  ['income.window', '收入计算周期', 'dates', { from: '2019-10-01', to: '2020-09-30' }],
  ['income.counts', '低保金、养老金是否计入收入', 'income-counts', { dibao: true, pension: false }],
  ['order.household-exit', '环节顺序：民主评议→入户核实→农户认可', 'order', ['assembly']],
].map(([path, words, kind, suggested]) => ({ path, words, kind, suggested, clause: CLAUSE }));

const REASON = '镇编办〔2020〕3号';

/** By the route's path. */
export const OFFICE = {
  packs: {
    items: [
      {
        id: 'zhenxiong-2020',
        title: '镇雄县二〇二〇年度',
        areaCode: '530627',
        year: 2020,
        procedures: ['household-exit', 'identification'],
        unverified: OPEN_VALUES,
        confirmations: [
          {
            areaCode: '530627',
            path: 'income.line',
            value: 400_000,
            documentNo: '镇扶组办〔2020〕5号',
            documentOn: '2020-08-20',
            confirmedBy: 'u-9',
            confirmedByName: '李主任',
            confirmedAt: '2020-08-21T09:00:00+08:00',
          },
        ],
      },
    ],
  },
  disagreements: {
    items: [
      {
        id: 1,
        kind: 'label-missing',
        words: '本系统已办结登记，登记系统中没有相应标注',
        todo: '请录入岗在登记系统中核对该户，查明是否被回退或录错；不要自行补录。',
        subject: 'c-1',
        rosterId: 'r-1',
        countyName: '镇雄县',
        since: '2020-09-01T08:00:00+08:00',
        seenAt: '2020-09-01T08:30:00+08:00',
        repairs: 0,
        endedAt: null,
      },
    ],
  },
  'administration/packs': {
    items: [
      {
        id: 'zhenxiong-2020',
        title: '镇雄县2020年度扶贫对象动态管理',
        version: 4,
        digest: 'b'.repeat(64),
        areaCode: '530627',
        year: 2020,
        isPresent: true,
        isShipped: false,
        loadedBy: 'u-9',
        recordedAt: '2020-09-01T09:00:00+08:00',
      },
      {
        id: 'zhenxiong-2020',
        title: '镇雄县2020年度扶贫对象动态管理',
        version: 3,
        digest: 'a'.repeat(64),
        areaCode: '530627',
        year: 2020,
        isPresent: false,
        isShipped: false,
        loadedBy: 'u-9',
        recordedAt: '2020-08-20T09:00:00+08:00',
      },
    ],
  },
  'administration/organisations': {
    items: [
      {
        code: '530627',
        parentCode: null,
        level: 'county',
        name: '镇雄县',
        validFrom: '2014-01-01',
        validTo: null,
        successorCode: null,
      },
      {
        code: VILLAGE,
        parentCode: '530627',
        level: 'village',
        name: '大湾村',
        validFrom: '2014-01-01',
        validTo: null,
        successorCode: null,
      },
    ],
  },
  'administration/users': {
    items: [
      {
        id: 'u-1',
        signInName: '大湾村经办',
        displayName: '王村委',
        orgCode: VILLAGE,
        disabledAt: null,
        mustChangePassword: false,
        locked: true,
        duties: [],
        grants: [],
      },
    ],
  },
  'administration/changes': {
    items: [
      {
        id: 1,
        kind: 'duty-given',
        words: '任岗',
        orgCode: VILLAGE,
        subject: 'u-1',
        subjectWords: '王村委，大湾村经办',
        before: null,
        after: {},
        reason: REASON,
        changedBy: 'u-9',
        changedByName: '李管理',
        changedAt: '2020-09-01T09:00:00+08:00',
        recordedAt: '2020-09-01T09:00:00+08:00',
      },
    ],
  },
};
