/** Checks across rows: identity (errors) and what is unlikely (疑似, policy §15.4). */
import { checkIdNumber } from '../../domain/household/id-number.ts';
import type { CodeLists } from '../../policies/code-lists.ts';
import { HEAD_RELATION, SPOUSE_RELATION } from '../household.ts';
import type { SheetRow } from './read-sheet.ts';
import type { Findings } from './roll.ts';

const PERSON = '人口';
const HOUSEHOLD = '户';

/** Reports each value of `heading` that stands in two rows; returns the later rows. */
export function checkUnique(
  sheet: string,
  rows: readonly SheetRow[],
  heading: string,
  code: string,
  findings: Findings,
): ReadonlySet<SheetRow> {
  const first = new Map<string, number>();
  const repeated = new Set<SheetRow>();
  for (const row of rows) {
    const key = uniqueKey(heading, row.cells[heading] ?? '');
    if (key === '') continue;
    const earlier = first.get(key);
    if (earlier === undefined) {
      first.set(key, row.row);
      continue;
    }
    repeated.add(row);
    const words = `“${heading}”与第${earlier}行重复`;
    findings.error({ sheet, row: row.row, column: heading, code, words });
  }
  return repeated;
}

/** The first 18 characters of an ID number are one person, whatever card it is (§15.4). */
function uniqueKey(heading: string, text: string): string {
  return heading === '证件号码' ? text.toUpperCase().slice(0, 18) : text;
}

/** 户内成员 — head, spouses, and whether the two sheets say the same. False when an error was found. */
export function checkFamily(
  household: SheetRow,
  members: readonly SheetRow[],
  findings: Findings,
): boolean {
  const at = { sheet: HOUSEHOLD, row: household.row };
  const heads = members.filter((row) => row.cells['与户主关系'] === HEAD_RELATION);
  const spouses = members.filter((row) => row.cells['与户主关系'] === SPOUSE_RELATION);
  const [head] = heads;
  if (head === undefined || heads.length > 1) {
    const words = head === undefined ? '本户没有户主' : '本户户主多于一人';
    const code = head === undefined ? 'no-head' : 'many-heads';
    findings.error({
      ...at,
      column: '与户主关系',
      code,
      words: `${words}，每户应有且只有一名户主`,
    });
    return false;
  }
  if (spouses.length > 1) {
    const words = '本户“配偶”多于一人';
    findings.error({ ...at, column: '与户主关系', code: 'many-spouses', words });
    return false;
  }
  const sameHead =
    head.cells['姓名'] === household.cells['户主姓名'] &&
    head.cells['证件号码'] === household.cells['户主证件号码'];
  if (!sameHead) {
    const words = '户主姓名或证件号码与“人口”表中的户主不一致';
    findings.error({ ...at, column: '户主证件号码', code: 'head-mismatch', words });
    return false;
  }
  suspectFamily(household, members, head, spouses[0], findings);
  return true;
}

function suspectFamily(
  household: SheetRow,
  members: readonly SheetRow[],
  head: SheetRow,
  spouse: SheetRow | undefined,
  findings: Findings,
): void {
  if (Number(household.cells['家庭人口数']) !== members.length) {
    const words = `家庭人口数与“人口”表中的${members.length}人不一致`;
    const at = { sheet: HOUSEHOLD, row: household.row, column: '家庭人口数' };
    findings.suspect({ ...at, code: 'member-count', words });
  }
  if (spouse !== undefined && spouse.cells['性别'] === head.cells['性别']) {
    const at = { sheet: PERSON, row: spouse.row, column: '性别' };
    findings.suspect({ ...at, code: 'couple-sex', words: '户主与配偶性别相同，请核对' });
  }
}

/** 疑似数据 of one person. */
export function suspectPerson(row: SheetRow, codes: CodeLists, findings: Findings): void {
  const { cells } = row;
  const suspect = (column: string, code: string, words: string): void =>
    findings.suspect({ sheet: PERSON, row: row.row, column, code, words });
  const has = (heading: string): boolean => (cells[heading] ?? '') !== '';
  const id = checkIdNumber(cells['证件号码'] ?? '');
  if (id.ok && id.birthOn !== cells['出生日期']) {
    suspect('出生日期', 'birth-mismatch', '出生日期与证件号码不一致，请核对');
  }
  if (id.ok && id.sex !== cells['性别']) {
    suspect('性别', 'sex-mismatch', '性别与证件号码不一致，请核对');
  }
  const relation = codes.relation.codes.find((code) => code.word === cells['与户主关系']);
  if (relation?.sex !== undefined && relation.sex !== cells['性别']) {
    suspect('与户主关系', 'relation-sex', '与户主关系和性别不符，请核对');
  }
  if (has('文化程度') === has('在校生状况')) {
    suspect('文化程度', 'education-or-schooling', '“文化程度”与“在校生状况”应填且只填一项');
  }
  const works = has('务工时间(月)') && cells['务工时间(月)'] !== '0';
  if (works !== has('务工所在地')) {
    suspect('务工所在地', 'work-place', '“务工时间”与“务工所在地”应同时填写');
  }
  for (const heading of ['健康状况', '是否享受低保', '是否特困供养人员', '是否参加大病保险']) {
    if (!has(heading)) suspect(heading, 'not-filled', `“${heading}”未填写，请补充`);
  }
  if (cells['是否参加新农合(城乡居民医保)'] === '是' && cells['是否参加城镇职工医保'] === '是') {
    suspect('是否参加城镇职工医保', 'two-insurances', '居民医保与职工医保不应同时参加，请核对');
  }
}
