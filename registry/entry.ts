/** 登记操作 — what can be written to the registry, one household at a time, and how it answers. */
import type { EliminationWay } from '../domain/facts/elimination.ts';
import type { RegistryStatus } from '../domain/facts/household-facts.ts';
import type { MonitoringClass } from '../domain/facts/monitoring.ts';
import type { PersonChangeForm } from '../domain/facts/person-change.ts';
import type { OrgLevel } from '../domain/organisation/org-code.ts';
import type { RegistryFunction } from '../domain/plan/registry-function.ts';
import type { Instant, PlainDate } from '../domain/time/instant.ts';
import type { NewRegistryHousehold } from './household.ts';

const CORRECTIONS = ['clear-household', 'rollback-prior-years', 'rollback-stable-exit'] as const;

/** 更正 that a level above the county carries out. */
export type CorrectionFunction = (typeof CORRECTIONS)[number];

/** 户状态 that a correction ends with. */
export const CORRECTED_STATUS: Readonly<Record<CorrectionFunction, RegistryStatus>> = {
  'clear-household': 'cleared',
  'rollback-prior-years': 'poor',
  'rollback-stable-exit': 'exited',
};

/** 功能开通至本级: a level above the county enters it itself, and a window there is for its own accounts (S2). */
export function isOfOwnLevel(functionKey: string): boolean {
  return functionKey === 'clear-person' || CORRECTIONS.some((each) => each === functionKey);
}

/** 功能 through which single persons of a household are changed. */
export const PERSON_FUNCTIONS = [
  'change-members',
  'clear-person',
  'supplement-person',
  'adjust-new-household',
] as const;

/** 人员变更 of one household: all the persons of its form, or none. */
export interface PersonWrite extends PersonChangeForm {
  readonly functionKey: (typeof PERSON_FUNCTIONS)[number];
  readonly householdNo: string;
  readonly year: number;
}

/** Whether a write changes single persons. */
export function isPersonWrite(write: RegistryWrite): write is PersonWrite {
  return PERSON_FUNCTIONS.some((each) => each === write.functionKey);
}

/** What is written: a label on a household, or a new household. */
export type RegistryWrite =
  | PersonWrite
  | { readonly functionKey: 'mark-exit'; readonly householdNo: string; readonly year: number }
  | {
      readonly functionKey: 'mark-return';
      readonly householdNo: string;
      readonly year: number;
      /** 返贫原因. */
      readonly cause: string;
    }
  | {
      readonly functionKey: 'mark-monitored';
      /** 户编号, or the whole household where the registry does not hold it (边缘易致贫户). */
      readonly subject: string | NewRegistryHousehold;
      readonly year: number;
      readonly class: MonitoringClass;
      /** 认定时间. */
      readonly since: PlainDate;
      readonly risks: readonly string[];
    }
  | {
      readonly functionKey: 'mark-elimination';
      readonly householdNo: string;
      readonly year: number;
      /** 认定时间 of the episode. */
      readonly since: PlainDate;
      /** 风险消除时间. */
      readonly eliminatedOn: PlainDate;
      readonly way: EliminationWay;
    }
  | {
      readonly functionKey: 'rollback-elimination';
      readonly householdNo: string;
      readonly year: number;
      readonly since: PlainDate;
      /** 风险消除时间 of the elimination that is undone. */
      readonly eliminatedOn: PlainDate;
      /** 回退时间. */
      readonly on: PlainDate;
      readonly cause: string;
    }
  | {
      readonly functionKey: 'clear-monitored';
      readonly householdNo: string;
      readonly year: number;
      readonly since: PlainDate;
      /** 清退时间. */
      readonly on: PlainDate;
      readonly cause: string;
    }
  | {
      /** 出列 of a village. */
      readonly functionKey: 'mark-village-exit';
      readonly villageCode: string;
      readonly year: number;
    }
  | {
      /** 更正 of a household's status. */
      readonly functionKey: CorrectionFunction;
      readonly householdNo: string;
      readonly year: number;
      readonly cause: string;
    }
  | {
      readonly functionKey: 'enrol-household';
      readonly household: NewRegistryHousehold;
      readonly year: number;
    };

/** 户编号, or code of the village, on which a write lands; null for a household that the registry does not hold yet. */
export function registeredNoOf(write: RegistryWrite): string | null {
  switch (write.functionKey) {
    case 'enrol-household':
      return null;
    case 'mark-monitored':
      return typeof write.subject === 'string' ? write.subject : null;
    case 'mark-village-exit':
      return write.villageCode;
    default:
      return write.householdNo;
  }
}

/** The whole household that a write hands over, where it does. */
export function newHouseholdOf(write: RegistryWrite): NewRegistryHousehold | null {
  switch (write.functionKey) {
    case 'enrol-household':
      return write.household;
    case 'mark-monitored':
      return typeof write.subject === 'string' ? null : write.subject;
    default:
      return null;
  }
}

/** One entry as sent: the write, at which level's window, and the two people who stand for it. */
export interface RegistryEntryBody {
  readonly write: RegistryWrite;
  /** Level whose accounts the window opens to (县级 in the packs of 2017 and 2020). */
  readonly level: OrgLevel;
  /** 录入人. */
  readonly operatorId: string;
  /** 复核人, never the operator (policy G-17). */
  readonly reviewerId: string;
}

/** Why the registry refuses an entry; stable. */
export type EntryRefusalCode =
  | 'window_closed' // G-15
  | 'security_unresolved' // G-10
  | 'not_found'
  | 'wrong_status'
  | 'same_person' // G-17
  | 'duplicate_head'
  | 'duplicate_person'
  | 'not_member'
  | 'no_head'
  | 'village_unknown'
  | 'fault_refused';

/** 登记结果. */
export type EntryResult =
  | {
      readonly result: 'accepted';
      /** 户编号 of the household written. */
      readonly registryNo: string;
      /** 流水号 of the entry log. */
      readonly receiptNo: string;
      readonly at: Instant;
    }
  | { readonly result: 'refused'; readonly code: EntryRefusalCode; readonly words: string };

/** 操作日志 — one line of the entry log: every write, refused ones too. */
export interface EntryLogLine {
  readonly receiptNo: string;
  readonly householdNo: string | null;
  readonly functionKey: RegistryFunction;
  readonly year: number;
  readonly operatorId: string;
  readonly reviewerId: string;
  readonly level: OrgLevel;
  readonly windowId: string | null;
  readonly at: Instant;
  readonly result: 'accepted' | 'refused';
  readonly refusalCode: string | null;
}
