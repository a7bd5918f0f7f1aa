import type { Guard } from './guard.ts';
import { formKeepers, householdWords, withForm } from './wording.ts';

/**
 * G-11 — 返贫原因 is given and one of those of the form (S4). Where a place admits only grave causes, a
 * named person has judged whether it is one: what nobody judged neither passes nor is sent elsewhere.
 */
export const returnCauseNamed: Guard = withForm((form, { plan, facts }) => {
  const { returnCauses = [], admittedReturnCauses } = plan.standards;
  const household = householdWords(facts);
  const whoClears = formKeepers(plan);
  const cause = form.cause?.trim() ?? '';
  if (cause === '') {
    return { words: `${household}没有填写返贫原因`, missing: ['返贫原因'], whoClears };
  }
  if (!returnCauses.includes(cause)) {
    return {
      words: `${household}的返贫原因“${cause}”不在可选的${returnCauses.length}项之内（${returnCauses.join('、')}）`,
      missing: ['所列之一的返贫原因'],
      whoClears,
    };
  }
  if (admittedReturnCauses?.includes(cause) !== true) return null;
  const { graveCause = null } = form;
  if (graveCause !== null && graveCause.signer.trim() !== '') return null;
  return {
    words: `${household}返贫原因填“${cause}”，没有人研判是否属于重病、大病或重大灾害`,
    missing: ['返贫原因属重病、大病或重大灾害的研判意见'],
    whoClears,
  };
});

/**
 * G-11-ADMITTED — the cause is one under which the place lets a household return (Kunming: 重病、大病,
 * 重大灾害). A finding says what is to be made good instead (缺什么补什么).
 */
export const returnCauseAdmitted: Guard = withForm((form, { plan, facts }) => {
  const { admittedReturnCauses = [] } = plan.standards;
  const cause = form.cause?.trim() ?? '';
  const isGrave = form.graveCause?.holds === true;
  if (admittedReturnCauses.includes(cause) && isGrave) return null;
  const named = admittedReturnCauses.includes(cause) ? `${cause}，不属重病、大病或重大灾害` : cause;
  return {
    words: `${householdWords(facts)}返贫原因为${named}，不列入返贫，转为补短板事项`,
    missing: [`限于${admittedReturnCauses.join('、')}（重病、大病、重大灾害）的返贫原因`],
    whoClears: formKeepers(plan),
  };
});
