/** 演练用户 — one person for each duty at each organisation of the demo county. Nobody of them is real. */
import { v5 as uuidv5 } from 'uuid';
import type { Duty } from '../../domain/kernel/actor.ts';
import { DUTY_WORDS } from '../../domain/kernel/actor.ts';
import type { OrgLevel } from '../../domain/organisation/org-code.ts';

/** Password of every training user. */
export const TRAINING_PASSWORD = 'yanlian2020';

const ID_SPACE = '6f3a2f0e-52c4-5b7d-8a52-530627000002';

/** The duties a training organisation has, in the order in which sign-ins are shown. */
const DUTIES_AT: Readonly<Partial<Record<OrgLevel, readonly Duty[]>>> = {
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
  city: ['reviewer', 'office', 'inspector', 'leader'],
  province: ['office', 'inspector', 'leader'],
};

const SURNAMES = '李王张刘陈杨赵黄周吴徐孙朱马胡郭林何高梁郑罗宋谢唐韩曹许邓萧';
const GIVEN = ['国强', '秀英', '建华', '丽', '志明', '桂芳', '伟', '红梅', '永贵', '敏', '德顺'];

/** An organisation that gets users. */
export interface DemoOrganisation {
  readonly code: string;
  readonly level: OrgLevel;
  readonly name: string;
}

/** A user with the one duty held. */
export interface DemoUser {
  readonly id: string;
  readonly signInName: string;
  readonly displayName: string;
  readonly orgCode: string;
  readonly orgName: string;
  readonly duty: Duty;
  readonly department: string | null;
  readonly words: string;
}

/** Users of these organisations; `departments` are the county's, as its pack names them. */
export function makeDemoUsers(
  organisations: readonly DemoOrganisation[],
  countyCode: string,
  departments: readonly string[],
): DemoUser[] {
  const posts = organisations.flatMap(({ code, level, name }) => [
    ...(DUTIES_AT[level] ?? []).map((duty) => ({ code, name, duty, department: null })),
    ...(code === countyCode ? departments : []).map((department) => ({
      code,
      name,
      duty: 'department' as const,
      department,
    })),
  ]);
  return posts.map(({ code, name, duty, department }, index) => {
    const post = department ?? DUTY_WORDS[duty];
    const signInName = `${name}${post}`;
    const surname = SURNAMES.charAt(index % SURNAMES.length);
    const given = GIVEN[index % GIVEN.length] ?? '';
    return {
      id: uuidv5(`user/${code}/${duty}/${department ?? ''}`, ID_SPACE),
      signInName,
      displayName: `${surname}${given}`,
      orgCode: code,
      orgName: name,
      duty,
      department,
      words: department === null ? `${name} ${post}` : `${name}${department}部门 比对`,
    };
  });
}
