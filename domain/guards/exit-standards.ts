import { invariant } from '../invariant.ts';
import { plainDate, startOfDay } from '../time/instant.ts';
import type { Guard } from './guard.ts';
import {
  findStep,
  formKeepers,
  householdWords,
  registryKeepers,
  rolesWords,
  withForm,
  yuanWords,
} from './wording.ts';

/** NX6 — 低保兜底一批户 may not leave where the local 低保 standard is not above the line (§6.6). */
export const dibaoBackstop = withForm((form, { plan, facts }) => {
  if (!form.dibaoBackstop || plan.standards.dibaoAboveLine) return null;
  const line = yuanWords(plan.standards.incomeLineFen);
  return {
    words: `${householdWords(facts)}属低保兜底一批，当地低保标准没有超过收入线${line}，不能脱贫`,
    missing: ['超过收入线的当地低保标准'],
    whoClears: '领导小组办公室',
  };
});

/** NX8 — 当年新识别贫困户当年不能退出 (§6.6, only where a pack says so). */
export const notIdentifiedThisYear: Guard = ({ plan, facts }) => {
  const year = facts.registry?.identifiedYear ?? null;
  if (year === null) {
    return {
      words: `${householdWords(facts)}查不到识别年度，无法判断是否当年新识别`,
      missing: ['识别年度'],
      whoClears: registryKeepers(plan),
    };
  }
  if (year !== plan.year) return null;
  return {
    words: `${householdWords(facts)}是${year}年新识别的贫困户，当年不能脱贫`,
    missing: ['次年再列入名单'],
    whoClears: formKeepers(plan),
    earliestAt: startOfDay(plainDate(`${year + 1}-01-01`)),
  };
};

/** EXIT-STANDARDS — every household standard of the place holds, item by item (§6.3 Kunming: all six). */
export const exitStandards = withForm((form, { plan, facts }) => {
  const unmet = plan.standards.exitStandards.filter(
    ({ key }) => !form.standards.some((line) => line.key === key && line.met),
  );
  if (unmet.length === 0) return null;
  const names = unmet.map(({ name }) => name);
  return {
    words: `${householdWords(facts)}的退出标准${plan.standards.exitStandards.length}条中有${unmet.length}条没有达到：${names.join('、')}`,
    missing: names,
    whoClears: formKeepers(plan),
  };
});

/** EXIT-PLAN — a plan of help after the exit exists, 后续帮扶计划 (§6.3 Kunming). */
export const followUpPlan = withForm((form, { plan, facts }) => {
  if (form.followUpPlan !== null && form.followUpPlan !== '') return null;
  return {
    words: `${householdWords(facts)}没有后续帮扶计划`,
    missing: ['后续帮扶计划'],
    whoClears: formKeepers(plan),
  };
});

/**
 * EXIT-ORDER — 先一般贫困户、后低保兜底户 (§6.2 Shanxi 2017): a household whose attribute the pack
 * names after 一般贫困户 is listed while ordinary poor households are on no list. 原则, so a pack warns.
 */
export const exitOrder: Guard = ({ plan, facts, ordinaryPoorOutside }) => {
  const order = plan.standards.exitOrder;
  invariant(ordinaryPoorOutside !== null, 'who is left out is counted where the order is judged');
  if (ordinaryPoorOutside <= 0) return null;
  const household = householdWords(facts);
  if (facts.registry === null) {
    return {
      words: `${household}查不到贫困户属性，无法判断退出先后`,
      missing: ['贫困户属性'],
      whoClears: registryKeepers(plan),
    };
  }
  const { attribute } = facts.registry;
  const own = order.indexOf(attribute);
  const ordinary = order.indexOf('ordinary');
  if (own < 0 || ordinary < 0 || own <= ordinary) return null;
  const word = attribute === 'dibao' ? '低保贫困户' : '特困供养贫困户';
  return {
    words: `${household}是${word}，还有${ordinaryPoorOutside}户一般贫困户没有列入，原则上一般贫困户先退出`,
    missing: ['先列低保户的理由'],
    whoClears: formKeepers(plan),
  };
};

/** G-26, NX12 — 按指标脱贫: a list without a verification of this household is no exit (§14). */
export const noQuotaExit: Guard = ({ plan, facts }) => {
  if (facts.form !== null) return null;
  const step = findStep(plan, 'verification');
  return {
    words: `${householdWords(facts)}没有逐户核实表，不能只凭名单或指标脱贫`,
    missing: ['逐户核实表'],
    whoClears: step === undefined ? formKeepers(plan) : rolesWords(step.by),
  };
};
