/** 补登与代录 — what an event carries when it was entered late, or typed for its signer. */
import type { Instant } from '../time/instant.ts';

/** 补登 stamp of an event entered late. */
export interface LateStamp {
  readonly claimedAt: Instant;
  readonly proofKind: 'dated-photo' | 'stamped-original';
  readonly proof: string;
}

/** 代录 stamp: the session's user typed, the signer of the paper acted. */
export interface ProxyStamp {
  readonly typistId: string;
  readonly typistName: string;
  readonly paperOn: string;
  readonly scan: string;
}
