import { describe, expect, test } from 'vitest';
import type { ActFact } from '../../../domain/kernel/facts.ts';
import { plainDateAt } from '../../../domain/time/instant.ts';
import { trainingPlan } from '../../policies/training-plan.ts';
import { ListWalk } from './list-walk.ts';

/** A list at the county's decision, the decider's command under an act, and the act as signed. */
function decideUnder(over: Partial<ActFact> | null, asked: { readonly documentNo?: string } = {}) {
  const walk = new ListWalk(trainingPlan('zhenxiong-2020', 'household-exit'), '2020-09-20 09:00');
  const decision = walk.plan.steps.find(({ kind }) => kind === 'decision');
  walk.walkTo(decision?.key ?? '');
  const role = decision?.by[0] ?? { level: 'county', duty: 'decider' };
  const decider = walk.who(role.level, role.duty);
  const documentOn = plainDateAt(walk.now);
  const documentNo = '镇扶组字〔2020〕60号';
  const signed = { id: 'a1', kind: 'decision', issuerCode: walk.code(role.level), documentNo };
  const rest = { documentOn, signedBy: decider.userId, lists: [walk.state.rosterId] };
  const act: ActFact = { ...signed, ...rest, ...over };
  const facts = walk.facts.bind(walk);
  walk.facts = () => (over === null ? facts() : { ...facts(), act });
  return walk.send(decider, {
    type: 'decide',
    opinion: '同意',
    documentNo: asked.documentNo ?? documentNo,
    documentOn,
    refuse: [],
    answers: [],
    acceptLate: [],
    evidence: walk.papers(),
    act: { actId: 'a1', documentNo: asked.documentNo ?? documentNo, documentOn },
  });
}

describe('a command under an act (文书)', () => {
  test('as signed, for this list and step → it passes', () => {
    expect(decideUnder({})).toMatchObject({ ok: true });
  });

  test.for([
    ['an act that nobody signed', null, {}, 'ACT-UNKNOWN'],
    ['another act', { id: 'a2' }, {}, 'ACT-UNKNOWN'],
    ['an act over other lists', { lists: ['list-2'] }, {}, 'ACT-NOT-COVERING'],
    ['an act of another step', { kind: 'review' }, {}, 'ACT-NOT-COVERING'],
    ['another 文号', {}, { documentNo: '60号' }, 'ACT-DIFFERS'],
    ['another day', { documentOn: '2020-01-01' }, {}, 'ACT-DIFFERS'],
    ['signed by somebody else', { signedBy: 'other' }, {}, 'ACT-DIFFERS'],
    ['issued by another organisation', { issuerCode: '530628' }, {}, 'ACT-DIFFERS'],
  ] as const)('%s → %s', ([, over, asked, code]) => {
    const answer = decideUnder(over, asked);
    expect(answer.ok).toBe(false);
    expect(answer.ok ? [] : answer.refusals.map((refusal) => refusal.code)).toContain(code);
  });
});
