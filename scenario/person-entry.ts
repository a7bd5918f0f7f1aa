/** 人员 in a scenario file. */
import { z } from 'zod';
import type { Duty } from '../domain/kernel/actor.ts';
import { Day, HouseholdNo, Name, Place, Words } from './parts.ts';

/** 岗位. */
export const DutyName = z.enum([
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
  'administrator',
] as const satisfies readonly Duty[]);

const term = {
  from: Day.optional().describe('起；默认 2014-01-01'),
  to: Day.optional().describe('止，当日起不再有效；默认一直有效'),
};

const DutyEntry = z
  .strictObject({
    org: Place.describe('组织（代码或名称）'),
    duty: DutyName,
    department: Name.optional().describe('部门名称，只用于 department'),
    ...term,
  })
  .refine(({ duty, department }) => (duty === 'department') === (department !== undefined), {
    message: '岗位 department 要写部门名称，其他岗位不写',
    path: ['department'],
  });

const GrantEntry = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('proxy-entry').describe('代录'),
    org: Place,
    reason: Words.optional(),
    ...term,
  }),
  z.strictObject({
    kind: z.literal('area').describe('把本人岗位用到另一个地方'),
    org: Place,
    duty: DutyName,
    reason: Words.optional(),
    ...term,
  }),
  z.strictObject({
    kind: z.literal('households').describe('把本人岗位用到几户'),
    org: Place,
    duty: DutyName,
    households: z.array(HouseholdNo).min(1).max(500).describe('户编号'),
    reason: Words.optional(),
    ...term,
  }),
]);

/** 人员 with sign-in, duties and grants. */
export const PersonEntry = z.strictObject({
  name: Name.describe('姓名'),
  signIn: Name.optional().describe('登录名；默认与姓名相同'),
  password: z.string().min(8).max(200).optional().describe('口令；默认 yanlian2020'),
  disabled: z.boolean().optional().describe('已停用'),
  duties: z.array(DutyEntry).default([]),
  grants: z.array(GrantEntry).default([]),
});

/** A person as read. */
export type Person = z.output<typeof PersonEntry>;
