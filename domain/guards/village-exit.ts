/** 贫困村退出 — what a village must show to be 出列 (policy.md §7.5, G-12); every figure is the pack's. */
import type { VillageForm, VillageSnapshot } from '../facts/village-facts.ts';
import { invariant } from '../invariant.ts';
import type { Plan, VillageIndicator, VillageStandards } from '../plan/plan.ts';
import { percentWords } from '../plan/rule-words.ts';
import { plainDateAt } from '../time/instant.ts';
import { isWithinLimit } from '../village/poverty-rate.ts';
import type { Guard, GuardFinding, GuardInput } from './guard.ts';
import { findStep, formKeepers, registryKeepers, villageWords } from './wording.ts';

/** A guard over a village that the registry holds and its form; what is not known never passes. */
function withVillage(
  judge: (form: VillageForm, registry: VillageSnapshot, input: GuardInput) => GuardFinding | null,
): Guard {
  return (input) => {
    const { plan, facts } = input;
    const registry = facts.village?.registry ?? null;
    if (registry === null) {
      const words = '登记系统中查不到该村，无法核对';
      return { words, missing: ['登记系统中的村信息'], whoClears: registryKeepers(plan) };
    }
    const form = facts.village?.form ?? null;
    if (form !== null) return judge(form, registry, input);
    return {
      words: `${villageWords(facts)}还没有填贫困村退出申报表，无法核对`,
      missing: ['贫困村退出申报表'],
      whoClears: formKeepers(plan),
    };
  };
}

function standardsOf(plan: Plan): VillageStandards {
  const { village } = plan.standards;
  invariant(village !== undefined, 'a pack that judges villages gives their values');
  return village;
}

/** 退出指标 of the plan, in its order; none where no department certifies. */
export function indicatorsOf(plan: Plan): readonly VillageIndicator[] {
  return findStep(plan, 'certification')?.indicators ?? [];
}

/** VILLAGE-ITEMS — 逐条梳理对照，不得有缺项漏项: every indicator answered and met, and signed (§7.3). */
export const itemsComplete: Guard = withVillage((form, _registry, { plan, facts, at }) => {
  const said = new Map(form.indicators.map(({ key, met }) => [key, met]));
  const answers = indicatorsOf(plan).map(({ key, name }) => ({ name, met: said.get(key) ?? null }));
  const open = answers.filter(({ met }) => met === null).map(({ name }) => `${name}（未填）`);
  const unmet = answers.filter(({ met }) => met === false).map(({ name }) => `${name}（未达标）`);
  const isSigned = form.signatures.some(({ name, scan }) => name !== '' && scan !== '');
  const late = form.filledOn > plainDateAt(at);
  const missing = [
    ...open,
    ...unmet,
    ...(isSigned ? [] : ['村两委和驻村工作队签字']),
    ...(late ? ['实际填表日期（不晚于今天）'] : []),
  ];
  if (missing.length === 0) return null;
  return {
    words: `${villageWords(facts)}的逐条对照有缺项、漏项或未达标项：${missing.join('、')}`,
    missing,
    whoClears: formKeepers(plan),
  };
});

/** GV1 — 贫困发生率 within the limit (§7.2). */
export const rateWithinLimit: Guard = withVillage((form, registry, { plan, facts, at }) => {
  const { rateLimit, denominators } = standardsOf(plan);
  const { persons, definition, on } = form.denominator;
  const { poorPersons } = registry;
  const village = villageWords(facts);
  const whoClears = formKeepers(plan);
  if (!denominators.includes(definition)) {
    const words = `${village}没有写明贫困发生率分母的口径，应为${denominators.join('、')}之一`;
    return { words, missing: ['分母口径'], whoClears };
  }
  if (on > plainDateAt(at)) {
    const words = `${village}的分母日期${on}晚于今天`;
    return { words, missing: ['分母的实际日期'], whoClears };
  }
  if (persons < 1 || persons < poorPersons) {
    const words = `${village}的${definition}填为${persons}人，少于未脱贫的${poorPersons}人，请核对`;
    return { words, missing: ['贫困发生率的分母'], whoClears };
  }
  if (isWithinLimit(poorPersons, persons, rateLimit)) return null;
  const limit = percentWords(rateLimit);
  return {
    words: `${village}未脱贫${poorPersons}人，${definition}${persons}人（${on}），贫困发生率超过${limit}，不能出列`,
    missing: [`贫困发生率不超过${limit}`],
    whoClears,
  };
});

/** GV2 — every indicator certified by its department (§7.3). */
export const everyIndicatorCertified: Guard = ({ plan, item, facts }) => {
  const certified = item.certified ?? {};
  const open = indicatorsOf(plan).filter(({ key }) => certified[key] !== true);
  if (open.length === 0) return null;
  return {
    words: `${villageWords(facts)}还有${open.length}项退出指标没有行业部门认定达标：${open.map(({ name }) => name).join('、')}`,
    missing: open.map(({ name, department }) => `${name}（${department}认定）`),
    whoClears: [...new Set(open.map(({ department }) => department))].join('、'),
  };
};

/** GV3 — 列入整自然村搬迁范围的深度贫困村不搬迁不退出 (§7.5, Shanxi). */
export const relocatedFirst: Guard = withVillage(({ relocation }, _registry, { plan, facts }) => {
  const { listed, moved } = relocation;
  if (listed === false || (listed === true && moved === true)) return null;
  const village = villageWords(facts);
  const whoClears = formKeepers(plan);
  if (listed === null) {
    const words = `${village}没有填是否列入整自然村搬迁范围`;
    return { words, missing: ['是否列入整自然村搬迁范围'], whoClears };
  }
  const words = `${village}列入整自然村搬迁范围，尚未搬迁，不搬迁不退出`;
  return { words, missing: ['完成整自然村搬迁'], whoClears };
});

/** GV6 — 村表 of 含有建档立卡贫困人口的非贫困村 are filled in too; a mark for the township (§7.5, Kunming). */
export const sheetsFilled: Guard = ({ facts }) => {
  const open = facts.village?.openSheets ?? [];
  if (open.length === 0) return null;
  const named = open.map(({ name, missing }) => `${name}（${missing.join('、')}）`);
  return {
    words: `本乡镇含有建档立卡贫困人口的非贫困村，村表还没有填全：${named.join('；')}`,
    missing: named,
  };
};

/** VILLAGE-HOUSEHOLDS — 在做好贫困人口退出基础上: no household of the village stands on an open exit list. */
export const householdsFirst: Guard = withVillage((_form, registry, { facts }) => {
  const { openExitCases } = registry;
  if (openExitCases === 0) return null;
  return {
    words: `${villageWords(facts)}还有${openExitCases}户的脱贫退出没有办结，应先办结贫困户退出`,
    missing: [`${openExitCases}户脱贫退出办结`],
    whoClears: '村、乡镇经办贫困户脱贫退出的人员',
  };
});
