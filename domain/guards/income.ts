import type { SignedFinding, VisitForm } from '../facts/household-facts.ts';
import { comparePerCapita, netIncome, perCapitaFenText } from '../household/net-income.ts';
import type { Plan } from '../plan/plan.ts';
import type { GuardFinding } from './guard.ts';
import { formKeepers, householdWords, withForm, yuanWords } from './wording.ts';

/** 收入与收入线 of a form: which side of the line, and the sentence with every figure. */
export type IncomeStanding =
  | { readonly side: 'below' | 'equal' | 'above'; readonly words: string }
  | { readonly side: 'unknown'; readonly words: string };

/** 年人均纯收入 against a line, the plan's unless another is given; exact: the household is compared, nothing is rounded (§16c). */
export function incomeStanding(
  form: VisitForm,
  plan: Plan,
  lineFen = plan.standards.incomeLineFen,
): IncomeStanding {
  const { incomeCounts } = plan.standards;
  const netFen = netIncome(form.income, incomeCounts);
  const members = form.members.length;
  const compared = comparePerCapita(netFen, members, lineFen);
  if (typeof compared === 'object') return { side: 'unknown', words: compared.words };
  const words = `家庭年纯收入${yuanWords(netFen)}，共同生活${members}人，年人均纯收入${perCapitaFenText(netFen, members)}`;
  if (compared === 0) return { side: 'equal', words };
  return { side: compared < 0 ? 'below' : 'above', words };
}

/** EXIT-INCOME — 年人均纯收入稳定超过国家扶贫标准: on the line is not above it (§6.1). */
export const exitIncome = withForm((form, { plan, facts }) => {
  const standing = incomeStanding(form, plan);
  if (standing.side === 'above') return null;
  const who = { whoClears: formKeepers(plan) };
  if (standing.side === 'unknown') {
    return {
      words: `${householdWords(facts)}${standing.words}`,
      missing: ['共同生活的家庭成员'],
      ...who,
    };
  }
  const line = yuanWords(plan.standards.incomeLineFen);
  const verdict =
    standing.side === 'equal' ? `刚好等于收入线${line}，没有超过` : `低于收入线${line}`;
  return {
    words: `${householdWords(facts)}${standing.words}，${verdict}，不能脱贫`,
    missing: [`超过${line}的年人均纯收入`],
    ...who,
  };
});

/** INCOME-WINDOW — income is that of the plan's window, day for day (§3.6). */
export const incomeWindow = withForm((form, { plan, facts }) => {
  const { from, to } = plan.standards.incomeWindow;
  if (form.incomeFrom === from && form.incomeTo === to) return null;
  return {
    words: `${householdWords(facts)}填的是${form.incomeFrom}至${form.incomeTo}的收入，应为${from}至${to}的收入`,
    missing: [`${from}至${to}的收入`],
    whoClears: formKeepers(plan),
  };
});

/** NX1 — 没有长期稳定收入来源的不能脱贫; a named signer finds it, it is not computed (§6.6). */
export const stableIncome = withForm((form, { plan, facts }) =>
  judgedBySigner(form.stableIncome, {
    household: householdWords(facts),
    question: '是否有长期稳定收入来源',
    failing: '没有长期稳定收入来源',
    verdict: '不能脱贫',
    whoClears: formKeepers(plan),
  }),
);

/** NX5 — 帮扶成效不显著的不能脱贫; found by a named signer (§6.6). */
export const helpEffective = withForm((form, { plan, facts }) =>
  judgedBySigner(form.helpEffective, {
    household: householdWords(facts),
    question: '帮扶成效是否显著',
    failing: '帮扶成效不显著',
    verdict: '不能脱贫',
    whoClears: formKeepers(plan),
  }),
);

/** What a named person has to find of a household: nobody found it, or found otherwise → what is missing. */
export function judgedBySigner(
  finding: SignedFinding | null,
  about: {
    readonly household: string;
    readonly question: string;
    readonly failing: string;
    /** What follows where it was found otherwise. */
    readonly verdict: string;
    readonly whoClears: string;
  },
): GuardFinding | null {
  const { household, question, failing, verdict, whoClears } = about;
  if (finding === null || finding.signer.trim() === '') {
    return {
      words: `${household}“${question}”还没有人签字研判`,
      missing: [`“${question}”的研判意见和签字人`],
      whoClears,
    };
  }
  if (finding.holds) return null;
  const why = finding.reason === '' ? '' : `（${finding.reason}）`;
  const words = `${household}经${finding.signer}研判${failing}${why}，${verdict}`;
  return { words, missing: [`“${question}”为是的研判意见`], whoClears };
}
