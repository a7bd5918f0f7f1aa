/** 例证: the examples of every pack hold on the real plans, cover every guard placed, and each needs its guard. */
import { describe, expect, test } from 'vitest';
import { ZodError } from 'zod';
import { type Plan, PROCEDURES } from '../../domain/plan/plan.ts';
import { parseExamples } from '../../policies/example-file.ts';
import { lintExamples } from '../../policies/lint-examples.ts';
import { loadExamples } from '../../policies/load-examples.ts';
import { GUARD_IDS } from '../../policies/pack-file.ts';
import { examplePlan, runExamples, tryExample } from '../../policies/run-example.ts';
import { proceduresOf } from '../../policies/unconfirmed-values.ts';
import { library, trainingPlan } from './training-plan.ts';

const FILES = loadExamples();
const PLACE_PACKS = [...library.packs.values()]
  .filter(({ pack }) => pack.year !== null)
  .map(({ pack }) => pack.id);

describe.for(FILES)('$name', (file) => {
  test.for(runExamples(library, file).map((result) => [result] as const))(
    '$0.packId $0.rule.rule $0.rule.step $0.kind: $0.words',
    ([{ fault }]) => expect(fault).toBeNull(),
  );
});

describe('examples need the rule that they show', () => {
  const guarded = FILES.flatMap((file) =>
    file.packs.flatMap((packId) => {
      const plan = examplePlan(library, packId, file);
      return file.rules
        .filter(({ rule, step, code }) => guardsAt(plan, step).includes(code ?? rule))
        .flatMap((rule) =>
          [...rule.refused, ...rule.warned].map((example) => ({ packId, plan, rule, example })),
        );
    }),
  );

  test.for(guarded.map((each) => [each] as const))(
    '$0.packId without $0.rule.rule at $0.rule.step: “$0.example.words” is answered otherwise',
    ([{ plan, rule, example }]) => {
      const id = rule.code ?? rule.rule;
      const code = example.code ?? id;
      const codesOf = (tried: Plan) => {
        const decision = tryExample(tried, rule.step, example);
        return (decision.ok ? decision.warnings : decision.refusals).map((said) => said.code);
      };
      expect(codesOf(plan)).toContain(code);
      expect(codesOf(withoutGuard(plan, rule.step, id))).not.toContain(code);
    },
  );

  test('most examples are of guards: a filter that finds none proves nothing', () => {
    expect(guarded.length).toBeGreaterThan(60);
  });
});

describe('what has an example', () => {
  const shown = new Set(
    FILES.flatMap(({ packs, procedure, rules }) =>
      packs.flatMap((packId) =>
        rules.flatMap(({ rule, code, step }) => [
          `${packId} ${procedure} ${step} ${rule}`,
          `${packId} ${procedure} ${step} ${code ?? rule}`,
        ]),
      ),
    ),
  );

  test.for(PLACE_PACKS)('%s: every guard where its chains place it', (packId) => {
    const placed = proceduresOf(library, packId).flatMap((procedure) =>
      trainingPlan(packId, procedure).steps.flatMap(({ key, guards }) =>
        guards.map(({ id }) => `${packId} ${procedure} ${key} ${id}`),
      ),
    );
    expect(placed.filter((each) => !shown.has(each))).toEqual([]);
  });

  test('every guard that exists, also those that no shipped pack places', () => {
    const rules = new Set(FILES.flatMap((file) => file.rules.map(({ rule }) => rule)));
    expect(GUARD_IDS.filter((id) => !rules.has(id))).toEqual([]);
  });

  // §14 rules that the kernel holds for every chain, without a guard of a pack.
  const KERNEL_RULES = ['G-01', 'G-02', 'G-03', 'G-04', 'G-05', 'G-15', 'G-16', 'G-17', 'G-25'];

  // Those that only a chain with a step of these kinds can break.
  const ASKED_BY: Readonly<Record<string, readonly string[]>> = {
    'G-02': ['assembly'],
    'G-03': ['notice'],
    'G-04': ['notice', 'announcement'],
    'G-05': ['notice', 'announcement'],
    'G-15': ['registration'],
    'G-16': ['registration'],
    'G-17': ['registration'],
  };

  test.for(
    PLACE_PACKS.flatMap((packId) =>
      PROCEDURES.filter((procedure) => proceduresOf(library, packId).includes(procedure)).map(
        (procedure) => [packId, procedure] as const,
      ),
    ),
  )('%s %s: the rules of §14 that every list is under', ([packId, procedure]) => {
    const rules = FILES.filter(
      (file) => file.packs.includes(packId) && file.procedure === procedure,
    ).flatMap((file) => file.rules.map(({ rule }) => rule));
    const kinds: ReadonlySet<string> = new Set(
      trainingPlan(packId, procedure).steps.map(({ kind }) => kind),
    );
    const wanted = KERNEL_RULES.filter(
      (rule) => ASKED_BY[rule]?.some((kind) => kinds.has(kind)) ?? true,
    );
    expect(wanted.filter((rule) => !rules.includes(rule))).toEqual([]);
  });
});

