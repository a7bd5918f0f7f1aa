import { describe, expect, test } from 'vitest';
import type { ActorSnapshot, HeldGrant } from '../../../domain/kernel/actor.ts';
import { findAuthority } from '../../../domain/kernel/authority.ts';
import { trainingPlan } from '../../policies/training-plan.ts';
import { ListWalk } from './list-walk.ts';
import { person } from './paper-people.ts';

const walk = new ListWalk(trainingPlan('zhenxiong-2020', 'household-exit'), '2020-09-20 09:00');
const DECIDER = { level: 'county', duty: 'decider' } as const;

function granted(actor: ActorSnapshot, orgCode: string): ActorSnapshot {
  const dates = { validFrom: '2020-01-01', validTo: null };
  const grant: HeldGrant = { kind: 'area', orgCode, duty: 'decider', households: null, ...dates };
  return { ...actor, grants: [grant] };
}

describe('an area grant lends a role held elsewhere, never a level (G-01)', () => {
  test.for([
    ['a county decider elsewhere, granted this county', person('u', '530628', 'decider'), true],
    ['a county clerk, granted this county', person('u', '530628', 'clerk'), false],
    ['a township decider, granted this county', person('u', '530627101', 'decider'), false],
    [
      'nobody in particular, granted this county',
      { ...person('u', '530628', 'clerk'), duties: [] },
      false,
    ],
  ] as const)('%s → %s', ([, actor, allowed]) => {
    const someone = granted(actor, walk.code('county'));
    expect(findAuthority(someone, [DECIDER], walk.facts(), walk.now).ok).toBe(allowed);
  });

  test('without the grant the decider of another county is refused as out of area', () => {
    const result = findAuthority(
      person('u', '530628', 'decider'),
      [DECIDER],
      walk.facts(),
      walk.now,
    );
    expect(result).toMatchObject({ ok: false, refusal: { code: 'NOT-YOUR-AREA' } });
  });
});
