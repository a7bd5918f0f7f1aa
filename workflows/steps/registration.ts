import type { StepRoutine } from './step-routine.ts';

/**
 * 录入/标注 — carries confirmed rows to the registry, one household after another, and has the record
 * hear the answers. Where people enter by hand, it looks again whenever they have done something.
 */
export const registration: StepRoutine = async (run) => {
  const { reported } = await run.writeRegistry();
  if (reported) await run.drain();
  else await run.awaitChange();
};
