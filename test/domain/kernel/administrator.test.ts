import { describe, expect, test } from 'vitest';
import { contentHash } from '../../../db/record/hash-chain.ts';
import type { ActorSnapshot } from '../../../domain/kernel/actor.ts';
import { explain } from '../../../domain/kernel/explain.ts';
import { trainingPlan } from '../../policies/training-plan.ts';
import { ListWalk } from './list-walk.ts';

const LAW = ['NOT-YOUR-LEVEL', 'NOT-YOUR-DUTY', 'NOT-YOUR-AREA'];

/** Administrator at every level, with every grant that there is: more than the writers ever allow. */
function almighty(walk: ListWalk): ActorSnapshot {
  const levels = ['village', 'township', 'county', 'city', 'province'] as const;
  const term = { validFrom: '2000-01-01', validTo: null };
  return {
    userId: 'administrator',
    name: '管理员',
    duties: levels.flatMap((level) => walk.who(level, 'administrator').duties),
    grants: (['clerk', 'reviewer', 'decider', 'office', 'entry-reviewer'] as const).map((duty) => {
      return { kind: 'area', orgCode: walk.code('province'), duty, households: null, ...term };
    }),
  };
}

describe('an administrator holds no law', () => {
  test.for([
    ['zhenxiong-2020', 'household-exit'],
    ['zhenxiong-2020', 'identification'],
    ['shanxi-2017', 'household-exit'],
    ['kunming-2017', 'identification'],
  ] as const)(
    '%s %s: at every step every act is refused, whatever is granted',
    ([pack, procedure]) => {
      const plan = trainingPlan(pack, procedure);
      const seen = new Set<string>();
      for (const { key } of plan.steps) {
        const walk = new ListWalk(plan, '2020-09-20 09:00');
        walk.walkTo(key);
        const actor = almighty(walk);
        const { state, now: at } = walk;
        const facts = walk.facts();
        const asked = { plan, state, facts, actor, at, sheetHash: contentHash };
        for (const action of explain(asked)) {
          seen.add(action.type);
          expect(action.allowed, `${key}: ${action.type}`).toBe(false);
          const codes = action.refusals.map(({ code }) => code);
          expect(
            codes.some((code) => LAW.includes(code)),
            `${key}: ${codes.join()}`,
          ).toBe(true);
        }
      }
      expect(seen.size).toBeGreaterThan(10);
    },
  );

  test('no step of a plan names the administrator', () => {
    const plan = trainingPlan('zhenxiong-2020', 'household-exit');
    expect(JSON.stringify(plan)).not.toContain('administrator');
  });
});
