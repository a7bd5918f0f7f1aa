import type { SecurityIndicators } from '../facts/household-facts.ts';
import type { Guard } from './guard.ts';
import { formKeepers, householdWords, registryKeepers, withForm } from './wording.ts';

/** 两不愁三保障 in the order of the text, drinking water as a part of food named by itself (§3.8). */
export const SECURITY_WORDS: Readonly<Record<keyof SecurityIndicators, string>> = {
  food: '不愁吃',
  clothing: '不愁穿',
  water: '饮水安全',
  education: '义务教育',
  medical: '基本医疗',
  housing: '住房安全',
};

const INDICATORS = [
  'food',
  'clothing',
  'water',
  'education',
  'medical',
  'housing',
] as const satisfies readonly (keyof SecurityIndicators)[];

/** Indicators that are 未解决 (false) and that are 未填 (null), as words. */
export function securityGaps(security: SecurityIndicators): {
  readonly unresolved: readonly string[];
  readonly unfilled: readonly string[];
} {
  const wordsOf = (value: boolean | null) =>
    INDICATORS.filter((key) => security[key] === value).map((key) => SECURITY_WORDS[key]);
  return { unresolved: wordsOf(false), unfilled: wordsOf(null) };
}

/** EXIT-SECURITY — 两不愁三保障 hold in full by the form of the visit (§6.1). */
export const exitSecurity = withForm((form, { plan, facts }) => {
  const { unresolved, unfilled } = securityGaps(form.security);
  if (unresolved.length + unfilled.length === 0) return null;
  return {
    words: `${householdWords(facts)}入户表上${gapWords(unresolved, unfilled)}，不能脱贫`,
    missing: [...unresolved, ...unfilled],
    whoClears: formKeepers(plan),
  };
});

/**
 * EXIT-SCHOOLING — 义务教育阶段无辍学: a child who does not go to school has one of the reasons that the
 * plan admits (因病因残、提前毕业、推迟上学; §3.8).
 */
export const schooled = withForm((form, { plan, facts }) => {
  const { admittedOutOfSchool = [] } = plan.standards;
  const away = form.members.flatMap(({ name, outOfSchool = '' }) => {
    const reason = outOfSchool.trim();
    return reason === '' || admittedOutOfSchool.includes(reason) ? [] : [{ name, reason }];
  });
  if (away.length === 0) return null;
  const children = away.map(({ name, reason }) => `${name}：${reason}`).join('，');
  const admitted = admittedOutOfSchool.join('、');
  return {
    words: `${householdWords(facts)}有义务教育阶段未上学的孩子（${children}），只有${admitted}不算辍学，不能脱贫`,
    missing: away.map(({ name }) => `${name}复学`),
    whoClears: formKeepers(plan),
  };
});

/**
 * G-10, NX7 — 凡“两不愁三保障”数据显示未解决的，系统无法进行“脱贫”操作 (§6.3): an indicator that the
 * registry does not hold counts as unresolved.
 */
export const registrySecurity: Guard = ({ plan, facts }) => {
  const household = householdWords(facts);
  const whoClears = registryKeepers(plan);
  if (facts.registry === null) {
    return {
      words: `${household}没有全国扶贫开发信息系统的数据，无法核对“两不愁三保障”`,
      missing: ['全国扶贫开发信息系统的户数据'],
      whoClears,
    };
  }
  const { unresolved, unfilled } = securityGaps(facts.registry.security);
  if (unresolved.length + unfilled.length === 0) return null;
  return {
    words: `${household}在全国扶贫开发信息系统中${gapWords(unresolved, unfilled)}，系统不能标注脱贫`,
    missing: [...unresolved, ...unfilled],
    whoClears,
  };
};

/** NX2 — 饮水未保障的不能脱贫 (§6.6). */
export const waterSecure = withForm((form, { plan, facts }) => {
  if (form.security.water === true) return null;
  const state = form.security.water === false ? '未保障' : '没有填写';
  return {
    words: `${householdWords(facts)}饮水安全${state}，不能脱贫`,
    missing: [SECURITY_WORDS.water],
    whoClears: formKeepers(plan),
  };
});

/** 未解决 and 未填写 indicators as a sentence goes on with them; empty where there are none. */
export function gapWords(unresolved: readonly string[], unfilled: readonly string[]): string {
  return [
    ...(unresolved.length > 0 ? [`${unresolved.join('、')}未解决`] : []),
    ...(unfilled.length > 0 ? [`${unfilled.join('、')}未填写`] : []),
  ].join('，');
}
