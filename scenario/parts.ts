/** Parts of a scenario file: codes, days and instants as people write them. */
import { z } from 'zod';
import { parseOrgCode } from '../domain/organisation/org-code.ts';
import {
  endOfDay,
  type Instant,
  type PlainDate,
  parseInstant,
  parsePlainDate,
  startOfDay,
} from '../domain/time/instant.ts';

const HOUR_MS = 3_600_000;
const OFFICE_OPENS = 8;

/** YAML reads an unquoted code as a number; up to sixteen digits that loses nothing. */
const Digits = z.union([z.string(), z.number().int().min(0).max(Number.MAX_SAFE_INTEGER)]);

/** 区划代码 without padding. */
export const Code = Digits.transform((given, context) => {
  const code = parseOrgCode(String(given));
  if (code !== undefined) return code;
  const message = `不是区划代码：${given}（省2位、市4位、县6位、乡镇9位、村12位，不补0）`;
  context.addIssue({ code: 'custom', message });
  return z.NEVER;
});

/** A code, or the name of an organisation of this file. */
export const Place = Digits.transform(String);

/** 户编号. */
export const HouseholdNo = Digits.transform((given, context) => {
  const text = String(given);
  if (/^[0-9A-Za-z]{6,32}$/.test(text)) return text;
  context.addIssue({ code: 'custom', message: '户编号是6至32位数字或字母' });
  return z.NEVER;
});

/** 名称, 姓名. */
export const Name = z.string().trim().min(1).max(100);

/** 文字. */
export const Words = z.string().trim().min(1).max(400);

/** 日期. */
export const Day = z.string().transform((text, context): PlainDate => {
  const day = parsePlainDate(text);
  if (day !== undefined) return day;
  context.addIssue({ code: 'custom', message: `不是日期：${text}（应如 2020-09-01）` });
  return z.NEVER;
});

/** 年度. */
export const Year = z.number().int().min(1949).max(2100);

/** 分. */
export const Fen = z.number().int().min(0).max(10_000_000_000);

const LOCAL_SHAPE = /^(\d{4}-\d{2}-\d{2})[ T](\d{1,2}):(\d{2})(?::(\d{2}))?$/;

/** '2020-09-01 08:00' is Beijing time; an offset may be given; a day alone means `alone` of it. */
function readInstant(text: string, alone: (day: PlainDate) => Instant): Instant | undefined {
  const day = parsePlainDate(text);
  if (day !== undefined) return alone(day);
  const local = LOCAL_SHAPE.exec(text);
  if (local === null) return parseInstant(text);
  const [, date = '', hour = '', minute = '', second = '00'] = local;
  if (hour === '24' && minute === '00' && second === '00') {
    const whole = parsePlainDate(date);
    return whole === undefined ? undefined : endOfDay(whole);
  }
  return parseInstant(`${date}T${hour.padStart(2, '0')}:${minute}:${second}+08:00`);
}

function instantOf(alone: (day: PlainDate) => Instant) {
  return z.string().transform((text, context): Instant => {
    const instant = readInstant(text.trim(), alone);
    if (instant !== undefined) return instant;
    const message = `不是时间：${text}（应如 2020-09-01 08:00）`;
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  });
}

/** 时点; a day alone means eight in the morning. */
export const Moment = instantOf((day) => startOfDay(day) + OFFICE_OPENS * HOUR_MS);

/** 起; a day alone means its beginning. */
export const Beginning = instantOf(startOfDay);

/** 止; a day alone means 24:00, its end. */
export const Ending = instantOf(endOfDay);
