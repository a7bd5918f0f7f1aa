import type { Guard } from './guard.ts';
import { incomeStanding } from './income.ts';
import { securityGaps } from './security.ts';
import { formKeepers, householdWords, withForm, yuanWords } from './wording.ts';

/**
 * ID-ELIGIBLE — 收入低于标准, or any gap in 两不愁三保障 (§4.1 step 2). On the line is not below it; an
 * indicator not filled in is no gap, and is asked for.
 */
export const eligible: Guard = withForm((form, { plan, facts }) => {
  const { unresolved, unfilled } = securityGaps(form.security);
  if (unresolved.length > 0) return null;
  const standing = incomeStanding(form, plan);
  if (standing.side === 'below') return null;
  const household = householdWords(facts);
  const whoClears = formKeepers(plan);
  if (standing.side === 'unknown') {
    return { words: `${household}${standing.words}`, missing: ['共同生活的家庭成员'], whoClears };
  }
  const line = yuanWords(plan.standards.incomeLineFen);
  const side = standing.side === 'equal' ? '等于' : '高于';
  const rest =
    unfilled.length > 0 ? `${unfilled.join('、')}没有填写` : '“两不愁三保障”没有未解决的';
  return {
    words: `${household}${standing.words}，${side}收入线${line}（须低于），${rest}，不符合识别条件`,
    missing:
      unfilled.length > 0 ? unfilled : [`低于${line}的年人均纯收入，或未解决的“两不愁三保障”`],
    whoClears,
  };
});

/** G-21 — 单人低保: one person on 低保 of a household of several may not be entered alone (S2 item 8). */
export const noSingleDibaoPerson: Guard = withForm((form, { plan, facts }) => {
  const [only, second] = form.members;
  const registered = facts.registry?.memberCount ?? 0;
  if (only === undefined || second !== undefined || !only.onDibao || registered <= 1) return null;
  return {
    words: `${householdWords(facts)}只填了低保人员${only.name}1人，该户在系统中有${registered}人，应整户识别，不能单人纳入`,
    missing: ['共同生活的其他家庭成员'],
    whoClears: formKeepers(plan),
  };
});

/** G-22 — 集中供养五保 are not enrolled; 分散供养 may be (§3.5, S3). */
export const noCentrallySupported: Guard = withForm((form, { plan, facts }) => {
  const names = form.members
    .filter(({ centrallySupported }) => centrallySupported)
    .map(({ name }) => name);
  if (names.length === 0) return null;
  return {
    words: `${householdWords(facts)}的${names.join('、')}是集中供养五保人员，不纳入识别`,
    missing: ['不含集中供养五保人员的家庭成员名单'],
    whoClears: formKeepers(plan),
  };
});
