import { describe, expect, expectTypeOf, test } from 'vitest';
import type { z } from 'zod';
import { CommandBodyJson } from '../../api/json/command.ts';
import type { CommandBody, CommandType } from '../../domain/kernel/command.ts';

type Parsed = z.output<typeof CommandBodyJson>;

function decisionOn(documentOn: string) {
  const rest = { opinion: '同意', refuse: [], answers: [], acceptLate: [], evidence: {} };
  return { type: 'decide', documentNo: '1号', documentOn, ...rest };
}

describe('command bodies at the edge', () => {
  test('the schema covers every command type, field by field, in both directions', () => {
    expectTypeOf<Parsed['type']>().toEqualTypeOf<CommandType>();
    expectTypeOf<Parsed>().toExtend<CommandBody>();
    expectTypeOf<CommandBody>().toExtend<Parsed>();
    expect(CommandBodyJson.options).toHaveLength(34);
  });

  test('a plain command passes unchanged', () => {
    const body = { type: 'advance', reason: '已核对' };
    expect(CommandBodyJson.parse(body)).toEqual(body);
  });

  test.for([
    ['an unknown type', { type: 'approve-all' }],
    ['an unknown field', { type: 'resume', reason: '好', actor: 'u1' }],
    ['a wrong type', { type: 'resume', reason: 7 }],
    ['empty words', { type: 'resume', reason: '  ' }],
    ['a day that does not exist', decisionOn('2020-02-30')],
    ['a malformed hash', { type: 'draft-notice', seen: '../etc/passwd' }],
    [
      'a half vote',
      {
        type: 'hold-assembly',
        group: null,
        meeting: {},
        votes: [{ caseId: 'c', for: 1.5, against: 0, abstain: 0 }],
        evidence: {},
      },
    ],
  ] as const)('%s → refused', ([, body]) => {
    expect(CommandBodyJson.safeParse(body).success).toBe(false);
  });
});
