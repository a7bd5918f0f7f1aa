/** 花名册栏目 — the sheets and headings of the exported roll (policy §15.2, §15.3), exactly as printed. */
import type { CodeListKey } from '../../policies/code-lists.ts';
import { VILLAGE_EXIT_YEAR } from '../household.ts';

/** How a cell is read. */
export type CellKind =
  | 'text'
  | 'code'
  | 'codes'
  | 'date'
  | 'year'
  | 'count'
  | 'yuan'
  | 'id'
  | 'phone';

/** 栏目. `required` cells may not be empty. */
export interface RollColumn {
  readonly heading: string;
  readonly kind: CellKind;
  readonly required: boolean;
  readonly list?: CodeListKey;
  /** Some exports have no such heading, as those of before the monitoring of 2020. */
  readonly mayLack?: true;
}

/** 表 of a roll workbook. */
export interface RollSheet {
  readonly name: '人口' | '户' | '村';
  /** A roll without this sheet is refused. */
  readonly required: boolean;
  readonly columns: readonly RollColumn[];
}

function text(heading: string): RollColumn {
  return { heading, kind: 'text', required: false };
}

function must(heading: string, kind: CellKind = 'text'): RollColumn {
  return { heading, kind, required: true };
}

function code(heading: string, list: CodeListKey, required = false): RollColumn {
  return { heading, kind: 'code', required, list };
}

const PLACE = [must('省'), must('市'), must('县'), must('乡'), must('村')];

/** 人口表: the 46 export columns of policy §15.3 in their order. */
export const PERSON_SHEET: RollSheet = {
  name: '人口',
  required: true,
  columns: [
    ...PLACE,
    must('户编号'),
    must('人口编号'),
    must('姓名'),
    code('性别', 'sex', true),
    must('出生日期', 'date'),
    text('证件类型'),
    must('证件号码', 'id'),
    text('民族'),
    { heading: '户联系电话', kind: 'phone', required: false },
    { heading: '成员联系电话', kind: 'phone', required: false },
    must('年度', 'year'),
    code('与户主关系', 'relation', true),
    code('文化程度', 'education'),
    code('在校生状况', 'schooling'),
    code('劳动技能', 'labour'),
    { heading: '务工时间(月)', kind: 'count', required: false },
    { heading: '健康状况', kind: 'codes', required: false, list: 'health' },
    code('政治面貌', 'politics'),
    text('务工企业名称'),
    code('是否享受低保', 'yesNo'),
    code('是否参加城镇职工基本养老保险', 'yesNo'),
    code('是否参加大病保险', 'yesNo'),
    code('是否参加新农合(城乡居民医保)', 'yesNo'),
    code('是否参加城乡居民基本养老保险', 'yesNo'),
    text('失学或辍学原因'),
    code('是否会讲普通话', 'yesNo'),
    code('是否参加商业补充医疗保险', 'yesNo'),
    code('是否国外务工', 'yesNo'),
    text('产业分类'),
    code('是否接受大病医疗救助', 'yesNo'),
    code('是否接受其他健康扶贫', 'yesNo'),
    text('公益性岗位类型'),
    { heading: '公益性岗位(月数)', kind: 'count', required: false },
    text('就业渠道'),
    text('残疾类别'),
    text('务工所在地'),
    must('户主姓名'),
    must('户主证件号码', 'id'),
    code('是否参加城镇职工医保', 'yesNo'),
    code('是否特困供养人员', 'yesNo'),
    { heading: '残疾证办证年度', kind: 'year', required: false },
    code('识别标准', 'standard'),
  ],
};

/** Columns of the person table that say something of the household or are fields of their own. */
const PERSON_FIELDS = new Set([
  ...PLACE.map((column) => column.heading),
  '户编号',
  '人口编号',
  '姓名',
  '证件号码',
  '户联系电话',
  '年度',
  '与户主关系',
  '户主姓名',
  '户主证件号码',
  '识别标准',
]);

