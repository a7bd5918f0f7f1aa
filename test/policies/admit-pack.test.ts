/** 装入审查: which text may become the next version of a pack, and by which code another is refused. */
import { describe, expect, test } from 'vitest';
import { invariant } from '../../domain/invariant.ts';
import { admitPack, type ReadVersion } from '../../policies/admit-pack.ts';
import { library } from './training-plan.ts';

function sourceOf(id: string): string {
  const loaded = library.packs.get(id);
  invariant(loaded !== undefined, `${id} is shipped`);
  return loaded.source;
}

/** A shipped pack's text under another version number. */
function versioned(id: string, by: number, text = sourceOf(id)): string {
  return text.replace(/^version: (\d+)$/m, (_, no: string) => `version: ${Number(no) + by}`);
}

function read(text: string): ReadVersion {
  const admission = admitPack(library, text);
  invariant(admission.ok, JSON.stringify(admission));
  return admission.version;
}

const codesOf = (text: string) => read(text).refusals.map(({ code }) => code);

const LATER = (text: string) => text.replaceAll("'2020-10-15'", "'2020-10-20'");

describe('a text that may be loaded', () => {
  test('the next version with another due date', () => {
    const version = read(LATER(versioned('zhenxiong-2020', 1)));
    expect(version).toMatchObject({ refusals: [], findings: [], isSame: false });
    expect(version.library.packs.get('zhenxiong-2020')).toBe(version.loaded);
    expect(version.present?.digest).toBe(library.packs.get('zhenxiong-2020')?.digest);
  });

  test('the very text that rules changes nothing and is refused by nothing', () => {
    expect(read(sourceOf('zhenxiong-2020'))).toMatchObject({ refusals: [], isSame: true });
  });

  test('a new pack of a place below', () => {
    const text = `
id: dongchuan-2017
version: 1
kind: place
parent: kunming-2017
title: 东川区2017年
areaCode: '530113'
year: 2017
`;
    expect(read(text)).toMatchObject({ refusals: [], present: null, isSame: false });
  });

  test('the library that was asked stays as it was', () => {
    const before = [...library.packs.values()].map(({ digest }) => digest);
    read(LATER(versioned('zhenxiong-2020', 1)));
    expect([...library.packs.values()].map(({ digest }) => digest)).toEqual(before);
  });
});

describe('a text that may not', () => {
  test.for([
    ['the same version with other content', LATER(sourceOf('zhenxiong-2020')), 'PACK-SAME-VERSION'],
    ['an older version', versioned('zhenxiong-2020', -1), 'PACK-OLDER'],
    [
      'a guard of the parent made weaker',
      versioned('yunnan', 1).replace(
        '{ id: EXIT-INCOME, clause: exit-16 }',
        '{ id: EXIT-INCOME, mode: warn, clause: exit-16 }',
      ),
      'PACK-FAULTY',
    ],
    [
      'a step that the packs below build on is gone',
      versioned('yunnan', 1).replace('key: township-review', 'key: town-review'),
      'PACK-FAULTY',
    ],
    [
      'a pack for benchmarks',
      'id: fast\nversion: 1\nkind: bench\nparent: null\ntitle: 测试\nareaCode: "53"\nyear: null\n',
      'PACK-FAULTY',
    ],
  ] as const)('%s', ([, text, code]) => {
    expect(codesOf(text)).toContain(code);
    for (const { words, missing, whoClears } of read(text).refusals) {
      expect(words).toMatch(/[一-鿿]/);
      expect(missing?.length).toBeGreaterThan(0);
      expect(whoClears).toMatch(/[一-鿿]/);
    }
  });

  test('what it breaks in the packs below is named with the pack', () => {
    const text = versioned('yunnan', 1).replace('key: township-review', 'key: town-review');
    const packs = new Set(read(text).findings.map(({ packId }) => packId));
    expect([...packs]).toEqual(expect.arrayContaining(['zhenxiong-2020', 'kunming-2017']));
  });

  test.for([
    ['broken YAML', 'id: [', 'PACK-UNREADABLE'],
    ['no mapping at all', '公示期改为十天', 'PACK-UNREADABLE'],
    ['an unknown field', `${sourceOf('zhenxiong-2020')}\nextra: 1\n`, 'PACK-UNREADABLE'],
    [
      'an unknown guard',
      sourceOf('zhenxiong-2020').replace('id: G-26', 'id: G-99'),
      'PACK-UNREADABLE',
    ],
    [
      'a parent that is not there',
      sourceOf('zhenxiong-2020').replace('parent: yunnan', 'parent: guizhou'),
      'PACK-PARENT',
    ],
    [
      'a pack above itself',
      sourceOf('yunnan').replace('parent: national', 'parent: zhenxiong-2020'),
      'PACK-PARENT',
    ],
    [
      'a procedure like one that is itself like another',
      versioned('yunnan', 1).replace(
        '  identification:\n',
        '  identification:\n    like: household-exit\n',
      ),
      'PACK-PARENT',
    ],
  ] as const)('%s', ([, text, code]) => {
    const admission = admitPack(library, text);
    expect(admission).toMatchObject({ ok: false, refusal: { code } });
  });
});

test('a pack of 2,000 lines is read and judged', () => {
  const clauses = Array.from(
    { length: 2_000 },
    (_, no) =>
      `  extra-${no}: { document: 文件, article: 第${no}条, quote: 引文, source: T, verified: true }`,
  );
  const text = versioned('zhenxiong-2020', 1).replace(
    'clauses:\n',
    `clauses:\n${clauses.join('\n')}\n`,
  );
  expect(codesOf(text)).toEqual([]);
});
