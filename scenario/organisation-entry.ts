/** 组织 and 村 in a scenario file. */
import { z } from 'zod';
import { ApplicantEntry, HouseholdEntry } from './household-entry.ts';
import { Code, Day, Name, Place } from './parts.ts';

const HOUSEHOLDS_MAX = 2_000;

/** 组织. Those above it that are not listed are made. */
export const OrganisationEntry = z.strictObject({
  code: Code.describe('区划代码'),
  name: Name.optional(),
  parent: Place.optional().describe('上级（代码或名称）；默认按代码'),
  from: Day.optional().describe('设立日期；默认 2014-01-01'),
  to: Day.optional().describe('撤销日期，当日起不再存在'),
});

/** 行政村 with its households. */
export const VillageEntry = z.strictObject({
  code: Code.optional().describe('12位代码；不写则自动编号'),
  name: Name.optional(),
  parent: Place.optional().describe('上级（代码或名称）；默认按代码，没有代码时是第一个乡镇'),
  from: Day.optional(),
  to: Day.optional(),
  isPoorVillage: z.boolean().optional().describe('是否贫困村；默认是'),
  details: z
    .record(z.string().min(1).max(40), z.string().max(400))
    .optional()
    .describe('村表的其他栏目，按中文栏名'),
  groups: z.array(Name).min(1).max(60).optional().describe('村民小组；默认两个'),
  naturalVillages: z.array(Name).min(1).max(60).optional().describe('自然村；默认两个'),
  households: z
    .union([z.number().int().min(0).max(HOUSEHOLDS_MAX), z.array(HouseholdEntry)])
    .optional()
    .describe('建档立卡户：户数，或逐户列出；默认 5'),
  applicants: z
    .union([z.number().int().min(0).max(HOUSEHOLDS_MAX), z.array(ApplicantEntry)])
    .optional()
    .describe('未建档、可申请的户：户数，或逐户列出；默认 2'),
});

/** A village as read. */
export type Village = z.output<typeof VillageEntry>;
