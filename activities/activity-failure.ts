import { ApplicationFailure } from '@temporalio/common';
import { InvariantViolation } from '../domain/invariant.ts';

/**
 * Runs an activity and lets only the kind of its failure out: a database error quotes the statement
 * with its parameters, and what Temporal is told it keeps. The broken promise of an invariant is told
 * whole, since it carries no personal data. Every failure is tried again: none of them is a refusal.
 */
export async function tellNothingPersonal<T>(activity: () => Promise<T>): Promise<T> {
  try {
    return await activity();
  } catch (error) {
    const type = error instanceof Error ? error.name : 'UnknownError';
    const message = error instanceof InvariantViolation ? error.message : codeOf(error);
    throw ApplicationFailure.retryable(message, type);
  }
}

/** The code of the innermost cause that has one, such as ECONNREFUSED or an SQLSTATE. */
function codeOf(error: unknown): string {
  let found = 'no code';
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ('code' in cause && typeof cause.code === 'string') found = cause.code;
  }
  return found;
}
