/** 县的事实 — what the record knows of a county when its city's application is judged (policy.md §13.2). */

/** 县快照: counted from the record's lists in the deciding transaction. */
export interface CountySnapshot {
  readonly countyCode: string;
  readonly name: string;
  /** 线下未完成的名单: open lists of the year that need one of the functions and have not come to its step. */
  readonly offlineLists: number;
}

/** Everything a guard may know of a county. */
export interface CountyFacts {
  /** Null where the record has no such county. */
  readonly registry: CountySnapshot | null;
}
