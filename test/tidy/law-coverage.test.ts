import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');

/** A cell "`file` words": the file, and what has to stand in it. */
interface Named {
  readonly file: string;
  readonly words: string;
}

function namedIn(cell: string): Named | undefined {
  const match = /^`([^`]+)`\s*(.*)$/.exec(cell.trim());
  const [, file, words = ''] = match ?? [];
  return file === undefined ? undefined : { file, words };
}

/** What a table names and is not there. */
function absent(table: string): string[] {
  const rows = table.split('\n').filter((line) => line.startsWith('| ') && line.includes('`'));
  return rows.flatMap((row) => {
    const cells = row.split('|').slice(1, -1);
    return cells.slice(3).flatMap((cell) => {
      const named = namedIn(cell);
      if (named === undefined) return [`unreadable: ${cell}`];
      const path = resolve(ROOT, named.file);
      const isThere = existsSync(path) && readFileSync(path, 'utf8').includes(named.words);
      return isThere ? [] : [`${named.file}: ${named.words}`];
    });
  });
}

test('every function and test that the table of the law names exists', () => {
  const table = readFileSync(resolve(ROOT, 'docs/law-coverage.md'), 'utf8');
  expect(table.split('\n').filter((line) => line.startsWith('| ')).length).toBeGreaterThan(35);
  expect(absent(table)).toEqual([]);
});

test('a function or test that is gone is named', () => {
  const row =
    '| rule | §1 | Z | `domain/kernel/moves.ts` noSuchFunction | `test/no-such.test.ts` words |';
  expect(absent(row)).toEqual([
    'domain/kernel/moves.ts: noSuchFunction',
    'test/no-such.test.ts: words',
  ]);
});
