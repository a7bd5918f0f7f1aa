/** 规则逐条 — what a pack says about a procedure, line by line, with the clause and the pack that say it. */
import { MONITORING_STANDING_WORDS } from '../domain/facts/monitoring.ts';
import { STATUS_WORDS } from '../domain/kernel/subject.ts';
import type { Clause, ProcedureId } from '../domain/plan/plan.ts';
import { FUNCTION_WORDS } from '../domain/plan/registry-function.ts';
import { dueRuleWords, GUARD_MODE_WORDS, rolesWords } from '../domain/plan/rule-words.ts';
import { valueWords } from '../domain/plan/value-words.ts';
import { lineageOf, type PackLibrary } from './load-packs.ts';
import { likenessOf, type MergedRules, mergeLineage } from './merge-lineage.ts';
import type { Pack, PackProcedure, PackStep } from './pack-file.ts';
import { VALUE_KEYS, VALUE_KIND_OF, VALUE_WORDS } from './pack-values.ts';
import { dueRule } from './plan-steps.ts';

/** One rule: where it stands, what it is about, what it says. */
export interface RuleLine {
  /** Key of the step; null for what holds for the whole procedure. */
  readonly step: string | null;
  readonly where: string;
  readonly what: string;
  readonly words: string;
  /** Pack of the lineage that says it. */
  readonly packId: string;
  readonly clauseId: string;
  readonly clause: Clause | null;
  /** False: 未核实, the office has to confirm it. */
  readonly verified: boolean;
}

const WHOLE = '全程';
/** 标准和期限: values hold for every procedure of a pack. */
export const VALUES = '标准和期限';

/** Every rule of a pack's procedure, in the order of its chain; empty where it has no steps. */
export function ruleLines(
  library: PackLibrary,
  packId: string,
  procedure: ProcedureId,
): readonly RuleLine[] {
  const lineage = lineageOf(library, packId);
  const rules = mergeLineage(lineage, procedure);
  if (rules.procedure.steps.length === 0) return [];
  const line = lineMaker(rules);
  return [
    ...orderLines(lineage, rules, procedure, line),
    ...valueLines(lineage, rules, line),
    ...rules.procedure.steps.flatMap((step) => stepLines(lineage, rules, procedure, step, line)),
  ];
}

type Said = Pick<RuleLine, 'step' | 'where' | 'what' | 'words' | 'packId' | 'clauseId'> & {
  readonly verified?: boolean;
};
type LineMaker = (said: Said) => RuleLine;

function lineMaker({ clauses }: MergedRules): LineMaker {
  return ({ verified, ...said }) => {
    const clause = clauses[said.clauseId] ?? null;
    return { ...said, clause, verified: verified ?? clause?.verified ?? false };
  };
}

/** The lowest pack of the lineage that says something. */
function lowest(lineage: readonly Pack[], says: (pack: Pack) => boolean): string {
  return lineage.findLast(says)?.id ?? lineage.at(-1)?.id ?? '';
}

/** The lowest pack that says something of the procedure, or else of the one that it is like. */
function lowestPart(
  lineage: readonly Pack[],
  id: ProcedureId,
  says: (part: PackProcedure) => boolean,
): string {
  const saying = (procedure: ProcedureId) =>
    lineage.findLast(({ procedures }) => {
      const part = procedures[procedure];
      return part !== undefined && says(part);
    });
  const like = likenessOf(lineage, id);
  const found = saying(id) ?? (like === undefined ? undefined : saying(like));
  return found?.id ?? lineage.at(-1)?.id ?? '';
}

function orderLines(
  lineage: readonly Pack[],
  { procedure }: MergedRules,
  id: ProcedureId,
  line: LineMaker,
): RuleLine[] {
  const { order, subject, steps, outerDue } = procedure;
  const by = (part: 'order' | 'subject' | 'outerDue') =>
    lowestPart(lineage, id, (each) => each[part] !== undefined);
  const about = { step: null, where: WHOLE };
  return [
    ...(order === null
      ? []
      : [
          line({
            ...about,
            what: '环节顺序',
            words: steps.map(({ name }) => name).join('→'),
            packId: by('order'),
            clauseId: order.clause,
            verified: order.verified,
          }),
        ]),
    ...(subject === null
      ? []
      : [
          line({
            ...about,
            what: '对象',
            words: subjectWords(subject),
            packId: by('subject'),
            clauseId: subject.clause,
          }),
        ]),
    ...(outerDue === null
      ? []
      : [
          line({
            ...about,
            what: '总时限',
            words: dueRuleWords(dueRule(outerDue)),
            packId: by('outerDue'),
            clauseId: outerDue.clause,
          }),
        ]),
  ];
}

