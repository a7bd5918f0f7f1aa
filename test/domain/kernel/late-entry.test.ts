import { describe, expect, test } from 'vitest';
import type { LateEntry } from '../../../domain/kernel/command.ts';
import { evolve } from '../../../domain/kernel/evolve.ts';
import { dueWakes } from '../../../domain/kernel/wake.ts';
import { trainingPlan } from '../../policies/training-plan.ts';
import { codesOf, object } from './list-acts.ts';
import { ListWalk } from './list-walk.ts';
import { at } from './paper-people.ts';

function late(claimed: string): LateEntry {
  return { claimedAt: at(claimed), proofKind: 'dated-photo', proof: 'photo' };
}

function onNotice(): ListWalk {
  const walk = new ListWalk(trainingPlan('zhenxiong-2020', 'household-exit'), '2020-09-20 09:00');
  walk.walkTo('village-notice');
  walk.now = at('2020-10-01 08:00');
  walk.must(walk.who('village', 'clerk'), { type: 'draft-notice' });
  return walk;
}

const POST = { type: 'post-notice', place: 'village-board', proof: 'photo' } as const;

describe('补登 of a posting (§5: fifteen days, proved)', () => {
  test('a proved posting of ten days ago → the period runs from it', () => {
    const walk = onNotice();
    walk.now = at('2020-10-11 09:00');
    walk.must(walk.who('village', 'clerk'), { ...POST, late: late('2020-10-01 09:00') });
    expect(walk.state.notice?.endsAt).toBe(at('2020-10-09 00:00'));
  });

  test.for([
    ['2020-10-16 23:59', [], 'the last minute of the fifteenth day'],
    ['2020-10-17 00:00', ['LATE-ENTRY-TOO-LATE'], 'the minute after'],
  ] as const)('posted 10-01, entered %s → %j (%s)', ([now, codes]) => {
    const walk = onNotice();
    walk.now = at(now);
    const decision = walk.send(walk.who('village', 'clerk'), {
      ...POST,
      late: late('2020-10-01 09:00'),
    });
    expect(codesOf(decision)).toEqual(codes);
  });

  test('without a photo of it → refused', () => {
    const walk = onNotice();
    walk.days(3);
    const unproved = { ...late('2020-10-01 09:00'), proof: 'lost' };
    const decision = walk.send(walk.who('village', 'clerk'), { ...POST, late: unproved });
    expect(codesOf(decision)).toEqual(['EVIDENCE-MISSING']);
  });

  test('after an objection → refused: only the time of receipt counts', () => {
    const walk = onNotice();
    object(walk, 'c1');
    walk.days(3);
    const decision = walk.send(walk.who('village', 'clerk'), {
      ...POST,
      late: late('2020-10-02 09:00'),
    });
    expect(codesOf(decision)).toEqual(['LATE-ENTRY-AFTER-OBJECTION']);
  });

  test('at a step that no higher level reviews afterwards → refused', () => {
    const walk = new ListWalk(trainingPlan('shanxi-2017', 'household-exit'), '2017-10-25 09:00');
    walk.walkTo('announcement');
    const claimedAt = walk.now;
    walk.days(2);
    const decision = walk.send(walk.who('township', 'clerk'), {
      type: 'post-announcement',
      place: 'village-board',
      proof: 'photo',
      late: { claimedAt, proofKind: 'stamped-original', proof: 'photo' },
    });
    expect(codesOf(decision)).toContain('LATE-ENTRY-NO-REVIEW');
  });
});

describe('whoever entered it does not accept it (§5)', () => {
  test('clerk of the village and reviewer of the township in one person → another must accept', () => {
    const walk = onNotice();
    const clerk = walk.who('village', 'clerk');
    const both = {
      ...clerk,
      duties: [...clerk.duties, ...walk.who('township', 'reviewer').duties],
    };
    walk.now = at('2020-10-11 09:00');
    walk.must(both, { ...POST, late: late('2020-10-01 09:00') });
    expect(walk.closeNotice().ok).toBe(true);
    const acceptLate = walk.state.lateEntries.map(({ seq }) => seq);
    const evidence = walk.papers();
    const review = {
      type: 'review',
      opinion: '同意',
      refuse: [],
      answers: [],
      acceptLate,
      evidence,
    } as const;
    expect(codesOf(walk.send(both, review))).toEqual(['LATE-ENTRY-OWN']);
    expect(walk.send(walk.who('township', 'reviewer'), review).ok).toBe(true);
  });

  test('the next level itself → refused', () => {
    const walk = onNotice();
    walk.days(3);
    const township = walk.who('township', 'clerk');
    const decision = walk.send(township, { ...POST, late: late('2020-10-02 09:00') });
    expect(codesOf(decision)).toContain('LATE-ENTRY-BY-NEXT-LEVEL');
  });
});

