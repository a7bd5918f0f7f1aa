import { describe, expect, test } from 'vitest';
import type { CommandBody } from '../../../domain/kernel/command.ts';
import { evolve } from '../../../domain/kernel/evolve.ts';
import type { ProcedureId } from '../../../domain/plan/plan.ts';
import { trainingPlan } from '../../policies/training-plan.ts';
import { ListWalk } from './list-walk.ts';
import { at, person } from './paper-people.ts';

const CHAINS = [
  ['zhenxiong-2020', 'household-exit', '2020-09-20 09:00'],
  ['zhenxiong-2020', 'identification', '2020-09-20 09:00'],
  ['kunming-2017', 'household-exit', '2017-11-01 09:00'],
  ['kunming-2017', 'identification', '2017-11-01 09:00'],
  ['shanxi-2017', 'household-exit', '2017-10-25 09:00'],
  ['shanxi-2017', 'identification', '2017-10-25 09:00'],
  ['zhenxiong-2020', 'monitored-household', '2020-09-20 09:00'],
] as const;

const OUTCOMES: Readonly<Record<(typeof CHAINS)[number][1], string>> = {
  'household-exit': 'exited',
  identification: 'enrolled',
  'monitored-household': 'monitored',
};

function walkOf(packId: string, procedure: ProcedureId, start: string): ListWalk {
  return new ListWalk(trainingPlan(packId, procedure), start);
}

describe('each chain of §16b, walked in order', () => {
  test.for(CHAINS)(
    '%s %s: every step in order → all closed with the outcome',
    ([packId, procedure, start]) => {
      const walk = walkOf(packId, procedure, start);
      walk.walkTo('closed');
      const outcome = OUTCOMES[procedure];
      expect(walk.state.cases.map((item) => [item.status, item.outcome])).toEqual([
        ['closed', outcome],
        ['closed', outcome],
      ]);
      expect(walk.children).toEqual([]);
    },
  );

  test.for(CHAINS)(
    '%s %s: no act of a later step is taken early (不能跳过)',
    ([packId, procedure, start]) => {
      const plan = trainingPlan(packId, procedure);
      for (const step of plan.steps) {
        const walk = new ListWalk(plan, start);
        walk.walkTo(step.key);
        for (const [kind, body] of Object.entries(foreignActs())) {
          if (kind === step.kind) continue;
          const decision = walk.send(walk.who('county', 'decider'), body);
          expect(decision.ok, `${body.type} at ${step.key}`).toBe(false);
          expect(walk.step).toBe(step.key);
        }
      }
    },
  );

  test.for(CHAINS)(
    '%s %s: nobody of another level, area or duty signs a step (G-01)',
    ([packId, procedure, start]) => {
      const plan = trainingPlan(packId, procedure);
      for (const step of plan.steps) {
        const walk = new ListWalk(plan, start);
        walk.walkTo(step.key);
        const body = foreignActs()[step.kind];
        if (body === undefined) continue;
        const elsewhere = step.by.map((role) =>
          person(
            'stranger',
            `1101${'01101001'.slice(0, walk.code(role.level).length - 4)}`,
            role.duty,
          ),
        );
        const strangers = [
          walk.who('city', 'leader'),
          walk.who('county', 'administrator'),
          ...elsewhere,
        ];
        for (const stranger of strangers) {
          const decision = walk.send(stranger, body);
          expect(decision.ok).toBe(false);
          const codes = decision.ok ? [] : decision.refusals.map((refusal) => refusal.code);
          expect(
            codes.some((code) => code.startsWith('NOT-YOUR-')),
            `${step.key}: ${codes.join('、')}`,
          ).toBe(true);
        }
      }
    },
  );
});

test.for(CHAINS)(
  '%s %s: every refusal has Chinese words, a clause of the plan and who clears it',
  ([packId, procedure, start]) => {
    const plan = trainingPlan(packId, procedure);
    for (const step of plan.steps) {
      const walk = walkOf(packId, procedure, start);
      walk.walkTo(step.key);
      for (const body of Object.values(foreignActs())) {
        const decision = walk.send(walk.who('county', 'leader'), body);
        for (const refusal of decision.ok ? [] : decision.refusals) {
          expect(refusal.words, refusal.code).toMatch(/[\u4e00-\u9fff]/);
          expect(plan.clauses[refusal.clauseId ?? ''], refusal.code).toBeDefined();
          expect(refusal.whoClears, refusal.code).toMatch(/[\u4e00-\u9fff]/);
        }
      }
    }
  },
);

