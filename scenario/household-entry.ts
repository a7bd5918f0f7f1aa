/** 户 in a scenario file. What is not written is filled in: a poor household with nothing in its way. */
import { z } from 'zod';
import { Day, Fen, HouseholdNo, Name, Place, Words, Year } from './parts.ts';

/** Copies of one entry; a village's list holds at most 500 households. */
const COPIES_MAX = 500;
const MEMBERS_MAX = 60;

const Status = z.enum(['unregistered', 'poor', 'exited', 'stably-exited', 'returned', 'cleared']);

const IdNumber = z.string({
  error: '证件号码要写成带引号的文字，否则末几位会丢失',
});

/** 家庭成员. */
export const MemberEntry = z.strictObject({
  name: Name.optional().describe('姓名；不写则自动取名'),
  relation: Name.optional().describe('与户主关系；第一人默认户主'),
  idNumber: IdNumber.optional().describe(
    '证件号码（须加引号）；可以是错的或与别人重复的，供核查；不写则自动编造',
  ),
  personNo: HouseholdNo.optional().describe('人口编号'),
  sex: z.enum(['男', '女']).optional(),
  age: z.number().int().min(0).max(110).optional().describe('收入年度9月30日的年龄'),
  onDibao: z.boolean().optional().describe('享受低保'),
  destitute: z.boolean().optional().describe('特困供养人员'),
  details: z
    .record(z.string().min(1).max(40), z.string().max(400))
    .optional()
    .describe('人员表的其他栏目，按中文栏名（policy §15.3）'),
});

const SecurityEntry = z
  .strictObject({
    food: z.boolean().nullable(),
    clothing: z.boolean().nullable(),
    water: z.boolean().nullable(),
    education: z.boolean().nullable(),
    medical: z.boolean().nullable(),
    housing: z.boolean().nullable(),
  })
  .partial()
  .describe('两不愁三保障：true 已解决，false 未解决，null 未填；不写的为已解决');

const IncomeEntry = z
  .strictObject({
    wage: Fen.optional(),
    business: Fen.optional(),
    property: Fen.optional(),
    businessCost: Fen.optional(),
    transfer: z
      .strictObject({
        wubao: Fen,
        pension: Fen,
        ecology: Fen,
        dibao: Fen,
        familyPlanning: Fen,
        other: Fen,
      })
      .partial()
      .optional(),
  })
  .describe('全户一年收入，单位分；不写的为0');

const family = {
  count: z
    .number()
    .int()
    .min(1)
    .max(COPIES_MAX)
    .optional()
    .describe('同样情况的户数；与 head、no、members 名单不能同用'),
  head: Name.optional().describe('户主姓名'),
  members: z
    .union([z.number().int().min(1).max(MEMBERS_MAX), z.array(MemberEntry).min(1).max(MEMBERS_MAX)])
    .optional()
    .describe('人数，或逐人列出'),
  group: Name.optional().describe('村民小组'),
  naturalVillage: Name.optional().describe('自然村'),
  phone: z.string().max(30).nullable().optional(),
  attribute: z
    .enum(['ordinary', 'dibao', 'destitute'])
    .optional()
    .describe('属性：一般、低保、特困'),
  supportMode: z.enum(['central', 'dispersed']).optional().describe('供养方式：集中、分散'),
  standard: Words.optional().describe('识别标准'),
  cause: Words.optional().describe('主要致贫原因'),
  security: SecurityEntry.optional(),
  housingGrade: z.enum(['A', 'B', 'C', 'D']).nullable().optional().describe('住房等级'),
  relocation: z
    .strictObject({ listed: z.boolean(), occupied: z.boolean() })
    .optional()
    .describe('易地搬迁：是否搬迁户、是否入住'),
  income: IncomeEntry.optional(),
  perHeadFen: Fen.optional().describe('人均纯收入（分），全部记为工资；不写 income 时用'),
  residence: Place.optional().describe('居住地的村（代码或名称），与户籍村不同时写'),
};

/** 一次监测. */
const EpisodeEntry = z.strictObject({
  class: z
    .enum(['unstable', 'edge', 'sudden'])
    .describe('脱贫不稳定户、边缘易致贫户、突发严重困难户'),
  since: Day.describe('认定时间'),
  risks: z.array(Words).min(1).max(20).describe('返贫（致贫）风险'),
  eliminatedOn: Day.optional().describe('风险消除时间'),
  clearedOn: Day.optional().describe('监测对象清退时间'),
});

/** 建档立卡户. */
export const HouseholdEntry = z.strictObject({
  ...family,
  no: HouseholdNo.optional().describe('户编号；不写则为村代码加四位顺序号'),
  status: Status.optional().describe('现在的状态；默认 poor 未脱贫'),
  statusByYear: z.record(z.string().regex(/^\d{4}$/, '年度是四位数'), Status).optional(),
  identifiedYear: Year.nullable().optional().describe('识别年度'),
  exitYear: Year.nullable().optional().describe('脱贫年度'),
  monitoring: z
    .array(EpisodeEntry)
    .min(1)
    .max(20)
    .optional()
    .describe('监测（从早到晚）；没有写风险消除时间的，风险尚未消除'),
});

/** 未建档户, who may apply. */
export const ApplicantEntry = z.strictObject(family);

/** An entry as read. */
export type Household = z.output<typeof HouseholdEntry>;

/** A member as read. */
export type Member = z.output<typeof MemberEntry>;