function subjectWords(subject: NonNullable<MergedRules['procedure']['subject']>): string {
  if (!('statuses' in subject)) return '县';
  const statuses = subject.statuses.map((status) => STATUS_WORDS[status]).join('、');
  const standings = 'monitoring' in subject ? (subject.monitoring ?? []) : [];
  if (standings.length === 0) return statuses;
  return `${standings.map((each) => MONITORING_STANDING_WORDS[each]).join('、')}（${statuses}）`;
}

function valueLines(
  lineage: readonly Pack[],
  { values }: MergedRules,
  line: LineMaker,
): RuleLine[] {
  return VALUE_KEYS.flatMap((key) => {
    const file = values[key];
    if (file === undefined) return [];
    const words = valueWords(VALUE_KIND_OF[key], file.value ?? file.suggested ?? null);
    const { verified, clause: clauseId } = file;
    const packId = lowest(lineage, (pack) => pack.values[key] !== undefined);
    const what = VALUE_WORDS[key];
    return [line({ step: null, where: VALUES, what, words, packId, clauseId, verified })];
  });
}

function stepLines(
  lineage: readonly Pack[],
  rules: MergedRules,
  id: ProcedureId,
  step: PackStep,
  line: LineMaker,
): RuleLine[] {
  const { key, name: where, by, clause: clauseId, guards, evidence } = step;
  const packId = lowestPart(lineage, id, (part) => definesStep(part, key));
  const about = { step: key, where, packId, clauseId };
  const papers = evidence.map((use) => `${use.name}${use.min}件`).join('、');
  const due = rules.procedure.dueBySteps[key];
  const duePack = lowestPart(lineage, id, (part) =>
    part.due.some(({ steps }) => steps.includes(key)),
  );
  return [
    line({ ...about, what: '由谁办', words: rolesWords(by) }),
    ...(papers === '' ? [] : [line({ ...about, what: '附件', words: papers })]),
    ...(step.onlyIf === undefined
      ? []
      : [
          line({
            ...about,
            what: '是否办理',
            words: `只在“${VALUE_WORDS[step.onlyIf]}”为“是”时办`,
          }),
        ]),
    ...ownWords(step).map(([what, words]) => line({ ...about, what, words })),
    ...guards.map(({ id: guard, mode, clause }) =>
      line({
        ...about,
        what: `条件${guard}`,
        words: GUARD_MODE_WORDS[mode],
        packId: lowestPart(lineage, id, (part) => placesGuard(part, key, guard)),
        clauseId: clause,
      }),
    ),
    ...(due === undefined
      ? []
      : [
          line({
            ...about,
            what: '时限',
            words: dueRuleWords(dueRule(due)),
            packId: duePack,
            clauseId: due.clause,
          }),
        ]),
  ];
}

function stepsOf({ steps, replaceSteps, addSteps }: PackProcedure): readonly PackStep[] {
  return [...(steps ?? []), ...replaceSteps, ...addSteps.map(({ step }) => step)];
}

function definesStep(part: PackProcedure, key: string): boolean {
  return stepsOf(part).some((step) => step.key === key);
}

function placesGuard(part: PackProcedure, key: string, guard: string): boolean {
  return (
    part.addGuards.some(({ step, id }) => step === key && id === guard) ||
    stepsOf(part).some((step) => step.key === key && step.guards.some(({ id }) => id === guard))
  );
}

/** What only steps of this kind say. */
function ownWords(step: PackStep): readonly (readonly [string, string])[] {
  const named = (items: readonly { readonly name: string }[]) =>
    items.map(({ name }) => name).join('、');
  switch (step.kind) {
    case 'collect':
      return step.needsApplication ? [['申请书', '要']] : [];
    case 'assembly':
      return [
        ['按什么开会', step.per === 'group' ? '村民小组' : '全村'],
        ['参会人', named(step.bases)],
        ...(step.readOut === null ? [] : [['宣读比对结果', '要'] as const]),
        ...(step.workTeam === null ? [] : [['驻村工作队到会', '没有到会的提示'] as const]),
      ];
    case 'verification':
      return [['签字人', step.signers.join('、')]];
    case 'acceptance':
      return [['由谁认可', named(step.parties)]];
    case 'comparison':
      return step.ahead ? [['可以提前比对', '是']] : [];
    case 'certification':
      return [];
    case 'notice':
    case 'announcement':
      return [
        ['张贴地点', named(step.places)],
        ['张贴人', rolesWords(step.posters)],
      ];
    case 'decision':
      return step.template === undefined ? [] : [['文书模板', step.template.title]];
    case 'opening':
      return [
        ['开通的功能', step.functions.map((key) => FUNCTION_WORDS[key]).join('、')],
        ...(step.closing === null ? [] : [['最迟开放到', step.closing.date] as const]),
      ];
    case 'report':
      return [['详细人员名单', step.nameList ? '必须附' : '不需附']];
    case 'registration':
      return [
        ['登记功能', step.functionName],
        ['复核人', rolesWords(step.reviewers)],
      ];
    default:
      return [];
  }
}
