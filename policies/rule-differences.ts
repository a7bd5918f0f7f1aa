/** 规则对照 — what two packs say otherwise about a procedure, each side with its clause and its pack. */
import { PROCEDURES, type ProcedureId } from '../domain/plan/plan.ts';
import type { PackLibrary } from './load-packs.ts';
import { type RuleLine, ruleLines, VALUES } from './rule-lines.ts';

/** One rule that two sides have otherwise; null where a side does not have it. */
export interface RuleDifference {
  /** Null for 标准和期限, which hold for every procedure of the pack. */
  readonly procedure: ProcedureId | null;
  readonly where: string;
  readonly what: string;
  /** `words`: another rule. `source`: the same rule under another clause, or newly verified. */
  readonly kind: 'words' | 'source';
  readonly before: RuleLine | null;
  readonly after: RuleLine | null;
}

/** A pack of a library: two versions of one pack stand in two libraries. */
export interface PackOf {
  readonly library: PackLibrary;
  readonly packId: string;
}

/** Every difference of two packs: values, then procedure by procedure in the order of the first chain. */
export function ruleDifferences(before: PackOf, after: PackOf): readonly RuleDifference[] {
  const found = PROCEDURES.flatMap((procedure) =>
    lineDifferences(
      ruleLines(before.library, before.packId, procedure),
      ruleLines(after.library, after.packId, procedure),
    ).map((difference) => ({ procedure, ...difference })),
  );
  const values = new Map(
    found
      .filter(({ where }) => where === VALUES)
      .map((difference) => [difference.what, { ...difference, procedure: null }]),
  );
  return [...values.values(), ...found.filter(({ where }) => where !== VALUES)];
}

function lineDifferences(
  before: readonly RuleLine[],
  after: readonly RuleLine[],
): readonly Omit<RuleDifference, 'procedure'>[] {
  const keyOf = ({ step, where, what }: RuleLine) => `${step ?? where}\n${what}`;
  const old = new Map(before.map((line) => [keyOf(line), line]));
  const next = new Map(after.map((line) => [keyOf(line), line]));
  return [...new Set([...old.keys(), ...next.keys()])].flatMap((key) => {
    const was = old.get(key) ?? null;
    const is = next.get(key) ?? null;
    const kind = differenceOf(was, is);
    const { where, what } = was ?? is ?? { where: '', what: '' };
    return kind === null ? [] : [{ where, what, kind, before: was, after: is }];
  });
}

function differenceOf(was: RuleLine | null, is: RuleLine | null): RuleDifference['kind'] | null {
  if (was === null || is === null || was.words !== is.words) return 'words';
  const isSame = sourceOf(was) === sourceOf(is) && was.verified === is.verified;
  return isSame ? null : 'source';
}

function sourceOf({ clause, clauseId }: RuleLine): string {
  return clause === null ? clauseId : `${clause.document}\n${clause.article}\n${clause.quote}`;
}
