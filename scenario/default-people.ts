/** 演练用户 — one person for each duty at each organisation, by one naming rule. Nobody of them is real. */
import { v5 as uuidv5 } from 'uuid';
import type { TrainingOrganisation, TrainingPerson } from '../db/training/training-world.ts';
import type { Duty } from '../domain/kernel/actor.ts';
import { DUTY_WORDS } from '../domain/kernel/actor.ts';
import type { OrgLevel } from '../domain/organisation/org-code.ts';

/** Password of every training user. */
export const TRAINING_PASSWORD = 'yanlian2020';

/** The administrator whom every training instance has, whatever its scenario says of people. */
export const TRAINING_ADMINISTRATOR = '演练管理员';

/** First day on which training organisations and duties stand: before every act of the packs. */
export const TRAINING_SINCE = '2014-01-01';

const ID_SPACE = '6f3a2f0e-52c4-5b7d-8a52-530627000002';

/** The duties a training organisation has, in the order in which sign-ins are shown. */
const DUTIES_AT: Readonly<Record<OrgLevel, readonly Duty[]>> = {
  village: ['clerk', 'work-team', 'helper'],
  township: ['clerk', 'reviewer', 'registry-operator', 'entry-reviewer', 'leader'],
  county: [
    'clerk',
    'reviewer',
    'decider',
    'registry-operator',
    'entry-reviewer',
    'office',
    'leader',
    'inspector',
    'administrator',
  ],
  city: ['reviewer', 'office', 'registry-operator', 'inspector', 'leader', 'clerk'],
  province: ['reviewer', 'office', 'entry-reviewer', 'inspector', 'leader'],
  nation: ['registry-operator', 'entry-reviewer'],
};

const SURNAMES = '李王张刘陈杨赵黄周吴徐孙朱马胡郭林何高梁郑罗宋谢唐韩曹许邓萧';
const GIVEN = ['国强', '秀英', '建华', '丽', '志明', '桂芳', '伟', '红梅', '永贵', '敏', '德顺'];

/** Id of a training user by the sign-in name, so that one file gives the same ids each time. */
export function trainingUserId(signInName: string): string {
  return uuidv5(`user/${signInName}`, ID_SPACE);
}

/**
 * People of these organisations: 大田村经办, 青石镇审核, 镇雄县住建 (a department). Organisations that
 * share a name carry their codes in it. `departments` are the counties', as their pack names them.
 */
export function makeDefaultPeople(
  organisations: readonly TrainingOrganisation[],
  departments: readonly string[],
): TrainingPerson[] {
  const isTwice = (name: string): boolean =>
    organisations.filter((place) => place.name === name).length > 1;
  const posts = organisations.flatMap((place) => {
    const { code, level, name } = place;
    const shown = isTwice(name) ? `${name}${code}` : name;
    const own = DUTIES_AT[level].map((duty) => ({ place, shown, duty, department: null }));
    const offices = level === 'county' ? departments : [];
    return [
      ...own,
      ...offices.map((department) => ({
        place,
        shown,
        duty: 'department' as const,
        department,
      })),
    ];
  });
  return posts.map(({ place, shown, duty, department }, index) => {
    const given = GIVEN[index % GIVEN.length] ?? '';
    return makePerson(`${shown}${department ?? DUTY_WORDS[duty]}`, {
      displayName: `${SURNAMES.charAt(index % SURNAMES.length)}${given}`,
      orgCode: place.code,
      duty,
      department,
      validFrom: place.validFrom,
    });
  });
}

/** 演练管理员: may load scenarios and move the clock, and nothing of law. */
export function makeTrainingAdministrator(nation: string): TrainingPerson {
  return makePerson(TRAINING_ADMINISTRATOR, {
    displayName: TRAINING_ADMINISTRATOR,
    orgCode: nation,
    duty: 'administrator',
    department: null,
    validFrom: TRAINING_SINCE,
  });
}

function makePerson(
  signInName: string,
  post: {
    readonly displayName: string;
    readonly orgCode: string;
    readonly duty: Duty;
    readonly department: string | null;
    readonly validFrom: string;
  },
): TrainingPerson {
  const { displayName, ...duty } = post;
  return {
    id: trainingUserId(signInName),
    signInName,
    displayName,
    orgCode: duty.orgCode,
    password: TRAINING_PASSWORD,
    disabled: false,
    duties: [{ ...duty, validTo: null }],
    grants: [],
  };
}
