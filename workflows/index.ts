export { countySweeper } from './county-sweeper.ts';
export { householdExit, identification, monitoredHousehold, returnToPoverty } from './roster.ts';
