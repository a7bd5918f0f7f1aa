/** 值的写法: what a value of a pack says, for people. */
import { ATTRIBUTE_WORDS, fractionWords, incomeLineWords, periodRuleWords } from './rule-words.ts';

/** 值的种类: how a person reads a value of a pack. */
export type ValueKind =
  | 'fen'
  | 'count'
  | 'fraction'
  | 'period'
  | 'dates'
  | 'yes-no'
  | 'income-counts'
  | 'grades'
  | 'attributes'
  | 'standards'
  | 'indicators'
  | 'names'
  | 'order';

type Period = Parameters<typeof periodRuleWords>[0];

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function isPeriod(value: unknown): value is Period {
  return isFields(value) && 'amount' in value && 'unit' in value;
}

function listWords(value: unknown, between: string, words: (item: unknown) => string): string {
  return Array.isArray(value) ? value.map((item: unknown) => words(item)).join(between) : '';
}

function fieldWords(kind: ValueKind, value: Readonly<Record<string, unknown>>): string {
  switch (kind) {
    case 'fraction': {
      const { numerator, denominator } = value;
      const isWhole = typeof numerator === 'number' && typeof denominator === 'number';
      return isWhole ? fractionWords({ numerator, denominator }) : '';
    }
    case 'dates':
      return `${String(value['from'])}至${String(value['to'])}`;
    case 'income-counts': {
      const part = (counts: unknown, name: string) =>
        `${name}${counts === true ? '计入' : '不计入'}`;
      return `${part(value['dibao'], '低保金')}，${part(value['pension'], '养老金')}`;
    }
    default:
      return '';
  }
}

/** The value in Chinese; 「没有建议」 where there is none. */
export function valueWords(kind: ValueKind, value: unknown): string {
  if (value === null || value === undefined) return '没有建议值，须按文件填写';
  switch (kind) {
    case 'fen':
      return typeof value === 'number' ? incomeLineWords(value) : '';
    case 'count':
      return typeof value === 'number' ? String(value) : '';
    case 'yes-no':
      return value === true ? '是' : '否';
    case 'period':
      return isPeriod(value) ? periodRuleWords(value) : '';
    case 'grades':
      return listWords(value, '、', (grade) => `${String(grade)}级`);
    case 'attributes':
      return listWords(value, '，其次', (key) => ATTRIBUTE_WORDS[String(key)] ?? String(key));
    case 'standards':
      return listWords(value, '；', (item) => (isFields(item) ? String(item['name']) : ''));
    case 'indicators':
      return listWords(value, '；', (item) =>
        isFields(item) ? `${String(item['name'])}（${String(item['department'])}）` : '',
      );
    case 'names':
      return listWords(value, '、', String);
    case 'order':
      // The words of the value itself name the steps; the keys say nothing to people.
      return '按所列顺序';
    case 'fraction':
    case 'dates':
    case 'income-counts':
      return isFields(value) ? fieldWords(kind, value) : '';
  }
}
