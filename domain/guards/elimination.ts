/** 风险消除、回退、清退 — when a monitored household's risk may be marked eliminated, and when that is undone (§11). */

import type { EliminationForm, ReversalForm } from '../facts/elimination.ts';
import type { CaseFacts, VisitForm } from '../facts/household-facts.ts';
import { findLatestEpisode, type MonitoringEpisode } from '../facts/monitoring.ts';
import { labourOf } from '../household/labour.ts';
import { invariant } from '../invariant.ts';
import type { Plan } from '../plan/plan.ts';
import { addMonths, startOfDay } from '../time/instant.ts';
import type { Guard, GuardFinding, GuardInput } from './guard.ts';
import { incomeStanding, judgedBySigner } from './income.ts';
import { gapWords, securityGaps } from './security.ts';
import { formKeepers, householdWords, registryKeepers, withForm, yuanWords } from './wording.ts';

const NO_ELIMINATION = '不能标注风险消除';

/** A guard over a part that only these forms have. */
function withPart<Part>(
  paper: string,
  partOf: (form: VisitForm) => Part | null | undefined,
  judge: (part: Part, form: VisitForm, input: GuardInput) => GuardFinding | null,
): Guard {
  return withForm((form, input) => {
    const part = partOf(form);
    if (part != null) return judge(part, form, input);
    return {
      words: `${householdWords(input.facts)}没有填${paper}`,
      missing: [paper],
      whoClears: formKeepers(input.plan),
    };
  });
}

function withElimination(
  judge: (part: EliminationForm, form: VisitForm, input: GuardInput) => GuardFinding | null,
): Guard {
  return withPart('风险消除信息采集表', ({ elimination }) => elimination, judge);
}

function withReversal(
  judge: (part: ReversalForm, form: VisitForm, input: GuardInput) => GuardFinding | null,
): Guard {
  return withPart('回退（清退）核实表', ({ reversal }) => reversal, judge);
}

/** MON-EPISODE — the form names the episode by which the registry knows the household now, as it stands there. */
export const episodeNamed: Guard = withPart(
  '监测对象对照表',
  ({ elimination, reversal }) => elimination ?? reversal,
  (part, _form, { plan, facts }) => {
    const known = findLatestEpisode(facts.registry?.monitoring);
    const household = householdWords(facts);
    if (known === undefined) {
      return {
        words: `${household}在登记系统中没有监测记录，无从核对`,
        missing: ['登记系统中的监测记录'],
        whoClears: registryKeepers(plan),
      };
    }
    const named = 'eliminatedOn' in part ? part.eliminatedOn : null;
    if (part.since === known.since && named === known.eliminatedOn) return null;
    return {
      words: `${household}表上写的是${episodeWords(part.since, named)}，登记系统中是${episodeWords(known.since, known.eliminatedOn)}`,
      missing: ['与登记系统一致的认定时间和风险消除时间'],
      whoClears: formKeepers(plan),
    };
  },
);

function episodeWords(since: string, eliminatedOn: string | null): string {
  const end = eliminatedOn === null ? '风险未消除' : `${eliminatedOn}消除风险`;
  return `${since}认定、${end}的监测`;
}

/**
 * G-18 — never for a household wholly without labour, while its income is not steady, its rigid spending
 * not under control, or 两不愁三保障 not solved (§11.2). By the form and by the registry: either refuses.
 */
export const riskMayBeEliminated: Guard = withElimination((part, form, { plan, facts }) => {
  const about = { household: householdWords(facts), verdict: NO_ELIMINATION };
  const whoClears = formKeepers(plan);
  const found = [
    ...labourFaults(form, facts, plan),
    judgedBySigner(part.incomeSteady, {
      ...about,
      question: '收入是否持续稳定',
      failing: '收入不稳定',
      whoClears,
    }),
    judgedBySigner(part.spendingSettled, {
      ...about,
      question: '大额刚性支出是否稳定解决',
      failing: '刚性支出不可控',
      whoClears,
    }),
    ...securityFaults(form, facts, plan),
  ].filter((each) => each !== null);
  const [first] = found;
  if (first === undefined) return null;
  return {
    ...first,
    words: found.map(({ words }) => words).join('；'),
    missing: found.flatMap(({ missing = [] }) => missing),
  };
});

function labourFaults(form: VisitForm, facts: CaseFacts, plan: Plan): readonly GuardFinding[] {
  const household = householdWords(facts);
  const words = `整户无劳动能力，落实社会保障措施后持续跟踪监测，${NO_ELIMINATION}`;
  const missing = ['有劳动能力的家庭成员'];
  const visited = labourOf(form.members);
  if (visited === 'unknown') {
    const unfilled = `${household}有成员没有填写劳动技能，无法判断是否整户无劳动能力`;
    return [{ words: unfilled, missing: ['每名成员的劳动技能'], whoClears: formKeepers(plan) }];
  }
  if (visited === 'none') {
    return [{ words: `${household}${words}`, missing, whoClears: formKeepers(plan) }];
  }
  const registered = labourOf(facts.registry?.members ?? []);
  if (registered !== 'none') return [];
  const there = `${household}在登记系统中${words}`;
  return [{ words: there, missing, whoClears: registryKeepers(plan) }];
}

