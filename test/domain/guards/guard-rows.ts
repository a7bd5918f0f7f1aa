import { expect, test } from 'vitest';
import { GUARDS } from '../../../domain/guards/index.ts';
import { type GuardInputChange, guardInput } from './facts-builder.ts';

/** One row of a guard's table: the rule in words, what is changed, and the words of the finding. */
export type GuardRow = readonly [
  rule: string,
  change: GuardInputChange,
  /** null: it passes. Otherwise every text must stand in the finding's sentence. */
  words: readonly string[] | null,
];

/** Runs the table of one guard, a test a row. A finding must name the household. */
export function checkGuard(id: string, rows: readonly GuardRow[]): void {
  test.for(rows)('%s', ([, change, words]) => {
    const guard = GUARDS[id];
    expect(guard).toBeDefined();
    const said = guard?.(guardInput(change))?.words ?? null;
    const needed = words === null ? [] : ['张三户', ...words];
    const absent = needed.filter((text) => said?.includes(text) !== true);
    expect({ isFound: said !== null, absent, said }).toMatchObject({
      isFound: words !== null,
      absent: [],
    });
    expect(said ?? '').not.toMatch(/[a-z]/);
  });
}
