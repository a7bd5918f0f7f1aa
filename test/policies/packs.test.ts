import { describe, expect, test } from 'vitest';
import type { PlanStep } from '../../domain/plan/plan.ts';
import { lintLibrary } from '../../policies/lint-pack.ts';
import { loadPacks, packCovers } from '../../policies/load-packs.ts';
import { planHash } from '../../policies/plan-hash.ts';
import { clauseIdsIn } from '../../policies/resolve-plan.ts';
import { proceduresOf } from '../../policies/unconfirmed-values.ts';
import { library, PLACES, trainingPlan } from './training-plan.ts';

const CASES = Object.keys(PLACES).flatMap((packId) =>
  proceduresOf(library, packId).map((procedure) => [packId, procedure] as const),
);

function levelOfStep(step: PlanStep): string {
  return `${step.kind}·${step.by[0]?.level ?? ''}`;
}

/** Policy §16b, row by row: kind and the level that acts first. */
const YUNNAN_EXIT = [
  'assembly·village',
  'verification·village',
  'acceptance·village',
  'notice·village',
  'review·township',
  'decision·county',
  'announcement·county',
  'registration·county',
];

const YUNNAN_IDENTIFICATION = [
  'collect·village',
  'assembly·village',
  'comparison·county',
  'assembly·village',
  'notice·village',
  'review·township',
  'notice·township',
  'decision·county',
  'announcement·county',
  'registration·county',
];

const SHANXI_IDENTIFICATION = [
  'collect·village',
  'assembly·village',
  'verification·village',
  'notice·village',
  'review·township',
  'notice·township',
  'comparison·county',
  'decision·county',
  'announcement·county',
  'registration·county',
];

// §7.4: the township's list of villages; the same chain in every place.
const VILLAGE_EXIT = [
  'verification·township',
  'review·township',
  'certification·county',
  'decision·county',
  'notice·township',
  'announcement·county',
  'registration·county',
];

const HUNAN_ELIMINATION = [
  'collect·village',
  'assembly·village',
  'notice·village',
  'review·township',
  'decision·county',
  'announcement·county',
  'registration·township',
];

const HUNAN_CORRECTION = [
  'collect·village',
  'review·township',
  'decision·county',
  'report·city',
  'review·province',
];

const NATURAL_CHANGE = ['collect·village', 'review·township', 'registration·county'];

const CHAINS: Readonly<Record<string, readonly string[]>> = {
  'zhenxiong-2020 household-exit': YUNNAN_EXIT,
  'zhenxiong-2020 identification': YUNNAN_IDENTIFICATION,
  'zhenxiong-2020 village-exit': VILLAGE_EXIT,
  'kunming-2017 village-exit': VILLAGE_EXIT,
  'shanxi-2017 village-exit': VILLAGE_EXIT,
  // By the national default: no standard of the province was found.
  'hunan-2018 village-exit': VILLAGE_EXIT,
  'kunming-2017 household-exit': YUNNAN_EXIT,
  'kunming-2017 identification': YUNNAN_IDENTIFICATION,
  'shanxi-2017 household-exit': [
    'assembly·village',
    'verification·village',
    'acceptance·village',
    'notice·village',
    'review·township',
    'announcement·township',
    'registration·county',
    'inspection·county',
  ],
  'shanxi-2017 identification': SHANXI_IDENTIFICATION,
  // §5: identical to 新识别 of the place.
  'zhenxiong-2020 return-to-poverty': YUNNAN_IDENTIFICATION,
  'kunming-2017 return-to-poverty': YUNNAN_IDENTIFICATION,
  'shanxi-2017 return-to-poverty': SHANXI_IDENTIFICATION,
  // §9; the notice is optional and the training instance has none.
  'zhenxiong-2020 monitored-household': [
    'collect·village',
    'verification·village',
    'review·township',
    'decision·county',
    'registration·county',
  ],
  // §10.1, national 2022+ order: compared before the village's one assembly and one notice.
  'xinwan-2022 monitored-household': [
    'collect·village',
    'comparison·county',
    'assembly·village',
    'notice·village',
    'review·township',
    'decision·county',
    'announcement·township',
    'registration·township',
  ],
  // S0 names no step but the assessment and the mark: as the determination of that place.
  'zhenxiong-2020 risk-elimination': [
    'collect·village',
    'verification·village',
    'review·township',
    'decision·county',
    'registration·county',
  ],
  // §11.3; what puts it right runs the same way again (§11.4).
  'xinwan-2022 risk-elimination': HUNAN_ELIMINATION,
  'xinwan-2022 elimination-rollback': HUNAN_ELIMINATION,
  'xinwan-2022 monitoring-clearance': HUNAN_ELIMINATION,
  // §12.1: the city reports, the province approves; who carries it out differs.
  // §13.1: no text asks for an assembly or a notice.
  ...Object.fromEntries(
    Object.keys(PLACES).map((packId) => [`${packId} natural-change`, NATURAL_CHANGE]),
  ),
  'hunan-2018 clear-person': [...HUNAN_CORRECTION, 'registration·city'],
  'hunan-2018 supplement-person': [...HUNAN_CORRECTION, 'registration·county'],
  // The function is open to the county already: nobody reports.
  'hunan-2018 adjust-new-household': [
    'collect·village',
    'review·township',
    'decision·county',
    'registration·county',
  ],
  'hunan-2018 clear-household': [...HUNAN_CORRECTION, 'registration·city'],
  'hunan-2018 prior-years-rollback': [...HUNAN_CORRECTION, 'registration·city'],
  // §13.2: Shanxi's city after its report, Zhenxiong's county with its townships' ledgers; the province opens.
  'shanxi-2017 function-opening': ['decision·city', 'decision·city', 'opening·province'],
  'zhenxiong-2020 function-opening': ['decision·county', 'opening·province'],
  'hunan-2018 stable-exit-rollback': [...HUNAN_CORRECTION, 'registration·nation'],
};

