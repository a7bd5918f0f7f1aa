import type { StepRoutine } from './step-routine.ts';

/**
 * 公示、公告 — a sheet hangs until its period is over. The timer only makes the record look: whether
 * the period has ended is computed there from instants, so an early or doubled timer ends nothing.
 */
export const notice: StepRoutine = (run) => run.awaitChange();
