import { expect, test } from 'vitest';
import { GUARDS } from '../../domain/guards/index.ts';
import { GUARD_IDS } from '../../policies/pack-file.ts';

test('packs may place exactly the guards that are implemented', () => {
  expect([...GUARD_IDS].sort()).toEqual(Object.keys(GUARDS).sort());
});
