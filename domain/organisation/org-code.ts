import { invariant } from '../invariant.ts';

declare const orgCodeBrand: unique symbol;

/**
 * 统计用区划代码, without padding: 2 digits a province, 4 a city, 6 a county, 9 a township, 12 a village.
 * The nation is '0', a code of our own: the statistical list has none for it, and no province
 * begins with 0. Padded forms ('530000000000') are refused so that a place has one code only.
 */
export type OrgCode = string & { readonly [orgCodeBrand]: true };

/** 层级. */
export type OrgLevel = 'nation' | 'province' | 'city' | 'county' | 'township' | 'village';

/** 县以上: levels whose areas hold whole counties. */
export const ABOVE_COUNTY: readonly OrgLevel[] = ['nation', 'province', 'city'];

/** The Chinese word for each level, highest first. */
export const LEVEL_WORDS: Readonly<Record<OrgLevel, string>> = {
  nation: '国家',
  province: '省级',
  city: '市级',
  county: '县级',
  township: '乡镇',
  village: '村',
};

/** The code of the nation (国家). */
export const NATION = '0' as OrgCode;

const LEVEL_BY_LENGTH: Readonly<Record<number, OrgLevel>> = {
  1: 'nation',
  2: 'province',
  4: 'city',
  6: 'county',
  9: 'township',
  12: 'village',
};

/**
 * A county part of 00 is real (不设县的地级市: 东莞 441900, 儋州 460400); 00 as a city and 000 as a
 * township or village is padding.
 */
const CODE_SHAPE = /^(?:0|[1-9]\d(?:(?!00)\d{2}(?:\d{2}(?:(?!000)\d{3}(?:(?!000)\d{3})?)?)?)?)$/;

/** Undefined when `text` is not an unpadded code of one of the six levels. */
export function parseOrgCode(text: string): OrgCode | undefined {
  return CODE_SHAPE.test(text) ? (text as OrgCode) : undefined;
}

/** For codes written in code: a malformed one is a bug. */
export function orgCode(text: string): OrgCode {
  const code = parseOrgCode(text);
  invariant(code !== undefined, `not an organisation code: ${text}`);
  return code;
}

/** 层级 of a code. */
export function levelOf(code: OrgCode): OrgLevel {
  const level = LEVEL_BY_LENGTH[code.length];
  invariant(level !== undefined, `not an organisation code: ${code}`);
  return level;
}

/** The code one level up; undefined for the nation. An index: the tree of organisations rules. */
export function parentOf(code: OrgCode): OrgCode | undefined {
  switch (levelOf(code)) {
    case 'nation':
      return undefined;
    case 'province':
      return NATION;
    case 'city':
    case 'county':
      return code.slice(0, -2) as OrgCode;
    case 'township':
    case 'village':
      return code.slice(0, -3) as OrgCode;
  }
}

/** The codes above `code`, nearest first, the nation last. */
export function ancestorsOf(code: OrgCode): OrgCode[] {
  const ancestors: OrgCode[] = [];
  for (let up = parentOf(code); up !== undefined; up = parentOf(up)) ancestors.push(up);
  return ancestors;
}

/**
 * Whether `code` is `area` or lies below it by its digits. An index for lists and counts only:
 * authority comes from the organisation tree and from grants, because development zones, merged
 * townships and provincially run counties do not follow their digits (policy §15.1).
 */
export function isWithin(code: OrgCode, area: OrgCode): boolean {
  return area === NATION || code.startsWith(area);
}
