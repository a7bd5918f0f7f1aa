export { householdExit, identification } from './roster.ts';
