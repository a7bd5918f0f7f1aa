/** 参数 — the closed set of values that a pack may set, their shapes and their Chinese words. */
import { z } from 'zod';
import { MONITORING_CLASS_WORDS } from '../domain/facts/monitoring.ts';
import type { ValueKind } from '../domain/plan/value-words.ts';
import { addDays, parsePlainDate } from '../domain/time/instant.ts';

/** A civil day of a file, refused when it does not exist. */
export const FileDate = z.string().transform((text, context) => {
  const date = parsePlainDate(text);
  if (date !== undefined) return date;
  context.addIssue({ code: 'custom', message: `不是有效日期：${text}` });
  return z.NEVER;
});

/** 期间: as PeriodRule. Posted periods never roll, so rolling is false where a file says nothing. */
export const Period = z.strictObject({
  amount: z.int().min(1),
  unit: z.enum(['CALENDAR', 'WORKING', 'SECOND']),
  countFirstDay: z.boolean(),
  rollToWorkday: z.boolean().default(false),
});

const Fraction = z
  .strictObject({ numerator: z.int().min(1), denominator: z.int().min(1) })
  .refine((part) => part.numerator <= part.denominator, '比例不能大于一');

const Indicator = z.strictObject({
  key: z.string().min(1),
  name: z.string().min(1),
  department: z.string().min(1),
});

const KeyedName = z.strictObject({ key: z.string().min(1), name: z.string().min(1) });

/** Shape of each value. A key that is not here is refused in a pack and in a confirmation. */
export const VALUE_SHAPES = {
  'income.line': z.int().min(1),
  'income.window': z.strictObject({ from: FileDate, to: FileDate }),
  'income.counts': z.strictObject({ dibao: z.boolean(), pension: z.boolean() }),
  'income.dibaoAboveLine': z.boolean(),
  'housing.forbidden': z.array(z.enum(['A', 'B', 'C', 'D'])).min(1),
  'exit.standards': z.array(KeyedName).min(1),
  'exit.order': z.array(z.enum(['ordinary', 'dibao', 'destitute'])).min(1),
  'schooling.admitted': z.array(z.string().min(1)).min(1),
  'return.causes': z.array(z.string().min(1)).min(1),
  'return.admitted': z.array(z.string().min(1)).min(1),
  'monitoring.line': z.int().min(1),
  'monitoring.classes': z.array(z.enum(Object.values(MONITORING_CLASS_WORDS))).min(1),
  'monitoring.channels': z.array(z.string().min(1)).min(1),
  'monitoring.risks': z.array(z.string().min(1)).min(1),
  'monitoring.scale': Fraction,
  'monitoring.publicNotice': z.boolean(),
  'village.rateLimit': Fraction,
  'village.denominators': z.array(z.string().min(1)).min(1),
  'village.indicators': z.array(Indicator).min(1),
  'village.lookBackYears': z.array(z.string().regex(/^20\d\d$/)).min(1),
  'monitoring.measures': Period,
  'screening.alarm': Period,
  'elimination.steadyMonths': z.int().min(1),
  'rollback.causes': z.array(z.string().min(1)).min(1),
  'clearance.causes': z.array(z.string().min(1)).min(1),
  'persons.naturalIncrease': z.array(z.string().min(1)).min(1),
  'persons.joining': z.array(z.string().min(1)).min(1),
  'persons.naturalDecrease': z.array(z.string().min(1)).min(1),
  'persons.dividing': z.array(z.string().min(1)).min(1),
  'persons.cleared': z.array(z.string().min(1)).min(1),
  'persons.supplemented': z.array(z.string().min(1)).min(1),
  'persons.omitted': z.array(z.string().min(1)).min(1),
  'persons.misstated': z.array(z.string().min(1)).min(1),
  'late.entry': z.int().min(1),
  'assembly.quorum': Fraction,
  'assembly.passing': Fraction,
  'collect.visitors': z.int().min(1),
  'comparison.departments': z.array(z.string().min(1)).min(1),
  'comparison.validity': Period,
  'notice.village': Period,
  'notice.township': Period,
  'notice.villageExit': Period,
  'announcement.minDays': Period,
  'objection.days': Period,
} as const;

/** Whether a 收入计算周期 is one year, to the day (S4 四（二）5). */
export function isWholeYear({ from, to }: ValueOf<'income.window'>): boolean {
  const next = `${Number(from.slice(0, 4)) + 1}${from.slice(4)}`;
  // A year from 29 February ends with the next February.
  return addDays(to, 1) === (parsePlainDate(next) ?? `${next.slice(0, 4)}-03-01`);
}

/** Key of a value. */
export type ValueKey = keyof typeof VALUE_SHAPES;

/** What the value of a key is once read. */
export type ValueOf<K extends ValueKey> = z.output<(typeof VALUE_SHAPES)[K]>;

