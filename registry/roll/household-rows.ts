/** Turns sound rows into households and villages. */
import type {
  HouseholdAttribute,
  HousingGrade,
  RegistryStatus,
} from '../../domain/facts/household-facts.ts';
import type { MonitoringClass, MonitoringEpisode } from '../../domain/facts/monitoring.ts';
import type { IncomeItems } from '../../domain/household/net-income.ts';
import { invariant } from '../../domain/invariant.ts';
import { parsePlainDate } from '../../domain/time/instant.ts';
import type { CodeListKey, CodeLists } from '../../policies/code-lists.ts';
import { findCodeValue } from '../../policies/code-lists.ts';
import type {
  RegistryHousehold,
  RegistryMember,
  RegistryVillage,
  SupportMode,
} from '../household.ts';
import { DETAIL_COLUMNS, INCOME_HEADINGS, VILLAGE_DETAIL_COLUMNS } from './columns.ts';
import { type SheetRow, toFen } from './read-sheet.ts';

type Cells = Readonly<Record<string, string>>;

/** 家庭成员 of a row of the 人口 sheet. */
export function toMember({ cells }: SheetRow): RegistryMember {
  return {
    personNo: orNull(cells, '人口编号'),
    name: cell(cells, '姓名'),
    idNumber: cell(cells, '证件号码'),
    relation: cell(cells, '与户主关系'),
    details: detailsOf(
      cells,
      DETAIL_COLUMNS.map((column) => column.heading),
    ),
  };
}

/** 户 of a row of the 户 sheet, with its members. */
export function toHousehold(
  { cells }: SheetRow,
  members: readonly RegistryMember[],
  codes: CodeLists,
): RegistryHousehold {
  const value = (heading: string, list: CodeListKey): string | null => {
    const word = cell(cells, heading);
    return word === '' ? null : valueOf(codes, list, word);
  };
  const solved = (heading: string): boolean | null => {
    const answer = value(heading, 'solved');
    return answer === null ? null : answer === 'true';
  };
  const status = value('脱贫状态', 'status') as RegistryStatus;
  return {
    householdNo: cell(cells, '户编号'),
    villageCode: cell(cells, '行政村代码'),
    naturalVillage: orNull(cells, '自然村'),
    groupName: orNull(cells, '村民小组'),
    phone: orNull(cells, '联系电话'),
    status,
    statusByYear: { [cell(cells, '年度')]: status },
    identifiedYear: yearOf(cells, '识别年度'),
    exitYear: yearOf(cells, '脱贫年度'),
    attribute: value('贫困户属性', 'attribute') as HouseholdAttribute,
    supportMode: value('供养方式', 'supportMode') as SupportMode | null,
    standard: orNull(cells, '识别标准'),
    cause: orNull(cells, '主要致贫原因'),
    security: {
      food: solved('不愁吃'),
      clothing: solved('不愁穿'),
      water: solved('饮水安全'),
      education: solved('义务教育'),
      medical: solved('基本医疗'),
      housing: solved('住房安全'),
    },
    housingGrade: value('住房等级', 'housingGrade') as HousingGrade | null,
    relocation: {
      listed: value('是否易地扶贫搬迁户', 'yesNo') === 'true',
      occupied: value('是否已搬迁入住', 'yesNo') === 'true',
    },
    income: incomeOf(cells),
    members,
    ...monitoringOf(cells, value('监测对象类别', 'monitoringClass')),
  };
}

/** 监测: a roll shows the latest episode only; one without its day says nothing that can be compared. */
function monitoringOf(
  cells: Cells,
  named: string | null,
): { monitoring?: readonly MonitoringEpisode[] } {
  const since = parsePlainDate(cell(cells, '监测认定时间'));
  if (named === null || since === undefined) return {};
  const risks = cell(cells, '返贫（致贫）风险').split('、').filter(Boolean);
  const day = (heading: string) => parsePlainDate(cell(cells, heading));
  const eliminatedOn = day('风险消除时间') ?? null;
  const [undone, on] = [day('回退前风险消除时间'), day('风险消除回退时间')];
  const clearedOn = day('监测清退时间');
  const episode: MonitoringEpisode = {
    class: named as MonitoringClass,
    since,
    risks,
    eliminatedOn,
    ...(undone !== undefined && on !== undefined && { rolledBack: [{ eliminatedOn: undone, on }] }),
    ...(clearedOn !== undefined && { clearedOn }),
  };
  return { monitoring: [episode] };
}

/** 村 of a row of the 村 sheet. */
export function toVillage({ cells }: SheetRow): RegistryVillage {
  return {
    villageCode: cell(cells, '行政村代码'),
    name: cell(cells, '村'),
    townshipName: cell(cells, '乡'),
    countyName: cell(cells, '县'),
    cityName: cell(cells, '市'),
    provinceName: cell(cells, '省'),
    isPoorVillage: cell(cells, '是否贫困村') === '是',
    details: detailsOf(
      cells,
      VILLAGE_DETAIL_COLUMNS.map((column) => column.heading),
    ),
  };
}

function incomeOf(cells: Cells): IncomeItems {
  const fen = (heading: string): number => {
    const amount = toFen(cell(cells, heading));
    invariant(amount !== undefined, 'a sound row holds amounts');
    return amount;
  };
  return {
    wage: fen(INCOME_HEADINGS.wage),
    business: fen(INCOME_HEADINGS.business),
    property: fen(INCOME_HEADINGS.property),
    transfer: {
      wubao: fen(INCOME_HEADINGS.wubao),
      pension: fen(INCOME_HEADINGS.pension),
      ecology: fen(INCOME_HEADINGS.ecology),
      dibao: fen(INCOME_HEADINGS.dibao),
      familyPlanning: fen(INCOME_HEADINGS.familyPlanning),
      other: fen(INCOME_HEADINGS.other),
    },
    businessCost: fen(INCOME_HEADINGS.businessCost),
  };
}

function detailsOf(cells: Cells, headings: readonly string[]): Record<string, string> {
  const details: Record<string, string> = {};
  for (const heading of headings) {
    const text = cell(cells, heading);
    if (text !== '') details[heading] = text;
  }
  return details;
}

function valueOf(codes: CodeLists, list: CodeListKey, word: string): string {
  const value = findCodeValue(codes[list], word);
  invariant(value !== undefined, 'a sound row holds known codes');
  return value;
}

function cell(cells: Cells, heading: string): string {
  return cells[heading] ?? '';
}

function orNull(cells: Cells, heading: string): string | null {
  return cells[heading] || null;
}

function yearOf(cells: Cells, heading: string): number | null {
  return cells[heading] ? Number(cells[heading]) : null;
}
