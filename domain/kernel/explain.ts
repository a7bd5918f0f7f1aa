/**
 * 为什么不能推进 — for every action that belongs to the list's step (and those always at hand): would it
 * be taken now, and if not, why. The same functions as `decide`, run dry twice: without papers, to name
 * what the form has to supply, and with them, to see what stands against it even then.
 */
import type { Plan, PlanStep, StepKind } from '../plan/plan.ts';
import type { SheetHash } from '../sheet/posted-sheet.ts';
import type { Instant } from '../time/instant.ts';
import type { ActorSnapshot } from './actor.ts';
import type { CommandBody, CommandType } from './command.ts';
import { decide } from './decide.ts';
import { dryBody, type Occasion } from './dry-body.ts';
import { factsWithPapers, withPapers } from './dry-papers.ts';
import type { Facts } from './facts.ts';
import type { Refusal } from './refusal.ts';
import { activeCases, type RosterState } from './state.ts';

/** One action: allowed once what it `needs` is supplied, or refused for reasons that stand already. */
export interface ActionExplanation {
  readonly type: CommandType;
  readonly words: string;
  readonly allowed: boolean;
  readonly refusals: readonly Refusal[];
  /** What the form still has to supply: papers, signatures, votes, a document number. */
  readonly needs: readonly string[];
}

/** The action as users read it. */
export const ACTION_WORDS: Readonly<Record<CommandType, string>> = {
  'record-collection': '办结入户采集',
  'hold-assembly': '登记评议会',
  'record-void-assembly': '登记流会',
  verify: '办结核实',
  'record-acceptance': '登记认可',
  'request-comparison': '提请比对',
  'receive-comparison': '反馈比对结果',
  'explain-hit': '说明疑点',
  'judge-explanation': '认定疑点说明',
  certify: '部门认定',
  'draft-notice': '公示定稿',
  'post-notice': '登记张贴',
  'remove-notice': '登记撤下',
  'correct-notice': '更正公示',
  'close-notice': '公示结束上报',
  'raise-objection': '登记异议',
  'dispose-objection': '处理异议',
  review: '审核',
  decide: '审定',
  'draft-announcement': '公告定稿',
  report: '报告',
  'open-functions': '开通功能',
  'post-announcement': '张贴公告',
  'carry-registrations': '提交登记',
  'report-registrations': '回报登记结果',
  inspect: '监督检查',
  'return-cases': '退回',
  'return-divided': '分户、并户退回',
  advance: '名单先行',
  split: '拆分',
  'withdraw-case': '撤回',
  suspend: '中止',
  resume: '恢复',
  'adopt-plan': '更换适用规则',
};

const BY_KIND: Readonly<Record<StepKind, readonly CommandType[]>> = {
  collect: ['record-collection', 'advance'],
  assembly: ['hold-assembly', 'record-void-assembly', 'advance'],
  verification: ['verify', 'advance'],
  acceptance: ['record-acceptance', 'advance'],
  comparison: ['request-comparison', 'receive-comparison', 'advance'],
  certification: ['certify', 'advance'],
  notice: ['draft-notice', 'post-notice', 'close-notice', 'correct-notice', 'remove-notice'],
  review: ['review'],
  decision: ['decide'],
  report: ['report'],
  announcement: ['draft-announcement', 'post-announcement'],
  opening: ['open-functions'],
  registration: ['carry-registrations'],
  inspection: ['inspect'],
};

/** Refusals that only say what the form has yet to supply, not that the law stands against it. */
const SUPPLIED_BY_FORM: ReadonlySet<string> = new Set([
  'EVIDENCE-MISSING',
  'SIGNATURE-MISSING',
  'WORDS-MISSING',
  'VOTES-INCOMPLETE',
  'DOCUMENT-NO-MISSING',
  'FORM-NOT-CURRENT',
  'NOTHING-NAMED',
  'OBJECTION-UNANSWERED',
  'LATE-ENTRY-UNACCEPTED',
  'WRONG-PLACE',
  'REASON-REQUIRED',
  'WRONG-BODY',
]);

/** 逐户录入: a carry without stamped rows only lacks what the registration page supplies. */
const NO_ROWS_YET = 'G-16';

/** A report without its content only lacks what its form asks for. */
const CONTENT_MISSING = 'G-20';

