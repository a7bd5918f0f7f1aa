/** 花名册解析 — reads an exported roll (xlsx) into households, without touching anything. */
import readXlsxFile from 'read-excel-file/node';
import type { CodeLists } from '../../policies/code-lists.ts';
import { loadCodeLists } from '../../policies/code-lists.ts';
import type { RegistryHousehold, RegistryVillage } from '../household.ts';
import { HOUSEHOLD_SHEET, PERSON_SHEET, type RollSheet, VILLAGE_SHEET } from './columns.ts';
import { toHousehold, toMember, toVillage } from './household-rows.ts';
import { type RawCell, readSheetRows, type SheetRow } from './read-sheet.ts';
import { Findings, type RollReading } from './roll.ts';
import { checkFamily, checkUnique, suspectPerson } from './roll-checks.ts';
import { checkContainer, type FormulaCell } from './xlsx-container.ts';

/** What a roll is read against. */
export interface RollExpectation {
  /** Codes of the villages that may occur; undefined = those of the workbook's own 村 sheet. */
  readonly knownVillages?: ReadonlySet<string>;
  readonly codes?: CodeLists;
}

type Data = readonly (readonly RawCell[])[];

/**
 * 解析花名册. Never throws for what a file can contain: every fault is a finding with sheet, row and
 * column. Rows of a household with any error are left out; `errors` being non-empty forbids import.
 */
export async function parseHouseholdRoll(
  file: Buffer,
  { knownVillages, codes = loadCodeLists() }: RollExpectation = {},
): Promise<RollReading> {
  const findings = new Findings();
  const sheets = await openWorkbook(file, findings);
  if (sheets === undefined) return reading([], [], findings, []);
  const read = (sheet: RollSheet): SheetRow[] => {
    const data = sheets.get(sheet.name);
    return (data === undefined ? undefined : readSheetRows(sheet, data, codes, findings)) ?? [];
  };
  const personRows = read(PERSON_SHEET);
  const householdRows = read(HOUSEHOLD_SHEET);
  const villageRows = read(VILLAGE_SHEET);
  if (findings.errors.length === 0 && householdRows.length === 0) {
    const words = '“户”表没有数据行';
    findings.error({ sheet: HOUSEHOLD_SHEET.name, row: 0, column: '', code: 'no-rows', words });
  }
  const faulty = new Set<SheetRow>([
    ...checkUnique('人口', personRows, '人口编号', 'duplicate-person-no', findings),
    ...checkUnique('人口', personRows, '证件号码', 'duplicate-id', findings),
    ...checkUnique('户', householdRows, '户编号', 'duplicate-household-no', findings),
    ...checkUnique('村', villageRows, '行政村代码', 'duplicate-village', findings),
  ]);
  for (const row of personRows) if (row.sound) suspectPerson(row, codes, findings);
  const villages = knownVillageCodes(villageRows, knownVillages);
  checkVillages(VILLAGE_SHEET.name, villageRows, villages, faulty, findings);
  checkVillages(HOUSEHOLD_SHEET.name, householdRows, villages, faulty, findings);
  const households = joinFamilies(householdRows, personRows, faulty, codes, findings);
  const years = new Set(householdRows.map((row) => row.cells['年度'] ?? '').filter(Boolean));
  return reading(
    households,
    villageRows.filter((row) => row.sound && !faulty.has(row)).map(toVillage),
    findings,
    [...years].sort(),
  );
}