/** One act of each kind of step, without papers. */
function foreignActs(): Record<string, CommandBody> {
  const evidence = {};
  const meeting = {
    heldAt: 0,
    place: '',
    chair: '',
    recorder: '',
    basis: '',
    entitled: 1,
    present: 1,
    proxies: [],
    workTeamPresent: [],
    kinship: [],
    comparisonReadOut: true,
  };
  const pass = { opinion: '', refuse: [], answers: [], acceptLate: [], evidence };
  return {
    collect: {
      type: 'record-collection',
      entries: [{ caseId: 'c1', formHash: 'form-c1' }],
      evidence,
    },
    assembly: { type: 'hold-assembly', group: null, meeting, votes: [], evidence },
    verification: {
      type: 'verify',
      entries: [{ caseId: 'c1', formHash: 'form-c1' }],
      signers: [],
      evidence,
    },
    acceptance: {
      type: 'record-acceptance',
      caseId: 'c1',
      party: 'household',
      accepted: true,
      signer: '户主',
      evidence,
    },
    notice: { type: 'close-notice', evidence },
    review: { ...pass, type: 'review' },
    decision: { ...pass, type: 'decide', documentNo: '1号', documentOn: '2017-01-01' as never },
    announcement: { type: 'post-announcement', place: '', proof: '' },
    registration: { type: 'carry-registrations', entries: [] },
    inspection: { type: 'inspect', findings: [], evidence },
  };
}

describe('登记 (G-15, G-16, G-17)', () => {
  function atRegistration(): ListWalk {
    const walk = new ListWalk(trainingPlan('zhenxiong-2020', 'household-exit'), '2020-09-20 09:00');
    walk.walkTo('registration');
    walk.now = Math.max(walk.now, walk.state.announcement?.endsAt ?? 0);
    return walk;
  }

  test('no open window → refused (G-15)', () => {
    const walk = atRegistration();
    expect(walk.carry(['c1'])).toMatchObject({ ok: false, refusals: [{ code: 'G-15' }] });
  });

  test('operator = reviewer → refused (G-17)', () => {
    const walk = atRegistration();
    walk.openWindow();
    const same = { operatorId: 'county-entry-reviewer' };
    const decision = walk.carry(['c1'], same);
    expect(decision.ok ? [] : decision.refusals.map((item) => item.code)).toContain('G-17');
  });

  test('registry shows a guarantee unresolved → no label (G-10)', () => {
    const walk = atRegistration();
    walk.openWindow();
    const facts = walk.household('c1');
    const registry =
      facts.registry === null
        ? null
        : { ...facts.registry, security: { ...facts.registry.security, water: false } };
    walk.caseFacts['c1'] = { ...facts, registry };
    expect(walk.carry(['c1'])).toMatchObject({
      ok: false,
      refusals: [{ code: 'G-10', cases: ['c1'] }],
    });
  });

  test('the same household twice → refused, one label', () => {
    const walk = atRegistration();
    walk.openWindow();
    expect(walk.carry(['c1']).ok).toBe(true);
    expect(walk.carry(['c1'])).toMatchObject({ ok: false, refusals: [{ code: 'ALREADY-DONE' }] });
  });
});

describe('评议 (G-02, G-07)', () => {
  test.for([
    [30, 19, false, 'one short of two thirds'],
    [30, 20, true, 'exactly two thirds'],
    [31, 20, false, '20 of 31 is less than two thirds'],
    [1, 1, true, 'everybody'],
  ] as const)('%i entitled, %i present → quorum %s (%s)', ([entitled, present, valid]) => {
    const walk = new ListWalk(trainingPlan('zhenxiong-2020', 'household-exit'), '2020-09-20 09:00');
    const votes = ['c1', 'c2'].map((caseId) => ({ caseId, for: present, against: 0, abstain: 0 }));
    const meeting = walk.meeting({ entitled, present });
    const body = {
      type: 'hold-assembly',
      group: null,
      meeting,
      votes,
      evidence: walk.papers(),
    } as const;
    const decision = walk.send(walk.who('village', 'clerk'), body);
    const codes = decision.ok ? [] : decision.refusals.map((refusal) => refusal.code);
    expect(codes).toEqual(valid ? [] : ['G-02']);
  });

  test('half in favour is not more than half → that household is refused, the other goes on', () => {
    const walk = new ListWalk(trainingPlan('zhenxiong-2020', 'household-exit'), '2020-09-20 09:00');
    const votes = [
      { caseId: 'c1', for: 10, against: 10, abstain: 0 },
      { caseId: 'c2', for: 11, against: 9, abstain: 0 },
    ];
    walk.must(walk.who('village', 'clerk'), {
      type: 'hold-assembly',
      group: null,
      meeting: walk.meeting(),
      votes,
      evidence: walk.papers(),
    });
    expect(walk.state.cases.map((item) => item.status)).toEqual(['refused', 'on-list']);
    expect(walk.step).toBe('verification');
  });

  test('comparison results not read out → second assembly refused (G-07)', () => {
    const walk = new ListWalk(trainingPlan('zhenxiong-2020', 'identification'), '2020-09-20 09:00');
    walk.walkTo('village-assembly');
    const votes = ['c1', 'c2'].map((caseId) => ({ caseId, for: 20, against: 0, abstain: 0 }));
    const meeting = walk.meeting({ comparisonReadOut: false });
    const decision = walk.send(walk.who('village', 'clerk'), {
      type: 'hold-assembly',
      group: null,
      meeting,
      votes,
      evidence: walk.papers(),
    });
    expect(decision).toMatchObject({ ok: false, refusals: [{ code: 'G-07' }] });
  });
});

