/** 规定冲突 — two active clauses that give different values for the same step and area. */
import { isWithin, orgCode } from '../domain/organisation/org-code.ts';
import { PROCEDURES, type ProcedureId } from '../domain/plan/plan.ts';
import { dueRuleWords } from '../domain/plan/rule-words.ts';
import { valueWords } from '../domain/plan/value-words.ts';
import type { ValueConfirmation } from './confirm-values.ts';
import { lineageOf, type PackLibrary } from './load-packs.ts';
import { mergeLineage } from './merge-lineage.ts';
import type { Pack, PackDue } from './pack-file.ts';
import { VALUE_KEYS, VALUE_KIND_OF, VALUE_WORDS, type ValueKey } from './pack-values.ts';
import { dueRule } from './plan-steps.ts';
import { ruleLines, VALUES } from './rule-lines.ts';

/** One of two sides: who says what, under which document. */
export interface ConflictSide {
  readonly by: string;
  readonly words: string;
  readonly source: string;
  readonly verified: boolean;
}

/** 冲突: the first side is the one that holds now, where one of them does. */
export interface RuleConflict {
  /** 上下级 packs, packs 并列 over one area, or the office's 核定 against a pack. */
  readonly kind: 'lineage' | 'siblings' | 'confirmation';
  readonly areaCode: string;
  readonly procedure: ProcedureId | null;
  readonly where: string;
  readonly what: string;
  readonly sides: readonly [ConflictSide, ConflictSide];
}

/** 核定 as the record keeps it: of which pack, for which area. */
export interface AreaConfirmation extends ValueConfirmation {
  readonly packId: string;
  readonly areaCode: string;
}

/** Every conflict among the packs of a library and what the office confirmed. */
export function findConflicts(
  library: PackLibrary,
  confirmations: readonly AreaConfirmation[] = [],
): readonly RuleConflict[] {
  const places = [...library.packs.values()].map(({ pack }) => pack).filter(isPlace);
  return [
    ...places.flatMap((pack) => lineageConflicts(lineageOf(library, pack.id))),
    ...pairsOf(places).flatMap(([one, other]) => siblingConflicts(library, one, other)),
    ...places.flatMap((pack) => confirmationConflicts(library, pack, confirmations)),
  ];
}

function isPlace({ year }: Pack): boolean {
  return year !== null;
}

function pairsOf(packs: readonly Pack[]): readonly (readonly [Pack, Pack])[] {
  return packs.flatMap((one, index) =>
    packs.slice(index + 1).map((other) => [one, other] as const),
  );
}

function lineageConflicts(lineage: readonly Pack[]): RuleConflict[] {
  const { areaCode } = lineage.at(-1) ?? { areaCode: '0' };
  const about = { kind: 'lineage' as const, areaCode };
  return [
    ...VALUE_KEYS.flatMap((key) => {
      const what = VALUE_WORDS[key];
      const sides = lineage.flatMap((pack) => valueSide(pack, key) ?? []);
      return clashing(sides).map((pair) => {
        return { ...about, procedure: null, where: VALUES, what, sides: pair };
      });
    }),
    ...PROCEDURES.flatMap((procedure) => dueConflicts(lineage, procedure, areaCode)),
  ];
}

function valueSide(pack: Pack, key: ValueKey): ConflictSide | undefined {
  const file = pack.values[key];
  if (file === undefined || file.value === null) return undefined;
  const words = valueWords(VALUE_KIND_OF[key], file.value);
  return { by: pack.id, words, source: sourceOf(pack, file.clause), verified: file.verified };
}

function dueConflicts(
  lineage: readonly Pack[],
  procedure: ProcedureId,
  areaCode: string,
): RuleConflict[] {
  const { steps } = mergeLineage(lineage, procedure).procedure;
  return steps.flatMap(({ key, name: where }) => {
    const sides = lineage.flatMap((pack) => {
      const dues = pack.procedures[procedure]?.due ?? [];
      const rule = dues.findLast(({ steps: keys }) => keys.includes(key))?.rule;
      return rule === undefined ? [] : [dueSide(pack, rule)];
    });
    return clashing(sides).map((pair) => {
      return { kind: 'lineage', areaCode, procedure, where, what: '时限', sides: pair };
    });
  });
}

