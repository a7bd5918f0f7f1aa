/** 指令 — what somebody asks of a roster. Imperative; judged once; the outcome is kept with it. */

import type { Instant, PlainDate } from '../time/instant.ts';
import type { ActorSnapshot } from './actor.ts';
import type { CountyCount } from './county-count.ts';
import type {
  CertifiedIndicator,
  Evidence,
  MeetingRecord,
  RegistryAnswer,
  StampedEntry,
  Vote,
} from './event.ts';
import type { Refusal, Warning } from './refusal.ts';

/** 补登: the act happened at `claimedAt` and is proved by a dated photo or a stamped original. */
export interface LateEntry {
  readonly claimedAt: Instant;
  readonly proofKind: 'dated-photo' | 'stamped-original';
  readonly proof: string;
}

/** 代录: the session's user types a paper that somebody else signed. */
export interface ProxyEntry {
  readonly userId: string;
  readonly paperOn: PlainDate;
  readonly scan: string;
}

/** Where an act (文书) carried the command. */
export interface ActReference {
  readonly actId: string;
  readonly documentNo: string | null;
  readonly documentOn: PlainDate | null;
}

/** Parts that every command may carry. */
export interface Envelope {
  readonly late?: LateEntry;
  readonly onBehalf?: ProxyEntry;
  readonly act?: ActReference;
  /** Reasons for departing from what a text calls 原则上, by the warning's code. */
  readonly reasons?: Readonly<Record<string, string>>;
  /** Go on without the cases that fail a guard; they form a child list at this step. */
  readonly leaveBehind?: boolean;
}

/** 定稿: the server makes the sheet; the clerk says at most what was seen and whom to call. */
export interface SheetDraft {
  /** Hash of the preview that was looked at; a list that changed since is refused. */
  readonly seen?: string;
  /** 监督联系方式 to be printed: a hotline, an office; no mobile number (G-05). */
  readonly contact?: string;
}