async function openWorkbook(
  file: Buffer,
  findings: Findings,
): Promise<ReadonlyMap<string, Data> | undefined> {
  const refuse = (code: string, words: string): void =>
    findings.error({ sheet: '', row: 0, column: '', code, words });
  const container = checkContainer(file);
  if (!container.ok) {
    refuse(container.code, container.words);
    return undefined;
  }
  const sheets = await readXlsxFile(file).catch(() => undefined);
  if (sheets === undefined) {
    refuse('not-xlsx', '表格内容无法读取，请用系统导出的原文件重试');
    return undefined;
  }
  const byName = new Map<string, Data>(sheets.map(({ sheet, data }) => [sheet, data as Data]));
  const known = [PERSON_SHEET, HOUSEHOLD_SHEET, VILLAGE_SHEET];
  for (const { name, required } of known) {
    if (!required || byName.has(name)) continue;
    const words = `缺少工作表“${name}”`;
    findings.error({ sheet: name, row: 0, column: '', code: 'sheet-missing', words });
  }
  for (const name of byName.keys()) {
    if (known.some((sheet) => sheet.name === name)) continue;
    const words = `不认识的工作表“${name}”，未导入`;
    findings.suspect({ sheet: name, row: 0, column: '', code: 'sheet-unknown', words });
  }
  reportFormulas(container.formulas, byName, findings);
  return byName;
}

function reportFormulas(
  formulas: readonly FormulaCell[],
  sheets: ReadonlyMap<string, Data>,
  findings: Findings,
): void {
  for (const { sheet, row, column } of formulas) {
    const heading = String(sheets.get(sheet)?.[0]?.[column] ?? '');
    const words = `“${heading}”是公式，请改为固定内容（选择性粘贴为数值）`;
    findings.error({ sheet, row, column: heading, code: 'formula-cell', words });
  }
}

function knownVillageCodes(
  villageRows: readonly SheetRow[],
  known: ReadonlySet<string> | undefined,
): ReadonlySet<string> {
  return known ?? new Set(villageRows.map((row) => row.cells['行政村代码'] ?? ''));
}

function checkVillages(
  sheet: string,
  rows: readonly SheetRow[],
  villages: ReadonlySet<string>,
  faulty: Set<SheetRow>,
  findings: Findings,
): void {
  for (const row of rows) {
    const code = row.cells['行政村代码'] ?? '';
    if (code === '' || (villages.has(code) && /^\d{12}$/.test(code))) continue;
    faulty.add(row);
    const words = `行政村代码“${code}”不在本地区的行政村名单中`;
    findings.error({ sheet, row: row.row, column: '行政村代码', code: 'village-unknown', words });
  }
}

function joinFamilies(
  householdRows: readonly SheetRow[],
  personRows: readonly SheetRow[],
  faulty: ReadonlySet<SheetRow>,
  codes: CodeLists,
  findings: Findings,
): RegistryHousehold[] {
  const families = new Map<string, SheetRow[]>();
  for (const row of householdRows) families.set(row.cells['户编号'] ?? '', []);
  for (const row of personRows) {
    const householdNo = row.cells['户编号'] ?? '';
    if (householdNo === '') continue;
    const family = families.get(householdNo);
    if (family !== undefined) {
      family.push(row);
      continue;
    }
    const words = `户编号“${householdNo}”在“户”表中没有`;
    const at = { sheet: PERSON_SHEET.name, row: row.row, column: '户编号' };
    findings.error({ ...at, code: 'household-missing', words });
  }
  const isSound = (row: SheetRow): boolean => row.sound && !faulty.has(row);
  const households: RegistryHousehold[] = [];
  for (const row of householdRows) {
    const family = families.get(row.cells['户编号'] ?? '') ?? [];
    const complete = checkFamily(row, family, findings);
    if (!complete || !isSound(row) || !family.every(isSound)) continue;
    households.push(toHousehold(row, family.map(toMember), codes));
  }
  return households;
}

function reading(
  households: readonly RegistryHousehold[],
  villages: readonly RegistryVillage[],
  findings: Findings,
  years: readonly string[],
): RollReading {
  return {
    rows: { households, villages },
    errors: findings.errors,
    suspects: findings.suspects,
    summary: {
      villages: new Set(households.map((household) => household.villageCode)).size,
      households: households.length,
      members: households.reduce((total, household) => total + household.members.length, 0),
      years,
    },
  };
}
