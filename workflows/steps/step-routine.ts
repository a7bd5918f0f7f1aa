import type { RosterRun } from '../roster-run.ts';

/** How a list lives at one kind of step: returns when the record has been asked and may have moved. */
export type StepRoutine = (run: RosterRun) => Promise<void>;
