export { countySweeper } from './county-sweeper.ts';
export {
  householdExit,
  identification,
  monitoredHousehold,
  returnToPoverty,
  villageExit,
} from './roster.ts';
