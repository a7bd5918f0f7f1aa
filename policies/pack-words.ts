/** 规则包文件的用字 — what names, areas, posts and dates look like in a pack. */
import { z } from 'zod';
import type { Duty, Role } from '../domain/kernel/actor.ts';
import type { OrgLevel } from '../domain/organisation/org-code.ts';
import { parseOrgCode } from '../domain/organisation/org-code.ts';
import { parseDeadline } from '../domain/time/deadline.ts';

/** 层级 that a pack may name. */
export const LEVELS = [
  'nation',
  'province',
  'city',
  'county',
  'township',
  'village',
] as const satisfies readonly OrgLevel[];

/** 管理员 and 领导 act in no step. */
const DUTIES = [
  'clerk',
  'reviewer',
  'decider',
  'department',
  'registry-operator',
  'entry-reviewer',
  'work-team',
  'helper',
  'office',
  'leader',
  'inspector',
] as const satisfies readonly Duty[];

/** A text that is not empty. */
export const Word = z.string().min(1);
/** A name in small letters by which files point at things. */
export const Key = z.string().regex(/^[a-z0-9][a-z0-9.-]*$/);
/** 区划代码. */
export const AreaCode = z
  .string()
  .refine((text) => parseOrgCode(text) !== undefined, '不是区划代码');

/** 'village/clerk' → level and duty. */
export const RoleText = z.string().transform((text, context): Role => {
  const [levelText, dutyText] = text.split('/');
  const level = LEVELS.find((each) => each === levelText);
  const duty = DUTIES.find((each) => each === dutyText);
  if (level !== undefined && duty !== undefined && text === `${level}/${duty}`) {
    return { level, duty };
  }
  context.addIssue({ code: 'custom', message: `不是岗位：${text}` });
  return z.NEVER;
});

/** 岗位, at least one. */
export const Roles = z.array(RoleText).min(1);

/** 时间节点. */
export const DateDue = z.strictObject({
  date: z.string().refine((text) => parseDeadline(text) !== undefined, '不是时间节点'),
  clause: Key,
});
