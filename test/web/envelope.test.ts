import { describe, expect, test } from 'vitest';
import { envelopeOf } from '../../web/features/command/envelope.ts';
import { subjectsWords } from '../../web/features/roster/roster.ts';

const NINE = Date.parse('2020-09-20T09:00:00+08:00');

describe('随附: what a form leaves empty, the command does not carry', () => {
  test.for([
    ['nothing filled in', {}, {}],
    ['分批', { leaveBehind: true }, { leaveBehind: true }],
    ['分批 unticked again', { leaveBehind: false }, {}],
    [
      '补登 with a stamped original',
      { lateAt: '2020-09-20T09:00', lateKind: 'stamped-original', lateProof: ['f1'] },
      { late: { claimedAt: NINE, proofKind: 'stamped-original', proof: 'f1' } },
    ],
    [
      '补登 in China’s time wherever the browser is; a dated photo unless said otherwise',
      { lateAt: '2020-09-20T09:00', lateProof: ['f1'] },
      { late: { claimedAt: NINE, proofKind: 'dated-photo', proof: 'f1' } },
    ],
    [
      '代录 with signer, date and scan of the paper',
      { signerId: 'u1', paperOn: '2020-09-18', paperScan: ['f2'] },
      { onBehalf: { userId: 'u1', paperOn: '2020-09-18', scan: 'f2' } },
    ],
    ['a date of a paper without a signer', { paperOn: '2020-09-18' }, {}],
    [
      'reasons: only those given',
      { reasons: { 'EXIT-ORDER': '本村只有低保户', 'G-30': '' } },
      { reasons: { 'EXIT-ORDER': '本村只有低保户' } },
    ],
  ] as const)('%s', ([, fields, envelope]) => {
    expect(envelopeOf(fields)).toEqual(envelope);
  });
});

describe('户 of a list in one phrase', () => {
  test.for([
    [[], 3, '3户'],
    [['甲'], 1, '甲（1户）'],
    [['甲', '乙', '丙'], 3, '甲、乙、丙（3户）'],
    [['甲', '乙', '丙'], 12, '甲、乙、丙等12户'],
  ] as const)('%j of %i → %s', ([heads, count, words]) => {
    expect(subjectsWords(heads, count)).toBe(words);
  });

  test('villages are counted as such', () => {
    expect(subjectsWords(['凉水村'], 1, '村')).toBe('凉水村（1个村）');
    expect(subjectsWords(['凉水村'], 12, '村')).toBe('凉水村等12个村');
  });
});
