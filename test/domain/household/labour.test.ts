import { expect, test } from 'vitest';
import { LABOUR_SKILLS, labourOf, parseLabourSkill } from '../../../domain/household/labour.ts';
import { loadCodeLists } from '../../../policies/code-lists.ts';

test('劳动技能 are the words of the national system’s list', () => {
  const { labour } = loadCodeLists();
  expect(labour.codes.map(({ word }) => word)).toEqual([...LABOUR_SKILLS]);
  expect(parseLabourSkill('普通劳动力')).toBe('普通劳动力');
  expect(parseLabourSkill('懒')).toBeUndefined();
});

test.for([
  ['one who can work is enough', ['无劳动力', '技能劳动力'], 'some'],
  ['one who can work beside one not known', [undefined, '普通劳动力'], 'some'],
  ['nobody', ['无劳动力', '丧失劳动力'], 'none'],
  ['nobody known, one not known', ['无劳动力', undefined], 'unknown'],
  ['no member', [], 'unknown'],
] as const)('整户无劳动能力: %s', ([, skills, expected]) => {
  expect(labourOf(skills.map((labour) => ({ labour })))).toBe(expected);
});
