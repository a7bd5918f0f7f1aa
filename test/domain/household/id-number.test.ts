import { describe, expect, test } from 'vitest';
import { checkIdNumber, maskIdNumber } from '../../../domain/household/id-number.ts';

/** The example of GB 11643-1999. */
const EXAMPLE = '11010519491231002X';

describe('证件号码 of 18, 20 and 22 characters (§3.5)', () => {
  test.for([
    ['18 → 居民身份证', EXAMPLE, 'resident'],
    ['a small x reads as X', EXAMPLE.toLowerCase(), 'resident'],
    ['20 → 残疾人证', `${EXAMPLE}11`, 'disability'],
    ['20, the highest type and grade', `${EXAMPLE}74`, 'disability'],
    ['22 → re-issued, B1', `${EXAMPLE}11B1`, 'disability-reissued'],
    ['22, a small b', `${EXAMPLE}11b2`, 'disability-reissued'],
  ] as const)('%s → accepted', ([, text, kind]) => {
    expect(checkIdNumber(text)).toMatchObject({
      ok: true,
      kind,
      birthOn: '1949-12-31',
      sex: '女',
      residentNumber: EXAMPLE,
    });
  });

  test.for([
    ['empty', '', 'id-length'],
    ['15 digits, the old card', '110105491231002', 'id-length'],
    ['19', `${EXAMPLE}1`, 'id-length'],
    ['21', `${EXAMPLE}11B`, 'id-length'],
    ['a letter inside', '1101051949123100AX', 'id-characters'],
    ['a full-width digit', '１10105194912310021', 'id-characters'],
    ['begins with 0', '010105194912310021', 'id-characters'],
    ['30 February', '110105194902300021', 'id-birth-date'],
    ['born in 1899', '110105189912310021', 'id-birth-date'],
    ['one digit wrong', '110105194912310021', 'id-checksum'],
    ['two digits swapped', '11010519491213002X', 'id-checksum'],
    ['disability type 8', `${EXAMPLE}81`, 'id-disability-type'],
    ['disability type 0', `${EXAMPLE}01`, 'id-disability-type'],
    ['disability grade 5', `${EXAMPLE}15`, 'id-disability-grade'],
    ['re-issue B0', `${EXAMPLE}11B0`, 'id-reissue-mark'],
    ['re-issue C1', `${EXAMPLE}11C1`, 'id-reissue-mark'],
  ] as const)('%s → refused', ([, text, code]) => {
    expect(checkIdNumber(text)).toMatchObject({ ok: false, code });
  });

  test('every single wrong check character is caught', () => {
    const wrong = Array.from({ length: 10 }, (_, last) =>
      checkIdNumber(`${EXAMPLE.slice(0, 17)}${last}`),
    );
    expect(wrong.every((check) => !check.ok && check.code === 'id-checksum')).toBe(true);
  });

  test('masked: birth, type and grade are gone, a malformed number is gone whole', () => {
    expect(maskIdNumber(`${EXAMPLE}11B1`)).toBe('110105********002X');
    expect(maskIdNumber('12345')).toBe('*****');
  });
});
