/** 事件 — what happened to a roster. Past tense; append-only; `evolve` folds them. */
import type { DateReceipt } from '../time/date-receipt.ts';
import type { Instant, PlainDate } from '../time/instant.ts';
import type { CountyCount } from './county-count.ts';
import type { WindowFact } from './facts.ts';
import type { Warning } from './refusal.ts';
import type { LateStamp, ProxyStamp } from './stamps.ts';
import type {
  CaseState,
  ComparisonMark,
  DecisionState,
  LateEntryState,
  Objection,
  SheetState,
} from './state.ts';

/** 附件 named by hash, by the key of the requirement they meet. */
export type Evidence = Readonly<Record<string, readonly string[]>>;

/** 会议记录. */
export interface MeetingRecord {
  readonly heldAt: Instant;
  readonly place: string;
  readonly chair: string;
  readonly recorder: string;
  readonly basis: string;
  readonly entitled: number;
  readonly present: number;
  readonly proxies: readonly {
    readonly for: string;
    readonly by: string;
    readonly paper: string;
  }[];
  readonly workTeamPresent: readonly string[];
  readonly kinship: readonly {
    readonly caseId: string;
    readonly attendee: string;
    readonly relation: string;
  }[];
  readonly comparisonReadOut: boolean;
}

/** 得票 of one case. */
export interface Vote {
  readonly caseId: string;
  readonly for: number;
  readonly against: number;
  readonly abstain: number;
}

/** 登记行 — who entered and who confirmed one household, each a stamped row. */
export interface StampedEntry {
  readonly caseId: string;
  readonly operatorId: string;
  readonly operatorName: string;
  readonly operatorAt: Instant;
  readonly reviewerId: string;
  readonly reviewerName: string;
  readonly reviewerAt: Instant;
}

/** 认定意见 on one indicator of one village. */
export interface CertifiedIndicator {
  readonly caseId: string;
  readonly indicator: string;
  readonly passed: boolean;
  readonly words: string;
}

/** One household's answer from the registry. */
export type RegistryAnswer =
  | { readonly caseId: string; readonly result: 'accepted'; readonly registryNo: string }
  | {
      readonly caseId: string;
      readonly result: 'refused';
      readonly code: string;
      readonly words: string;
    };

