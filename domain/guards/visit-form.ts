import type { Signature, VisitForm } from '../facts/household-facts.ts';
import type { Plan } from '../plan/plan.ts';
import type { Guard } from './guard.ts';
import { findStep, formKeepers, householdWords, withForm } from './wording.ts';

/**
 * ID-FORM — the visit form is whole: members with exactly one 户主 (§15.4), as many different visitors
 * signed as the pack asks, the householder signed, and 申请书 where the pack asks for one (§4.1).
 */
export const formComplete: Guard = withForm((form, { plan, facts }) => {
  const faults = [...memberFaults(form), ...signatureFaults(form, plan)];
  if (faults.length === 0) return null;
  return {
    words: `${householdWords(facts)}的入户表不完整：${faults.map(({ words }) => words).join('；')}`,
    missing: faults.map(({ missing }) => missing),
    whoClears: formKeepers(plan),
  };
});

interface FormFault {
  readonly words: string;
  readonly missing: string;
}

function memberFaults({ members }: VisitForm): readonly FormFault[] {
  if (members.length === 0) return [{ words: '没有家庭成员', missing: '家庭成员' }];
  const heads = members.filter(({ isHead }) => isHead).map(({ name }) => name);
  if (heads.length === 1) return [];
  if (heads.length === 0) return [{ words: '没有户主', missing: '户主' }];
  return [{ words: `有${heads.length}个户主（${heads.join('、')}）`, missing: '唯一的户主' }];
}

function signatureFaults(form: VisitForm, plan: Plan): readonly FormFault[] {
  const collect = findStep(plan, 'collect');
  const faults: FormFault[] = [];
  // Without a collect step the pack gives no number; a form that nobody signed is still no form.
  const visitorsMin = collect?.visitorsMin ?? 1;
  const visitors = new Set(form.visitors.filter(isSigned).map(({ name }) => name)).size;
  if (visitors < visitorsMin) {
    faults.push({
      words: `入户人员应有${visitorsMin}人签字，只有${visitors}人`,
      missing: `入户人员签字${visitorsMin - visitors}人`,
    });
  }
  if (form.householderSignature === null || !isSigned(form.householderSignature)) {
    faults.push({ words: '户主没有签字', missing: '户主签字' });
  }
  if (collect?.needsApplication === true && (form.application ?? '') === '') {
    faults.push({ words: '没有申请书或线索材料', missing: '申请书或线索材料' });
  }
  return faults;
}

function isSigned({ name, scan }: Signature): boolean {
  return name !== '' && scan !== '';
}