function securityFaults(form: VisitForm, facts: CaseFacts, plan: Plan): readonly GuardFinding[] {
  const household = householdWords(facts);
  const { unresolved, unfilled } = securityGaps(form.security);
  const visited = gapWords(unresolved, unfilled);
  const there = facts.registry === null ? [] : securityGaps(facts.registry.security).unresolved;
  return [
    ...(visited === ''
      ? []
      : [
          {
            words: `${household}入户表上${visited}，${NO_ELIMINATION}`,
            missing: [...unresolved, ...unfilled],
            whoClears: formKeepers(plan),
          },
        ]),
    ...(there.length === 0
      ? []
      : [
          {
            words: `${household}在登记系统中${gapWords(there, [])}，${NO_ELIMINATION}`,
            missing: there,
            whoClears: registryKeepers(plan),
          },
        ]),
  ];
}

/** ELIM-RANGE — 年人均纯收入稳定超过当年监测范围: on the line is not above it (§11.1). */
export const aboveRange: Guard = withForm((form, { plan, facts }) => {
  const standing = incomeStanding(form, plan);
  if (standing.side === 'above') return null;
  const line = yuanWords(plan.standards.incomeLineFen);
  const verdict = standing.side === 'unknown' ? '' : `，没有超过监测范围${line}，${NO_ELIMINATION}`;
  return {
    words: `${householdWords(facts)}${standing.words}${verdict}`,
    missing: [standing.side === 'unknown' ? '共同生活的家庭成员' : `超过${line}的年人均纯收入`],
    whoClears: formKeepers(plan),
  };
});

/**
 * ELIM-STEADY — income has been steady so many months; 原则上, so a pack asks for the reason (§11.1). A form
 * without the part is refused by the others: nobody writes a reason for that.
 */
export const steadyLongEnough: Guard = withForm(({ elimination, visitedOn }, { plan, facts }) => {
  if (elimination == null) return null;
  const { steadyMonths } = plan.standards.elimination ?? {};
  invariant(steadyMonths !== undefined, 'a pack that places this guard gives its months');
  const { steadySince } = elimination;
  const from = addMonths(steadySince, steadyMonths);
  if (from <= visitedOn) return null;
  return {
    words: `${householdWords(facts)}收入自${steadySince}起稳定，到入户之日不满${steadyMonths}个月`,
    missing: [`持续稳定${steadyMonths}个月的收入`],
    whoClears: formKeepers(plan),
    earliestAt: startOfDay(from),
  };
});

/** ELIM-RISK — every risk for which the household is monitored is gone, and somebody found no new one (§11.1). */
export const risksGone: Guard = withElimination((part, _form, { plan, facts }) => {
  const { removedRisks, noNewRisk } = part;
  const household = householdWords(facts);
  const whoClears = formKeepers(plan);
  const left = openRisks(facts).filter((risk) => !removedRisks.includes(risk));
  if (left.length > 0) {
    const words = `${household}认定时的风险“${left.join('、')}”没有稳定消除，${NO_ELIMINATION}`;
    return { words, missing: left.map((risk) => `${risk}风险的消除`), whoClears };
  }
  return judgedBySigner(noNewRisk, {
    household,
    question: '没有新的风险',
    failing: '有新的风险',
    verdict: NO_ELIMINATION,
    whoClears,
  });
});

function openRisks({ registry }: CaseFacts): MonitoringEpisode['risks'] {
  return findLatestEpisode(registry?.monitoring)?.risks ?? [];
}

/** ELIM-MEASURES — what was helped away was helped: measures named, every one carried out (§11.1). */
export const measuresCarriedOut: Guard = withElimination((part, _form, { plan, facts }) => {
  const { way, measures } = part;
  const household = householdWords(facts);
  const whoClears = formKeepers(plan);
  const open = measures.filter(({ done }) => !done).map(({ name }) => name);
  if (open.length > 0) {
    const words = `${household}的帮扶措施“${open.join('、')}”没有落实，${NO_ELIMINATION}`;
    return { words, missing: open.map((name) => `${name}的落实`), whoClears };
  }
  if (way === 'natural' || measures.length > 0) return null;
  const words = `${household}填为帮扶消除，却没有填帮扶措施落实情况`;
  return { words, missing: ['帮扶措施落实情况'], whoClears };
});

/** The cause is one of the place's, and a named person found it so. */
function reversalGuard(verdict: string, elsewhere: string): Guard {
  return withReversal(({ cause, found }, _form, { plan, facts }) => {
    const { reversalCauses = [] } = plan.standards;
    const household = householdWords(facts);
    const whoClears = formKeepers(plan);
    if (!reversalCauses.includes(cause)) {
      return {
        words: `${household}${verdict}的原因“${cause}”不在可选的${reversalCauses.length}项之内（${reversalCauses.join('、')}）。${elsewhere}`,
        missing: ['所列之一的原因'],
        whoClears,
      };
    }
    return judgedBySigner(found, {
      household,
      question: `${cause}是否属实`,
      failing: `“${cause}”不属实`,
      verdict: `不能${verdict}`,
      whoClears,
    });
  });
}

/** ROLLBACK-CAUSE — 风险消除不稳定 only; a new risk after a true elimination is a new identification (§11.4). */
export const rollbackFounded = reversalGuard(
  '回退',
  '风险确已消除、又有新风险的，办监测对象认定（再标注）；识别不精准的，办监测对象清退',
);

/** CLEAR-CAUSE — 识别不精准 only; an elimination that does not hold is rolled back (§11.4). */
export const clearanceFounded = reversalGuard('清退', '风险消除不稳定的，办风险消除回退');
