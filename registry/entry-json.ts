/** Entries, their answers and the entry log as JSON over HTTP, checked at both ends. */
import { z } from 'zod';
import { REGISTRY_FUNCTIONS } from '../domain/plan/registry-function.ts';
import {
  type EntryLogLine,
  type EntryResult,
  PERSON_FUNCTIONS,
  type RegistryEntryBody,
  type RegistryWrite,
} from './entry.ts';
import {
  DayJson,
  HouseholdNoJson,
  MonitoringClassJson,
  NewRegistryHouseholdJson,
  PersonChangeJson,
  RisksJson,
  VillageCodeJson,
  YearJson,
} from './household-json.ts';
import type { RegistryWindow } from './window.ts';

const Person = z.string().min(1).max(100);
const Level = z.enum(['nation', 'province', 'city', 'county', 'township', 'village']);
const FunctionKey = z.enum(REGISTRY_FUNCTIONS);
const At = z.number().int();

const Cause = z.string().min(1).max(100);

/** Which 监测 of which household. */
const episode = { householdNo: HouseholdNoJson, year: YearJson, since: DayJson };

const Write = z.discriminatedUnion('functionKey', [
  z.strictObject({
    functionKey: z.literal('mark-exit'),
    householdNo: HouseholdNoJson,
    year: YearJson,
  }),
  z.strictObject({
    functionKey: z.literal('mark-return'),
    householdNo: HouseholdNoJson,
    year: YearJson,
    cause: Cause,
  }),
  z.strictObject({
    functionKey: z.literal('mark-monitored'),
    subject: z.union([HouseholdNoJson, NewRegistryHouseholdJson]),
    year: YearJson,
    class: MonitoringClassJson,
    since: DayJson,
    risks: RisksJson,
  }),
  z.strictObject({
    functionKey: z.literal('mark-elimination'),
    ...episode,
    eliminatedOn: DayJson,
    way: z.enum(['helped', 'natural']),
  }),
  z.strictObject({
    functionKey: z.literal('rollback-elimination'),
    ...episode,
    eliminatedOn: DayJson,
    on: DayJson,
    cause: Cause,
  }),
  z.strictObject({
    functionKey: z.literal('clear-monitored'),
    ...episode,
    on: DayJson,
    cause: Cause,
  }),
  z.strictObject({
    functionKey: z.literal('mark-village-exit'),
    villageCode: VillageCodeJson,
    year: YearJson,
  }),
  z.strictObject({
    functionKey: z.enum(['clear-household', 'rollback-prior-years', 'rollback-stable-exit']),
    householdNo: HouseholdNoJson,
    year: YearJson,
    cause: Cause,
  }),
  z.strictObject({
    functionKey: z.enum(PERSON_FUNCTIONS),
    householdNo: HouseholdNoJson,
    year: YearJson,
    changes: z.array(PersonChangeJson).min(1).max(60),
    newHead: PersonChangeJson.pick({ name: true, idNumber: true }).nullable(),
  }),
  z.strictObject({
    functionKey: z.literal('enrol-household'),
    household: NewRegistryHouseholdJson,
    year: YearJson,
  }),
]) satisfies z.ZodType<RegistryWrite>;

/** One entry. */
export const RegistryEntryBodyJson = z.strictObject({
  write: Write,
  level: Level,
  operatorId: Person,
  reviewerId: Person,
}) satisfies z.ZodType<RegistryEntryBody>;

const RefusalCode = z.enum([
  'window_closed',
  'security_unresolved',
  'not_found',
  'wrong_status',
  'same_person',
  'duplicate_head',
  'duplicate_person',
  'not_member',
  'no_head',
  'village_unknown',
  'fault_refused',
]);

/** Answer to an entry. */
export const EntryResultJson = z.discriminatedUnion('result', [
  z.object({
    result: z.literal('accepted'),
    registryNo: HouseholdNoJson,
    receiptNo: z.string(),
    at: At,
  }),
  z.object({ result: z.literal('refused'), code: RefusalCode, words: z.string() }),
]) satisfies z.ZodType<EntryResult>;

/** The entry log of a household, oldest first. */
export const EntryLogJson = z.array(
  z.object({
    receiptNo: z.string(),
    householdNo: z.string().nullable(),
    functionKey: FunctionKey,
    year: z.number().int(),
    operatorId: z.string(),
    reviewerId: z.string(),
    level: Level,
    windowId: z.string().nullable(),
    at: At,
    result: z.enum(['accepted', 'refused']),
    refusalCode: z.string().nullable(),
  }),
) satisfies z.ZodType<EntryLogLine[]>;

/** 功能窗口. */
export const RegistryWindowJson = z.strictObject({
  id: z.string().min(1).max(100),
  unitCode: z.union([z.string().regex(/^(0|\d{2}|\d{4}|\d{6}|\d{9})$/), VillageCodeJson]),
  level: Level,
  functionKey: FunctionKey,
  opensAt: At,
  closesAt: At.nullable(),
  openedBy: Person,
  documentNo: z.string().min(1).max(200),
}) satisfies z.ZodType<RegistryWindow>;
