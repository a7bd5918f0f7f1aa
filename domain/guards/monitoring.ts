/** 监测对象 — whom a regime of monitoring takes in (policy.md §9, §10); the figures are the pack’s. */

import type { CaseFacts } from '../facts/household-facts.ts';
import {
  findOpenEpisode,
  MONITORING_CLASS_WORDS,
  type MonitoringForm,
} from '../facts/monitoring.ts';
import { invariant } from '../invariant.ts';
import type { MonitoringStandards, Plan } from '../plan/plan.ts';
import { plainDateAt } from '../time/instant.ts';
import type { Guard, GuardFinding, GuardInput } from './guard.ts';
import { incomeStanding } from './income.ts';
import { formKeepers, householdWords, withForm, yuanWords } from './wording.ts';

/** A guard over the part of the form that only monitored households have. */
function withMonitoring(
  judge: (part: MonitoringForm, input: GuardInput) => GuardFinding | null,
): Guard {
  return withForm((form, input) => {
    const { monitoring } = form;
    if (monitoring != null) return judge(monitoring, input);
    return {
      words: `${householdWords(input.facts)}没有填监测对象信息（类别、发现途径、风险）`,
      missing: ['监测对象信息采集表'],
      whoClears: formKeepers(input.plan),
    };
  });
}

function standardsOf(plan: Plan): MonitoringStandards {
  const { monitoring } = plan.standards;
  invariant(monitoring !== undefined, 'a pack that places these guards gives their values');
  return monitoring;
}

/** MON-CLUE — by which of the pack's channels the clue came, and when: before the visit. */
export const clueNamed: Guard = withForm((form, input) =>
  withMonitoring(({ channel, foundOn }, { plan, facts }) => {
    const { channels } = standardsOf(plan);
    const household = householdWords(facts);
    const whoClears = formKeepers(plan);
    if (!channels.includes(channel)) {
      const words = `${household}没有填明发现途径，应为${channels.join('、')}之一`;
      return { words, missing: ['发现途径'], whoClears };
    }
    if (foundOn <= form.visitedOn) return null;
    const words = `${household}发现线索的日期${foundOn}晚于入户日期${form.visitedOn}`;
    return { words, missing: ['发现线索的实际日期'], whoClears };
  })(input),
);

/** MON-CLASS — 脱贫不稳定户 only from 脱贫, 边缘易致贫户 only from households never registered (§9). */
export const classFits: Guard = withMonitoring(({ class: named }, { plan, facts }) => {
  const { classes } = standardsOf(plan);
  const household = householdWords(facts);
  const whoClears = formKeepers(plan);
  const word = MONITORING_CLASS_WORDS[named];
  if (!classes.includes(word)) {
    const words = `${household}填为${word}，本规则只有${classes.join('、')}`;
    return { words, missing: ['所列之一的监测对象类别'], whoClears };
  }
  const isRegistered = (facts.registry?.status ?? 'unregistered') !== 'unregistered';
  if (named === 'sudden' || isRegistered === (named === 'unstable')) return null;
  const right = MONITORING_CLASS_WORDS[isRegistered ? 'unstable' : 'edge'];
  const standing = isRegistered ? '已脱贫的建档立卡户' : '没有建档立卡的农户';
  const words = `${household}是${standing}，应为${right}，不能填${word}`;
  return { words, missing: [`监测对象类别：${right}`], whoClears };
});

/** MON-ANEW — a household that is monitored already is not taken in again while its risk stands. */
export const notMonitoredYet: Guard = ({ plan, facts }) => {
  const open = findOpenEpisode(facts.registry?.monitoring);
  if (open === undefined) return null;
  const word = MONITORING_CLASS_WORDS[open.class];
  return {
    words: `${householdWords(facts)}自${open.since}起已是${word}，风险尚未消除，不重复认定`,
    missing: ['没有在监测的农户'],
    whoClears: formKeepers(plan),
  };
};

