/** 完整的答复 — what every refusal of the kernel carries, asked of every command of every walk. */
import { invariant } from '../../../domain/invariant.ts';
import type { Decision } from '../../../domain/kernel/decide.ts';
import type { Refusal } from '../../../domain/kernel/refusal.ts';
import type { Plan } from '../../../domain/plan/plan.ts';

/** Nothing is missing and no time cures it: it is done, over, or there is nothing to do. */
const PAST_CURE: ReadonlySet<string> = new Set([
  'ALREADY-DONE',
  'CLOSED',
  'NO-OBJECTION',
  'NO-CORRECTION',
  'NO-HIT',
  'LATE-ENTRY-NOT-ALLOWED',
  'LATE-ENTRY-TOO-LATE',
  'LATE-ENTRY-AFTER-OBJECTION',
  'LATE-ENTRY-NO-REVIEW',
  'LATE-ENTRY-UNKNOWN',
  'PROXY-OF-ONESELF',
  // At the first step there is nowhere to go back to.
  'RETURN-TARGET',
  // Behind the list, or in no step of the procedure.
  'OUT-OF-ORDER',
  // A block of the household: its words say what holds it.
  'G-04',
  'G-06',
  'G-08',
]);

/** What a refusal lacks, in words; empty when it is whole. */
export function lacks(refusal: Refusal, plan: Plan): readonly string[] {
  const { code, words, clauseId, missing = [], whoClears, earliestAt } = refusal;
  const isCurable = missing.length > 0 || earliestAt !== undefined || PAST_CURE.has(code);
  return [
    ...(/\p{Script=Han}/u.test(words) ? [] : ['words']),
    ...(clauseId !== undefined && plan.clauses[clauseId] !== undefined ? [] : ['a clause']),
    ...(whoClears !== undefined && /\p{Script=Han}/u.test(whoClears) ? [] : ['who clears it']),
    ...(isCurable ? [] : ['what is missing, or when']),
  ];
}

/** Every reason against a command is whole. */
export function requireWhole(decision: Decision, plan: Plan): void {
  if (decision.ok) return;
  for (const refusal of decision.refusals) {
    const lacking = lacks(refusal, plan);
    invariant(
      lacking.length === 0,
      `${refusal.code} lacks ${lacking.join(', ')}: ${refusal.words}`,
    );
  }
}
