import { Context } from '@temporalio/activity';

/** Well within the heartbeat limit of the workflow (20 s), also on a busy machine. */
const BEAT_MS = 5_000;

/** Tells the engine while an activity works that its worker lives: another takes over soon after it dies. */
export async function whileBeating<T>(work: () => Promise<T>): Promise<T> {
  const context = Context.current();
  const beat = setInterval(() => context.heartbeat(), BEAT_MS);
  return work().finally(() => clearInterval(beat));
}
