import { describe, expect, test } from 'vitest';
import {
  findCovered,
  isMaskedIdNumber,
  maskIdNumber,
} from '../../../domain/household/masked-id-number.ts';

const ONE = { name: '甲', idNumber: '539999195209220019' };
const TWIN = { name: '乙', idNumber: '539999198001010019' };

describe('证件号码的遮盖', () => {
  test.for([
    ['539999195209220019', '539999********0019'],
    ['53999919520922001X', '539999********001X'],
    ['53999919520922001942', '539999**********1942'],
    ['53999919520922001942B1', '539999************42B1'],
    ['1234567890', '**********'],
    ['', ''],
  ] as const)('%s is shown as %s', ([whole, shown]) => {
    expect(maskIdNumber(whole)).toBe(shown);
  });

  test('a covered number is told from every whole one', () => {
    expect(isMaskedIdNumber(maskIdNumber(ONE.idNumber))).toBe(true);
    expect(isMaskedIdNumber(ONE.idNumber)).toBe(false);
  });

  test('a covered number stands for the one person of that name whom it fits', () => {
    const covered = { name: '甲', idNumber: maskIdNumber(ONE.idNumber) };
    expect(findCovered(covered, [ONE, TWIN, ONE])).toBe(ONE.idNumber);
    expect(findCovered({ ...covered, name: '丙' }, [ONE, TWIN])).toBeUndefined();
    expect(findCovered(covered, [ONE, { ...TWIN, name: '甲' }])).toBeUndefined();
  });
});