/** The columns kept as `details` of a member. */
export const DETAIL_COLUMNS: readonly RollColumn[] = PERSON_SHEET.columns.filter(
  (column) => !PERSON_FIELDS.has(column.heading),
);

/** 收入 columns by the field they fill; yuan on paper, fen inside. */
export const INCOME_HEADINGS = {
  wage: '工资性收入(元)',
  business: '生产经营性收入(元)',
  property: '财产性收入(元)',
  wubao: '五保金(元)',
  pension: '养老保险金(元)',
  ecology: '生态补偿金(元)',
  dibao: '低保金(元)',
  familyPlanning: '计划生育金(元)',
  other: '其他转移性收入(元)',
  businessCost: '生产经营性支出(元)',
} as const;

/** 监测 as the latest episode shows it, with its latest 回退. */
const MONITORING_COLUMNS: readonly RollColumn[] = [
  { ...code('监测对象类别', 'monitoringClass'), mayLack: true },
  { heading: '监测认定时间', kind: 'date', required: false, mayLack: true },
  { ...text('返贫（致贫）风险'), mayLack: true },
  { heading: '风险消除时间', kind: 'date', required: false, mayLack: true },
  { heading: '回退前风险消除时间', kind: 'date', required: false, mayLack: true },
  { heading: '风险消除回退时间', kind: 'date', required: false, mayLack: true },
  { heading: '监测清退时间', kind: 'date', required: false, mayLack: true },
];

/** 户表: §15.2 fields that the engine uses. 行政村代码 is ours: names of villages repeat. */
export const HOUSEHOLD_SHEET: RollSheet = {
  name: '户',
  required: true,
  columns: [
    ...PLACE,
    must('行政村代码'),
    text('自然村'),
    text('村民小组'),
    must('户编号'),
    must('户主姓名'),
    must('户主证件号码', 'id'),
    must('家庭人口数', 'count'),
    { heading: '联系电话', kind: 'phone', required: false },
    must('年度', 'year'),
    code('脱贫状态', 'status', true),
    code('贫困户属性', 'attribute', true),
    code('供养方式', 'supportMode'),
    code('识别标准', 'standard'),
    { heading: '识别年度', kind: 'year', required: false },
    { heading: '脱贫年度', kind: 'year', required: false },
    code('主要致贫原因', 'cause'),
    code('不愁吃', 'solved'),
    code('不愁穿', 'solved'),
    code('饮水安全', 'solved'),
    code('义务教育', 'solved'),
    code('基本医疗', 'solved'),
    code('住房安全', 'solved'),
    code('住房等级', 'housingGrade'),
    code('是否易地扶贫搬迁户', 'yesNo', true),
    code('是否已搬迁入住', 'yesNo'),
    ...MONITORING_COLUMNS,
    ...Object.values(INCOME_HEADINGS).map(
      (heading): RollColumn => ({ heading, kind: 'yuan', required: false }),
    ),
  ],
};

/** 村表; may be left out when the villages are known already. */
export const VILLAGE_SHEET: RollSheet = {
  name: '村',
  required: false,
  columns: [
    ...PLACE,
    must('行政村代码'),
    code('是否贫困村', 'yesNo', true),
    // Not every export shows it.
    { heading: VILLAGE_EXIT_YEAR, kind: 'year', required: false, mayLack: true },
    { heading: '总户数', kind: 'count', required: false },
    { heading: '贫困户数', kind: 'count', required: false },
    { heading: '低保户数', kind: 'count', required: false },
    { heading: '五保户数', kind: 'count', required: false },
    { heading: '总人口', kind: 'count', required: false },
    { heading: '贫困人口', kind: 'count', required: false },
    text('负责人'),
    { heading: '负责人电话', kind: 'phone', required: false },
  ],
};

/** The village columns kept as `details`. */
export const VILLAGE_DETAIL_COLUMNS: readonly RollColumn[] = VILLAGE_SHEET.columns.slice(
  PLACE.length + 2,
);
