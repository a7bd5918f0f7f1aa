/** 数据更正 — what a correction of the registry has to say of the household (policy.md §12). */
import type { Guard } from './guard.ts';
import { formKeepers, householdWords, withForm } from './wording.ts';

/** CORRECTION-CAUSE — why the household is to be put right; the city's report has to say it (S2). */
export const correctionCauseGiven: Guard = withForm(({ cause }, { plan, facts }) => {
  if (cause !== null && cause.trim() !== '') return null;
  return {
    words: `${householdWords(facts)}没有写明需要进行处理的原因`,
    missing: ['需要进行处理的原因'],
    whoClears: formKeepers(plan),
  };
});