describe('a timer decides nothing (design §1.7)', () => {
  function posted(woken: boolean): ListWalk {
    const walk = onNotice();
    walk.must(walk.who('village', 'clerk'), POST);
    walk.now = at('2020-10-10 09:00');
    if (woken) {
      for (const event of dueWakes(walk.state, walk.now)) walk.state = evolve(walk.state, event);
    }
    return walk;
  }

  test.for([true, false])(
    'taken down in the period, entered after its end, timer fired: %s → the period starts anew',
    (woken) => {
      const walk = posted(woken);
      const removal = { ...POST, type: 'remove-notice', late: late('2020-10-05 09:00') } as const;
      expect(codesOf(walk.send(walk.who('village', 'clerk'), removal))).toEqual([]);
      expect(walk.state.notice?.endsAt).toBeNull();
    },
  );

  test.for([true, false])(
    'objected to in the period, entered after its end, timer fired: %s → it blocks',
    (woken) => {
      const walk = posted(woken);
      walk.must(walk.who('village', 'clerk'), {
        type: 'raise-objection',
        kind: 'case',
        caseId: 'c1',
        words: '来信',
        channel: '来信',
        late: late('2020-10-05 09:00'),
      });
      expect(walk.state.cases[0]?.status).toBe('blocked');
    },
  );
});

describe('文件日期 of the county’s decision (G-03)', () => {
  function atDecision(): ListWalk {
    const walk = onNotice();
    walk.must(walk.who('village', 'clerk'), POST);
    walk.now = at('2020-10-09 00:00');
    walk.closeNotice();
    walk.now = at('2020-10-12 09:00');
    walk.pass();
    walk.now = at('2020-10-14 09:00');
    return walk;
  }

  test.for([
    ['2020-10-08', ['DOCUMENT-DATE'], [], 'the notice’s last day: it decided too early'],
    ['2020-10-09', [], ['DOCUMENT-DATE'], 'after the notice, before the list came up: noted'],
    ['2020-10-12', [], [], 'the day on which it came up'],
    ['2020-10-14', [], [], 'today'],
    ['2020-10-15', ['DOCUMENT-DATE'], [], 'tomorrow'],
  ] as const)('document of %s → refused %j, noted %j (%s)', ([on, codes, warned]) => {
    const walk = atDecision();
    const decision = walk.send(walk.who('county', 'decider'), {
      type: 'decide',
      opinion: '同意',
      documentNo: '镇扶组字〔2020〕60号',
      documentOn: on as never,
      refuse: [],
      answers: [],
      acceptLate: [],
      evidence: walk.papers(),
    });
    expect(codesOf(decision)).toEqual(codes);
    expect(decision.ok ? decision.warnings.map(({ code }) => code) : []).toEqual(warned);
  });

  test.for(['', '  '])('文号 “%s” → refused', (documentNo) => {
    const walk = atDecision();
    const decision = walk.send(walk.who('county', 'decider'), {
      type: 'decide',
      opinion: '同意',
      documentNo,
      documentOn: '2020-10-14' as never,
      refuse: [],
      answers: [],
      acceptLate: [],
      evidence: walk.papers(),
    });
    expect(codesOf(decision)).toEqual(['DOCUMENT-NO-MISSING']);
  });
});

describe('中止 never shortens (design §5)', () => {
  test('suspended during the notice → what happens on the wall is still recorded, nothing else', () => {
    const walk = onNotice();
    const clerk = walk.who('village', 'clerk');
    walk.must(clerk, POST);
    const office = walk.who('county', 'office');
    walk.must(office, { type: 'suspend', reason: '核查', basis: '县办函' });
    expect(codesOf(walk.closeNotice())).toEqual(['SUSPENDED']);
    walk.must(clerk, { ...POST, type: 'remove-notice' });
    expect(walk.state.notice?.endsAt).toBeNull();
    walk.days(30);
    walk.must(office, { type: 'resume', reason: '核查完' });
    expect(codesOf(walk.closeNotice())).toEqual(['G-03']);
  });
});
