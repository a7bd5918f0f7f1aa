/** 村的事实 — what the record knows of a village when its exit (出列) is judged (policy.md §7). */
import type { PlainDate } from '../time/instant.ts';
import type { Signature, VisitForm } from './household-facts.ts';

/** 村状态 in the registry. */
export type VillageStatus =
  | 'poor-village' // 贫困村
  | 'exited-village' // 已出列
  | 'ordinary-village'; // 非贫困村

/** 村快照: counted from the record's households in the deciding transaction. */
export interface VillageSnapshot {
  readonly villageCode: string;
  readonly name: string;
  readonly status: VillageStatus;
  /** 出列年度; null while the village has not left. */
  readonly exitYear: number | null;
  /** 未脱贫 persons and households (返贫 included) in the registry. */
  readonly poorPersons: number;
  readonly poorHouseholds: number;
  /** Households of the village that stand on a list of 贫困户脱贫 which is not decided to its end. */
  readonly openExitCases: number;
}

/** 贫困发生率的分母: how many, counted how, on which day. */
export interface RateDenominator {
  readonly persons: number;
  /** 口径 in the words of the pack. */
  readonly definition: string;
  readonly on: PlainDate;
}

/** 贫困村退出申报表: item by item, with the denominator of the rate. Numerators come from the registry. */
export interface VillageForm {
  readonly subject: 'village';
  readonly hash: string;
  readonly version: number;
  readonly filledOn: PlainDate;
  readonly denominator: RateDenominator;
  /** 逐条对照: what the village says of each indicator; null where it says nothing. */
  readonly indicators: readonly {
    readonly key: string;
    readonly met: boolean | null;
    readonly words: string;
  }[];
  /** 整自然村搬迁范围内的深度贫困村, and whether it has moved; null where nobody said. */
  readonly relocation: { readonly listed: boolean | null; readonly moved: boolean | null };
  readonly signatures: readonly Signature[];
  readonly compiledBy: string;
}

/** 村表 with blanks, of a 非贫困村 in which registered poor live. */
export interface OpenSheet {
  readonly name: string;
  /** Headings that nobody filled in. */
  readonly missing: readonly string[];
}

/** Everything a guard may know of a village. */
export interface VillageFacts {
  readonly registry: VillageSnapshot | null;
  readonly form: VillageForm | null;
  /** Of the list's township; read only where GV6 is judged. */
  readonly openSheets?: readonly OpenSheet[];
}

/** 表 of a village, told from that of a household. */
export function isVillageForm(form: VisitForm | VillageForm): form is VillageForm {
  return 'subject' in form;
}
