import { describe, expect, test } from 'vitest';
import type { RegistryStatus } from '../../../domain/facts/household-facts.ts';
import { trainingPlan } from '../../policies/training-plan.ts';
import { validRegistry } from '../guards/facts-builder.ts';
import { codesOf, object, sendBack } from './list-acts.ts';
import { ListWalk } from './list-walk.ts';
import { person } from './paper-people.ts';

function atRegistration(packId = 'zhenxiong-2020', start = '2020-09-20 09:00'): ListWalk {
  const walk = new ListWalk(trainingPlan(packId, 'household-exit'), start);
  walk.walkTo('registration');
  walk.openWindow();
  walk.now = Math.max(walk.now, walk.state.announcement?.endsAt ?? 0);
  return walk;
}

function withStatus(walk: ListWalk, caseId: string, status: RegistryStatus): void {
  const registry = validRegistry({ ...walk.household(caseId).registry, status });
  walk.caseFacts[caseId] = { ...walk.household(caseId), registry };
}

describe('two stamps (G-17)', () => {
  test('entered before, confirmed after → taken', () => {
    const walk = atRegistration();
    const entered = walk.now;
    walk.minutes(5);
    expect(walk.carry(['c1'], { operatorAt: entered }).ok).toBe(true);
  });

  test('confirmed before it was entered → refused', () => {
    const walk = atRegistration();
    expect(codesOf(walk.carry(['c1'], { reviewerAt: walk.now - 60_000 }))).toEqual([
      'STAMP-OUT-OF-ORDER',
    ]);
  });

  test('entered in an earlier pass, before the list was sent back → refused, to be entered again', () => {
    const walk = atRegistration();
    const entered = walk.now;
    walk.minutes(1);
    sendBack(walk, 'announcement');
    walk.walkTo('registration');
    walk.now = Math.max(walk.now, walk.state.announcement?.endsAt ?? 0);
    expect(codesOf(walk.carry(['c1'], { operatorAt: entered }))).toEqual(['STAMP-OUT-OF-ORDER']);
  });

  test('split off at registration → what was entered before the split still counts', () => {
    const walk = atRegistration();
    const entered = walk.now;
    walk.minutes(5);
    walk.must(walk.who('county', 'registry-operator'), {
      type: 'split',
      caseIds: ['c1'],
      reason: '先办一户',
    });
    const child = walk.children[0]?.state;
    expect(child?.stepSince).toBeLessThanOrEqual(entered);
  });

  test.for([
    ['operator', 'county', 'clerk', 'no such duty'],
    ['reviewer', 'county', 'clerk', 'no such duty'],
    ['reviewer', 'township', 'registry-operator', 'an operator is no reviewer'],
  ] as const)('the %s holds %s %s only → refused (%s)', ([which, level, duty]) => {
    const walk = atRegistration();
    const stranger = { ...walk.who(level, duty), userId: 'stranger' };
    const entry = walk.entryOf('c1', { [`${which}Id`]: 'stranger' });
    walk.people = { ...walk.people, stranger };
    const entries = [entry];
    const actor = walk.who('county', 'entry-reviewer');
    expect(codesOf(walk.send(actor, { type: 'carry-registrations', entries }))).toEqual([
      'NOT-YOUR-DUTY',
    ]);
  });

  test('a reviewer of another county → refused', () => {
    const walk = atRegistration();
    const entry = walk.entryOf('c1', { reviewerId: 'elsewhere' });
    walk.people = { ...walk.people, elsewhere: person('elsewhere', '530628', 'entry-reviewer') };
    const actor = walk.who('county', 'entry-reviewer');
    const body = { type: 'carry-registrations', entries: [entry] } as const;
    expect(codesOf(walk.send(actor, body))).toEqual(['NOT-YOUR-DUTY']);
  });
});

