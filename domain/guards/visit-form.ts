import type { Signature, VisitForm } from '../facts/household-facts.ts';
import type { Plan } from '../plan/plan.ts';
import { type PlainDate, plainDateAt } from '../time/instant.ts';
import type { Guard } from './guard.ts';
import { findStep, formKeepers, householdWords, withForm } from './wording.ts';

/**
 * ID-FORM — the visit form is whole: members with exactly one 户主 (§15.4), as many different visitors
 * signed as the pack asks, the householder signed, and 申请书 where the pack asks for one (§4.1).
 */
export const formComplete: Guard = withForm((form, { plan, facts, at }) => {
  const faults = [
    ...memberFaults(form),
    ...signatureFaults(form, plan),
    ...dateFaults(form, plainDateAt(at)),
  ];
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

/** Nobody visits or signs after today. */
function dateFaults(form: VisitForm, today: PlainDate): readonly FormFault[] {
  const { visitedOn, visitors, householderSignature: head } = form;
  const signed = head === null ? visitors : [...visitors, head];
  const late = signed.filter(({ on }) => on > today).map(({ name }) => name);
  return [
    ...(visitedOn > today
      ? [{ words: `入户日期${visitedOn}晚于今天`, missing: '实际入户日期' }]
      : []),
    ...(late.length > 0
      ? [{ words: `${late.join('、')}的签字日期晚于今天`, missing: '实际签字日期' }]
      : []),
  ];
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