/** What the command asks, by type. */
export type CommandRequest =
  | {
      readonly type: 'record-collection';
      readonly entries: readonly { readonly caseId: string; readonly formHash: string }[];
      readonly evidence: Evidence;
    }
  | {
      readonly type: 'hold-assembly';
      readonly group: string | null;
      readonly meeting: MeetingRecord;
      readonly votes: readonly Vote[];
      readonly evidence: Evidence;
    }
  | {
      readonly type: 'record-void-assembly';
      readonly group: string | null;
      readonly meeting: MeetingRecord;
      readonly evidence: Evidence;
    }
  | {
      readonly type: 'verify';
      readonly entries: readonly { readonly caseId: string; readonly formHash: string }[];
      readonly signers: readonly { readonly role: string; readonly name: string }[];
      readonly evidence: Evidence;
    }
  | {
      readonly type: 'record-acceptance';
      readonly caseId: string;
      readonly party: 'household' | 'helper';
      readonly accepted: boolean;
      readonly signer: string;
      readonly proxy?: {
        readonly name: string;
        readonly relation: string;
        readonly reason: string;
      };
      readonly evidence: Evidence;
    }
  | {
      readonly type: 'request-comparison';
      readonly batchId: string;
      readonly caseIds: readonly string[];
    }
  | {
      readonly type: 'receive-comparison';
      readonly batchId: string;
      readonly department: string;
      readonly receiptId: string;
      readonly dataOn: PlainDate;
      readonly results: readonly { readonly caseId: string; readonly hit: boolean }[];
    }
  | {
      readonly type: 'explain-hit';
      readonly caseId: string;
      readonly department: string;
      readonly words: string;
      readonly evidence: Evidence;
    }
  | {
      readonly type: 'judge-explanation';
      readonly caseId: string;
      readonly department: string;
      readonly accepted: boolean;
      readonly words: string;
    }
  | {
      /** 认定意见 of one department by one document, over villages and indicators. */
      readonly type: 'certify';
      readonly department: string;
      readonly documentNo: string;
      readonly documentOn: PlainDate;
      readonly opinions: readonly CertifiedIndicator[];
      readonly evidence: Evidence;
    }
  | ({ readonly type: 'draft-notice' } & SheetDraft)
  | {
      readonly type: 'post-notice';
      readonly place: string;
      readonly proof: string;
      readonly correction?: number;
    }
  | { readonly type: 'remove-notice'; readonly place: string; readonly proof: string }
  | {
      readonly type: 'correct-notice';
      readonly change: 'outcome' | 'identity' | 'added-name' | 'other';
      readonly caseIds: readonly string[];
      readonly words: string;
      readonly contact?: string;
    }
  | { readonly type: 'close-notice'; readonly evidence: Evidence }
  | {
      readonly type: 'raise-objection';
      readonly kind: 'case' | 'unlisted' | 'list';
      readonly caseId?: string;
      readonly subjectWords?: string;
      readonly words: string;
      readonly channel: string;
      readonly objector?: string;
    }
  | {
      readonly type: 'dispose-objection';
      readonly objectionId: string;
      readonly result: 'upheld' | 'rejected';
      readonly words: string;
      readonly investigators: readonly string[];
      readonly evidence: Evidence;
      readonly returnTo?: string;
    }
  | {
      /** 功能开通: from `opensAt` (null: at once) to `closesAt` (null: the last day that the rules allow). */
      readonly type: 'open-functions';
      readonly documentNo: string;
      readonly documentOn: PlainDate;
      readonly opensAt: Instant | null;
      readonly closesAt: Instant | null;
      readonly evidence: Evidence;
    }
  | {
      readonly type: 'review';
      readonly opinion: string;
      readonly refuse: readonly { readonly caseId: string; readonly words: string }[];
      readonly answers: readonly { readonly objectionId: string; readonly words: string }[];
      readonly acceptLate: readonly number[];
      readonly evidence: Evidence;
    }
  | {
      readonly type: 'decide';
      readonly opinion: string;
      readonly documentNo: string;
      readonly documentOn: PlainDate;
      readonly refuse: readonly { readonly caseId: string; readonly words: string }[];
      readonly answers: readonly { readonly objectionId: string; readonly words: string }[];
      readonly acceptLate: readonly number[];
      readonly evidence: Evidence;
    }
  | {
      /** 报告 to the level above: why, and how many of each county. */
      readonly type: 'report';
      readonly documentNo: string;
      readonly documentOn: PlainDate;
      readonly why: string;
      readonly counts: readonly CountyCount[];
      readonly evidence: Evidence;
    }
  | ({ readonly type: 'draft-announcement' } & SheetDraft)
  | {
      readonly type: 'post-announcement';
      readonly place: string;
      readonly proof: string;
    }
  | { readonly type: 'carry-registrations'; readonly entries: readonly StampedEntry[] }
  | {
      readonly type: 'report-registrations';
      readonly effectId: string;
      readonly answers: readonly RegistryAnswer[];
    }
  | {
      readonly type: 'inspect';
      readonly findings: readonly {
        readonly caseId: string;
        readonly problem: boolean;
        readonly words: string;
      }[];
      readonly evidence: Evidence;
    }
  | {
      readonly type: 'return-cases';
      readonly caseIds: readonly string[] | null;
      readonly toStep: string;
      readonly reason: string;
    }
  | {
      /** 分户、并户: the household is not the one that was visited; sent by the system alone. */
      readonly type: 'return-divided';
      readonly caseId: string;
      readonly reason: string;
    }
  | { readonly type: 'advance'; readonly reason: string }
  | { readonly type: 'split'; readonly caseIds: readonly string[]; readonly reason: string }
  | {
      readonly type: 'withdraw-case';
      readonly caseId: string;
      readonly reason: string;
      readonly evidence: Evidence;
    }
  | { readonly type: 'suspend'; readonly reason: string; readonly basis: string }
  | { readonly type: 'resume'; readonly reason: string }
  | { readonly type: 'adopt-plan'; readonly planHash: string; readonly reason: string };

export type CommandType = CommandRequest['type'];

/** Body of a command row. */
export type CommandBody = CommandRequest & Envelope;

/** A command as `decide` sees it. */
export interface Command {
  readonly id: string;
  readonly actor: ActorSnapshot;
  readonly receivedAt: Instant;
  readonly body: CommandBody;
}

/** 处理结果, stored with the command in the deciding transaction. */
export type CommandOutcome =
  | {
      readonly kind: 'applied';
      readonly fromSeq: number;
      readonly toSeq: number;
      readonly at: Instant;
      readonly warnings: readonly Warning[];
      readonly children: readonly string[];
    }
  | { readonly kind: 'refused'; readonly at: Instant; readonly refusals: readonly Refusal[] };
