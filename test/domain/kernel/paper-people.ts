export { at, person } from '../../../policies/paper/paper-people.ts';
