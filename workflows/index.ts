export { countySweeper } from './county-sweeper.ts';
export {
  adjustNewHousehold,
  clearHousehold,
  clearPerson,
  eliminationRollback,
  functionOpening,
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
