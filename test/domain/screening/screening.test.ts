/** 集中排查: what a sheet has to say, where it leads, and when it alarms that it led nowhere (§10.2, G-29). */
import { describe, expect, test } from 'vitest';
import type { MonitoringEpisode } from '../../../domain/facts/monitoring.ts';
import {
  followUpOf,
  judgeSheet,
  type ScreeningRules,
  type ScreeningSheet,
} from '../../../domain/screening/screening.ts';
import { endOfDay, plainDate } from '../../../domain/time/instant.ts';
import { trainingConfirmations } from '../../../policies/confirm-values.ts';
import { lintLibrary } from '../../../policies/lint-pack.ts';
import { resolveScreening } from '../../../policies/resolve-screening.ts';
import { unconfirmedValues } from '../../../policies/unconfirmed-values.ts';
import { library } from '../../policies/training-plan.ts';

const ON = plainDate('2022-10-24');
const AT = endOfDay(ON) - 1;

function rulesWith(confirmations = trainingConfirmations('xinwan-2022')): ScreeningRules {
  const resolved = resolveScreening(library, 'xinwan-2022', confirmations);
  if (resolved === undefined) throw new Error('the pack screens');
  return resolved.rules;
}

const RULES = rulesWith();
const KEY_GROUP = RULES.groups.slice(0, 1);
const signed = (name: string, on = ON) => ({ name, role: '排查人', on, scan: 'scan' });

const CLEAN: ScreeningSheet = {
  screenedOn: ON,
  screeners: [signed('李村干')],
  groups: [],
  risk: '无',
  finding: 'none',
  measures: '',
  wantsLoan: false,
  householder: signed('王某'),
  remote: null,
};
const RISKY = { risk: '住院自付六万元', finding: 'risk', measures: '申请大病救助' } as const;

const SINCE = plainDate('2021-09-20');
const EPISODE = { class: 'unstable', since: SINCE, risks: ['因病'], eliminatedOn: null } as const;
const STANDING: readonly MonitoringEpisode[] = [EPISODE];
const ELIMINATED: readonly MonitoringEpisode[] = [
  { ...EPISODE, eliminatedOn: plainDate('2022-05-30') },
];
const CLEARED: readonly MonitoringEpisode[] = [{ ...EPISODE, clearedOn: plainDate('2022-05-30') }];

const householdOf = (monitoring?: readonly MonitoringEpisode[]) => ({
  headName: '王某',
  monitoring,
});

/** Codes and what is missing. */
function refused(change: object, monitoring?: readonly MonitoringEpisode[]) {
  const found = judgeSheet(RULES, { ...CLEAN, ...change }, householdOf(monitoring), AT);
  return found.map(({ code, missing }) => [code, ...(missing ?? [])]);
}

test.for([
  ['nothing found, 无 written', {}, []],
  ['nothing written', { risk: ' ' }, ['风险问题']],
  ['a risk, concluded as none', { risk: '饮水不稳', measures: '维修' }, ['与风险问题相符的结论']],
  ['无, concluded as a risk', { finding: 'risk' }, ['风险问题的详细描述']],
  ['a risk without a measure', { ...RISKY, measures: '' }, ['拟采取的帮助措施']],
  ['a risk with its measure', RISKY, []],
  ['no screener signed', { screeners: [] }, ['排查人签字']],
  [
    'a signature without its scan',
    { screeners: [{ ...signed('李村干'), scan: '' }] },
    ['排查人签字'],
  ],
  ['the householder did not sign', { householder: null }, ['户主签字']],
  ['by telephone: nobody there to sign', { householder: null, remote: { reason: '' } }, []],
  ['a group of nobody’s list', { groups: ['懒户'] }, ['所列的重点群体']],
  ['tomorrow', { screenedOn: plainDate('2022-10-25') }, ['实际的排查和签字日期']],
  [
    'signed tomorrow',
    { householder: signed('王某', plainDate('2022-10-25')) },
    ['实际的排查和签字日期'],
  ],
] as const)('排查表: %s', ([, change, missing]) => {
  expect(refused(change)).toEqual(missing.length === 0 ? [] : [['SCREENING-SHEET', ...missing]]);
});

