/** 入户排查表 on the page: what is saved of what was filled in. */
import { expect, test } from 'vitest';
import { sheetOf } from '../../web/features/screening/screening.ts';

const FIELDS = { householdId: 'h-1', screenedOn: '2022-10-24' } as const;

test('nothing said of a risk and none concluded → 无', () => {
  expect(sheetOf(FIELDS)).toEqual({
    screenedOn: '2022-10-24',
    screeners: [],
    groups: [],
    risk: '无',
    finding: 'none',
    measures: '',
    wantsLoan: false,
    householder: null,
    remote: null,
  });
});

test('a risk concluded and not written stays empty: the rules ask for it', () => {
  expect(sheetOf({ ...FIELDS, finding: 'risk' }).risk).toBe('');
});

test('a signature without its scan is none; by telephone with its reason', () => {
  const householder = { name: '王某', scan: [] };
  const screener = { name: '李村干', scan: ['a'.repeat(64)] };
  const remote = { isRemote: true, remoteReason: '举家在外' };
  expect(sheetOf({ ...FIELDS, householder, screener, ...remote })).toMatchObject({
    screeners: [{ name: '李村干', role: '排查人', on: '2022-10-24' }],
    householder: null,
    remote: { reason: '举家在外' },
  });
});
