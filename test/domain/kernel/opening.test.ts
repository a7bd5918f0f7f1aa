/** 功能开通: who, until when, and one window for each unit and function (G-23; policy.md §13.2). */
import { describe, expect, test } from 'vitest';
import type { CommandBody } from '../../../domain/kernel/command.ts';
import type { Decision } from '../../../domain/kernel/decide.ts';
import { formatInstant } from '../../../domain/time/instant.ts';
import { at } from '../../../policies/paper/paper-people.ts';
import { trainingPlan } from '../../policies/training-plan.ts';
import { ListWalk } from './list-walk.ts';

const SHANXI = trainingPlan('shanxi-2017', 'function-opening');
const ZHENXIONG = trainingPlan('zhenxiong-2020', 'function-opening');

type Open = Extract<CommandBody, { type: 'open-functions' }>;

function atOpening(start = '2017-12-01 09:00', plan = SHANXI): ListWalk {
  const walk = new ListWalk(plan, start);
  walk.walkTo('opening');
  return walk;
}

function open(walk: ListWalk, change: Partial<Open> = {}): Decision {
  const [act] = walk.lawfulActs();
  if (act?.body.type !== 'open-functions') throw new Error('the list is opened');
  return walk.send(act.actor, { ...act.body, ...change });
}

function windowsOf(decision: Decision) {
  if (!decision.ok) throw new Error(JSON.stringify(decision.refusals));
  return decision.events.flatMap(({ body }) =>
    body.type === 'functions-opened' ? body.windows : [],
  );
}

const codes = (decision: Decision) =>
  decision.ok ? [] : decision.refusals.map(({ code, clauseId }) => [code, clauseId]);

describe('what is opened', () => {
  test('four functions for two counties → eight windows that close at the end of the last day', () => {
    const walk = atOpening();
    const windows = windowsOf(open(walk));
    expect(windows.map(({ unitCode, functionKey }) => `${unitCode} ${functionKey}`)).toEqual([
      'h1 mark-exit',
      'h1 mark-village-exit',
      'h1 mark-return',
      'h1 change-members',
      'h2 mark-exit',
      'h2 mark-village-exit',
      'h2 mark-return',
      'h2 change-members',
    ]);
    const ends = windows.map(({ closesAt }) => formatInstant(closesAt ?? 0, { endOfDay: true }));
    expect(new Set(ends)).toEqual(new Set(['2017-12-20 24:00']));
    expect(new Set(windows.map(({ id }) => id)).size).toBe(8);
    expect(walk.step).toBe('closed');
    expect(walk.state.cases.map(({ status, outcome }) => [status, outcome])).toEqual([
      ['closed', 'functions-opened'],
      ['closed', 'functions-opened'],
    ]);
  });

  test('no text sets a last day → open until somebody closes it', () => {
    const windows = windowsOf(open(atOpening('2020-10-01 09:00', ZHENXIONG)));
    expect(new Set(windows.map(({ closesAt }) => closesAt))).toEqual(new Set([null]));
  });
});

describe('until when', () => {
  const LAST = at('2017-12-21 00:00');
  test.for([
    ['to the end of the last day', { closesAt: LAST }, []],
    ['a millisecond longer', { closesAt: LAST + 1 }, [['WINDOW-TIMES', 's4-time']]],
    ['shorter than the text allows', { closesAt: at('2017-12-10 18:00') }, []],
    ['from later on', { opensAt: at('2017-12-05 08:00') }, []],
    [
      'from before now',
      { opensAt: at('2017-11-30 08:00') },
      [['WINDOW-TIMES', 's4-function-opening']],
    ],
    ['from after the last day', { opensAt: LAST }, [['WINDOW-TIMES', 's4-time']]],
    [
      'closed before it opens',
      { opensAt: at('2017-12-10 08:00'), closesAt: at('2017-12-10 08:00') },
      [['WINDOW-TIMES', 's4-function-opening']],
    ],
  ] as const)('%s', ([, change, expected]) => {
    expect(codes(open(atOpening(), change))).toEqual(expected);
  });

  test('the last minute still opens, the minute after no more', () => {
    const last = atOpening();
    last.now = LAST - 1;
    expect(codes(open(last))).toEqual([]);
    const late = atOpening();
    late.now = LAST;
    expect(codes(open(late))).toEqual([['WINDOW-TIMES', 's4-time']]);
  });
});

describe('what stands against it', () => {
  test('a function that is open already → refused, and again once it is closed it is not', () => {
    const walk = atOpening();
    const standing = { id: 'w0', functionKey: 'mark-exit', unitCode: 'h1', opensAt: walk.now - 1 };
    walk.windows = [{ ...standing, closesAt: null }];
    expect(codes(open(walk))).toEqual([['WINDOW-STANDS', 's4-function-opening']]);
    walk.windows = [{ ...standing, closesAt: walk.now }];
    expect(codes(open(walk))).toEqual([]);
  });

  test.for([
    ['the city opens for itself', 'city', 'office', 'NOT-YOUR-LEVEL'],
    ['a reviewer of the province', 'province', 'reviewer', 'NOT-YOUR-DUTY'],
  ] as const)('%s', ([, level, duty, code]) => {
    const walk = atOpening();
    const [act] = walk.lawfulActs();
    if (act === undefined) throw new Error('an act');
    expect(codes(walk.send(walk.who(level, duty), act.body))[0]?.[0]).toBe(code);
  });

  test('a document without a number, or of tomorrow', () => {
    expect(codes(open(atOpening(), { documentNo: ' ' }))[0]?.[0]).toBe('DOCUMENT-NO-MISSING');
    const tomorrow = { documentOn: '2017-12-02' } as Partial<Open>;
    expect(codes(open(atOpening(), tomorrow))[0]?.[0]).toBe('DOCUMENT-DATE');
  });
});