function isSuppliedByForm(type: CommandType, code: string): boolean {
  const isReport = type === 'report' && code === CONTENT_MISSING;
  return (
    SUPPLIED_BY_FORM.has(code) ||
    isReport ||
    (type === 'carry-registrations' && code === NO_ROWS_YET)
  );
}

/** What an explanation is asked for. */
export interface ExplainInput {
  readonly plan: Plan;
  readonly state: RosterState;
  readonly facts: Facts;
  readonly actor: ActorSnapshot;
  readonly at: Instant;
  readonly sheetHash: SheetHash;
}

/** Explains every action of the current step for this person at this instant. */
export function explain(input: ExplainInput): readonly ActionExplanation[] {
  const { plan, state } = input;
  const step = plan.steps[state.stepIndex];
  if (state.closedAt !== null || step === undefined) return [];
  return [...BY_KIND[step.kind], ...atHand(state)].flatMap((type) => explainOne(input, step, type));
}

/** Why one act, as it is written, would not be taken now; empty when nothing stands against it. */
export function explainBody(input: ExplainInput, body: CommandBody): readonly Refusal[] {
  return judge(input, input.facts, body);
}

/** Actions that belong to no step: those that the list, as it stands, gives occasion for. */
function atHand(state: RosterState): readonly CommandType[] {
  const active = activeCases(state);
  const marks = new Set(active.flatMap((item) => item.comparison?.marks ?? []));
  const occasions: readonly (readonly [CommandType, boolean])[] = [
    ['explain-hit', marks.has('hit') || marks.has('explained')],
    ['judge-explanation', marks.has('explained')],
    ['dispose-objection', state.objections.some(({ disposal }) => disposal === null)],
    ['raise-objection', true],
    ['return-cases', state.stepIndex > 0],
    ['split', active.length > 1],
    ['withdraw-case', active.length > 0],
    ['suspend', state.suspension === null],
    ['resume', state.suspension !== null],
  ];
  return occasions.flatMap(([type, isGiven]) => (isGiven ? [type] : []));
}

function explainOne(
  input: ExplainInput,
  step: PlanStep,
  type: CommandType,
): readonly ActionExplanation[] {
  const { plan, state, facts, actor, at } = input;
  const occasion = { plan, step, state, facts, actor, at };
  const bare = dryBody(type, occasion);
  if (bare === undefined) return [];
  const lacking = judge(input, facts, bare).filter((each) => isSuppliedByForm(type, each.code));
  const refusals = judgeWhole(input, occasion, withPapers(bare, occasion));
  const standing = refusals.filter((each) => !isSuppliedByForm(type, each.code));
  // A screen strings them together in one sentence.
  const needs = [...lacking, ...refusals.filter((each) => !standing.includes(each))].flatMap(
    (refusal) => refusal.missing ?? [refusal.words.replace(/。$/, '')],
  );
  return [
    {
      type,
      words: ACTION_WORDS[type],
      allowed: standing.length === 0,
      refusals: standing,
      needs: [...new Set(needs)],
    },
  ];
}

function judge(input: ExplainInput, facts: Facts, body: CommandBody): readonly Refusal[] {
  const { plan, state, actor, at, sheetHash } = input;
  const command = { id: 'dry-run', actor, receivedAt: at, body };
  const decision = decide({ plan, state, command, facts, sheetHash });
  return decision.ok ? [] : decision.refusals;
}

/** With every paper; of a step that closes by household, for those households against whom nothing stands. */
function judgeWhole(
  input: ExplainInput,
  occasion: Occasion,
  body: CommandBody,
): readonly Refusal[] {
  const facts = factsWithPapers(input.facts, occasion);
  const all = judge(input, facts, body);
  if (all.length === 0 || !('entries' in body) || body.type === 'carry-registrations') return all;
  const failing = new Set(all.flatMap(({ cases = [] }) => cases));
  const passing = withEntries(body, failing);
  if (passing === undefined) return all;
  return judge(input, facts, passing).length === 0 ? [] : all;
}

/** The same without some households; undefined where none would be left. */
function withEntries(
  body: Extract<CommandBody, { type: 'record-collection' | 'verify' }>,
  without: ReadonlySet<string>,
): CommandBody | undefined {
  const entries = body.entries.filter(({ caseId }) => !without.has(caseId));
  return entries.length === 0 ? undefined : { ...body, entries };
}