describe('补登与代录', () => {
  test('a whole offline history counts provisionally; the township accepts each entry by name', () => {
    const walk = new ListWalk(trainingPlan('zhenxiong-2020', 'household-exit'), '2020-10-01 08:00');
    walk.now = at('2020-10-12 09:00');
    const clerk = walk.who('village', 'clerk');
    const late = (text: string) =>
      ({ claimedAt: at(text), proofKind: 'dated-photo', proof: 'photo' }) as const;
    const votes = ['c1', 'c2'].map((caseId) => ({ caseId, for: 20, against: 0, abstain: 0 }));
    const meeting = walk.meeting({ heldAt: at('2020-10-01 10:00') });
    walk.must(clerk, {
      type: 'hold-assembly',
      group: null,
      meeting,
      votes,
      evidence: walk.papers(),
      late: late('2020-10-01 11:00'),
    });
    expect(walk.state.at).toBe(at('2020-10-01 11:00'));
    walk.walkTo('township-review');
    const seqs = walk.state.lateEntries.map((entry) => entry.seq);
    expect(seqs.length).toBeGreaterThan(0);
    expect(walk.pass()).toMatchObject({ ok: false, refusals: [{ code: 'LATE-ENTRY-UNACCEPTED' }] });
    expect(walk.pass({ acceptLate: seqs }).ok).toBe(true);
  });

  test.for([
    ['2020-10-01 07:00', 'LATE-ENTRY-OUT-OF-ORDER', 'before the list was opened'],
    ['2020-10-20 09:01', 'LATE-ENTRY-IN-FUTURE', 'after now'],
    ['2020-10-02 09:00', 'LATE-ENTRY-TOO-LATE', 'more than fifteen days ago'],
  ] as const)('claimed %s at 2020-10-20 09:00 → %s (%s)', ([claimed, code]) => {
    const walk = new ListWalk(trainingPlan('zhenxiong-2020', 'household-exit'), '2020-10-01 08:00');
    walk.now = at('2020-10-20 09:00');
    const late = { claimedAt: at(claimed), proofKind: 'dated-photo', proof: 'photo' } as const;
    const decision = walk.send(walk.who('village', 'clerk'), {
      type: 'advance',
      reason: '试',
      late,
    });
    expect(decision.ok ? [] : decision.refusals.map((item) => item.code)).toContain(code);
  });

  test('代录 without a grant → refused; with one, the signer acts and the typist may not review', () => {
    const walk = new ListWalk(trainingPlan('zhenxiong-2020', 'household-exit'), '2020-10-01 08:00');
    const signer = walk.who('village', 'clerk');
    const typist = walk.who('township', 'reviewer');
    walk.people = { [signer.userId]: signer };
    const votes = ['c1', 'c2'].map((caseId) => ({ caseId, for: 20, against: 0, abstain: 0 }));
    const onBehalf = { userId: signer.userId, paperOn: '2020-10-01' as never, scan: 'scan' };
    const body = {
      type: 'hold-assembly',
      group: null,
      meeting: walk.meeting(),
      votes,
      evidence: walk.papers(),
      onBehalf,
    } as const;
    expect(walk.send(typist, body)).toMatchObject({
      ok: false,
      refusals: [{ code: 'PROXY-NOT-GRANTED' }],
    });
    const grant = {
      kind: 'proxy-entry',
      orgCode: walk.village,
      duty: null,
      households: null,
      validFrom: '2020-01-01',
      validTo: null,
    } as const;
    walk.must({ ...typist, grants: [grant] }, body);
    walk.walkTo('township-review');
    expect(walk.pass()).toMatchObject({ ok: false, refusals: [{ code: 'PROXY-TYPIST-REVIEWS' }] });
  });
});

test('a list is the fold of its events, whatever it lived through', () => {
  const walk = new ListWalk(trainingPlan('kunming-2017', 'identification'), '2017-11-01 09:00');
  const send = walk.send.bind(walk);
  const events: Parameters<typeof evolve>[1][] = [];
  const before = walk.state;
  walk.send = (actor, body) => {
    const decision = send(actor, body);
    if (decision.ok) events.push(...decision.events);
    return decision;
  };
  walk.walkTo('closed');
  expect(events.reduce<typeof before>((state, event) => evolve(state, event), before)).toEqual(
    walk.state,
  );
});