describe('published packs', () => {
  // A published pack never changes: a correction is a new version, and this digest with it.
  test('are frozen by digest', () => {
    const digests = [...library.packs].map(([id, { pack, digest }]) => [
      `${id} v${pack.version}`,
      digest,
    ]);
    expect(Object.fromEntries(digests)).toEqual({
      'hunan-2018 v4': 'c3afdc05a96fa2e31a626f9bbdc924cd8afeaf5a62a0c7911e8837f6905f1d77',
      'kunming-2017 v6': 'b230c3c1936bc9213352e45f29ca4602148a1b3e3676e4e03b5ef130bdd5c26a',
      'national v11': '0059690e289cacc31bf345efecefe6a588139fb8eb250bc85224f9affc2fd339',
      'shanxi-2017 v9': '064ca2c865ca7722a09dbddccbbbc685a56ee1fb26d6c84ef3f8a2cc641d888e',
      'yunnan v4': '419591493ef48dca85c9b361738b25585bd481bc55a3fb18974fa4345095f55f',
      'zhenxiong-2020 v9': '25c7a2717006369e8ce89d45aed5a3bad082e07c3fa824fc4b736ba85acc618a',
      'xinwan-2022 v5': '1ec6798695f63a2a1e6ad86bd1d2e9d6907b7f55df205215ba11839d4c46c476',
    });
  });

  test('break no rule of the linter', () => {
    expect(lintLibrary(library)).toEqual([]);
  });

  test('rule their own area only, and layers above a place rule none', () => {
    expect(packCovers(library, 'zhenxiong-2020', '530627101')).toBe(true);
    expect(packCovers(library, 'zhenxiong-2020', '530129')).toBe(false);
    expect(packCovers(library, 'yunnan', '53')).toBe(false);
    expect(packCovers(library, 'no-such-pack', '53')).toBe(false);
  });
});

describe.for(CASES)('%s %s', ([packId, procedure]) => {
  const plan = trainingPlan(packId, procedure);

  test('has the chain of policy §16b', () => {
    expect(plan.steps.map(levelOfStep)).toEqual(CHAINS[`${packId} ${procedure}`]);
  });

  test('every clause named is there, and every clause there has a text', () => {
    const named = clauseIdsIn(plan);
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((id) => plan.clauses[id] === undefined)).toEqual([]);
    for (const clause of Object.values(plan.clauses)) expect(clause.quote).not.toBe('');
  });

  test('fits in 64 KB and survives JSON with the same hash', () => {
    const text = JSON.stringify(plan);
    expect(Buffer.byteLength(text)).toBeLessThan(64 * 1024);
    expect(planHash(JSON.parse(text))).toBe(planHash(plan));
  });

  test('carries the calendar of its year and of its neighbours only', () => {
    const { year } = plan;
    expect(Object.keys(plan.calendar.years)).toEqual([`${year - 1}`, `${year}`, `${year + 1}`]);
  });

  test('reminds the holder before and on the due day, the superior after it, on working days', () => {
    const rungs = plan.reminders?.rungs.map(({ offsetDays, unit, to }) => [offsetDays, unit, to]);
    expect(rungs).toEqual([
      [-2, 'WORKING', 'holder'],
      [0, 'WORKING', 'holder'],
      [1, 'WORKING', 'superior'],
    ]);
    expect(plan.reminders?.superiors).toMatchObject({
      village: { level: 'township', duty: 'reviewer' },
      township: { level: 'county', duty: 'office' },
      county: { level: 'county', duty: 'leader' },
    });
  });
});