describe('功能窗口 (G-15)', () => {
  test.for([
    ['another function', { functionKey: 'enrol-household' }],
    ['another county', { unitCode: '530628' }],
    ['a township', { unitCode: '530627101' }],
    ['opening a minute later', { opensAt: 60_000 }],
    ['closed this very instant', { closesAt: 0 }],
  ] as const)('a window of %s → refused', ([, over]) => {
    const walk = atRegistration();
    const shift = (time: number | undefined) => (time === undefined ? {} : walk.now + time);
    const [open] = walk.windows;
    if (open === undefined) throw new Error('a window is open');
    const changed = {
      ...open,
      ...over,
      ...('opensAt' in over ? { opensAt: shift(over.opensAt) as number } : {}),
      ...('closesAt' in over ? { closesAt: shift(over.closesAt) as number } : {}),
    };
    walk.windows = [changed];
    expect(codesOf(walk.carry(['c1']))).toEqual(['G-15']);
  });

  test('a window opened for the city or the province covers its counties (功能开放权限逐级授权)', () => {
    for (const level of ['city', 'province'] as const) {
      const walk = atRegistration();
      walk.windows = walk.windows.map((open) => ({ ...open, unitCode: walk.code(level) }));
      expect(walk.carry(['c1']).ok).toBe(true);
    }
  });

  test('not open yet → refused until it opens; another county’s opening promises nothing', () => {
    const walk = atRegistration();
    const [open] = walk.windows;
    if (open === undefined) throw new Error('a window is open');
    const later = { ...open, opensAt: walk.now + 7_200_000 };
    const elsewhere = { ...open, id: 'w2', unitCode: '530628', opensAt: walk.now + 3_600_000 };
    walk.windows = [elsewhere, later];
    const decision = walk.carry(['c1']);
    expect(decision.ok ? [] : decision.refusals).toMatchObject([{ earliestAt: later.opensAt }]);
  });

  test('Shanxi: after 2017-12-20 the label is late, not refused, while the window is open (§15.8)', () => {
    const walk = atRegistration('shanxi-2017', '2017-11-20 09:00');
    walk.now = new Date('2017-12-21T10:00:00+08:00').getTime();
    expect(walk.state.dueAt).toBe(new Date('2017-12-21T00:00:00+08:00').getTime() - 1);
    expect(walk.carry(['c1']).ok).toBe(true);
  });

  test('Shanxi: the office’s window ends with 2017-12-20 → refused from 24:00 on (G-15)', () => {
    const walk = atRegistration('shanxi-2017', '2017-11-20 09:00');
    const closesAt = new Date('2017-12-21T00:00:00+08:00').getTime();
    walk.windows = walk.windows.map((window) => ({ ...window, closesAt }));
    walk.now = closesAt - 1;
    expect(walk.carry(['c1']).ok).toBe(true);
    walk.now = closesAt;
    expect(codesOf(walk.carry(['c2']))).toEqual(['G-15']);
  });
});

describe('公告 (§3.1)', () => {
  test('one millisecond before its days are over → refused with the instant; then taken', () => {
    const walk = atRegistration();
    const ends = walk.state.announcement?.endsAt ?? 0;
    walk.now = ends - 1;
    const early = walk.carry(['c1']);
    expect(early.ok ? [] : early.refusals).toMatchObject([
      { code: 'ANNOUNCEMENT-RUNNING', earliestAt: ends },
    ]);
    walk.now = ends;
    expect(walk.carry(['c1']).ok).toBe(true);
  });

  test('an objection to the announcement itself holds every label (G-04)', () => {
    const walk = atRegistration();
    object(walk);
    expect(codesOf(walk.carry(['c2']))).toEqual(['G-04']);
  });
});

describe('逐户 (G-16)', () => {
  test.for([
    [0, 'none'],
    [26, 'more than a carry holds'],
  ] as const)('%i entries → refused (%s)', ([count]) => {
    const walk = new ListWalk(
      trainingPlan('zhenxiong-2020', 'household-exit'),
      '2020-09-20 09:00',
      {
        cases: 26,
      },
    );
    walk.walkTo('registration');
    walk.openWindow();
    walk.now = Math.max(walk.now, walk.state.announcement?.endsAt ?? 0);
    const ids = walk.state.cases.slice(0, count).map(({ id }) => id);
    expect(codesOf(walk.carry(ids))).toEqual(['G-16']);
  });

  test('one household twice in a carry → refused', () => {
    expect(codesOf(atRegistration().carry(['c1', 'c1']))).toContain('G-16');
  });
});

describe('a household whose status changed since the list was opened (§6.1, §4.5)', () => {
  test.for(['exited', 'stably-exited', 'cleared', 'unregistered'] as const)(
    'now %s → no label; the neighbour is labelled',
    (status) => {
      const walk = atRegistration();
      withStatus(walk, 'c1', status);
      expect(codesOf(walk.carry(['c1']))).toEqual(['SUBJECT-STATUS']);
      expect(walk.carry(['c2']).ok).toBe(true);
    },
  );

  test('返贫 is poor again → labelled', () => {
    const walk = atRegistration();
    withStatus(walk, 'c1', 'returned');
    expect(walk.carry(['c1']).ok).toBe(true);
  });

  test.for(['township-review', 'county-decision'])('at %s → not passed with the others', (step) => {
    const walk = new ListWalk(trainingPlan('zhenxiong-2020', 'household-exit'), '2020-09-20 09:00');
    walk.walkTo(step);
    withStatus(walk, 'c1', 'exited');
    expect(codesOf(walk.pass())).toEqual(['SUBJECT-STATUS']);
    expect(walk.pass({ leaveBehind: true }).ok).toBe(true);
    expect(walk.state.cases.map(({ status }) => status)).toEqual(['split-off', 'on-list']);
  });

  test('a household enrolled meanwhile is not enrolled again', () => {
    const plan = trainingPlan('zhenxiong-2020', 'identification');
    const walk = new ListWalk(plan, '2020-09-20 09:00');
    walk.walkTo('county-decision');
    withStatus(walk, 'c1', 'poor');
    expect(codesOf(walk.pass())).toEqual(['SUBJECT-STATUS']);
  });
});
