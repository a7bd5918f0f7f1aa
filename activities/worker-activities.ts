import { packLibraryOf } from '../db/packs/pack-library.ts';
import type { RosterActivities } from '../workflows/contracts/roster.ts';
import type { SweeperActivities } from '../workflows/contracts/sweeper.ts';
import { applyCommands } from './apply-commands.ts';
import { lookBack } from './look-back.ts';
import { sweepCounty } from './sweep-county.ts';
import { type RegistryServices, writeRegistry } from './write-registry.ts';

/** Everything that the workflows of this system call. */
export type WorkerActivities = RosterActivities & SweeperActivities;

/** The activities of a worker over one record and one registry. */
export function createActivities(services: RegistryServices): WorkerActivities {
  const library = packLibraryOf(services.db);
  return {
    applyCommands: (given) => applyCommands(services, given),
    writeRegistry: (given) => writeRegistry(services, given),
    async sweepCounty(given) {
      const answer = await sweepCounty(services, given);
      if (answer.more) return answer;
      const { db, clock } = services;
      const at = await clock.now();
      await lookBack(db, await library(), { areaCode: given.countyCode, at });
      return answer;
    },
  };
}
