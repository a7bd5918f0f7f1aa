/** 采集表 on the page: what was saved comes back as fields, and what is filled in is saved (监测对象信息). */
import { describe, expect, test } from 'vitest';
import { plainDate } from '../../domain/time/instant.ts';
import { paperHousehold } from '../../policies/paper/paper-household.ts';
import { DEMO_COUNTY, makeDemoCounty } from '../../registry/demo/demo-county.ts';
import { toSnapshot } from '../../registry/snapshot.ts';
import { type CaseForm, draftOf, fieldsFrom } from '../../web/features/visit-form/visit-form.ts';
import { trainingPlan } from '../policies/training-plan.ts';

const NOW = Date.UTC(2022, 9, 24, 1);

describe('监测对象信息', () => {
  const plan = trainingPlan('xinwan-2022', 'monitored-household');
  const { form, registry } = paperHousehold(plan, 'c1', plainDate('2022-10-20'), NOW);
  const known: CaseForm = { form, registry, members: [], headName: '张三' };

  test('a saved form comes back unchanged', () => {
    const draft = draftOf(fieldsFrom(known, plan, NOW), plan);
    expect(draft.monitoring).toEqual(form?.monitoring);
  });

  test('no class chosen → no such part yet, and the guards say so', () => {
    const { monitoring: _, ...fields } = fieldsFrom(known, plan, NOW);
    expect(draftOf(fields, plan).monitoring).toBeNull();
  });

  test('a signature without its scan is none; a clue without its day is the visit’s', () => {
    const fields = fieldsFrom(known, plan, NOW);
    const monitoring = { class: 'edge', authorisation: { name: '张三', role: '户主' } } as const;
    expect(draftOf({ ...fields, monitoring }, plan).monitoring).toEqual({
      class: 'edge',
      channel: '',
      foundOn: '2022-10-20',
      risks: [],
      hardship: null,
      authorisation: null,
    });
  });

  test('a plan that monitors nobody saves no such part', () => {
    const exit = trainingPlan('zhenxiong-2020', 'household-exit');
    const fields = fieldsFrom({ ...known, form: null }, exit, NOW);
    expect(Object.keys(draftOf(fields, exit))).not.toContain('monitoring');
  });
});

describe.for([
  ['risk-elimination', 'elimination'],
  ['elimination-rollback', 'reversal'],
  ['monitoring-clearance', 'reversal'],
] as const)('%s', ([procedure, part]) => {
  const plan = trainingPlan('xinwan-2022', procedure);
  const { form, registry } = paperHousehold(plan, 'c1', plainDate('2022-10-20'), NOW);
  const known: CaseForm = { form, registry, members: [], headName: '张三' };

  test('a saved form comes back unchanged', () => {
    const draft = draftOf(fieldsFrom(known, plan, NOW), plan);
    expect(draft[part]).toEqual(form?.[part]);
    expect(draft.members).toEqual(form?.members);
  });

  test('a new form starts from the episode that the registry holds, and is none before it is answered', () => {
    const fields = fieldsFrom({ ...known, form: null }, plan, NOW);
    expect(fields[part]?.since).toBe('2021-11-20');
    expect(draftOf(fields, plan)[part]).toBeNull();
    const other = part === 'reversal' ? 'elimination' : 'reversal';
    expect(Object.keys(draftOf(fields, plan))).not.toContain(other);
  });
});

test('家庭成员变更: a saved form comes back unchanged; a line without its kind is none', () => {
  const plan = trainingPlan('xinwan-2022', 'natural-change');
  const { form, registry } = paperHousehold(plan, 'c1', plainDate('2022-10-20'), NOW);
  const known: CaseForm = { form, registry, members: [], headName: '张三' };
  const draft = draftOf(fieldsFrom(known, plan, NOW), plan);
  expect(draft.persons).toEqual(form?.persons);
  const fresh = fieldsFrom({ ...known, form: null }, plan, NOW);
  expect(draftOf(fresh, plan).persons).toEqual({ changes: [], newHead: null });
  const gone = { kind: 'increase', personNo: '01', name: '王五' } as const;
  const chosen = draftOf({ ...fresh, persons: { changes: [gone] } }, plan);
  expect(chosen.persons?.changes).toMatchObject([{ personNo: null, on: fresh.visitedOn }]);
});

test('风险消除: a measure without a name is none; not said since when → steady from the visit on', () => {
  const plan = trainingPlan('xinwan-2022', 'risk-elimination');
  const { form, registry } = paperHousehold(plan, 'c1', plainDate('2022-10-20'), NOW);
  const fields = fieldsFrom({ form, registry, members: [], headName: '张三' }, plan, NOW);
  const { steadySince: _, ...rest } = fields.elimination ?? {};
  const elimination = { ...rest, measures: [{ name: ' ', done: true }, { name: '小额信贷' }] };
  expect(draftOf({ ...fields, elimination }, plan).elimination).toMatchObject({
    steadySince: '2022-10-20',
    measures: [{ name: '小额信贷', done: false }],
  });
});

describe('义务教育阶段未上学原因', () => {
  const household = makeDemoCounty(DEMO_COUNTY).households.find(({ members }) =>
    members.some(({ details }) => details['失学或辍学原因']),
  );
  const known = (): CaseForm => {
    if (household === undefined) throw new Error('the demo county has a dropout');
    const registry = toSnapshot(household, NOW);
    return { form: null, registry, members: [], headName: registry.headName };
  };
  const reasonsFor = (pack: string) => {
    const plan = trainingPlan(pack, 'household-exit');
    const { members } = draftOf(fieldsFrom(known(), plan, NOW), plan);
    return members.flatMap(({ outOfSchool }) => outOfSchool ?? []);
  };

  test('what the roll says of a child stands in the form that asks for it', () => {
    expect(reasonsFor('zhenxiong-2020')).toEqual(['因厌学']);
  });

  test('a form that does not ask saves none', () => {
    expect(reasonsFor('kunming-2017')).toEqual([]);
  });
});
