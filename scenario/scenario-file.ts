/**
 * 演练场景文件 — what a training instance is reset to. Everything has a default: an empty file is a
 * village of five households under zhenxiong-2020. docs/scenarios.md explains each field.
 */
import { z } from 'zod';
import { REGISTRY_FUNCTIONS } from '../domain/plan/registry-function.ts';
import { OrganisationEntry, VillageEntry } from './organisation-entry.ts';
import { ConfirmationEntry, LocalPack } from './pack-entry.ts';
import { Beginning, Ending, Moment, Place, Words } from './parts.ts';
import { PersonEntry } from './person-entry.ts';

const VILLAGES_MAX = 500;

/** 功能窗口. */
const WindowEntry = z.strictObject({
  function: z
    .enum(REGISTRY_FUNCTIONS)
    .describe(
      'mark-exit 贫困户脱贫标注，enrol-household 新识别贫困户录入，mark-return 脱贫户返贫标注，mark-monitored 监测对象录入标注，mark-elimination 监测对象风险消除标注，rollback-elimination 监测对象风险消除回退，clear-monitored 监测对象清退，clear-household 贫困户清退，rollback-prior-years 往年综合回退，rollback-stable-exit 稳定脱贫回退，change-members 家庭成员自然变更，clear-person 贫困人口清退，supplement-person 贫困人口补录，adjust-new-household 新识别（人员调整）',
    ),
  unit: Place.optional().describe('开放的单位（代码或名称）；默认第一个县'),
  level: z
    .enum(['province', 'city', 'county', 'township', 'village'])
    .optional()
    .describe('对哪一级账号开放；默认县级'),
  opensAt: Beginning.optional().describe('默认与时钟相同；只写日期指当日零时'),
  closesAt: Ending.optional().describe('只写日期指当日24时；不写则不关闭'),
  documentNo: Words.optional(),
});

/** 场景. */
export const ScenarioFile = z.strictObject({
  title: Words.optional(),
  clock: Moment.optional().describe('业务时间（北京时间）；默认规则包年度的9月1日8时'),
  pack: z
    .union([z.string().min(1), LocalPack])
    .optional()
    .describe('主要规则包：自带的（按 id）或写在这里的；默认 zhenxiong-2020'),
  packs: z.array(LocalPack).optional().describe('另外的本地规则包'),
  confirmations: ConfirmationEntry.optional().describe('主要规则包的核定；默认 training'),
  organisations: z.array(OrganisationEntry).max(2_000).optional(),
  villages: z.array(VillageEntry).max(VILLAGES_MAX).optional().describe('默认一个村'),
  defaultPeople: z
    .boolean()
    .optional()
    .describe('是否给每个组织的每个岗位配一人；默认是，登录名如“大田村经办”'),
  people: z.array(PersonEntry).max(2_000).optional(),
  windows: z
    .union([z.literal('open'), z.array(WindowEntry)])
    .optional()
    .describe('open：各项功能对第一个县开放；默认不开放'),
});

/** A scenario as read, defaults not yet filled in. */
export type Scenario = z.output<typeof ScenarioFile>;

/** A window as read. */
export type WindowWish = z.output<typeof WindowEntry>;
