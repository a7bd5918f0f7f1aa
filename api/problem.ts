/** 不予受理的答复 as problem+json (RFC 9457), in words that a village clerk understands. */
import { z } from 'zod';
import type { Refusal } from '../domain/kernel/refusal.ts';
import type { Clause } from '../domain/plan/plan.ts';
import { formatInstant, type Instant } from '../domain/time/instant.ts';
import { PROBLEM_KINDS, type ProblemCode } from './problem-codes.ts';

/** Instants on the wire: RFC 3339 in China's one offset. */
export function isoInstant(instant: Instant): string {
  return `${formatInstant(instant, { seconds: true }).replace(' ', 'T')}+08:00`;
}

/** The same, for what may not be set yet. */
export function isoOrNull(instant: Instant | null): string | null {
  return instant === null ? null : isoInstant(instant);
}

/** 不予受理 of one rule, with the text of its clause. */
export const RefusalJson = z.strictObject({
  code: z.string(),
  words: z.string(),
  /** 《文件》第X条. */
  clause: z.string().nullable(),
  /** The clause's own words. */
  quote: z.string().nullable(),
  missing: z.array(z.string()),
  whoClears: z.string().nullable(),
  earliestAt: z.string().nullable(),
  cases: z.array(z.string()),
});

/** Body of every refusal. The first refusal is spelt out in the outer fields. */
export const ProblemJson = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.string(),
  detail: z.string(),
  clause: z.string().nullable(),
  missing: z.array(z.string()),
  whoClears: z.string().nullable(),
  earliestAt: z.string().nullable(),
  refusals: z.array(RefusalJson),
});

/** Clauses of the plan by which a roster was judged. */
export type Clauses = Readonly<Record<string, Clause>>;

/** 《文件》第X条, as a user reads where a rule comes from. */
export function clauseWords(clauses: Clauses, clauseId: string | undefined): string | null {
  const clause = clauseId === undefined ? undefined : clauses[clauseId];
  if (clause === undefined) return null;
  const source = `《${clause.document.replace(/^《|》$/g, '')}》${clause.article}`;
  return clause.verified ? source : `${source}（未核实）`;
}

/** One refusal for the wire. */
export function refusalJson(refusal: Refusal, clauses: Clauses): z.output<typeof RefusalJson> {
  return {
    code: refusal.code,
    words: refusal.words,
    clause: clauseWords(clauses, refusal.clauseId),
    quote: (refusal.clauseId && clauses[refusal.clauseId]?.quote) || null,
    missing: [...(refusal.missing ?? [])],
    whoClears: refusal.whoClears ?? null,
    earliestAt: isoOrNull(refusal.earliestAt ?? null),
    cases: [...(refusal.cases ?? [])],
  };
}

interface ProblemParts {
  readonly clause?: string | null;
  readonly missing?: readonly string[];
  readonly whoClears?: string;
  readonly earliestAt?: Instant;
}

/** Thrown by routes for what a user can cause; answered as problem+json, changes nothing. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly code: ProblemCode;
  readonly parts: ProblemParts;

  constructor(code: ProblemCode, words: string, parts: ProblemParts = {}) {
    super(words);
    this.code = code;
    this.parts = parts;
  }
}

/** Thrown when the law refuses: each refusal keeps its own code and clause. */
export class RefusedProblem extends Error {
  override readonly name = 'RefusedProblem';
  readonly refusals: readonly Refusal[];
  readonly clauses: Clauses;

  constructor(refusals: readonly Refusal[], clauses: Clauses) {
    super('refused');
    this.refusals = refusals;
    this.clauses = clauses;
  }
}

/** Body of a problem of the API itself. */
export function problemJson(problem: ApiProblem): z.output<typeof ProblemJson> {
  const { status, title, whoClears: kindClears } = PROBLEM_KINDS[problem.code];
  const { missing = [], whoClears = kindClears, earliestAt = null, clause = null } = problem.parts;
  return {
    type: `/problems/${problem.code.toLowerCase()}`,
    title,
    status,
    code: problem.code,
    detail: problem.message,
    clause,
    missing: [...missing],
    whoClears,
    earliestAt: isoOrNull(earliestAt),
    refusals: [],
  };
}

/** Body of a refusal by the law, always 409. */
export function refusedJson({ refusals, clauses }: RefusedProblem): z.output<typeof ProblemJson> {
  const all = refusals.map((refusal) => refusalJson(refusal, clauses));
  const [first] = all;
  const { status, title } = PROBLEM_KINDS.REFUSED;
  return {
    type: `/problems/${(first?.code ?? 'REFUSED').toLowerCase()}`,
    title,
    status,
    code: first?.code ?? 'REFUSED',
    detail: first?.words ?? title,
    clause: first?.clause ?? null,
    missing: first?.missing ?? [],
    whoClears: first?.whoClears ?? null,
    earliestAt: first?.earliestAt ?? null,
    refusals: all,
  };
}
