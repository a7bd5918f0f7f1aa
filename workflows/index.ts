export { countySweeper } from './county-sweeper.ts';
export { householdExit, identification } from './roster.ts';
