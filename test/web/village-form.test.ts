/** 申报表 on the page and as saved: every indicator of the plan, no signature without its scan. */
import { expect, test } from 'vitest';
import { invariant } from '../../domain/invariant.ts';
import { plainDate } from '../../domain/time/instant.ts';
import { paperVillage } from '../../policies/paper/paper-village.ts';
import {
  asksRelocation,
  draftOf,
  fieldsFrom,
  signersOf,
} from '../../web/features/village-form/village-form.ts';
import { trainingPlan } from '../policies/training-plan.ts';

const PLAN = trainingPlan('zhenxiong-2020', 'village-exit');
const NOW = Date.parse('2020-10-09T09:00:00+08:00');

test('a saved form comes back to the page and is saved the same', () => {
  const { village } = paperVillage(PLAN, 'c1', plainDate('2020-09-01'));
  invariant(village?.form != null, 'the paper village has its form');
  const fields = fieldsFrom(village, PLAN, NOW);
  const { hash: _hash, version: _version, compiledBy: _compiledBy, ...saved } = village.form;
  expect(draftOf(fields, PLAN)).toEqual(saved);
});

test('nothing filled in → every indicator open, nobody signed, no relocation answered', () => {
  const draft = draftOf(fieldsFrom({ form: null, registry: null }, PLAN, NOW), PLAN);
  expect(draft.indicators).toHaveLength(10);
  expect(draft.indicators.every(({ met }) => met === null)).toBe(true);
  expect(draft).toMatchObject({
    filledOn: '2020-10-09',
    denominator: { persons: 0, definition: '本村农业户籍人口', on: '2020-10-09' },
    relocation: { listed: null, moved: null },
    signatures: [],
  });
});

test('a name without its scan is no signature', () => {
  const fields = fieldsFrom({ form: null, registry: null }, PLAN, NOW);
  const signatures = [{ name: '王主任' }, { name: '赵队员', on: '2020-10-08', scan: ['a'] }];
  expect(draftOf({ ...fields, signatures }, PLAN).signatures).toEqual([
    { name: '赵队员', role: '驻村工作队', on: '2020-10-08', scan: 'a' },
  ]);
});

test('who signs and whether relocation is asked come from the plan', () => {
  expect(signersOf(PLAN)).toEqual(['村两委', '驻村工作队']);
  expect(asksRelocation(PLAN)).toBe(false);
  expect(asksRelocation(trainingPlan('shanxi-2017', 'village-exit'))).toBe(true);
});