type Body =
  | {
      readonly type: 'roster-opened';
      readonly rosterId: string;
      readonly planHash: string;
      readonly unitCode: string;
      readonly batch: number;
      readonly parent: { readonly rosterId: string; readonly seq: number } | null;
      readonly cases: readonly CaseState[];
      readonly stepIndex: number;
      readonly passes: Readonly<Record<string, number>>;
      readonly outerSince: Instant;
      readonly outerDueAt: Instant | null;
      readonly dueAt: Instant | null;
      readonly dueReceipt: DateReceipt | null;
      /** What a split carries over: the notice under which a case stands, its objections, typists. */
      readonly carried: Carried | null;
    }
  | {
      readonly type: 'step-entered';
      readonly stepIndex: number;
      readonly dueAt: Instant | null;
      readonly dueReceipt: DateReceipt | null;
    }
  | {
      readonly type: 'roster-returned';
      readonly toStep: number;
      readonly reason: string;
      readonly cases: readonly CaseState[];
      readonly dueAt: Instant | null;
      readonly dueReceipt: DateReceipt | null;
    }
  | {
      readonly type: 'cases-split-off';
      readonly caseIds: readonly string[];
      readonly childId: string;
      readonly stepIndex: number;
      readonly reason: string;
    }
  | {
      readonly type: 'case-done';
      readonly caseIds: readonly string[];
      readonly forms: readonly string[];
    }
  | {
      readonly type: 'case-blocked';
      readonly caseIds: readonly string[];
      readonly code: string;
      readonly words: string;
      readonly ref: string | null;
    }
  | {
      readonly type: 'case-unblocked';
      readonly caseIds: readonly string[];
      readonly ref: string | null;
      readonly code: string;
    }
  | {
      readonly type: 'case-refused';
      readonly caseIds: readonly string[];
      readonly code: string;
      readonly words: string;
    }
  | {
      readonly type: 'case-withdrawn';
      readonly caseIds: readonly string[];
      readonly reason: string;
      readonly evidence: Evidence;
    }
  | {
      /** 转办: the household leaves the list and becomes a 补短板事项 of its village. */
      readonly type: 'case-diverted';
      readonly caseId: string;
      readonly code: string;
      readonly words: string;
      readonly formHash: string;
      /** What is to be made good (缺什么补什么), as the form shows it. */
      readonly lacking: readonly string[];
    }
  | {
      /** 线索起算: a clue older than the list was found; the whole list's clock runs from its day. */
      readonly type: 'clue-dated';
      readonly foundOn: PlainDate;
      readonly outerSince: Instant;
      readonly outerDueAt: Instant | null;
    }
  | { readonly type: 'suspended'; readonly reason: string; readonly basis: string }
  | { readonly type: 'resumed'; readonly reason: string }
  | {
      readonly type: 'meeting-held';
      readonly group: string;
      readonly meeting: MeetingRecord;
      readonly votes: readonly Vote[];
      readonly evidence: Evidence;
    }
  | {
      readonly type: 'meeting-void';
      readonly group: string;
      readonly meeting: MeetingRecord;
      readonly evidence: Evidence;
    }
  | {
      readonly type: 'verified';
      readonly caseIds: readonly string[];
      readonly signers: readonly { readonly role: string; readonly name: string }[];
      readonly evidence: Evidence;
    }
  | {
      readonly type: 'acceptance-attempted';
      readonly caseId: string;
      readonly party: 'household' | 'helper';
      readonly accepted: boolean;
      readonly signer: string;
      readonly proxy: {
        readonly name: string;
        readonly relation: string;
        readonly reason: string;
      } | null;
      readonly evidence: Evidence;
    }
  | {
      readonly type: 'comparison-requested';
      readonly batchId: string;
      readonly caseIds: readonly string[];
    }
  | {
      readonly type: 'comparison-received';
      readonly batchId: string;
      readonly department: string;
      readonly departmentIndex: number;
      readonly departmentCount: number;
      readonly receiptId: string;
      readonly dataOn: string;
      readonly validUntil: Instant;
      readonly results: readonly { readonly caseId: string; readonly hit: boolean }[];
    }
  | {
      readonly type: 'hit-explained';
      readonly caseId: string;
      readonly department: string;
      readonly departmentIndex: number;
      readonly words: string;
      readonly evidence: Evidence;
    }
  | {
      readonly type: 'explanation-judged';
      readonly caseId: string;
      readonly department: string;
      readonly departmentIndex: number;
      readonly mark: ComparisonMark;
      readonly words: string;
    }
  | {
      readonly type: 'certified';
      readonly department: string;
      readonly documentNo: string;
      readonly documentOn: string;
      readonly opinions: readonly CertifiedIndicator[];
      readonly evidence: Evidence;
    }
  | {
      readonly type: 'reported';
      readonly documentNo: string;
      readonly documentOn: string;
      readonly why: string;
      readonly counts: readonly CountyCount[];
      readonly actId: string | null;
      readonly evidence: Evidence;
    }
  | {
      readonly type: 'functions-opened';
      readonly caseIds: readonly string[];
      readonly documentNo: string;
      readonly documentOn: string;
      readonly windows: readonly WindowFact[];
      readonly evidence: Evidence;
    }
  | { readonly type: 'notice-drafted'; readonly sheet: string; readonly caseIds: readonly string[] }
  | {
      readonly type: 'notice-posted';
      readonly place: string;
      readonly proof: string;
      readonly correction: number | null;
    }
  | {
      readonly type: 'notice-period-started';
      readonly receipt: DateReceipt;
      readonly correction: number | null;
    }
  | { readonly type: 'notice-ended' }
  | {
      readonly type: 'notice-removed';
      readonly place: string;
      readonly proof: string;
      readonly early: boolean;
    }
  | {
      readonly type: 'notice-corrected';
      readonly no: number;
      readonly material: boolean;
      readonly caseIds: readonly string[];
      readonly words: string;
      readonly sheet: string;
    }
  | { readonly type: 'notice-closed'; readonly evidence: Evidence }
  | {
      readonly type: 'objection-raised';
      readonly objection: Objection;
      readonly words: string;
      readonly channel: string;
      readonly objector: string | null;
      readonly subjectWords: string | null;
    }
  | {
      readonly type: 'objection-disposed';
      readonly objectionId: string;
      readonly result: 'upheld' | 'rejected';
      readonly words: string;
      readonly investigators: readonly string[];
      readonly evidence: Evidence;
    }
  | { readonly type: 'objection-answered'; readonly objectionId: string; readonly words: string }
  | {
      readonly type: 'reviewed';
      readonly opinion: string;
      readonly documentNo: string | null;
      readonly actId: string | null;
      readonly evidence: Evidence;
      readonly acceptedLate: readonly number[];
    }
  | {
      readonly type: 'decided';
      readonly opinion: string;
      readonly documentNo: string;
      readonly documentOn: string;
      readonly actId: string | null;
      readonly evidence: Evidence;
      readonly acceptedLate: readonly number[];
    }
  | {
      readonly type: 'announcement-drafted';
      readonly sheet: string;
      readonly caseIds: readonly string[];
    }
  | { readonly type: 'announcement-posted'; readonly place: string; readonly proof: string }
  | { readonly type: 'announcement-started'; readonly receipt: DateReceipt }
  | { readonly type: 'announcement-ended' }
  | {
      readonly type: 'registration-sent';
      readonly effectId: string;
      readonly windowId: string;
      readonly entries: readonly StampedEntry[];
    }
  | {
      readonly type: 'registration-answered';
      readonly effectId: string;
      readonly outcome: string;
      readonly answers: readonly RegistryAnswer[];
    }
  | {
      readonly type: 'inspected';
      readonly findings: readonly {
        readonly caseId: string;
        readonly problem: boolean;
        readonly words: string;
      }[];
      readonly evidence: Evidence;
    }
  | {
      readonly type: 'plan-adopted';
      readonly planHash: string;
      readonly reason: string;
      readonly stepIndex: number;
      /** Due dates under the new plan; absent in events older than this. */
      readonly due?: {
        readonly dueAt: Instant | null;
        readonly dueReceipt: DateReceipt | null;
        readonly outerDueAt: Instant | null;
      };
    }
  | { readonly type: 'roster-closed' };

/** What a split carries to the child besides its cases. */
export interface Carried {
  readonly notice: SheetState | null;
  readonly announcement: SheetState | null;
  readonly decision: DecisionState | null;
  readonly objections: readonly Objection[];
  readonly lateEntries: readonly LateEntryState[];
  readonly typists: readonly string[];
  readonly comparisonAsked: Instant | null;
  readonly suspendedMs: number;
  /** Since when the cases stand at the step they are split off at; null when sent back to another. */
  readonly stepSince: Instant | null;
}

/** The kind of an event without its stamp. */
export type EventBody = Body;

/** A stamped event. `at` is effective time, `receivedAt` when the system got it; both are kept. */
export interface RosterEvent {
  readonly seq: number;
  readonly at: Instant;
  readonly receivedAt: Instant;
  /** Legal actor; null for wakes, which nobody does. */
  readonly actorId: string | null;
  readonly actorName: string | null;
  readonly actorOrg: string | null;
  readonly late: LateStamp | null;
  readonly proxy: ProxyStamp | null;
  readonly warnings: readonly Warning[];
  readonly body: Body;
}
