/** 不得放宽上级 — what a pack may not take away from the chain of the pack above it. */
import type { Role } from '../domain/kernel/actor.ts';
import type { OrgLevel } from '../domain/organisation/org-code.ts';
import type { GuardMode, ProcedureId } from '../domain/plan/plan.ts';
import type { LintFinding } from './lint-pack.ts';
import { mergeLineage } from './merge-lineage.ts';
import type { Pack, PackStep } from './pack-file.ts';

type Found = Omit<LintFinding, 'packId'>;

/**
 * A pack below adds steps or sets declared parameters (design §4). It drops no step of its parent and no
 * guard, reorders none, and asks no less in any: neither of a lower level, nor with fewer papers.
 */
export function lintAgainstParent(lineage: readonly Pack[], procedure: ProcedureId): Found[] {
  const pack = lineage.at(-1);
  if (pack === undefined || pack.kind === 'bench') return [];
  const parent = mergeLineage(lineage.slice(0, -1), procedure).procedure.steps;
  const own = mergeLineage(lineage, procedure).procedure.steps;
  const path = `procedures.${procedure}`;
  const dropped = droppedSteps(parent, own);
  return [
    ...dropped.map(({ name, kind }): Found => {
      const words = `缺少上级规则包的环节“${name}”（${kind}），或改动了它的先后、种类`;
      return { code: 'STEP-DROPPED', path, words };
    }),
    ...droppedGuards(parent, own).map((words): Found => ({ code: 'GUARD-DROPPED', path, words })),
    ...parent
      .flatMap((step) => {
        const found = own.find(({ key }) => key === step.key);
        return found === undefined ? [] : loosened(step, found);
      })
      .map((words): Found => ({ code: 'STEP-LOOSENED', path, words })),
  ];
}

/** Steps of the parent that do not occur below, in their order and of their kind. */
function droppedSteps(parent: readonly PackStep[], own: readonly PackStep[]): readonly PackStep[] {
  let from = 0;
  return parent.filter((step) => {
    const index = own.findIndex(
      ({ key, kind }, at) => at >= from && key === step.key && kind === step.kind,
    );
    if (index < 0) return true;
    from = index + 1;
    return false;
  });
}

const STRENGTH: readonly GuardMode[] = ['warn', 'warn-with-reason', 'refuse'];

/** Guards that occur below less often than above, or only in a weaker form. */
function droppedGuards(parent: readonly PackStep[], own: readonly PackStep[]): readonly string[] {
  const wanted = parent.flatMap(({ guards }) => guards);
  const held = own.flatMap(({ guards }) => guards);
  const weaker = wanted.filter(
    ({ id, mode }) =>
      !held.some(
        (guard) => guard.id === id && STRENGTH.indexOf(guard.mode) >= STRENGTH.indexOf(mode),
      ),
  );
  return [...new Set(weaker.map(({ id }) => id))].map(
    (id) => `去掉了上级规则包的条件${id}，或把它改弱了`,
  );
}

const LEVELS_UPWARD: readonly OrgLevel[] = [
  'village',
  'township',
  'county',
  'city',
  'province',
  'nation',
];

/** In words, what a step below asks less than the same step above. */
function loosened(above: PackStep, below: PackStep): readonly string[] {
  const lost = above.evidence.filter(
    ({ key, min }) => (below.evidence.find((use) => use.key === key)?.min ?? 0) < min,
  );
  return [
    ...(lowest(below.by) < lowest(above.by)
      ? [`环节“${below.name}”由比上级规定更低的一级办理`]
      : []),
    ...lost.map(({ name }) => `环节“${below.name}”少了上级要求的附件：${name}`),
    ...lostPeople(above, below).map((name) => `环节“${below.name}”少了上级要求的：${name}`),
  ];
}

function lowest(roles: readonly Role[]): number {
  return Math.min(...roles.map(({ level }) => LEVELS_UPWARD.indexOf(level)));
}

/** Signers, accepting parties and the reading out of results that the step below does without. */
function lostPeople(above: PackStep, below: PackStep): readonly string[] {
  if (above.kind === 'verification' && below.kind === 'verification') {
    return above.signers
      .filter((name) => !below.signers.includes(name))
      .map((name) => `${name}签字`);
  }
  if (above.kind === 'acceptance' && below.kind === 'acceptance') {
    const asked = new Set(below.parties.map(({ key }) => key));
    return above.parties.filter(({ key }) => !asked.has(key)).map(({ name }) => `${name}认可`);
  }
  if (above.kind === 'assembly' && below.kind === 'assembly') {
    return above.readOut !== null && below.readOut === null ? ['会上公布比对结果'] : [];
  }
  return [];
}
