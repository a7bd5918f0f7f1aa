/** 花名册 — the parsed content of an exported roll and what was found wrong with it. */
import type { RegistryHousehold, RegistryVillage } from '../household.ts';

/** Well-formed rows only; a household with a faulty row is left out whole. */
export interface HouseholdRoll {
  readonly households: readonly RegistryHousehold[];
  readonly villages: readonly RegistryVillage[];
}

/** One thing found in a cell, row, sheet or the file: row 1 is the heading row, 0 the sheet or file. */
export interface RollFinding {
  readonly sheet: string;
  readonly row: number;
  /** Heading, or '' when the whole row, sheet or file is meant. */
  readonly column: string;
  /** Stable code. */
  readonly code: string;
  /** What is wrong and what to do, in words of a village clerk; never an ID number. */
  readonly words: string;
}

/** 汇总. */
export interface RollSummary {
  readonly villages: number;
  readonly households: number;
  readonly members: number;
  readonly years: readonly string[];
}

/** 解析结果. `errors` (错误数据) forbid the import; `suspects` (疑似数据) are to be checked, and do not. */
export interface RollReading {
  readonly rows: HouseholdRoll;
  readonly errors: readonly RollFinding[];
  readonly suspects: readonly RollFinding[];
  readonly summary: RollSummary;
}

/** Collects findings; bounded, so that a file of garbage does not make a report of a million lines. */
export class Findings {
  readonly errors: RollFinding[] = [];
  readonly suspects: RollFinding[] = [];

  error(finding: RollFinding): void {
    Findings.add(this.errors, finding);
  }

  suspect(finding: RollFinding): void {
    Findings.add(this.suspects, finding);
  }

  private static add(list: RollFinding[], finding: RollFinding): void {
    if (list.length < FINDINGS_MAX) list.push(finding);
    else if (list.length === FINDINGS_MAX) {
      const words = `问题超过${FINDINGS_MAX}条，其余未列出，请先改正以上问题`;
      list.push({ sheet: '', row: 0, column: '', code: 'too-many-findings', words });
    }
  }
}

/** More than a person reads in one sitting. */
const FINDINGS_MAX = 1_000;
