import type { ComparisonMark } from '../kernel/state.ts';
import type { ComparisonStep } from '../plan/plan.ts';
import { formatInstant, type Instant } from '../time/instant.ts';
import type { Guard, GuardFinding, GuardInput } from './guard.ts';
import { findStep, formKeepers, householdWords, rolesWords } from './wording.ts';

/**
 * G-06 — 比对: every department has answered, every hit was explained and the explanation accepted, and
 * the data still count at `at` (§4.1, §4.4: a hit blocks pending proof, it does not reject).
 * A plan without a comparison asks for none.
 */
export const comparisonComplete: Guard = (input) => {
  const step = findStep(input.plan, 'comparison');
  if (step === undefined) return null;
  const { comparison } = input.item;
  if (comparison === null) {
    return {
      words: `${householdWords(input.facts)}还没有${step.name}结果`,
      missing: step.departments.map((department) => `${department}比对结果`),
      whoClears: rolesWords(step.by),
    };
  }
  return openMarks(input, step, comparison.marks) ?? stale(input, step, comparison.ends);
};

function openMarks(
  { plan, facts }: GuardInput,
  step: ComparisonStep,
  marks: readonly ComparisonMark[],
): GuardFinding | null {
  const markedAs = (mark: ComparisonMark) =>
    step.departments.filter((_, place) => (marks[place] ?? 'waiting') === mark);
  const waiting = markedAs('waiting');
  const hit = markedAs('hit');
  const explained = markedAs('explained');
  const parts = [
    ...(waiting.length > 0 ? [`${waiting.join('、')}还没有回复`] : []),
    ...(hit.length > 0 ? [`${hit.join('、')}比对有疑点，还没有说明`] : []),
    ...(explained.length > 0 ? [`${explained.join('、')}的疑点已说明，还没有认定`] : []),
  ];
  if (parts.length === 0) return null;
  const who = [
    ...(waiting.length + explained.length > 0 ? [rolesWords(step.by)] : []),
    ...(hit.length > 0 ? [formKeepers(plan)] : []),
  ];
  return {
    words: `${householdWords(facts)}${step.name}没有完成：${parts.join('；')}`,
    missing: [
      ...waiting.map((department) => `${department}比对结果`),
      ...hit.map((department) => `${department}疑点的说明和证明`),
      ...explained.map((department) => `${department}疑点说明的认定`),
    ],
    whoClears: who.join('、'),
  };
}

/** A department's result counts up to and including its end; one without an end never counted. */
function stale(
  { at, facts }: GuardInput,
  step: ComparisonStep,
  ends: readonly (Instant | null)[],
): GuardFinding | null {
  const over = step.departments.flatMap((department, place) => {
    const end = ends[place] ?? null;
    if (end !== null && at <= end) return [];
    const words =
      end === null
        ? `${department}没有数据日期，不能判断是否有效`
        : `${department}只算到${formatInstant(end, { endOfDay: true })}，已经过期`;
    return [{ department, words }];
  });
  if (over.length === 0) return null;
  return {
    words: `${householdWords(facts)}的${step.name}结果要重新取得：${over.map(({ words }) => words).join('；')}`,
    missing: over.map(({ department }) => `${department}新的比对结果`),
    whoClears: rolesWords(step.by),
  };
}
