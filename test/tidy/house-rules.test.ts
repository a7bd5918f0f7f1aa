import { describe, expect, test } from 'vitest';
import { codeFolders, readSources, type SourceFile } from './source-files.ts';

const LINES_MAX = 400;

/** Names that say nothing about what a file is for. */
const emptyNames = /(^|\/)(utils?|helpers?|common|misc|managers?|shared)(\.|\/)/i;
const anyMarks = /\b(TODO|FIXME|XXX)\b/;
const skipped = /\b(?:it|test|describe)\.(?:skip|only|todo)\b/;
const machinePaths = /['"`(\s](?:\/work|\/root|\/tmp\/[a-z])(?:\/|['"`\s])/;

const self = 'test/tidy/house-rules.test.ts';

/** Every house rule that a file breaks, as `file: what`. */
function breaches({ path, text }: SourceFile): string[] {
  const lines = text.trimEnd().split('\n').length;
  return [
    ...(lines > LINES_MAX ? [`${path}: ${lines} lines`] : []),
    ...(emptyNames.test(path) ? [`${path}: the name says nothing`] : []),
    ...(/[A-Z_]/.test(path) ? [`${path}: not kebab-case`] : []),
    ...(anyMarks.test(text) ? [`${path}: unfinished work`] : []),
    ...(skipped.test(text) ? [`${path}: a skipped test`] : []),
    ...(machinePaths.test(text) ? [`${path}: a path of one machine`] : []),
  ];
}

describe('house rules', () => {
  test('no file is too long, badly named, unfinished or tied to one machine', async () => {
    const sources = (await Promise.all(codeFolders.map(readSources))).flat();
    expect(sources.length).toBeGreaterThan(20);
    expect(sources.filter(({ path }) => path !== self).flatMap(breaches)).toEqual([]);
  });

  test.for([
    ['api/x.ts', 'a\n'.repeat(401)],
    ['api/utils.ts', ''],
    ['api/helpers/x.ts', ''],
    ['api/windowManager.ts', ''],
    ['api/x.ts', '// TODO later'],
    ['test/api/x.test.ts', 'test.skip("a", () => {})'],
    ['bin/x.ts', `const folder = '/root/data';`],
  ] as const)('the check bites: %s', ([path, text]) => {
    expect(breaches({ path, text })).toHaveLength(1);
  });
});
