/** 规则包命令的文字: how findings, rules and examples are printed for people. */
import { LISTS_MAX, type PackImpact } from '../../db/packs/lists-under-pack.ts';
import type { ProcedureId } from '../../domain/plan/plan.ts';
import { PROCEDURE_WORDS } from '../../domain/sheet/sheet-words.ts';
import type { ConflictSide, RuleConflict } from '../../policies/find-conflicts.ts';
import { lineageOf, type PackLibrary } from '../../policies/load-packs.ts';
import type { RuleDifference } from '../../policies/rule-differences.ts';
import type { RuleLine } from '../../policies/rule-lines.ts';
import type { ExampleResult } from '../../policies/run-example.ts';

/** 未核实 where the office has still to confirm. */
function mark(verified: boolean): string {
  return verified ? '' : '【未核实】';
}

/** 依据 with its quotation and the pack that names it. */
export function sourceWords({ clause, clauseId, packId }: RuleLine): string {
  if (clause === null) return `${clauseId}（${packId}）`;
  return `${clause.document} ${clause.article}「${clause.quote}」（${packId}）`;
}

/** 规则包的名称、版本、沿革. */
export function packHeading(library: PackLibrary, packId: string): string[] {
  const loaded = library.packs.get(packId);
  if (loaded === undefined) return [];
  const { pack, digest } = loaded;
  const lineage = lineageOf(library, packId).map(({ id, version }) => `${id}第${version}版`);
  const year = pack.year === null ? '' : `，${pack.year}年`;
  return [
    `${pack.title}（区划${pack.areaCode}${year}）`,
    `沿革：${lineage.join(' → ')}`,
    `指纹：${digest}`,
  ];
}

/** The rules of a procedure, one after another, each with its clause where it changes. */
export function ruleText(procedure: ProcedureId, lines: readonly RuleLine[]): string[] {
  let where = '';
  let source = '';
  let no = 0;
  return [
    '',
    `══ ${PROCEDURE_WORDS[procedure].name} ══`,
    ...lines.flatMap((line) => {
      const said: string[] = [];
      if (line.where !== where) {
        if (line.step !== null) no += 1;
        said.push('', line.step === null ? line.where : `${no} ${line.where}`);
        where = line.where;
        source = '';
      }
      said.push(`  ${line.what}：${line.words}${mark(line.verified)}`);
      const now = sourceWords(line);
      if (now !== source) said.push(`      依据：${now}`);
      source = now;
      return said;
    }),
  ];
}

function nameOf(procedure: ProcedureId | null): string {
  return procedure === null ? '各程序' : PROCEDURE_WORDS[procedure].name;
}

/** 对照 of two packs, procedure by procedure. */
export function differenceText(found: readonly RuleDifference[]): string[] {
  let heading = '';
  const changed = found.filter(({ kind }) => kind === 'words');
  const moved = found.filter(({ kind }) => kind === 'source');
  const sideWords = (line: RuleLine | null) =>
    line === null ? ['没有这一条'] : [`${line.words}${mark(line.verified)}`, sourceWords(line)];
  return [
    ...changed.flatMap(({ procedure, where, what, before, after }) => {
      const title = `══ ${nameOf(procedure)} ══`;
      const said = title === heading ? [] : ['', title];
      heading = title;
      const [was = '', ...wasFrom] = sideWords(before);
      const [is = '', ...isFrom] = sideWords(after);
      return [
        ...said,
        `${where}·${what}`,
        `  甲：${was}`,
        ...wasFrom.map((from) => `      依据：${from}`),
        `  乙：${is}`,
        ...isFrom.map((from) => `      依据：${from}`),
      ];
    }),
    '',
    `规定不同的${changed.length}条；规定相同、出处或核实情况不同的${moved.length}条${moved.length === 0 ? '' : '：'}`,
    ...moved.map(
      ({ procedure, where, what, before, after }) =>
        `  ${nameOf(procedure)} ${where}·${what}：甲${shortSource(before)}；乙${shortSource(after)}`,
    ),
  ];
}

function shortSource(line: RuleLine | null): string {
  if (line === null) return '没有';
  const { clause, clauseId, verified } = line;
  return `${clause === null ? clauseId : `${clause.document} ${clause.article}`}${mark(verified)}`;
}

const CONFLICT_WORDS: Readonly<Record<RuleConflict['kind'], string>> = {
  lineage: '下级与上级规定不同',
  siblings: '两个规则包管同一个地方，规定不同',
  confirmation: '核定与规定不同',
};

/** 冲突, both sides with their documents. */
export function conflictText(conflict: RuleConflict): string[] {
  const { kind, areaCode, procedure, where, what, sides } = conflict;
  const name = procedure === null ? '' : `${PROCEDURE_WORDS[procedure].name} `;
  const said = ({ by, words, source, verified }: ConflictSide) =>
    `    ${by}：${words}${mark(verified)}——${source}`;
  return [`冲突（${CONFLICT_WORDS[kind]}）${areaCode} ${name}${where}·${what}`, ...sides.map(said)];
}

const KIND_WORDS = { refused: '不予办理', warned: '提示', accepted: '可以办理' } as const;

/** 例证结果: a line for each example, faults marked. */
export function exampleText(results: readonly ExampleResult[]): string[] {
  let heading = '';
  return results.flatMap((result) => {
    const { packId, procedure, rule, stepName, kind, words, decision, fault } = result;
    const title = `══ ${packId} ${PROCEDURE_WORDS[procedure].name} ══`;
    const said = title === heading ? [] : ['', title];
    heading = title;
    const answers = decision.ok ? decision.warnings : decision.refusals;
    const found = answers.find(({ code }) => code === (rule.code ?? rule.rule)) ?? answers[0];
    return [
      ...said,
      `${fault === null ? '✓' : '✗'} ${rule.rule}（${stepName}）${words} → ${KIND_WORDS[kind]}`,
      ...(found === undefined ? [] : [`      ${found.code}：${found.words}`]),
      ...(fault === null ? [] : [`      不符：${fault}`]),
    ];
  });
}

/** 影响 of a pack's text on the lists that are open. */
export function impactText(packId: string, { total, lists }: PackImpact): string[] {
  if (total === 0) return [`没有在办名单用到规则包${packId}`];
  const touched = lists.filter(({ differences }) => differences === null || differences.length > 0);
  return [
    `用到规则包${packId}的在办名单${total}份${total > LISTS_MAX ? `（只比较最早的${LISTS_MAX}份）` : ''}，会有不同的${touched.length}份。名单仍按发起时的规则办理，更换须由领导小组办公室逐份采用。`,
    ...lists.flatMap((list) => {
      const { title, unitCode, rosterId, packId: of, packVersion, stepName, openCases } = list;
      const head = `${title}（${unitCode}，${rosterId}）在“${stepName}”，${openCases}户，现用${of}第${packVersion}版`;
      return ['', head, ...changeLines(list.differences)];
    }),
  ];
}

function changeLines(differences: PackImpact['lists'][number]['differences']): string[] {
  if (differences === null) return ['  新规则还有未核定的值（或不再适用），暂不能比较'];
  if (differences.length === 0) return ['  没有不同'];
  return differences.map(
    ({ where, what, before, after }) =>
      `  ${where}·${what}：${before ?? '没有'} → ${after ?? '没有'}`,
  );
}
