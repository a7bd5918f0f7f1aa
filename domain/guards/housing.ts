import type { HousingGrade, Relocation } from '../facts/household-facts.ts';
import type { GuardFinding } from './guard.ts';
import { formKeepers, householdWords, registryKeepers, withForm } from './wording.ts';

/** One place that says something about the dwelling: the visit's form, or the registry. */
interface Source {
  readonly name: string;
  readonly keepers: string;
  readonly grade: HousingGrade | null;
  readonly relocation: Relocation;
}

/** NX3 — 住房安全未保障、住C级D级危房的不能脱贫, by the form and by the registry's grade (§6.6). */
export const housingSecure = withForm((form, input) => {
  const { plan, facts } = input;
  const household = householdWords(facts);
  if (form.security.housing !== true) {
    const state = form.security.housing === false ? '未保障' : '没有填写';
    return {
      words: `${household}住房安全${state}，不能脱贫`,
      missing: ['住房安全'],
      whoClears: formKeepers(plan),
    };
  }
  const { forbiddenHousingGrades } = plan.standards;
  const bad = sources(form, input).find(
    ({ grade }) => grade !== null && forbiddenHousingGrades.includes(grade),
  );
  if (bad === undefined) return null;
  return {
    words: `${household}在${bad.name}中住房等级为${bad.grade}级（${forbiddenHousingGrades.join('、')}级不能脱贫）`,
    missing: ['改造后重新认定的住房等级'],
    whoClears: bad.keepers,
  };
});

/** NX4 — 易地搬迁未入住的不能脱贫, by the form or by the registry (§6.6). */
export const relocationOccupied = withForm((form, input): GuardFinding | null => {
  const waiting = sources(form, input).find(
    ({ relocation }) => relocation.listed && !relocation.occupied,
  );
  if (waiting === undefined) return null;
  return {
    words: `${householdWords(input.facts)}是易地搬迁户，${waiting.name}中还没有入住，不能脱贫`,
    missing: ['搬迁入住'],
    whoClears: waiting.keepers,
  };
});

function sources(
  form: { readonly housingGrade: HousingGrade | null; readonly relocation: Relocation },
  { plan, facts }: Parameters<typeof housingSecure>[0],
): readonly Source[] {
  const visited = {
    name: '入户表',
    keepers: formKeepers(plan),
    grade: form.housingGrade,
    relocation: form.relocation,
  };
  const { registry } = facts;
  if (registry === null) return [visited];
  const registered = {
    name: '全国扶贫开发信息系统',
    keepers: registryKeepers(plan),
    grade: registry.housingGrade,
    relocation: registry.relocation,
  };
  return [visited, registered];
}
