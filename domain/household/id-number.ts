import { type PlainDate, parsePlainDate } from '../time/instant.ts';

/** 证件种类: 居民身份证, 残疾人证, 补发的残疾人证. */
export type IdKind = 'resident' | 'disability' | 'disability-reissued';

/** Why a number is refused; stable codes. */
export type IdNumberFault =
  | 'id-length'
  | 'id-characters'
  | 'id-birth-date'
  | 'id-checksum'
  | 'id-disability-type'
  | 'id-disability-grade'
  | 'id-reissue-mark';

/** 证件号码校验结果. */
export type IdNumberCheck =
  | {
      readonly ok: true;
      readonly kind: IdKind;
      readonly birthOn: PlainDate;
      readonly sex: '男' | '女';
      /** The number in its one spelling: letters in capitals. */
      readonly number: string;
      /** The first 18 characters: two members who share them are one person (§15.4). */
      readonly residentNumber: string;
    }
  | { readonly ok: false; readonly code: IdNumberFault; readonly words: string };

const RESIDENT_LENGTH = 18;

const KIND_BY_LENGTH: Readonly<Record<number, IdKind>> = {
  18: 'resident',
  20: 'disability',
  22: 'disability-reissued',
};

/** GB 11643 weights of the first 17 digits, and the check characters by remainder. */
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK_CHARACTERS = '10X98765432';

/** No living villager was born earlier: an older birth date is a slip of the pen. */
const EARLIEST_BIRTH = '1900-01-01';

const WORDS: Readonly<Record<IdNumberFault, string>> = {
  'id-length': '证件号码应为18位（身份证）、20位（残疾人证）或22位（补发的残疾人证）',
  'id-characters': '证件号码前17位应为数字，第18位应为数字或X，不得有空格和全角字符',
  'id-birth-date': '证件号码第7至14位不是有效的出生日期',
  'id-checksum': '证件号码校验位不符，请核对是否录错',
  'id-disability-type': '残疾人证第19位（残疾类别）应为1至7',
  'id-disability-grade': '残疾人证第20位（残疾等级）应为1至4',
  'id-reissue-mark': '补发的残疾人证末两位应为B加补发次数，例如B1',
};

/**
 * 证件号码校验. 18 characters: 居民身份证, GB 11643 checksum and a real birth date, x read as X. 20: 残疾人证,
 * the 18 plus type 1–7 and grade 1–4. 22: a re-issued 残疾人证, the 20 plus B and the count of
 * re-issues 1–9. The lengths and "B1" are the rule of the county tools [P54]; the digits of type
 * and grade are those of the national card, and B2 onwards is inferred from B1 [GK].
 * A birth after today is the caller's to refuse: this function knows no clock.
 */
export function checkIdNumber(text: string): IdNumberCheck {
  const kind = KIND_BY_LENGTH[text.length];
  if (kind === undefined) return refused('id-length');
  const number = text.toUpperCase();
  const residentNumber = number.slice(0, RESIDENT_LENGTH);
  if (!/^[1-9]\d{16}[\dX]$/.test(residentNumber)) return refused('id-characters');
  const born = `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`;
  const birthOn = parsePlainDate(born);
  if (birthOn === undefined || birthOn < EARLIEST_BIRTH) return refused('id-birth-date');
  if (!hasRightChecksum(residentNumber)) return refused('id-checksum');
  if (kind !== 'resident') {
    if (!/[1-7]/.test(number.charAt(18))) return refused('id-disability-type');
    if (!/[1-4]/.test(number.charAt(19))) return refused('id-disability-grade');
  }
  if (kind === 'disability-reissued' && !/^B[1-9]$/.test(number.slice(20))) {
    return refused('id-reissue-mark');
  }
  const sex = Number(number.charAt(16)) % 2 === 1 ? '男' : '女';
  return { ok: true, kind, birthOn, sex, number, residentNumber };
}

/**
 * 脱敏证件号码: the county's six digits and the last four of the 18 stay ('530627********0014'). Type and
 * grade of a disability card are health data and go too; a malformed number is hidden whole.
 */
export function maskIdNumber(text: string): string {
  if (KIND_BY_LENGTH[text.length] === undefined) return '*'.repeat(text.length);
  return `${text.slice(0, 6)}********${text.slice(14, RESIDENT_LENGTH)}`;
}

function refused(code: IdNumberFault): IdNumberCheck {
  return { ok: false, code, words: WORDS[code] };
}

function hasRightChecksum(residentNumber: string): boolean {
  const sum = WEIGHTS.reduce(
    (total, weight, place) => total + weight * Number(residentNumber.charAt(place)),
    0,
  );
  return residentNumber.endsWith(CHECK_CHARACTERS.charAt(sum % CHECK_CHARACTERS.length));
}
