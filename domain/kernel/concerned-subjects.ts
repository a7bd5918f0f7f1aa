/** 涉及的户: whom a command concerns, by which a grant of named households is judged. */
import type { CommandBody } from './command.ts';
import { isActive, type RosterState } from './state.ts';

/**
 * The subjects of the cases that a command names. What names none, or only looks at some while the whole
 * list moves (a meeting, a sheet, a review, an inspection), concerns everybody on the list.
 */
export function concernedSubjects(state: RosterState, body: CommandBody): readonly string[] {
  const cases = namedCases(state, body);
  const named = cases === null ? null : new Set(cases);
  return state.cases
    .filter((item) => named?.has(item.id) ?? (isActive(item) || item.status === 'closed'))
    .map(({ subjectId }) => subjectId);
}

/** Null where the command is about the list. */
function namedCases(state: RosterState, body: CommandBody): readonly string[] | null {
  switch (body.type) {
    case 'record-collection':
    case 'verify':
    case 'carry-registrations':
      return body.entries.map(({ caseId }) => caseId);
    case 'record-acceptance':
    case 'explain-hit':
    case 'judge-explanation':
    case 'withdraw-case':
      return [body.caseId];
    case 'raise-objection':
      return body.caseId === undefined ? null : [body.caseId];
    case 'dispose-objection': {
      const objection = state.objections.find(({ id }) => id === body.objectionId);
      return objection?.caseId == null ? null : [objection.caseId];
    }
    case 'request-comparison':
    case 'return-cases':
    case 'split':
      return body.caseIds;
    case 'receive-comparison':
      return body.results.map(({ caseId }) => caseId);
    default:
      return null;
  }
}