test('重点群体 by telephone 原则上 not: only with its reason', () => {
  const remote = (reason: string) => ({ groups: KEY_GROUP, householder: null, remote: { reason } });
  expect(refused(remote(' '))).toEqual([['REASON-REQUIRED', '没有实地排查的理由']]);
  expect(refused(remote('举家在外务工'))).toEqual([]);
});

describe('结论 and 监测状态', () => {
  const STRANGE = [['SCREENING-FINDING', '与该户监测状态相符的结论']];
  test.for([
    ['unsteady', undefined, STRANGE],
    ['unsteady', STANDING, STRANGE],
    ['unsteady', ELIMINATED, []],
    ['unsteady', CLEARED, STRANGE],
    ['misidentified', undefined, STRANGE],
    ['misidentified', STANDING, []],
    ['misidentified', ELIMINATED, []],
    ['misidentified', CLEARED, STRANGE],
    ['risk', undefined, []],
    ['risk', ELIMINATED, []],
  ] as const)('%s of a household that is %o', ([finding, monitoring, expected]) => {
    expect(refused({ ...RISKY, finding }, monitoring)).toEqual(expected);
  });

  test.for([
    ['none', undefined, null],
    ['risk', undefined, 'monitored-household'],
    ['risk', ELIMINATED, 'monitored-household'],
    ['risk', CLEARED, 'monitored-household'],
    // It is monitored for its risks already.
    ['risk', STANDING, null],
    ['unsteady', ELIMINATED, 'elimination-rollback'],
    ['misidentified', STANDING, 'monitoring-clearance'],
  ] as const)('%s leads on', ([finding, monitoring, procedure]) => {
    const sheet = { ...CLEAN, ...RISKY, finding };
    expect(followUpOf(RULES, sheet, householdOf(monitoring))?.procedure ?? null).toBe(procedure);
  });
});

describe('应纳未纳 (G-29): until when a case has to be there', () => {
  const dueOf = (rules: ScreeningRules, screenedOn: string) =>
    followUpOf(rules, { ...CLEAN, ...RISKY, screenedOn: plainDate(screenedOn) }, householdOf())
      ?.dueAt;
  const lastOf = (day: string) => endOfDay(plainDate(day)) - 1;

  test('the days that the office confirmed, and never after 11-15', () => {
    expect(dueOf(RULES, '2022-10-24')).toBe(lastOf('2022-10-27'));
    expect(dueOf(RULES, '2022-11-14')).toBe(lastOf('2022-11-15'));
  });

  test('nobody confirmed any days → the notice’s own date, and the office is asked', () => {
    expect(dueOf(rulesWith([]), '2022-10-24')).toBe(lastOf('2022-11-15'));
    const asked = unconfirmedValues(library, 'xinwan-2022', '430981', []);
    expect(asked.map(({ path }) => path)).toContain('screening.alarm');
  });
});

test('a finding that could never become a case is no pack', () => {
  const loaded = library.packs.get('xinwan-2022');
  if (loaded?.pack.screening === undefined) throw new Error('the pack screens');
  const { screening } = loaded.pack;
  const [first] = screening.followUps;
  if (first === undefined) throw new Error('it leads somewhere');
  const followUps = [{ ...first, procedure: 'village-exit' as const }];
  const pack = { ...loaded.pack, screening: { ...screening, followUps } };
  const planted = {
    ...library,
    packs: new Map([...library.packs, [pack.id, { ...loaded, pack }]]),
  };
  expect(lintLibrary(planted)).toMatchObject([{ code: 'FOLLOW-UP-MISSING' }]);
});

test('a pack without a screening screens nobody', () => {
  expect(resolveScreening(library, 'zhenxiong-2020', [])).toBeUndefined();
});
