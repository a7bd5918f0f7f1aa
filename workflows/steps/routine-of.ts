import type { RosterProgress } from '../contracts/roster.ts';
import { notice } from './notice.ts';
import { people } from './people.ts';
import { registration } from './registration.ts';
import type { StepRoutine } from './step-routine.ts';

/**
 * The routine for where the list stands. Rows on their way to the registry come first, wherever the
 * list itself has gone meanwhile: what was sent must be settled.
 */
export function routineOf({ stepKind, effects }: RosterProgress): StepRoutine {
  if (effects.length > 0) return registration;
  return stepKind === 'notice' || stepKind === 'announcement' ? notice : people;
}
