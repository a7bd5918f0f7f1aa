/** A machine never approves (design §1.10): neither the system's own account nor the passing of time. */
import { describe, expect, test } from 'vitest';
import { contentHash } from '../../../db/record/hash-chain.ts';
import { type ActorSnapshot, SYSTEM_ACTOR } from '../../../domain/kernel/actor.ts';
import { explain } from '../../../domain/kernel/explain.ts';
import { dueWakes } from '../../../domain/kernel/wake.ts';
import { trainingPlan } from '../../policies/training-plan.ts';
import { ListWalk } from './list-walk.ts';

const CHAINS = [
  ['zhenxiong-2020', 'household-exit'],
  ['zhenxiong-2020', 'identification'],
  ['kunming-2017', 'household-exit'],
  ['kunming-2017', 'identification'],
  ['shanxi-2017', 'household-exit'],
  ['shanxi-2017', 'identification'],
] as const;

/** Ten years: whatever is due has fallen due. */
const LONG_MS = 10 * 365 * 86_400_000;

/** The list at each of its steps, with a notice or announcement up where there is one. */
function* stations([pack, procedure]: (typeof CHAINS)[number]): Generator<ListWalk> {
  const plan = trainingPlan(pack, procedure);
  const begun = `${plan.year}-09-20 09:00`;
  for (const { key, kind } of plan.steps) {
    const walk = new ListWalk(plan, begun);
    walk.walkTo(key);
    walk.openWindow();
    if (kind === 'notice') walk.postNotice();
    yield walk;
  }
}

function possible(walk: ListWalk, actor: ActorSnapshot): readonly string[] {
  const { plan, state, now: at } = walk;
  const asked = { plan, state, facts: walk.facts(), actor, at, sheetHash: contentHash };
  return explain(asked).flatMap(({ type, allowed }) => (allowed ? [type] : []));
}

describe.for(CHAINS)('%s %s', (chain) => {
  test('at no step may the system’s account do anything', () => {
    for (const walk of stations(chain)) {
      expect(possible(walk, SYSTEM_ACTOR), walk.step).toEqual([]);
      // The same question finds what people may do: it is not the question that finds nothing.
      expect(possible(walk, walk.who('village', 'clerk')).length).toBeGreaterThan(0);
    }
  });

  test('nothing moves by waiting: a timer notes an end and changes neither step nor household', () => {
    for (const walk of stations(chain)) {
      const noted = dueWakes(walk.state, walk.now + LONG_MS);
      for (const { body, actorId } of noted) {
        expect(['notice-ended', 'announcement-ended']).toContain(body.type);
        expect(actorId).toBeNull();
      }
      const { stepIndex, cases } = walk.state;
      walk.now += LONG_MS;
      const evidence = { withdrawal: ['lost'] };
      const caseId = cases[0]?.id ?? '';
      // A refused command folds the wakes and leaves the list as it was.
      walk.send(SYSTEM_ACTOR, { type: 'withdraw-case', caseId, reason: '到期', evidence });
      expect(walk.state).toMatchObject({ stepIndex, cases });
    }
  });
});
