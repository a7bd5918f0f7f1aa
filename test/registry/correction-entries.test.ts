/** 清退、往年综合回退、稳定脱贫回退 at the reference registry: a status put right by the level it is opened to (§12). */
import { expect, test } from 'vitest';
import { isLabelThere } from '../../activities/registry/port.ts';
import type { RegistryStatus } from '../../domain/facts/household-facts.ts';
import { correctedHousehold } from '../../registry/correct-status.ts';
import { COUNTY } from './running-registry.ts';

const [SOME] = COUNTY.households;

function corrected(
  functionKey: Parameters<typeof correctedHousehold>[1]['functionKey'],
  status: RegistryStatus,
) {
  if (SOME === undefined) throw new Error('the county has a household');
  const household = { ...SOME, status, exitYear: 2016, statusByYear: { '2016': status } };
  const write = {
    functionKey,
    householdNo: SOME.householdNo,
    year: 2018,
    cause: '识别错误',
  } as const;
  const after = correctedHousehold(household, write);
  if ('words' in after) return after.words;
  expect(isLabelThere(write, { ...household, label: null })).toBe(false);
  expect(isLabelThere(write, { ...after, label: null })).toBe(true);
  const { exitYear, statusByYear } = after;
  return { status: after.status, exitYear, statusByYear };
}

test.for([
  [
    'clear-household',
    'poor',
    { status: 'cleared', exitYear: 2016, statusByYear: { '2016': 'poor', '2018': 'cleared' } },
  ],
  [
    'clear-household',
    'exited',
    { status: 'cleared', exitYear: 2016, statusByYear: { '2016': 'exited', '2018': 'cleared' } },
  ],
  ['clear-household', 'cleared', '本户不是在册的建档立卡户，不能清退'],
  ['clear-household', 'unregistered', '本户不是在册的建档立卡户，不能清退'],
  [
    'rollback-prior-years',
    'exited',
    { status: 'poor', exitYear: null, statusByYear: { '2016': 'exited', '2018': 'poor' } },
  ],
  ['rollback-prior-years', 'poor', '本户当前不是脱贫状态，不能往年综合回退'],
  [
    'rollback-stable-exit',
    'stably-exited',
    {
      status: 'exited',
      exitYear: 2016,
      statusByYear: { '2016': 'stably-exited', '2018': 'exited' },
    },
  ],
  ['rollback-stable-exit', 'exited', '本户当前不是稳定脱贫状态，不能回退'],
] as const)('%s of a household that is %s', ([functionKey, status, expected]) => {
  expect(corrected(functionKey, status)).toEqual(expected);
});
