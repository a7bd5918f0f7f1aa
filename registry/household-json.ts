/** The registry's households and villages as JSON over HTTP, checked at both ends. */
import { z } from 'zod';
import type { MonitoringEpisode } from '../domain/facts/monitoring.ts';
import type { PersonChange, RecordedChange } from '../domain/facts/person-change.ts';
import { checkIdNumber } from '../domain/household/id-number.ts';
import { type PlainDate, parsePlainDate } from '../domain/time/instant.ts';
import type {
  NewRegistryHousehold,
  RegistryHousehold,
  RegistryMember,
  RegistryVillage,
} from './household.ts';
import { HEAD_RELATION } from './household.ts';

/** More members than any real household has; bounds a body. */
const MEMBERS_MAX = 60;

const Text = z.string().min(1).max(200);
const VillageCode = z.string().regex(/^\d{12}$/);
const HouseholdNo = z.string().regex(/^[0-9A-Za-z]{6,32}$/);
const Fen = z.number().int();
const Indicator = z.boolean().nullable();
const Year = z.number().int().min(1949).max(2100);
const Details = z.record(z.string().min(1).max(40), z.string().max(400));

const Status = z.enum(['unregistered', 'poor', 'exited', 'stably-exited', 'returned', 'cleared']);

/** What the system holds: years of entries, wrong numbers among them (问题数据). */
const Member = z.strictObject({
  personNo: HouseholdNo.nullable(),
  name: Text,
  idNumber: z.string().min(1).max(40),
  relation: Text,
  details: Details,
}) satisfies z.ZodType<RegistryMember>;

/** A new entry is checked as it is made. */
const NewMember = Member.extend({
  idNumber: z.string().refine((text) => checkIdNumber(text).ok, '证件号码不正确'),
}) satisfies z.ZodType<RegistryMember>;

const Income = z.strictObject({
  wage: Fen,
  business: Fen,
  property: Fen,
  transfer: z.strictObject({
    wubao: Fen,
    pension: Fen,
    ecology: Fen,
    dibao: Fen,
    familyPlanning: Fen,
    other: Fen,
  }),
  businessCost: Fen,
});

export const SecurityJson = z.strictObject({
  food: Indicator,
  clothing: Indicator,
  water: Indicator,
  education: Indicator,
  medical: Indicator,
  housing: Indicator,
});

export const HousingGradeJson = z.enum(['A', 'B', 'C', 'D']).nullable();

export const RelocationJson = z.strictObject({ listed: z.boolean(), occupied: z.boolean() });

const MonitoringClassJson = z.enum(['unstable', 'edge', 'sudden']);
const Risks = z.array(z.string().min(1).max(100)).min(1).max(20);

/** A civil day; no transform, because answers with it are described in OpenAPI too. */
const Day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .refine(
    (text) => parsePlainDate(text) !== undefined,
    '不是有效日期',
  ) as unknown as z.ZodType<PlainDate>;

const Episode = z.strictObject({
  class: MonitoringClassJson,
  since: Day,
  risks: Risks,
  eliminatedOn: Day.nullable(),
  rolledBack: z
    .array(z.strictObject({ eliminatedOn: Day, on: Day }))
    .min(1)
    .max(20)
    .optional(),
  clearedOn: Day.optional(),
}) satisfies z.ZodType<MonitoringEpisode>;

/** 人员变更 as entered: a new number is checked. */
export const PersonChangeJson = z.strictObject({
  kind: z.enum(['increase', 'decrease', 'correct']),
  reason: Text,
  on: Day,
  personNo: HouseholdNo.nullable(),
  name: Text,
  idNumber: z.string().refine((text) => checkIdNumber(text).ok, '证件号码不正确'),
  relation: Text,
}) satisfies z.ZodType<PersonChange>;

const Recorded = PersonChangeJson.extend({
  idNumber: Member.shape.idNumber,
  year: Year,
}) satisfies z.ZodType<RecordedChange>;

const householdFields = {
  villageCode: VillageCode,
  naturalVillage: Text.nullable(),
  groupName: Text.nullable(),
  phone: Text.nullable(),
  attribute: z.enum(['ordinary', 'dibao', 'destitute']),
  supportMode: z.enum(['central', 'dispersed']).nullable(),
  standard: Text.nullable(),
  cause: Text.nullable(),
  security: SecurityJson,
  housingGrade: HousingGradeJson,
  relocation: RelocationJson,
  income: Income,
};

function membersOf(member: typeof Member | typeof NewMember) {
  return z
    .array(member)
    .min(1)
    .max(MEMBERS_MAX)
    .refine(
      (members) => members.filter(({ relation }) => relation === HEAD_RELATION).length === 1,
      '每户应当有且只有一名户主',
    );
}

/** 新识别录入 body of a household. */
export const NewRegistryHouseholdJson = z.strictObject({
  ...householdFields,
  members: membersOf(NewMember),
}) satisfies z.ZodType<NewRegistryHousehold>;

/** 户. */
export const RegistryHouseholdJson = z.strictObject({
  ...householdFields,
  members: membersOf(Member),
  householdNo: HouseholdNo,
  status: Status,
  identifiedYear: Year.nullable(),
  exitYear: Year.nullable(),
  statusByYear: z.record(z.string().regex(/^\d{4}$/), Status),
  monitoring: z.array(Episode).optional(),
  personChanges: z.array(Recorded).optional(),
}) satisfies z.ZodType<RegistryHousehold>;

/** 行政村. */
export const RegistryVillageJson = z.strictObject({
  villageCode: VillageCode,
  name: Text,
  townshipName: Text,
  countyName: Text,
  cityName: Text,
  provinceName: Text,
  isPoorVillage: z.boolean(),
  details: Details,
}) satisfies z.ZodType<RegistryVillage>;

export {
  Day as DayJson,
  HouseholdNo as HouseholdNoJson,
  MonitoringClassJson,
  Risks as RisksJson,
  VillageCode as VillageCodeJson,
  Year as YearJson,
};
