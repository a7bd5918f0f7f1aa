/** 规则合并: a lineage read from the nation down, the lower pack having the last word. */
import type { Clause, ProcedureId } from '../domain/plan/plan.ts';
import type { Pack, PackDue, PackProcedure, PackStep, ValueFile } from './pack-file.ts';
import { VALUE_KEYS, type ValueKey } from './pack-values.ts';

/** A procedure once merged. */
export interface MergedProcedure {
  readonly title: string | null;
  readonly family: string | null;
  readonly listLevel: NonNullable<PackProcedure['listLevel']> | null;
  readonly subject: NonNullable<PackProcedure['subject']> | null;
  readonly order: NonNullable<PackProcedure['order']> | null;
  readonly steps: readonly PackStep[];
  readonly dueBySteps: Readonly<Record<string, PackDue>>;
  readonly outerDue: PackDue | null;
  /** What asked for a step that the chain does not have: linter's business. */
  readonly strays: readonly string[];
}

/** A lineage once merged, for one procedure. */
export interface MergedRules {
  readonly clauses: Readonly<Record<string, Clause>>;
  readonly values: Readonly<Partial<Record<ValueKey, ValueFile>>>;
  readonly reminders: Pack['reminders'];
  /** The nearest pack has the last word for each. */
  readonly citations: NonNullable<Pack['citations']>;
  readonly procedure: MergedProcedure;
}

const EMPTY: MergedProcedure = {
  title: null,
  family: null,
  listLevel: null,
  subject: null,
  order: null,
  steps: [],
  dueBySteps: {},
  outerDue: null,
  strays: [],
};

/** Merges `lineage` (nation first) for `procedure`. */
export function mergeLineage(lineage: readonly Pack[], procedure: ProcedureId): MergedRules {
  const values: Partial<Record<ValueKey, ValueFile>> = {};
  let merged = startOf(lineage, procedure);
  for (const pack of lineage) {
    for (const key of VALUE_KEYS) {
      const value = pack.values[key];
      if (value !== undefined) values[key] = value;
    }
    const part = pack.procedures[procedure];
    if (pack.without?.includes(procedure) === true) merged = EMPTY;
    if (part !== undefined) merged = mergeProcedure(merged, part);
  }
  return {
    clauses: Object.assign({}, ...lineage.map((pack) => pack.clauses)),
    values,
    citations: Object.assign({}, ...lineage.map((pack) => pack.citations ?? {})),
    reminders: lineage.findLast((pack) => pack.reminders !== undefined)?.reminders,
    procedure: merged,
  };
}

/** Nothing, or the chain of the procedure that this one is like (policy.md §5: 返贫 as 新识别). */
function startOf(lineage: readonly Pack[], procedure: ProcedureId): MergedProcedure {
  const like = likenessOf(lineage, procedure);
  if (like === undefined) return EMPTY;
  const { family, listLevel, steps, dueBySteps, outerDue, strays } = mergeLineage(
    lineage,
    like,
  ).procedure;
  return { ...EMPTY, family, listLevel, steps, dueBySteps, outerDue, strays };
}

/** The procedure after which this one is modelled in a place, if any. */
export function likenessOf(
  lineage: readonly Pack[],
  procedure: ProcedureId,
): ProcedureId | undefined {
  return lineage.findLast((pack) => pack.procedures[procedure]?.like !== undefined)?.procedures[
    procedure
  ]?.like;
}

/** A likeness is one step deep; no library holds another. */
export function isLikeTwice(lineage: readonly Pack[], procedure: ProcedureId): boolean {
  const like = likenessOf(lineage, procedure);
  return like !== undefined && likenessOf(lineage, like) !== undefined;
}

function mergeProcedure(above: MergedProcedure, part: PackProcedure): MergedProcedure {
  const { steps, strays } = mergeSteps(part.steps ?? above.steps, part);
  const due = part.steps === undefined ? { ...above.dueBySteps } : {};
  for (const { steps: keys, rule } of part.due) {
    for (const key of keys) {
      due[key] = rule;
      if (!steps.some((step) => step.key === key)) strays.push(key);
    }
  }
  return {
    title: part.title ?? above.title,
    family: part.family ?? above.family,
    listLevel: part.listLevel ?? above.listLevel,
    subject: part.subject ?? above.subject,
    order: part.order ?? above.order,
    steps,
    dueBySteps: due,
    outerDue: part.outerDue === undefined ? above.outerDue : part.outerDue,
    strays: [...above.strays, ...strays],
  };
}

/** Replaces, then adds steps, then adds guards. */
function mergeSteps(
  chain: readonly PackStep[],
  part: PackProcedure,
): { steps: PackStep[]; strays: string[] } {
  const steps = [...chain];
  const strays: string[] = [];
  const indexOf = (key: string): number => {
    const index = steps.findIndex((step) => step.key === key);
    if (index < 0) strays.push(key);
    return index;
  };
  for (const step of part.replaceSteps) {
    const index = indexOf(step.key);
    if (index >= 0) steps[index] = step;
  }
  for (const { after, step } of part.addSteps) {
    const index = indexOf(after);
    if (index >= 0) steps.splice(index + 1, 0, step);
  }
  for (const { step: key, ...guard } of part.addGuards) {
    const index = indexOf(key);
    const step = steps[index];
    if (step !== undefined) steps[index] = { ...step, guards: [...step.guards, guard] };
  }
  return { steps, strays };
}
