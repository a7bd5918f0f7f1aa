import type { StepRoutine } from './step-routine.ts';

/**
 * 采集、评议、核实、认可、比对、审核、审定、检查 — people do the work and say so by commands; the list
 * waits for them, and at most for its own next wake. No timeout ever acts in their place.
 */
export const people: StepRoutine = (run) => run.awaitChange();
