/** 村的回读 — what the registry, or a roll of it, says of a village. */
import { type RegistryVillage, villageExitYear, villageStatus } from '../../registry/household.ts';
import type { ReadBack } from './port.ts';

/** The village as an entry's label is looked for on it. */
export function villageReadBack(village: RegistryVillage): Omit<ReadBack, 'label'> {
  const exitYear = villageExitYear(village.details);
  return {
    householdNo: village.villageCode,
    status: villageStatus(village.isPoorVillage, exitYear),
    identifiedYear: null,
    exitYear,
    statusByYear: {},
  };
}
