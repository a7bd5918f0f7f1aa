/** 演练县 — the demo county as a training world: its people, rules and clock. */
import type {
  TrainingConfirmation,
  TrainingOrganisation,
  TrainingWorld,
} from '../../db/training/training-world.ts';
import { invariant } from '../../domain/invariant.ts';
import { NATION, type OrgLevel } from '../../domain/organisation/org-code.ts';
import { plainDate, startOfDay } from '../../domain/time/instant.ts';
import { trainingConfirmations } from '../../policies/confirm-values.ts';
import { loadPacks } from '../../policies/load-packs.ts';
import { DEMO_COUNTY, type DemoCounty, makeDemoCounty } from '../../registry/demo/demo-county.ts';
import {
  makeDefaultPeople,
  makeTrainingAdministrator,
  TRAINING_SINCE,
} from '../../scenario/default-people.ts';
import { departmentsOfIndicators } from '../../scenario/indicator-departments.ts';

const HOUR_MS = 3_600_000;

/** 2020-09-01 08:00: the campaign of the demo county's pack lies before it. */
const TRAINING_START = startOfDay(plainDate('2020-09-01')) + 8 * HOUR_MS;

const COUNTY_PACK = 'zhenxiong-2020';

/** The county of `npm start`. */
export function makeDemoWorld(): TrainingWorld {
  const county = makeDemoCounty(DEMO_COUNTY);
  const organisations = demoOrganisations(county);
  return {
    title: '演练县',
    clockAt: TRAINING_START,
    organisations,
    groups: [],
    people: [
      makeTrainingAdministrator(NATION),
      ...makeDefaultPeople(organisations, [
        ...new Set([...trainingDepartments(), ...certifyingDepartments()]),
      ]),
    ],
    villages: county.villages,
    households: county.households,
    applicants: county.applicants,
    residences: {},
    windows: [],
    packs: [],
    confirmations: allTrainingConfirmations(),
  };
}

/** Organisations of the demo county, the nation first. */
export function demoOrganisations(county: DemoCounty): TrainingOrganisation[] {
  const [first] = county.villages;
  invariant(first !== undefined, 'the county has villages');
  const { countyCode } = county;
  const provinceCode = countyCode.slice(0, 2);
  const cityCode = countyCode.slice(0, 4);
  const place = (code: string, parentCode: string | null, level: OrgLevel, name: string) => {
    return { code, parentCode, level, name, validFrom: TRAINING_SINCE, validTo: null };
  };
  return [
    place(NATION, null, 'nation', '全国'),
    place(provinceCode, NATION, 'province', first.provinceName),
    place(cityCode, provinceCode, 'city', first.cityName),
    place(countyCode, cityCode, 'county', first.countyName),
    ...county.townships.map(({ code, name }) => place(code, countyCode, 'township', name)),
    ...county.villages.map(({ villageCode, name }) =>
      place(villageCode, villageCode.slice(0, 9), 'village', name),
    ),
  ];
}

/** 部门 that compare in the demo county, as its pack's confirmed values name them. */
export function trainingDepartments(): string[] {
  const found = trainingConfirmations(COUNTY_PACK).find(
    ({ path }) => path === 'comparison.departments',
  )?.value;
  return Array.isArray(found) ? found.filter((item) => typeof item === 'string') : [];
}

/** 部门 that certify a village's indicators there. */
function certifyingDepartments(): string[] {
  const found = trainingConfirmations(COUNTY_PACK).find(
    ({ path }) => path === 'village.indicators',
  );
  return departmentsOfIndicators(found?.value);
}

/** A training instance comes with the values of every pack confirmed for training, and says so. */
function allTrainingConfirmations(): TrainingConfirmation[] {
  return [...loadPacks().packs.values()].flatMap(({ pack: { id, areaCode, year } }) =>
    year === null
      ? []
      : trainingConfirmations(id).map((value) => ({ ...value, packId: id, areaCode })),
  );
}
