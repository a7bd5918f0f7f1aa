/** 花名册导出 — writes the workbook that {@link parseHouseholdRoll} reads. */
import writeXlsxFile from 'write-excel-file/node';
import { invariant } from '../../domain/invariant.ts';
import type { CodeListKey, CodeLists } from '../../policies/code-lists.ts';
import { findCodeWord, loadCodeLists } from '../../policies/code-lists.ts';
import {
  findHead,
  type RegistryHousehold,
  type RegistryMember,
  type RegistryVillage,
} from '../household.ts';
import {
  DETAIL_COLUMNS,
  HOUSEHOLD_SHEET,
  INCOME_HEADINGS,
  PERSON_SHEET,
  type RollSheet,
  VILLAGE_SHEET,
} from './columns.ts';

/** What a roll shows. */
export interface RollContent {
  readonly villages: readonly RegistryVillage[];
  readonly households: readonly RegistryHousehold[];
  /** 年度 of the export. */
  readonly year: number;
  readonly codes?: CodeLists;
}

/** A row by heading; what is missing or empty is an empty cell. */
export type RollRow = Readonly<Record<string, string>>;

/** The three sheets as texts by heading, for those who want to change a cell before writing. */
export interface RollRows {
  readonly 人口: readonly RollRow[];
  readonly 户: readonly RollRow[];
  readonly 村: readonly RollRow[];
}

/** The workbook as bytes. Every cell is text, as in the exports of the national system. */
export async function writeHouseholdRoll(content: RollContent): Promise<Buffer> {
  return writeRollRows(toRollRows(content));
}

/** Writes rows with the headings of each sheet. */
export async function writeRollRows(rows: RollRows): Promise<Buffer> {
  const sheets = [PERSON_SHEET, HOUSEHOLD_SHEET, VILLAGE_SHEET].map((sheet) => ({
    sheet: sheet.name,
    data: toSheetData(sheet, rows[sheet.name]),
  }));
  return writeXlsxFile(sheets).toBuffer();
}

function toSheetData(sheet: RollSheet, rows: readonly RollRow[]) {
  const headings = sheet.columns.map((column) => column.heading);
  const cellOf = (text: string | undefined) =>
    text === undefined || text === '' ? null : { value: text, type: String };
  return [headings.map(cellOf), ...rows.map((row) => headings.map((name) => cellOf(row[name])))];
}

/** Texts by heading. */
export function toRollRows({
  villages,
  households,
  year,
  codes = loadCodeLists(),
}: RollContent): RollRows {
  const byCode = new Map(villages.map((village) => [village.villageCode, village]));
  const villageOf = (household: RegistryHousehold): RegistryVillage => {
    const village = byCode.get(household.villageCode);
    invariant(village !== undefined, 'a roll names the village of each household');
    return village;
  };
  return {
    人口: households.flatMap((household) =>
      household.members.map((member) => personRow(villageOf(household), household, member, year)),
    ),
    户: households.map((household) => householdRow(villageOf(household), household, year, codes)),
    村: villages.map(villageRow),
  };
}

function placeOf(village: RegistryVillage): RollRow {
  return {
    省: village.provinceName,
    市: village.cityName,
    县: village.countyName,
    乡: village.townshipName,
    村: village.name,
  };
}

function personRow(
  village: RegistryVillage,
  household: RegistryHousehold,
  member: RegistryMember,
  year: number,
): RollRow {
  const head = findHead(household);
  const details: Record<string, string> = {};
  for (const { heading } of DETAIL_COLUMNS) details[heading] = member.details[heading] ?? '';
  return {
    ...details,
    ...placeOf(village),
    户编号: household.householdNo,
    人口编号: member.personNo ?? '',
    姓名: member.name,
    证件号码: member.idNumber,
    户联系电话: household.phone ?? '',
    年度: String(year),
    与户主关系: member.relation,
    户主姓名: head?.name ?? '',
    户主证件号码: head?.idNumber ?? '',
    识别标准: household.standard ?? '',
  };
}

function householdRow(
  village: RegistryVillage,
  household: RegistryHousehold,
  year: number,
  codes: CodeLists,
): RollRow {
  const word = (list: CodeListKey, value: string | boolean | null): string =>
    value === null ? '' : (findCodeWord(codes[list], String(value)) ?? '');
  const head = findHead(household);
  const { security, relocation } = household;
  return {
    ...placeOf(village),
    行政村代码: household.villageCode,
    自然村: household.naturalVillage ?? '',
    村民小组: household.groupName ?? '',
    户编号: household.householdNo,
    户主姓名: head?.name ?? '',
    户主证件号码: head?.idNumber ?? '',
    家庭人口数: String(household.members.length),
    联系电话: household.phone ?? '',
    年度: String(year),
    脱贫状态: word('status', household.status),
    贫困户属性: word('attribute', household.attribute),
    供养方式: word('supportMode', household.supportMode),
    识别标准: household.standard ?? '',
    识别年度: household.identifiedYear === null ? '' : String(household.identifiedYear),
    脱贫年度: household.exitYear === null ? '' : String(household.exitYear),
    主要致贫原因: household.cause ?? '',
    不愁吃: word('solved', security.food),
    不愁穿: word('solved', security.clothing),
    饮水安全: word('solved', security.water),
    义务教育: word('solved', security.education),
    基本医疗: word('solved', security.medical),
    住房安全: word('solved', security.housing),
    住房等级: word('housingGrade', household.housingGrade),
    是否易地扶贫搬迁户: word('yesNo', relocation.listed),
    是否已搬迁入住: relocation.listed ? word('yesNo', relocation.occupied) : '',
    ...monitoringCells(household, word),
    ...incomeCells(household),
  };
}

function monitoringCells(
  { monitoring }: RegistryHousehold,
  word: (list: CodeListKey, value: string) => string,
): RollRow {
  const latest = monitoring?.at(-1);
  if (latest === undefined) return {};
  return {
    监测对象类别: word('monitoringClass', latest.class),
    监测认定时间: latest.since,
    '返贫（致贫）风险': latest.risks.join('、'),
    风险消除时间: latest.eliminatedOn ?? '',
    回退前风险消除时间: latest.rolledBack?.at(-1)?.eliminatedOn ?? '',
    风险消除回退时间: latest.rolledBack?.at(-1)?.on ?? '',
    监测清退时间: latest.clearedOn ?? '',
  };
}

function incomeCells({ income }: RegistryHousehold): RollRow {
  const { transfer, ...own } = income;
  const amounts: Record<keyof typeof INCOME_HEADINGS, number> = { ...own, ...transfer };
  return Object.fromEntries(
    Object.entries(INCOME_HEADINGS).map(([key, heading]) => [
      heading,
      toYuan(amounts[key as keyof typeof INCOME_HEADINGS]),
    ]),
  );
}

function toYuan(fen: number): string {
  return fen % 100 === 0 ? String(fen / 100) : (fen / 100).toFixed(2);
}

function villageRow(village: RegistryVillage): RollRow {
  return {
    ...village.details,
    ...placeOf(village),
    行政村代码: village.villageCode,
    是否贫困村: village.isPoorVillage ? '是' : '否',
  };
}