describe('what differs between the places', () => {
  test('Kunming: household and helper both accept, six standards, follow-up plan (S3 三（一）1)', () => {
    const plan = trainingPlan('kunming-2017', 'household-exit');
    const acceptance = plan.steps.find((step) => step.kind === 'acceptance');
    expect(acceptance?.parties.map(({ key }) => key)).toEqual(['household', 'helper']);
    expect(plan.standards.exitStandards).toHaveLength(6);
    const placed = plan.steps.flatMap((step) => step.guards.map(({ id }) => id));
    expect(placed).toEqual(expect.arrayContaining(['EXIT-STANDARDS', 'EXIT-PLAN', 'NX3', 'NX4']));
    const decision = plan.steps.find((step) => step.kind === 'decision');
    expect(decision?.due).toMatchObject({ kind: 'date', deadline: '2017-11-25' });
  });

  test('Zhenxiong: the registry check refuses at registration (S0 三（三）), pensions count (S0 三（一）)', () => {
    const plan = trainingPlan('zhenxiong-2020', 'household-exit');
    const registration = plan.steps.find((step) => step.kind === 'registration');
    expect(registration?.guards).toMatchObject([{ id: 'G-10', mode: 'refuse' }]);
    expect(plan.standards.incomeCounts).toEqual({ dibao: true, pension: true });
    expect(plan.standards.incomeWindow).toEqual({ from: '2019-10-01', to: '2020-09-30' });
    expect(plan.standards.incomeLineFen).toBe(400_000);
  });

  test('Shanxi: NX1 to NX6 refuse (S4 五（二）), the order of exit only asks for a reason (S4 一（一）2)', () => {
    const plan = trainingPlan('shanxi-2017', 'household-exit');
    const guards = plan.steps.flatMap((step) => step.guards);
    for (const id of ['NX1', 'NX2', 'NX3', 'NX4', 'NX5', 'NX6']) {
      expect(guards.find((guard) => guard.id === id)?.mode).toBe('refuse');
    }
    expect(guards.find(({ id }) => id === 'EXIT-ORDER')?.mode).toBe('warn-with-reason');
    expect(plan.standards.exitOrder).toEqual(['ordinary', 'dibao']);
    expect(plan.clauses['notice-seven']).toBeUndefined();
  });

  test('Kunming: those wrongly removed in June enter as new (S3 三（二）5); elsewhere no text says so', () => {
    const statuses = (packId: string) => trainingPlan(packId, 'identification').subjectStatuses;
    expect(statuses('kunming-2017')).toEqual(['unregistered', 'cleared']);
    expect(statuses('zhenxiong-2020')).toEqual(['unregistered']);
    expect(statuses('shanxi-2017')).toEqual(['unregistered']);
  });

  test('no pack of these places asks G-21 (Hunan’s text); G-22 is Kunming’s (§14)', () => {
    const identifying = Object.keys(PLACES).filter((packId) =>
      proceduresOf(library, packId).includes('identification'),
    );
    const asked = identifying.map((packId) => {
      const { steps } = trainingPlan(packId, 'identification');
      const ids = steps.flatMap((step) => step.guards.map(({ id }) => id));
      return [packId, ids.filter((id) => id === 'G-21' || id === 'G-22')];
    });
    expect(Object.fromEntries(asked)).toEqual({
      'zhenxiong-2020': [],
      'kunming-2017': ['G-22'],
      'shanxi-2017': [],
    });
  });

  test('the same request gives the same hash; another place another one', () => {
    const again = trainingPlan('kunming-2017', 'identification', loadPacks());
    expect(planHash(again)).toBe(planHash(trainingPlan('kunming-2017', 'identification')));
    expect(planHash(again)).not.toBe(planHash(trainingPlan('zhenxiong-2020', 'identification')));
  });
});
