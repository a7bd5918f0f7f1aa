/** 功能开放申请 — what must be done before a city may apply (policy.md §13.2, G-23). */
import type { Guard } from './guard.ts';
import { countyWords } from './wording.ts';

/** G-23 — 所辖各县已完成全部线下工作: no list of the county is still before the step that needs a function. */
export const offlineWorkDone: Guard = ({ facts }) => {
  const registry = facts.county?.registry ?? null;
  if (registry === null) {
    const words = '系统中没有该县，无法核对线下工作是否完成';
    return { words, missing: ['系统中的县'], whoClears: '系统管理员' };
  }
  const { offlineLists } = registry;
  if (offlineLists === 0) return null;
  return {
    words: `${countyWords(facts)}还有${offlineLists}份名单没有走完线下程序，线下工作全部完成后才能申请开通功能`,
    missing: [`${offlineLists}份名单走完线下程序`],
    whoClears: '县、乡镇、村经办这些名单的人员',
  };
};
