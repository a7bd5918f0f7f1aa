/** 劳动技能 — the code list of the national system (policy.md §15.3). */

/** 劳动技能. */
export const LABOUR_SKILLS = [
  '普通劳动力',
  '技能劳动力',
  '弱劳动力或半劳动力',
  '丧失劳动力',
  '无劳动力',
] as const;

/** 劳动技能 of a member. */
export type LabourSkill = (typeof LABOUR_SKILLS)[number];

const WITHOUT: ReadonlySet<LabourSkill> = new Set(['丧失劳动力', '无劳动力']);

/** Undefined for what is not a word of the list. */
export function parseLabourSkill(text: string | undefined): LabourSkill | undefined {
  return LABOUR_SKILLS.find((skill) => skill === text);
}

/**
 * 整户无劳动能力: whether nobody of a household can work; `unknown` while somebody's skill is not filled
 * in and nobody who can work is named.
 */
export function labourOf(
  members: readonly { readonly labour?: LabourSkill | undefined }[],
): 'some' | 'none' | 'unknown' {
  const skills = members.map(({ labour }) => labour);
  if (skills.some((skill) => skill !== undefined && !WITHOUT.has(skill))) return 'some';
  return skills.length === 0 || skills.includes(undefined) ? 'unknown' : 'none';
}
