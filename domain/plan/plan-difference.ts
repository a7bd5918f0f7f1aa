/** 规则比较 — what another plan would change for a list, line by line, in words. */
import { PERSON_CHANGE_WORDS, type PersonChangeKind } from '../facts/person-change.ts';
import type { Clause, GuardUse, Plan, PlanStep } from './plan.ts';
import {
  ATTRIBUTE_WORDS,
  dueRuleWords,
  fractionWords,
  GUARD_MODE_WORDS,
  incomeLineWords,
  percentWords,
  periodRuleWords,
  rolesWords,
} from './rule-words.ts';

/** One line of a plan that another plan has otherwise; null where one of them lacks it. */
export interface PlanDifference {
  /** 环节 or part of the rules. */
  readonly where: string;
  readonly what: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** Lines of a plan: where, what, and how it is said. */
type Lines = readonly (readonly [where: string, what: string, words: string])[];

const NONE = '无';

function named(items: readonly { readonly name: string }[]): string {
  return items.map(({ name }) => name).join('、') || NONE;
}

function yesNo(value: boolean): string {
  return value ? '是' : '否';
}

function guardWords({ id, mode, clauseId }: GuardUse, clauses: Plan['clauses']): string {
  const clause = clauses[clauseId];
  const source = clause === undefined ? clauseId : `${clause.document}${clause.article}`;
  return `${id}（${GUARD_MODE_WORDS[mode]}，${source}）`;
}

function commonLines(step: PlanStep, plan: Plan): Lines {
  const { name, by, evidence, guards, due, clauseId } = step;
  const papers = evidence.map((use) => `${use.name}${use.min}件`).join('、') || NONE;
  return [
    [name, '由谁办', rolesWords(by)],
    [name, '附件', papers],
    [name, '时限', dueRuleWords(due)],
    [name, '依据', clauseWords(plan.clauses[clauseId])],
    [name, '核对的规定', guards.map((use) => guardWords(use, plan.clauses)).join('；') || NONE],
  ];
}

function clauseWords(clause: Clause | undefined): string {
  return clause === undefined ? NONE : `${clause.document}${clause.article}`;
}

function kindLines(step: PlanStep): Lines {
  const { name } = step;
  switch (step.kind) {
    case 'collect':
      return [
        [name, '入户人数', String(step.visitorsMin)],
        [name, '要申请书', yesNo(step.needsApplication)],
      ];
    case 'assembly':
      return [
        [name, '按什么开会', step.per === 'group' ? '村民小组' : '全村'],
        [name, '到会比例', `${fractionWords(step.quorum)}（${named(step.quorum.bases)}）`],
        [name, '通过比例', `超过${fractionWords(step.passing)}`],
        [name, '宣读比对结果', yesNo(step.readOut !== null)],
      ];
    case 'verification':
      return [[name, '签字人', step.signers.join('、')]];
    case 'acceptance':
      return [[name, '由谁认可', named(step.parties)]];
    case 'comparison':
      return [
        [name, '参加部门', step.departments.join('、')],
        [name, '结果有效期', periodRuleWords(step.validity)],
        [name, '可以提前比对', yesNo(step.ahead)],
      ];
    case 'certification':
      return step.indicators.map(({ name: indicator, department }) => [
        name,
        indicator,
        department,
      ]);
    case 'notice':
      return [
        [name, '公示期', periodRuleWords(step.period)],
        [name, '张贴地点', named(step.places)],
        [name, '张贴人', rolesWords(step.posters)],
        [name, '异议调查期限', periodRuleWords(step.objectionRule)],
      ];
    case 'announcement':
      return [
        [name, '最少天数', step.minPeriod === null ? NONE : periodRuleWords(step.minPeriod)],
        [name, '张贴地点', named(step.places)],
        [name, '张贴人', rolesWords(step.posters)],
        [name, '异议调查期限', periodRuleWords(step.objectionRule)],
      ];
    case 'registration':
      return [
        [name, '登记功能', step.functionName],
        [name, '复核人', rolesWords(step.reviewers)],
      ];
    case 'opening':
      return [
        [name, '开通的功能', named(step.functions)],
        [name, '最迟开放到', step.closing?.deadline ?? NONE],
      ];
    case 'report':
      return [[name, '附详细人员名单', yesNo(step.nameList)]];
    case 'decision':
      return step.template === undefined ? [] : [[name, '文书模板', step.template.body]];
    case 'review':
    case 'inspection':
      return [];
  }
}

const STANDARDS = '标准';

/** 监测 of a plan that monitors. */
function monitoringLines({ standards: { monitoring } }: Plan): Lines {
  if (monitoring === undefined) return [];
  const { classes, channels, risks, lineFen, scale, measures } = monitoring;
  return [
    [STANDARDS, '监测对象类别', classes.join('、')],
    [STANDARDS, '发现途径', channels.join('、')],
    [STANDARDS, '返贫（致贫）风险', risks.join('、')],
    [STANDARDS, '监测线', incomeLineWords(lineFen)],
    [STANDARDS, '监测规模', scale === null ? NONE : fractionWords(scale)],
    [STANDARDS, '落实帮扶措施的期限', measures ? periodRuleWords(measures.rule) : NONE],
  ];
}

/** 风险消除 and what puts it right. */
function eliminationLines({ standards: { elimination, reversalCauses } }: Plan): Lines {
  const months = elimination?.steadyMonths;
  return [
    ...(elimination === undefined
      ? []
      : [[STANDARDS, '收入持续稳定的月数', months === undefined ? NONE : String(months)] as const]),
    ...(reversalCauses === undefined
      ? []
      : [[STANDARDS, '可以回退（清退）的原因', reversalCauses.join('、')] as const]),
  ];
}

/** 变更人员 of a plan that changes single persons. */
function personLines({ persons }: Plan): Lines {
  if (persons === undefined) return [];
  const { reasons, returns } = persons;
  const kinds = Object.keys(PERSON_CHANGE_WORDS) as PersonChangeKind[];
  return [
    ...kinds.flatMap((kind) => {
      const named = reasons[kind];
      if (named === undefined) return [];
      return [[STANDARDS, `${PERSON_CHANGE_WORDS[kind]}人员的原因`, named.join('、')] as const];
    }),
    [STANDARDS, '使在办事项退回的原因', returns.length === 0 ? NONE : returns.join('、')],
  ];
}

/** 村退出标准 of a plan that judges villages. */
function villageLines({ standards: { village } }: Plan): Lines {
  if (village === undefined) return [];
  return [
    [STANDARDS, '贫困发生率上限', percentWords(village.rateLimit)],
    [STANDARDS, '贫困发生率分母口径', village.denominators.join('、')],
  ];
}

function standardLines({ standards, lateEntry, outerDue }: Plan): Lines {
  const { incomeWindow, incomeCounts } = standards;
  const counts = (what: string, isCounted: boolean) => `${what}${isCounted ? '计入' : '不计入'}`;
  const order = standards.exitOrder.map((key) => ATTRIBUTE_WORDS[key] ?? key);
  return [
    [STANDARDS, '收入线', incomeLineWords(standards.incomeLineFen)],
    [STANDARDS, '收入计算周期', `${incomeWindow.from}至${incomeWindow.to}`],
    [
      STANDARDS,
      '计入收入的项目',
      `${counts('低保金', incomeCounts.dibao)}，${counts('养老金', incomeCounts.pension)}`,
    ],
    [STANDARDS, '本地低保标准超过扶贫标准', yesNo(standards.dibaoAboveLine)],
    [STANDARDS, '不得居住的房屋等级', standards.forbiddenHousingGrades.join('、') || NONE],
    [STANDARDS, '不算辍学的未上学原因', standards.admittedOutOfSchool?.join('、') || NONE],
    [STANDARDS, '户退出标准', named(standards.exitStandards)],
    [STANDARDS, '脱贫顺序', order.join('，其次') || NONE],
    ['全程', '补登期限', lateEntry === null ? NONE : `${lateEntry.days}日`],
    ['全程', '总时限', dueRuleWords(outerDue)],
  ];
}

function linesOf(plan: Plan): Lines {
  return [
    ['全程', '环节顺序', plan.steps.map(({ name }) => name).join('→')],
    ...standardLines(plan),
    ...monitoringLines(plan),
    ...eliminationLines(plan),
    ...personLines(plan),
    ...villageLines(plan),
    ...plan.steps.flatMap((step) => [...commonLines(step, plan), ...kindLines(step)]),
    ...plan.confirmations.map(
      ({ path, documentNo, documentOn, by }) =>
        ['核定文件', confirmedWords(plan, path), `${documentNo}，${documentOn}，${by}`] as const,
    ),
    [
      '提醒',
      '提醒办法',
      (plan.reminders?.rungs ?? []).map(({ words }) => words).join('；') || NONE,
    ],
    ...Object.values(plan.calendar.years).map(
      ({ year, holidays, makeUpWorkdays }) =>
        [
          '工作日历',
          `${year}年`,
          `放假${holidays.length}天，调休上班${makeUpWorkdays.length}天`,
        ] as const,
    ),
  ];
}

/** What was confirmed, as the clause made of it says. */
function confirmedWords(plan: Plan, path: string): string {
  const quote = plan.clauses[`confirmed.${path}`]?.quote ?? path;
  return quote.split(/[：，]/)[0] ?? path;
}

/** Lines that differ, those of the old plan first; empty where people would notice nothing. */
export function planDifferences(before: Plan, after: Plan): readonly PlanDifference[] {
  const key = (where: string, what: string) => `${where}\n${what}`;
  const old = new Map(linesOf(before).map((line) => [key(line[0], line[1]), line]));
  const next = new Map(linesOf(after).map((line) => [key(line[0], line[1]), line]));
  return [...new Set([...old.keys(), ...next.keys()])].flatMap((each) => {
    const was = old.get(each);
    const is = next.get(each);
    const [where, what] = was ?? is ?? ['', ''];
    const said = { where, what, before: was?.[2] ?? null, after: is?.[2] ?? null };
    return said.before === said.after ? [] : [said];
  });
}