/** The value as the office reads it when it is asked to confirm. */
export const VALUE_WORDS: Readonly<Record<ValueKey, string>> = {
  'income.line': '收入线（每人每年）',
  'income.window': '收入计算周期',
  'income.counts': '低保金、养老金是否计入收入',
  'income.dibaoAboveLine': '本地低保标准是否超过国家扶贫标准',
  'housing.forbidden': '不得居住的房屋等级',
  'exit.standards': '户退出标准',
  'exit.order': '脱贫顺序',
  'schooling.admitted': '不算辍学的义务教育阶段未上学原因',
  'return.causes': '返贫原因',
  'return.admitted': '可以列入返贫的原因（限重病、大病、重大灾害）',
  'monitoring.line': '监测线（每人每年）',
  'monitoring.classes': '监测对象类别',
  'monitoring.channels': '监测对象发现途径',
  'monitoring.risks': '返贫（致贫）风险',
  'monitoring.scale': '监测规模占建档立卡人口的比例（只作提示）',
  'monitoring.publicNotice': '监测对象名单是否在村内公示',
  'monitoring.measures': '认定后落实帮扶措施的期限（只作提醒）',
  'screening.alarm': '排查发现风险后须立案的期限（逾期报警）',
  'elimination.steadyMonths': '风险消除前收入持续稳定的月数（原则上）',
  'rollback.causes': '风险消除回退的原因',
  'clearance.causes': '监测对象清退的原因',
  'persons.naturalIncrease': '家庭成员自然增加的原因',
  'persons.joining': '并户（自然增加）的原因',
  'persons.naturalDecrease': '家庭成员自然减少的原因',
  'persons.dividing': '分户（自然减少）的原因',
  'persons.cleared': '贫困人口清退的原因',
  'persons.supplemented': '贫困人口补录的原因',
  'persons.omitted': '漏录家庭成员的原因',
  'persons.misstated': '人员信息更正的原因',
  'late.entry': '补登期限（日）',
  'assembly.quorum': '评议会到会比例',
  'assembly.passing': '评议通过比例',
  'collect.visitors': '入户人数',
  'comparison.departments': '参加比对的部门',
  'comparison.validity': '比对结果有效期',
  'notice.village': '村公示期',
  'notice.township': '乡镇公示期',
  'notice.villageExit': '贫困村退出在乡镇内的公示期',
  'village.rateLimit': '贫困村退出的贫困发生率上限',
  'village.denominators': '贫困发生率的分母口径',
  'village.indicators': '贫困村退出指标及认定部门',
  'village.lookBackYears': '须“回头看”的出列年度',
  'announcement.minDays': '公告最少天数',
  'objection.days': '异议调查期限',
};

/** 值的种类 — how a person reads and fills in a value. `order` is the chain of steps. */
export const VALUE_KINDS = [
  'fen',
  'count',
  'fraction',
  'period',
  'dates',
  'yes-no',
  'income-counts',
  'grades',
  'attributes',
  'standards',
  'indicators',
  'names',
  'order',
] as const satisfies readonly ValueKind[];

/** The kind of each value. */
export const VALUE_KIND_OF: Readonly<Record<ValueKey, ValueKind>> = {
  'income.line': 'fen',
  'income.window': 'dates',
  'income.counts': 'income-counts',
  'income.dibaoAboveLine': 'yes-no',
  'housing.forbidden': 'grades',
  'exit.standards': 'standards',
  'exit.order': 'attributes',
  'schooling.admitted': 'names',
  'return.causes': 'names',
  'return.admitted': 'names',
  'monitoring.line': 'fen',
  'monitoring.classes': 'names',
  'monitoring.channels': 'names',
  'monitoring.risks': 'names',
  'monitoring.scale': 'fraction',
  'monitoring.publicNotice': 'yes-no',
  'monitoring.measures': 'period',
  'screening.alarm': 'period',
  'elimination.steadyMonths': 'count',
  'rollback.causes': 'names',
  'clearance.causes': 'names',
  'persons.naturalIncrease': 'names',
  'persons.joining': 'names',
  'persons.naturalDecrease': 'names',
  'persons.dividing': 'names',
  'persons.cleared': 'names',
  'persons.supplemented': 'names',
  'persons.omitted': 'names',
  'persons.misstated': 'names',
  'late.entry': 'count',
  'assembly.quorum': 'fraction',
  'assembly.passing': 'fraction',
  'collect.visitors': 'count',
  'comparison.departments': 'names',
  'comparison.validity': 'period',
  'notice.village': 'period',
  'notice.township': 'period',
  'notice.villageExit': 'period',
  'village.rateLimit': 'fraction',
  'village.denominators': 'names',
  'village.indicators': 'indicators',
  'village.lookBackYears': 'names',
  'announcement.minDays': 'period',
  'objection.days': 'period',
};

/** All keys of values. */
export const VALUE_KEYS = Object.keys(VALUE_SHAPES) as readonly ValueKey[];

/** The number by which a value is compared with bounds; undefined for values without an order. */
export function measureOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  const period = Period.safeParse(value);
  if (period.success) return period.data.amount;
  const fraction = Fraction.safeParse(value);
  if (fraction.success) return fraction.data.numerator / fraction.data.denominator;
  return undefined;
}
