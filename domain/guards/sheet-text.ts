/**
 * 公示内容审查 (G-05) — what a posted sheet must never show: 「公示公告中不得公开农户身份证件号码、手机号、
 * 银行账号、健康状况等敏感信息」 (P33). Returns the kinds found, in Chinese; empty when clean.
 */
export function findSensitiveText(text: string): readonly string[] {
  const compact = text.replaceAll(/[\s-]/g, '');
  const found: string[] = [];
  if (/\d{17}[\dXx]/.test(compact)) found.push('身份证件号码');
  if (/(?<!\d)1[3-9]\d{9}(?!\d)/.test(compact)) found.push('手机号');
  if (/(?<!\d)\d{16}(?!\d)|(?<!\d)\d{19}(?!\d)/.test(compact)) found.push('银行账号');
  if (/患有|残疾|慢性病|大病|精神病|癌/.test(compact)) found.push('健康状况');
  return found;
}
