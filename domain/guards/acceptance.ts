import type { Guard } from './guard.ts';
import { findStep, householdWords, rolesWords } from './wording.ts';

/** The national rule names the household itself; a plan whose steps ask nobody cannot waive it. */
const HOUSEHOLD_ONLY = [{ key: 'household', name: '拟退出贫困户' }] as const;

/** G-08, NX11 — 认可: every party that the plan names has accepted, the household always (§6.1, §6.3). */
export const acceptedByAll: Guard = ({ plan, item, facts }) => {
  const step = findStep(plan, 'acceptance');
  const parties = step === undefined ? HOUSEHOLD_ONLY : step.parties;
  const open = parties.filter(({ key }) => !item.accepted[key]).map(({ name }) => name);
  if (open.length === 0) return null;
  return {
    words: `${householdWords(facts)}还没有${open.join('、')}的签字认可，不能脱贫`,
    missing: open.map((name) => `${name}签字认可`),
    whoClears: step === undefined ? '领导小组办公室（规则包缺认可环节）' : rolesWords(step.by),
  };
};
