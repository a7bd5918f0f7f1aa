/**
 * What the registry (全国扶贫开发信息系统) holds of a household, as this project reads it. Shared by the
 * reference registry, the port that speaks to it and the roll (花名册) in which it exports.
 */
import type {
  HouseholdAttribute,
  HousingGrade,
  RegistryStatus,
  Relocation,
  SecurityIndicators,
} from '../domain/facts/household-facts.ts';
import type { MonitoringEpisode } from '../domain/facts/monitoring.ts';
import type { RecordedChange } from '../domain/facts/person-change.ts';
import type { VillageStatus } from '../domain/facts/village-facts.ts';
import type { IncomeItems } from '../domain/household/net-income.ts';

/** 与户主关系 of the head; exactly one member of a household has it. */
export const HEAD_RELATION = '户主';

/** 与户主关系 of the spouse; at most one member has it. */
export const SPOUSE_RELATION = '配偶';

/** 供养方式 of 特困供养 persons; centrally supported ones live in a home (集中供养). */
export type SupportMode = 'central' | 'dispersed';

/** 家庭成员 in the registry. */
export interface RegistryMember {
  /** 人口编号; null until the registry has given one. */
  readonly personNo: string | null;
  readonly name: string;
  readonly idNumber: string;
  readonly relation: string;
  /** Every other column of the person table by its Chinese heading (policy §15.3); empty ones left out. */
  readonly details: Readonly<Record<string, string>>;
}

/** 户 with everything but its number: what 新识别录入 hands over. */
export interface NewRegistryHousehold {
  /** 12-digit code of the registering village. */
  readonly villageCode: string;
  readonly naturalVillage: string | null;
  /** 村民小组 by name; the registry has no code for it. */
  readonly groupName: string | null;
  readonly phone: string | null;
  readonly attribute: HouseholdAttribute;
  readonly supportMode: SupportMode | null;
  /** 识别标准: 国家 / 省定 / 市定. */
  readonly standard: string | null;
  /** 主要致贫原因. */
  readonly cause: string | null;
  readonly security: SecurityIndicators;
  readonly housingGrade: HousingGrade | null;
  readonly relocation: Relocation;
  /** Fen over the income window of the collection. */
  readonly income: IncomeItems;
  readonly members: readonly RegistryMember[];
}

/** 户 as the registry holds it. */
export interface RegistryHousehold extends NewRegistryHousehold {
  /** 户编号. */
  readonly householdNo: string;
  readonly status: RegistryStatus;
  /** 识别年度. */
  readonly identifiedYear: number | null;
  /** 脱贫年度. */
  readonly exitYear: number | null;
  /** 年度状态: status at the end of each year that the registry has. */
  readonly statusByYear: Readonly<Record<string, RegistryStatus>>;
  /** 监测, oldest first; absent for a household that never was monitored. */
  readonly monitoring?: readonly MonitoringEpisode[] | undefined;
  /** 变更记录 of single persons, oldest first; absent where none was changed. */
  readonly personChanges?: readonly RecordedChange[] | undefined;
}

/** 行政村 in the registry. */
export interface RegistryVillage {
  readonly villageCode: string;
  readonly name: string;
  readonly townshipName: string;
  readonly countyName: string;
  readonly cityName: string;
  readonly provinceName: string;
  readonly isPoorVillage: boolean;
  /** The other columns of the village sheet by their Chinese heading. */
  readonly details: Readonly<Record<string, string>>;
}

/** Heading under which the village sheet keeps the year of 出列. */
export const VILLAGE_EXIT_YEAR = '出列年度';

/** 出列年度; null for a village that has not left. */
export function villageExitYear(details: RegistryVillage['details']): number | null {
  const text = details[VILLAGE_EXIT_YEAR] ?? '';
  return /^\d{4}$/.test(text) ? Number(text) : null;
}

/** 村状态: 出列 is a label on a poor village, which stays one on the list of the nation. */
export function villageStatus(isPoorVillage: boolean, exitYear: number | null): VillageStatus {
  if (exitYear !== null) return 'exited-village';
  return isPoorVillage ? 'poor-village' : 'ordinary-village';
}

/** The head (户主); undefined when the household is malformed. */
export function findHead(household: NewRegistryHousehold): RegistryMember | undefined {
  return household.members.find((member) => member.relation === HEAD_RELATION);
}

/** 两不愁三保障 indicators by their word, in the order of policy §3.8. */
export const SECURITY_WORDS: Readonly<Record<keyof SecurityIndicators, string>> = {
  food: '不愁吃',
  water: '饮水安全',
  clothing: '不愁穿',
  education: '义务教育',
  medical: '基本医疗',
  housing: '住房安全',
};

/**
 * The indicators that are not shown as 已解决, by key. One that nobody filled in counts as unresolved:
 * the national system checks what its data show, and an empty field shows nothing (policy G-10).
 */
export function unresolvedSecurity(indicators: SecurityIndicators): (keyof SecurityIndicators)[] {
  const keys = Object.keys(SECURITY_WORDS) as (keyof SecurityIndicators)[];
  return keys.filter((key) => indicators[key] !== true);
}
