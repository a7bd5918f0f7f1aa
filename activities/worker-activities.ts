import type { RosterActivities } from '../workflows/contracts/roster.ts';
import type { SweeperActivities } from '../workflows/contracts/sweeper.ts';
import { applyCommands } from './apply-commands.ts';
import { sweepCounty } from './sweep-county.ts';
import { type RegistryServices, writeRegistry } from './write-registry.ts';

/** Everything that the workflows of this system call. */
export type WorkerActivities = RosterActivities & SweeperActivities;

/** The activities of a worker over one record and one registry. */
export function createActivities(services: RegistryServices): WorkerActivities {
  return {
    applyCommands: (given) => applyCommands(services, given),
    writeRegistry: (given) => writeRegistry(services, given),
    sweepCounty: (given) => sweepCounty(services, given),
  };
}
