/** 名单的状态 — the fold of a roster's events. Plain data; changed only by `evolve`. */
import type { DateReceipt } from '../time/date-receipt.ts';
import type { Instant } from '../time/instant.ts';

/** 办件状态. A blocked case waits until the list wants to advance. */
export type CaseStatus =
  | 'on-list'
  | 'blocked'
  | 'refused'
  | 'withdrawn'
  | 'diverted'
  | 'split-off'
  | 'closed';

/** Why a case is blocked: an open objection, an unresolved hit, a refused registry entry, 不认可 … */
export interface Block {
  readonly code: string;
  readonly words: string;
  readonly since: Instant;
  /** Id of the objection, department … that has to be cleared. */
  readonly ref: string | null;
}

/** 比对结果 of one department for one case. */
export type ComparisonMark = 'waiting' | 'clear' | 'hit' | 'explained' | 'accepted';

/** 比对 of one case: marks in the order of the step's departments, and until when each counts. */
export interface CaseComparison {
  readonly marks: readonly ComparisonMark[];
  readonly ends: readonly (Instant | null)[];
}

/** 登记 of one case: which effect carries it and how it ended. */
export interface CaseRegistration {
  readonly effectId: string;
  readonly state: 'sent' | 'accepted' | 'refused';
  readonly registryNo: string | null;
}

/** 办件. */
export interface CaseState {
  readonly id: string;
  readonly subjectId: string;
  readonly groupId: string | null;
  readonly status: CaseStatus;
  /** Done with the current case-paced step. */
  readonly done: boolean;
  readonly blocks: readonly Block[];
  /** Hash of the last form with which a step was closed for this case. */
  readonly formHash: string | null;
  readonly accepted: { readonly household: boolean; readonly helper: boolean };
  readonly comparison: CaseComparison | null;
  /** 部门认定: by indicator, whether its department certified it; absent while none has spoken. */
  readonly certified?: Readonly<Record<string, boolean>>;
  /** Own end of the notice period, later than the list's when the entry was corrected. */
  readonly noticeEndsAt: Instant | null;
  readonly registration: CaseRegistration | null;
  readonly outcome: string | null;
  /** Problem recorded by an inspection after the label. */
  readonly finding: string | null;
}

/** 一处张贴 — proof of posting, and of removal. */
export interface Posting {
  readonly place: string;
  readonly postedAt: Instant;
  readonly proof: string;
  readonly removedAt: Instant | null;
}

/** 更正 — a signed correction; a material one restarts the entries it names. */
export interface Correction {
  readonly no: number;
  /** Content hash of its own sheet. */
  readonly sheet: string;
  readonly material: boolean;
  readonly caseIds: readonly string[];
  readonly postings: readonly Posting[];
  readonly complete: boolean;
}

/** 公示 or 公告 that is up. */
export interface SheetState {
  readonly stepIndex: number;
  /** Content hash of the sheet as frozen (定稿); corrections have sheets of their own. */
  readonly sheet: string;
  readonly draftedAt: Instant;
  readonly caseIds: readonly string[];
  readonly postings: readonly Posting[];
  readonly startsAt: Instant | null;
  readonly receipt: DateReceipt | null;
  readonly endsAt: Instant | null;
  readonly endNoted: boolean;
  readonly corrections: readonly Correction[];
}

/** 审定文件 under which the list was passed last: what an announcement publishes. */
export interface DecisionState {
  readonly stepIndex: number;
  readonly orgCode: string;
  readonly documentNo: string | null;
  readonly documentOn: string | null;
}

/** 异议. */
export interface Objection {
  readonly id: string;
  readonly kind: 'case' | 'unlisted' | 'list';
  readonly caseId: string | null;
  readonly raisedAt: Instant;
  readonly stepIndex: number;
  /** After the period: no bar, but the next reviewer must answer it. */
  readonly late: boolean;
  readonly dueAt: Instant | null;
  readonly disposal: 'upheld' | 'rejected' | null;
  readonly answered: boolean;
}

/** 补登 — an event whose claimed time counts provisionally until the next level accepts it by name. */
export interface LateEntryState {
  readonly seq: number;
  readonly stepIndex: number;
  /** Type of the event entered late. */
  readonly type: string;
  readonly claimedAt: Instant;
  readonly receivedAt: Instant;
  readonly accepted: boolean;
  /** Who entered it: never the one who accepts it. */
  readonly enteredBy: string | null;
}

/** 中止. */
export interface Suspension {
  readonly since: Instant;
  readonly reason: string;
}

/** 名单. */
export interface RosterState {
  readonly rosterId: string;
  readonly planHash: string;
  readonly unitCode: string;
  readonly batch: number;
  readonly parentId: string | null;
  readonly seq: number;
  /** Effective instant of the last act; wakes, which nobody does, leave it alone. */
  readonly at: Instant;
  readonly openedAt: Instant;
  /** Opening of the first list of this lineage, or the clue before it: the outer clock is never reset. */
  readonly outerSince: Instant;
  readonly outerDueAt: Instant | null;
  readonly stepIndex: number;
  readonly stepSince: Instant;
  readonly dueAt: Instant | null;
  readonly dueReceipt: DateReceipt | null;
  /** How often the current step was entered; a return starts a new pass. */
  readonly passes: Readonly<Record<string, number>>;
  readonly suspension: Suspension | null;
  readonly suspendedMs: number;
  readonly cases: readonly CaseState[];
  readonly notice: SheetState | null;
  readonly announcement: SheetState | null;
  readonly decision: DecisionState | null;
  readonly objections: readonly Objection[];
  readonly lateEntries: readonly LateEntryState[];
  /** Users who typed for somebody else (代录) on this list; they may not review it. */
  readonly typists: readonly string[];
  readonly comparisonAsked: Instant | null;
  readonly effects: readonly {
    readonly id: string;
    readonly caseIds: readonly string[];
    readonly settled: boolean;
  }[];
  readonly childCount: number;
  readonly closedAt: Instant | null;
}

/** 审定 that still stands for a list that goes back to `stepIndex`: what is judged again is void. */
export function standingDecision(state: RosterState, stepIndex: number): DecisionState | null {
  const { decision } = state;
  return decision !== null && decision.stepIndex < stepIndex ? decision : null;
}

/** 在办 — cases that the list still carries. */
export function isActive(item: CaseState): boolean {
  return item.status === 'on-list' || item.status === 'blocked';
}

/** Active cases that nothing blocks: those with which the list goes on. */
export function clearCases(state: RosterState): readonly CaseState[] {
  return state.cases.filter((item) => item.status === 'on-list');
}

/** Active cases, blocked ones included. */
export function activeCases(state: RosterState): readonly CaseState[] {
  return state.cases.filter(isActive);
}
