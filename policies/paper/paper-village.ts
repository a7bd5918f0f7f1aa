/** 纸上的村 — an invented poor village that may leave under every rule of a plan. */
import type { CaseFacts } from '../../domain/facts/household-facts.ts';
import type { VillageForm, VillageSnapshot } from '../../domain/facts/village-facts.ts';
import { indicatorsOf } from '../../domain/guards/village-exit.ts';
import type { CaseState } from '../../domain/kernel/state.ts';
import type { CertificationStep, Plan } from '../../domain/plan/plan.ts';
import { type Instant, type PlainDate, plainDateAt } from '../../domain/time/instant.ts';

/** 一千八百人, of whom twelve are still poor. */
const PERSONS = 1800;
const POOR_PERSONS = 12;

function paperSnapshot(): VillageSnapshot {
  return {
    villageCode: '530627101001',
    name: '凉水村',
    status: 'poor-village',
    exitYear: null,
    poorPersons: POOR_PERSONS,
    poorHouseholds: 4,
    openExitCases: 0,
  };
}

function paperForm(plan: Plan, hash: string, filledOn: PlainDate): VillageForm {
  const signed = (name: string, role: string) => ({ name, role, on: filledOn, scan: 'scan' });
  return {
    subject: 'village',
    hash,
    version: 1,
    filledOn,
    denominator: {
      persons: PERSONS,
      definition: plan.standards.village?.denominators[0] ?? '',
      on: filledOn,
    },
    indicators: indicatorsOf(plan).map(({ key }) => ({ key, met: true, words: '已达标' })),
    relocation: { listed: false, moved: null },
    signatures: [signed('王主任', '村两委'), signed('赵队员', '驻村工作队')],
    compiledBy: '李经办',
  };
}

/** Facts under which every guard of the plan holds. */
export function paperVillage(plan: Plan, caseId: string, filledOn: PlainDate): CaseFacts {
  const village = {
    registry: paperSnapshot(),
    form: paperForm(plan, `form-${caseId}`, filledOn),
  };
  const subjectId = `v-${caseId}`;
  return { caseId, subjectId, registry: null, form: null, otherLiveCase: null, village };
}

/** One document of each department, everything passed. */
export function certifiedBy(
  { indicators }: CertificationStep,
  items: readonly CaseState[],
  now: Instant,
) {
  return [...new Set(indicators.map(({ department }) => department))].map((department) => ({
    type: 'certify' as const,
    department,
    documentNo: `${department}〔示例〕1号`,
    documentOn: plainDateAt(now),
    opinions: indicators
      .filter((each) => each.department === department)
      .flatMap(({ key: indicator }) =>
        items.map(({ id: caseId }) => ({ caseId, indicator, passed: true, words: '达标' })),
      ),
  }));
}