function dueSide(pack: Pack, rule: PackDue): ConflictSide {
  const source = sourceOf(pack, rule.clause);
  const verified = pack.clauses[rule.clause]?.verified ?? false;
  return { by: pack.id, words: dueRuleWords(dueRule(rule)), source, verified };
}

/** The lowest side, which holds, against each one above it that says something else. */
function clashing(sides: readonly ConflictSide[]): (readonly [ConflictSide, ConflictSide])[] {
  const last = sides.at(-1);
  if (last === undefined) return [];
  return sides
    .slice(0, -1)
    .filter(({ words }) => words !== last.words)
    .map((above) => [last, above] as const);
}

function sourceOf(pack: Pack, clauseId: string): string {
  const clause = pack.clauses[clauseId];
  return clause === undefined ? clauseId : `${clause.document} ${clause.article}`;
}

/** Two places' packs of one year over one area, neither of them above the other. */
function siblingConflicts(library: PackLibrary, one: Pack, other: Pack): RuleConflict[] {
  if (one.year !== other.year) return [];
  const [low, high] = isWithin(orgCode(one.areaCode), orgCode(other.areaCode))
    ? [one, other]
    : [other, one];
  if (!isWithin(orgCode(low.areaCode), orgCode(high.areaCode))) return [];
  if (lineageOf(library, low.id).includes(high) || lineageOf(library, high.id).includes(low)) {
    return [];
  }
  const { areaCode } = low;
  const seen = new Set<string>();
  return PROCEDURES.flatMap((procedure) => {
    const theirs = ruleLines(library, high.id, procedure);
    return ruleLines(library, low.id, procedure).flatMap((mine): RuleConflict[] => {
      const same = theirs.find(({ step, what }) => step === mine.step && what === mine.what);
      const { where, what } = mine;
      if (same === undefined || same.words === mine.words) return [];
      const common = where === VALUES;
      if (common && seen.has(what)) return [];
      seen.add(what);
      const sides = [mine, same].map(({ packId, words, clause, clauseId, verified }) => {
        const source = clause === null ? clauseId : `${clause.document} ${clause.article}`;
        return { by: packId, words, source, verified };
      });
      const [first, second] = sides;
      if (first === undefined || second === undefined) return [];
      return [{ kind: 'siblings', areaCode, procedure, where, what, sides: [first, second] }];
    });
  });
}

/** A confirmed value against one that the pack has since verified; and two offices over one area. */
function confirmationConflicts(
  library: PackLibrary,
  pack: Pack,
  all: readonly AreaConfirmation[],
): RuleConflict[] {
  const own = all.filter(({ packId }) => packId === pack.id);
  const lineage = lineageOf(library, pack.id);
  return VALUE_KEYS.flatMap((key): RuleConflict[] => {
    const given = own.filter(({ path }) => path === key);
    const standing = given.filter(
      (each, index) => given.findLastIndex(({ areaCode }) => areaCode === each.areaCode) === index,
    );
    const about = { kind: 'confirmation', procedure: null, where: VALUES } as const;
    const what = VALUE_WORDS[key];
    const law = lineage.findLast((each) => each.values[key] !== undefined);
    const side = law === undefined ? undefined : valueSide(law, key);
    const againstLaw = standing.flatMap((each): RuleConflict[] => {
      const confirmed = confirmedSide(key, each);
      if (side?.verified !== true || side.words === confirmed.words) return [];
      return [{ ...about, areaCode: each.areaCode, what, sides: [side, confirmed] }];
    });
    const between = standing.flatMap((low): RuleConflict[] =>
      standing
        .filter(({ areaCode }) => areaCode !== low.areaCode)
        .filter(({ areaCode }) => isWithin(orgCode(low.areaCode), orgCode(areaCode)))
        .map((high) => [confirmedSide(key, low), confirmedSide(key, high)] as const)
        .filter(([one, other]) => one.words !== other.words)
        .map((sides) => ({ ...about, areaCode: low.areaCode, what, sides })),
    );
    return [...againstLaw, ...between];
  });
}

function confirmedSide(key: ValueKey, given: AreaConfirmation): ConflictSide {
  const words = valueWords(VALUE_KIND_OF[key], given.value);
  const source = `${given.documentNo}（${given.documentOn}，${given.by}核定）`;
  return { by: `${given.areaCode}领导小组办公室`, words, source, verified: true };
}
