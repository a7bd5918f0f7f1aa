import type { Instant } from '../time/instant.ts';

/**
 * 不予受理的答复 — a refusal is a value: what is wrong, under which clause, what is missing, who can
 * clear it and the earliest instant at which trying again makes sense.
 */
export interface Refusal {
  /** Stable code: a guard id of policy §14 (G-03, NX1…) or a kernel code in capitals. */
  readonly code: string;
  /** One Chinese sentence that a village clerk understands. */
  readonly words: string;
  /** Key of the clause in the plan; the shell adds the clause's text. */
  readonly clauseId?: string;
  readonly missing?: readonly string[];
  readonly whoClears?: string;
  readonly earliestAt?: Instant;
  /** Cases concerned, when not the whole list. */
  readonly cases?: readonly string[];
}

/** 提示 — recorded with the decision; `reason` is what the signer gave where the text says 原则上. */
export interface Warning {
  readonly code: string;
  readonly words: string;
  readonly clauseId?: string;
  readonly cases?: readonly string[];
  readonly reason?: string;
}
