import { describe, expect, test } from 'vitest';
import {
  findCodeValue,
  findCodeWord,
  loadCodeLists,
  parseCodeLists,
} from '../../policies/code-lists.ts';

describe('代码表', () => {
  test('the shipped lists have the vocabularies of policy §15.3', () => {
    const lists = loadCodeLists();
    expect(lists.relation.codes).toHaveLength(28);
    expect(lists.health).toMatchObject({ multiple: true });
    expect(lists.politics.codes.map((code) => code.word)).toEqual([
      '中共党员',
      '中共预备党员',
      '共青团员',
      '群众',
    ]);
    for (const list of Object.values(lists)) expect(list.source).not.toBe('');
  });

  test('a word is read as its value; several words of one value are written as the first', () => {
    const { attribute } = loadCodeLists();
    expect(findCodeValue(attribute, '低保脱贫户')).toBe('dibao');
    expect(findCodeValue(attribute, '富裕户')).toBeUndefined();
    expect(findCodeWord(attribute, 'dibao')).toBe('低保贫困户');
  });

  test('a file with an unknown list, a repeated word or no source → refused', () => {
    const file =
      'lists: { sex: { heading: 性别, source: GK, verified: false, codes: [{word: 男}, {word: 男}] } }';
    expect(() => parseCodeLists(file)).toThrow('代码重复');
    expect(() => parseCodeLists('lists: { colour: {} }')).toThrow('colour');
  });
});
