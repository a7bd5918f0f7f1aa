import { describe, expect, test } from 'vitest';
import {
  ancestorsOf,
  isWithin,
  levelOf,
  NATION,
  orgCode,
  parentOf,
  parseOrgCode,
} from '../../../domain/organisation/org-code.ts';

const VILLAGE = orgCode('530627101201');

describe('统计用区划代码 (§15.1)', () => {
  test.for([
    ['0', 'nation'],
    ['53', 'province'],
    ['5306', 'city'],
    ['530627', 'county'],
    ['441900', 'county'],
    ['530627101', 'township'],
    ['530627101201', 'village'],
  ] as const)('%s is a %s', ([code, level]) => {
    expect(levelOf(orgCode(code))).toBe(level);
  });

  test.for([
    '',
    '5',
    '530',
    '530000',
    '5300',
    '530000000000',
    '530627000',
    '530627101000',
    '03',
    '53062x',
  ])('"%s" is padded or no code → undefined', (text) => {
    expect(parseOrgCode(text)).toBeUndefined();
  });

  test('the chain of a village ends at the nation', () => {
    expect(ancestorsOf(VILLAGE)).toEqual(['530627101', '530627', '5306', '53', NATION]);
    expect(parentOf(NATION)).toBeUndefined();
  });

  test.for([
    [VILLAGE, true],
    ['530627101', true],
    ['530627', true],
    [NATION, true],
    ['530627102', false],
    ['43', false],
  ] as const)('the village lies within %s: %s', ([area, within]) => {
    expect(isWithin(VILLAGE, orgCode(area))).toBe(within);
  });

  test('a county does not lie within its village', () => {
    expect(isWithin(orgCode('530627'), VILLAGE)).toBe(false);
  });
});
