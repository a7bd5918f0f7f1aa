export { countySweeper } from './county-sweeper.ts';
export { householdExit, identification, returnToPoverty } from './roster.ts';
