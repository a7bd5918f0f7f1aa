/** 人员 of a scenario: those by default, those of the file, and the administrator of every training. */
import { householdIdOf } from '../db/import/import-ids.ts';
import type { TrainingPerson } from '../db/training/training-world.ts';
import { NATION } from '../domain/organisation/org-code.ts';
import {
  makeDefaultPeople,
  makeTrainingAdministrator,
  TRAINING_PASSWORD,
  TRAINING_SINCE,
  trainingUserId,
} from './default-people.ts';
import type { FaultList } from './faults.ts';
import type { Places } from './make-organisations.ts';
import type { Person } from './person-entry.ts';
import type { Scenario } from './scenario-file.ts';

/** 人员. A person of the file takes the place of a default one of the same sign-in name. */
export function makePeople(
  scenario: Scenario,
  places: Places,
  departments: readonly string[],
  householdNos: ReadonlySet<string>,
  faults: FaultList,
): TrainingPerson[] {
  const own = (scenario.people ?? []).map((entry, index) =>
    makePerson(entry, { path: `people[${index}]`, places, householdNos, faults }),
  );
  const { defaultPeople = true } = scenario;
  const made = defaultPeople ? makeDefaultPeople(places.organisations, departments) : [];
  const admin = makeTrainingAdministrator(NATION);
  const byName = new Map([admin, ...made].map((person) => [keyOf(person.signInName), person]));
  own.forEach((person, index) => {
    const key = keyOf(person.signInName);
    const isTwice = own.findIndex(({ signInName }) => keyOf(signInName) === key) !== index;
    if (isTwice) faults.add(`people[${index}].signIn`, `登录名${person.signInName}重复`);
    if (key === keyOf(admin.signInName)) {
      faults.add(`people[${index}].signIn`, `${admin.signInName}是每个演练实例固定的用户`);
    }
    byName.set(key, person);
  });
  return [...byName.values()];
}

/** Sign-in names do not tell capitals apart. */
function keyOf(signInName: string): string {
  return signInName.toLowerCase();
}

interface PersonContext {
  readonly path: string;
  readonly places: Places;
  readonly householdNos: ReadonlySet<string>;
  readonly faults: FaultList;
}

function makePerson(entry: Person, context: PersonContext): TrainingPerson {
  const { path, places, faults } = context;
  const signInName = entry.signIn ?? entry.name;
  const duties = entry.duties.flatMap((duty, index) => {
    const found = places.find(duty.org, `${path}.duties[${index}].org`);
    if (found === undefined) return [];
    const term = termOf(duty, `${path}.duties[${index}]`, faults);
    const department = duty.department ?? null;
    return [{ orgCode: found.code, duty: duty.duty, department, ...term }];
  });
  const grants = entry.grants.flatMap((grant, index) => {
    const where = `${path}.grants[${index}]`;
    const found = places.find(grant.org, `${where}.org`);
    if (found === undefined) return [];
    const households = grant.kind === 'households' ? grant.households : null;
    for (const no of households ?? []) {
      if (!context.householdNos.has(no)) faults.add(`${where}.households`, `没有户编号${no}`);
    }
    return [
      {
        kind: grant.kind,
        orgCode: found.code,
        duty: grant.kind === 'proxy-entry' ? null : grant.duty,
        households: households?.map(householdIdOf) ?? null,
        ...termOf(grant, where, faults),
        reason: grant.reason ?? '演练授权',
        grantedBy: 'training',
      },
    ];
  });
  return {
    id: trainingUserId(signInName),
    signInName,
    displayName: entry.name,
    orgCode: duties[0]?.orgCode ?? places.county,
    password: entry.password ?? TRAINING_PASSWORD,
    disabled: entry.disabled ?? false,
    duties,
    grants,
  };
}

function termOf(
  { from, to }: { readonly from?: string | undefined; readonly to?: string | undefined },
  path: string,
  faults: FaultList,
) {
  const validFrom = from ?? TRAINING_SINCE;
  if (to !== undefined && to <= validFrom) faults.add(`${path}.to`, '止要晚于起');
  return { validFrom, validTo: to ?? null };
}