test('example files name packs, steps and clauses that there are', () => {
  expect(lintExamples(library, FILES)).toEqual([]);
});

describe('what an example file may not say', () => {
  const RULE = `
packs: [shanxi-2017]
procedure: household-exit
rules:
  - rule: NX2
    step: verification
    clause: s4-two-no
    refused: [{ words: 饮水没有保障, given: { form: { security: { water: false } } }, also: [EXIT-SECURITY] }]
    accepted: [{ words: 饮水有保障 }]
`;
  const faultsOf = (text: string) =>
    runExamples(library, parseExamples(text)).flatMap(({ fault }) => fault ?? []);

  test('the planted file itself holds', () => {
    expect(faultsOf(RULE)).toEqual([]);
  });

  test.for([
    ['a refusal that the law does not give', 'water: false', 'water: true', /却办理了/],
    ['another code', 'rule: NX2', 'rule: NX1', /应为NX1/],
    ['another clause', 'clause: s4-two-no', 'clause: s4-exit', /依据应为s4-exit/],
    ['a rule too many', 'also: [EXIT-SECURITY]', 'also: []', /却是/],
  ] as const)('%s → named', ([, from, to, words]) => {
    const faults = faultsOf(RULE.replace(from, to));
    expect(faults.length).toBeGreaterThan(0);
    expect(faults[0]).toMatch(words);
  });

  test.for([
    ['packs: [shanxi-2017]', 'packs: [hebei-2017]', '没有规则包hebei-2017'],
    ['packs: [shanxi-2017]', 'packs: [yunnan]', '规则包yunnan没有程序household-exit'],
    ['step: verification', 'step: verify', 'shanxi-2017 NX2：没有环节verify'],
    ['clause: s4-two-no', 'clause: s4-no', 'shanxi-2017 NX2：没有条款s4-no'],
  ] as const)('%s → %s is named by the linter', ([from, to, words]) => {
    const file = { name: 'planted.yaml', ...parseExamples(RULE.replace(from, to)) };
    expect(lintExamples(library, [file])).toContainEqual({ file: 'planted.yaml', words });
  });

  test.for([
    ['a fact that nobody knows', 'water: false', 'wells: false'],
    ['a procedure that nobody knows', 'household-exit', 'household-exits'],
    ['no accepting neighbour', 'accepted: [{ words: 饮水有保障 }]', 'accepted: []'],
    ['nothing refused', /refused: .*/, 'refused: []'],
  ] as const)('%s → unreadable', ([, from, to]) => {
    expect(() => parseExamples(RULE.replace(from, to))).toThrow(ZodError);
  });
});

function guardsAt(plan: Plan, key: string): readonly string[] {
  return plan.steps.find((step) => step.key === key)?.guards.map(({ id }) => id) ?? [];
}

function withoutGuard(plan: Plan, key: string, id: string): Plan {
  return {
    ...plan,
    steps: plan.steps.map((step) =>
      step.key === key ? { ...step, guards: step.guards.filter((use) => use.id !== id) } : step,
    ),
  };
}
