/** 例证检查 — what an example file may not name although it can be read. */
import type { Plan } from '../domain/plan/plan.ts';
import { type ExampleFile, type ExampleRule, LAUNCH } from './example-file.ts';
import type { LoadedExamples } from './load-examples.ts';
import type { PackLibrary } from './load-packs.ts';
import { examplePlan } from './run-example.ts';
import { proceduresOf } from './unconfirmed-values.ts';

/** A name in an example file that its pack does not know. */
export interface ExampleFinding {
  readonly file: string;
  readonly words: string;
}

/** Every pack, step and clause that an example names and the library does not have. */
export function lintExamples(
  library: PackLibrary,
  files: readonly LoadedExamples[],
): ExampleFinding[] {
  return files.flatMap((file) =>
    file.packs
      .flatMap((packId) => lintUnderPack(library, file, packId))
      .map((words) => ({ file: file.name, words })),
  );
}

function lintUnderPack(library: PackLibrary, file: ExampleFile, packId: string): string[] {
  const pack = library.packs.get(packId)?.pack;
  if (pack === undefined) return [`没有规则包${packId}`];
  if (pack.year === null || !proceduresOf(library, packId).includes(file.procedure)) {
    return [`规则包${packId}没有程序${file.procedure}`];
  }
  const plan = examplePlan(library, packId, file);
  return [
    ...file.placing
      .filter(({ step }) => !hasStep(plan, step))
      .map(({ step }) => `${packId}没有环节${step}`),
    ...file.rules.flatMap((rule) => lintRule(plan, rule)),
  ];
}

function lintRule(plan: Plan, { rule, step, clause, refused, warned, accepted }: ExampleRule) {
  const where = `${plan.packId} ${rule}`;
  const others = [...refused, ...warned, ...accepted].flatMap(({ act }) => act.of ?? []);
  const steps = [step, ...others].filter((key) => key !== LAUNCH && !hasStep(plan, key));
  return [
    ...steps.map((key) => `${where}：没有环节${key}`),
    ...(plan.clauses[clause] === undefined ? [`${where}：没有条款${clause}`] : []),
  ];
}

function hasStep(plan: Plan, key: string): boolean {
  return plan.steps.some((step) => step.key === key);
}
