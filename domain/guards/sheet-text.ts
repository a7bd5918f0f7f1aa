/**
 * 公示内容审查 (G-05) — what a posted sheet must never show: 「公示公告中不得公开农户身份证件号码、手机号、
 * 银行账号、健康状况等敏感信息」 (policy §14, P33), and not the cause of poverty either (design §5).
 */

/** One thing found: its kind in the words of the clause, and the text with its middle hidden. */
export interface SensitiveText {
  readonly kind: '身份证件号码' | '手机号' | '电话号码' | '银行账号' | '健康状况' | '致贫原因';
  readonly shown: string;
}

/** Where a text stands: only the office's own contact may name a landline. */
export type SheetTextUse = 'household' | 'contact';

const HEALTH =
  /患有|患病|残疾|慢性病|重病|大病|精神病|癌|肿瘤|艾滋|糖尿病|高血压|尿毒症|肝炎|结核|瘫痪|智障|失能/g;
const CAUSE =
  /致贫原因|返贫原因|因病|因残|因学|因灾|因婚|因丧|缺劳力|缺劳动力|缺技术|缺资金|缺土地|发展动力不足/g;

/** Separators with which people write long numbers. */
const GAP = '[\\s\\-—·._]*';
const NUMBER = new RegExp(`\\d(?:${GAP}\\d)*(?:${GAP}[Xx](?![A-Za-z]))?(?:${GAP}[Bb]\\d)?`, 'g');
/** 2020-10-01, 2020.10.1, 2020年10月1日: a day is not a number of somebody. */
const DAY = /(?:19|20)\d{2}([-.年/])\d{1,2}[-.月/]\d{1,2}日?/g;

/** Everything in the text that must not hang on a board; empty when clean. */
export function findSensitiveText(
  text: string,
  use: SheetTextUse = 'household',
): readonly SensitiveText[] {
  const plain = text.normalize('NFKC').replaceAll(DAY, '/');
  const numbers = [...plain.matchAll(NUMBER)].flatMap(([found]) => numberKind(found, use));
  const health = [...plain.matchAll(HEALTH)].map(([shown]) => ({
    kind: '健康状况' as const,
    shown,
  }));
  const cause = [...plain.matchAll(CAUSE)].map(([shown]) => ({ kind: '致贫原因' as const, shown }));
  return [...numbers, ...health, ...cause];
}

/** 15, 18, 20 and 22 are lengths of identity papers (policy §3.5); other long numbers are accounts. */
function numberKind(found: string, use: SheetTextUse): readonly SensitiveText[] {
  const bare = found.replaceAll(/[^\dXxBb]/g, '');
  const shown = hideMiddle(bare);
  if (/^(?:\d{15}|\d{17}[\dXx]|\d{17}[\dXx]\d{2}|\d{17}[\dXx](?:\d{4}|\d{2}[Bb]\d))$/.test(bare)) {
    return [{ kind: '身份证件号码', shown }];
  }
  if (/^(?:86)?1[3-9]\d{9}$/.test(bare)) return [{ kind: '手机号', shown }];
  if (/^0\d{2,3}\d{7,8}$/.test(bare)) {
    return use === 'contact' ? [] : [{ kind: '电话号码', shown }];
  }
  return bare.length >= 12 ? [{ kind: '银行账号', shown }] : [];
}

/** Enough to find the place, not enough to use the number. */
function hideMiddle(number: string): string {
  return `${number.slice(0, 3)}…${number.slice(-2)}`;
}
