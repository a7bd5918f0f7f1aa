/** A broken promise inside the program: a bug, never a refusal. It stops the command and alerts. */
export class InvariantViolation extends Error {
  override readonly name = 'InvariantViolation';

  constructor(message: string) {
    super(`invariant violated: ${message}`);
  }
}

/**
 * Throws {@link InvariantViolation} unless `condition` holds. What a user can cause is refused with
 * a value instead. `message` must carry no personal data: it reaches logs and Temporal.
 */
export function invariant(condition: boolean, message: string): asserts condition {
  if (!condition) throw new InvariantViolation(message);
}