/** MON-RISK — at least one risk, each of those that the pack lists. */
export const riskNamed: Guard = withMonitoring(({ risks }, { plan, facts }) => {
  const { risks: listed } = standardsOf(plan);
  const strange = risks.filter((risk) => !listed.includes(risk));
  if (risks.length > 0 && strange.length === 0) return null;
  const household = householdWords(facts);
  const words =
    risks.length === 0
      ? `${household}没有填返贫（致贫）风险`
      : `${household}的返贫（致贫）风险“${strange.join('、')}”不在可选的${listed.length}项之内（${listed.join('、')}）`;
  return { words, missing: ['所列之中的返贫（致贫）风险'], whoClears: formKeepers(plan) };
});

function notSudden(facts: CaseFacts, plan: Plan): GuardFinding {
  return {
    words: `${householdWords(facts)}填为突发严重困难户，没有人研判刚性支出较大或收入大幅缩减导致基本生活严重困难`,
    missing: ['刚性支出、收入骤减的研判意见'],
    whoClears: formKeepers(plan),
  };
}

/**
 * G-28 — no property is compared without the household's signed 承诺授权 (§10.1 step 1); who cannot write
 * has it written and signs himself.
 */
export const comparisonAuthorised: Guard = withMonitoring((part, { plan, facts, at }) => {
  const { authorisation = null } = part;
  const isSigned =
    authorisation !== null && authorisation.name.trim() !== '' && authorisation.scan !== '';
  if (isSigned && authorisation.on <= plainDateAt(at)) return null;
  const what = isSigned ? `的承诺授权书签于${authorisation.on}，晚于今天` : '没有签字的承诺授权书';
  return {
    words: `${householdWords(facts)}${what}，不得比对其家庭财产`,
    missing: ['农户签字的承诺授权书'],
    whoClears: formKeepers(plan),
  };
});

/** MON-RANGE — below the monitoring line, or a named person found rigid spending or a collapse of income. */
export const withinRange: Guard = withForm((form, input) =>
  withMonitoring(({ class: named, hardship }, { plan, facts }) => {
    const { lineFen, classes } = standardsOf(plan);
    const isHard = hardship?.holds === true && hardship.signer.trim() !== '';
    const sudden = MONITORING_CLASS_WORDS.sudden;
    if (named === 'sudden') return isHard ? null : notSudden(facts, plan);
    // Where there is a class of its own for it, hardship alone makes nobody 不稳定 or 边缘.
    if (isHard && !classes.includes(sudden)) return null;
    const standing = incomeStanding(form, plan, lineFen);
    if (standing.side === 'below') return null;
    const household = householdWords(facts);
    const whoClears = formKeepers(plan);
    if (standing.side === 'unknown') {
      return { words: `${household}${standing.words}`, missing: ['共同生活的家庭成员'], whoClears };
    }
    const line = yuanWords(lineFen);
    return {
      words: `${household}${standing.words}，不低于监测线${line}，也没有人研判刚性支出明显超过上年度收入或收入大幅缩减，不在监测范围`,
      missing: [`低于${line}的年人均收入，或刚性支出、收入骤减的研判意见`],
      whoClears,
    };
  })(input),
);

/** MON-SCALE — 监测规模 is a mark for the county, never a quota: a pack warns (§9; from 2021 no limit). */
export const withinScale: Guard = ({ plan, monitoringScale }) => {
  const { scale } = standardsOf(plan);
  invariant(monitoringScale != null, 'the scale is counted where it is judged');
  invariant(scale !== null, 'a pack that places this guard gives its scale');
  const { registered, monitored } = monitoringScale;
  if (monitored * scale.denominator <= registered * scale.numerator) return null;
  const share = `${((scale.numerator / scale.denominator) * 100).toFixed(0)}%`;
  return {
    words: `连同本名单，全县监测对象${monitored}人，超过建档立卡人口${registered}人的${share}左右；规模只作提示，应纳的照样纳入`,
  };
};
