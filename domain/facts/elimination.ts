/** 风险消除、回退、清退 — what their forms ask beside the household's own data (policy.md §11). */
import type { PlainDate } from '../time/instant.ts';
import type { SignedFinding } from './household-facts.ts';

/** 风险消除方式. */
export type EliminationWay =
  | 'helped' // 帮扶消除
  | 'natural'; // 自然消除

/** 风险消除方式 as the registry names them. */
export const ELIMINATION_WAY_WORDS: Readonly<Record<EliminationWay, string>> = {
  helped: '帮扶消除',
  natural: '自然消除',
};

/** 一项帮扶措施 and whether it was carried out. */
export interface CarriedMeasure {
  readonly name: string;
  readonly done: boolean;
}

/** 《风险消除信息采集表》《风险消除评估表》《帮扶措施落实情况表》. */
export interface EliminationForm {
  /** 认定时间 of the episode whose risk is judged. */
  readonly since: PlainDate;
  readonly way: EliminationWay;
  /** Since when income has been steady. */
  readonly steadySince: PlainDate;
  /** 收入持续稳定. */
  readonly incomeSteady: SignedFinding | null;
  /** 大额刚性支出稳定解决. */
  readonly spendingSettled: SignedFinding | null;
  /** 认定时的风险中已稳定消除或自然消除的. */
  readonly removedRisks: readonly string[];
  /** 没有新的风险. */
  readonly noNewRisk: SignedFinding | null;
  readonly measures: readonly CarriedMeasure[];
}

/** 《风险消除回退核实表》《监测对象清退核实表》: which episode is put right, why, and who found it. */
export interface ReversalForm {
  /** 认定时间 of the episode. */
  readonly since: PlainDate;
  /** 风险消除时间 as the registry has it; null where the risk is not eliminated. */
  readonly eliminatedOn: PlainDate | null;
  /** 原因, by its word in the pack. */
  readonly cause: string;
  readonly found: SignedFinding | null;
}
