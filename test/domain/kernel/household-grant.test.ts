import { expect, test } from 'vitest';
import type { ActorSnapshot, HeldGrant } from '../../../domain/kernel/actor.ts';
import { trainingPlan } from '../../policies/training-plan.ts';
import { ListWalk } from './list-walk.ts';
import { person } from './paper-people.ts';

const START = '2020-09-20 09:00';
const plan = trainingPlan('zhenxiong-2020', 'household-exit');

/** A clerk of another village to whom households of this one were granted by name. */
function neighbour(households: readonly string[], over: Partial<HeldGrant> = {}): ActorSnapshot {
  const clerk = person('neighbour', '530627101002', 'clerk');
  const dates = { validFrom: '2020-01-01', validTo: null };
  const orgCode = `${plan.areaCode}101001`;
  const grant = { kind: 'households', orgCode, duty: 'clerk', households, ...dates, ...over };
  return { ...clerk, grants: [grant as HeldGrant] };
}

function accept(walk: ListWalk, actor: ActorSnapshot, caseId: string) {
  const evidence = walk.papers();
  const signed = { accepted: true, signer: '户主', evidence } as const;
  return walk.send(actor, { type: 'record-acceptance', caseId, party: 'household', ...signed });
}

function atAcceptance(): ListWalk {
  const walk = new ListWalk(plan, START);
  walk.walkTo('acceptance');
  return walk;
}

test('a grant of named households lends the role over them, and over no neighbour', () => {
  const walk = atAcceptance();
  expect(accept(walk, neighbour(['h1']), 'c2')).toMatchObject({
    ok: false,
    refusals: [{ code: 'NOT-YOUR-AREA' }],
  });
  expect(accept(walk, neighbour(['h1']), 'c1')).toMatchObject({ ok: true });
});

test.for([
  ['of another duty', neighbour(['h1'], { duty: 'reviewer' })],
  ['of another place', neighbour(['h1'], { orgCode: '530627101009' })],
  ['that has ended', neighbour(['h1'], { validTo: '2020-02-01' })],
  ['that names nobody', neighbour([])],
  ['without the duty anywhere', { ...neighbour(['h1']), duties: [] }],
  [
    'to somebody of another level',
    { ...neighbour(['h1']), duties: person('u', '530627', 'clerk').duties },
  ],
] as const)('a grant %s lends nothing', ([, actor]) => {
  expect(accept(atAcceptance(), actor, 'c1')).toMatchObject({ ok: false });
});

test('what concerns the whole list needs everybody on it: one of two is told how many are left', () => {
  const walk = new ListWalk(plan, START);
  walk.walkTo('village-notice');
  const draft = { type: 'draft-notice' } as const;
  expect(walk.send(neighbour(['h1']), draft)).toMatchObject({
    ok: false,
    refusals: [{ code: 'NOT-YOUR-AREA', words: expect.stringContaining('还有1户') }],
  });
  expect(walk.send(neighbour(['h1', 'h2']), draft)).toMatchObject({ ok: true });
});

test('a list is opened of granted households only', () => {
  const walk = new ListWalk(plan, START);
  const cases = [1, 2].map((no) => ({ id: `c${no}`, subjectId: `h${no}`, groupId: 'g1' }));
  expect(walk.open(cases, neighbour(['h1']))).toMatchObject({ ok: false });
  expect(walk.open(cases, neighbour(['h1', 'h2']))).toMatchObject({ ok: true });
});
