/** 规则的说法 — how values of a plan are said to people, on whatever screen. */
import { DUTY_WORDS, type Role } from '../kernel/actor.ts';
import { LEVEL_WORDS } from '../organisation/org-code.ts';
import type { PeriodRule } from '../time/date-receipt.ts';
import type { DueRule } from './plan.ts';

const UNIT_WORDS = { CALENDAR: '个自然日', WORKING: '个工作日', SECOND: '秒' } as const;

/** 户属性 as users read it. */
export const ATTRIBUTE_WORDS: Readonly<Record<string, string>> = {
  ordinary: '一般贫困户',
  dibao: '低保户',
  destitute: '特困供养户',
};

/** What a guard does when it finds something. */
export const GUARD_MODE_WORDS = {
  refuse: '不予办理',
  warn: '提示',
  'warn-with-reason': '须说明理由',
  divert: '转办',
} as const;

const FEN_PER_YUAN = 100;

/** 7个自然日，起始当日不计入. */
export function periodRuleWords({
  amount,
  unit,
  countFirstDay,
}: Pick<PeriodRule, 'amount' | 'unit' | 'countFirstDay'>): string {
  return `${amount}${UNIT_WORDS[unit]}，起始当日${countFirstDay ? '计入' : '不计入'}`;
}

/** 每人每年4000元. */
export function incomeLineWords(fen: number): string {
  const yuan = fen / FEN_PER_YUAN;
  return `每人每年${Number.isInteger(yuan) ? yuan : yuan.toFixed(2)}元`;
}

const NUMERALS = '零一二三四五六七八九十';

function numeral(count: number): string {
  return NUMERALS.charAt(count) || String(count);
}

/** 三分之二. */
export function fractionWords(part: {
  readonly numerator: number;
  readonly denominator: number;
}): string {
  return `${numeral(part.denominator)}分之${numeral(part.numerator)}`;
}

/** 3%, where the part is of whole hundredths; else as a fraction. */
export function percentWords(part: Parameters<typeof fractionWords>[0]): string {
  const hundredths = part.numerator * 100;
  return hundredths % part.denominator === 0
    ? `${hundredths / part.denominator}%`
    : fractionWords(part);
}

/** 村经办、村驻村工作队. */
export function rolesWords(roles: readonly Role[]): string {
  return roles.map(({ level, duty }) => `${LEVEL_WORDS[level]}${DUTY_WORDS[duty]}`).join('、');
}

/** When something is due; 没有时限 where the plan says nothing. */
export function dueRuleWords(due: DueRule | null): string {
  if (due === null) return '没有时限';
  if (due.kind === 'date') return `${due.deadline}前`;
  const from = due.from === 'clue' ? '自发现线索之日起' : '到本环节起';
  return `${from}${periodRuleWords(due.rule)}`;
}
