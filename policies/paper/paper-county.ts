/** 纸上的县 — a county that is done with its offline work. */
import type { CaseFacts } from '../../domain/facts/household-facts.ts';
import type { Plan } from '../../domain/plan/plan.ts';

/** Facts under which every guard of the plan holds. */
export function paperCounty(_plan: Plan, caseId: string): CaseFacts {
  const subjectId = `county-${caseId}`;
  const county = { registry: { countyCode: subjectId, name: '示例县', offlineLists: 0 } };
  return { caseId, subjectId, registry: null, form: null, otherLiveCase: null, county };
}
