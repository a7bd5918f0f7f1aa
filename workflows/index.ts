export { countySweeper } from './county-sweeper.ts';
export {
  clearHousehold,
  eliminationRollback,
  householdExit,
  identification,
  monitoredHousehold,
  monitoringClearance,
  priorYearsRollback,
  returnToPoverty,
  riskElimination,
  stableExitRollback,
  villageExit,
} from './roster.ts';
