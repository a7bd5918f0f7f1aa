export { countySweeper } from './county-sweeper.ts';
export {
  adjustNewHousehold,
  clearHousehold,
  clearPerson,
  eliminationRollback,
  householdExit,
  identification,
  monitoredHousehold,
  monitoringClearance,
  naturalChange,
  priorYearsRollback,
  returnToPoverty,
  riskElimination,
  stableExitRollback,
  supplementPerson,
  villageExit,
} from './roster.ts';
