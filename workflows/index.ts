export { countySweeper } from './county-sweeper.ts';
export {
  eliminationRollback,
  householdExit,
  identification,
  monitoredHousehold,
  monitoringClearance,
  returnToPoverty,
  riskElimination,
  villageExit,
} from './roster.ts';
