/** 规则包文件 — one place's and year's rules as published data; unknown keys and words are refused. */
import { parse } from 'yaml';
import { z } from 'zod';
import type { MonitoringStanding } from '../domain/facts/monitoring.ts';
import { OUTCOMES } from '../domain/plan/outcome.ts';
import { PROCEDURES } from '../domain/plan/plan.ts';
import { REGISTRY_FUNCTIONS } from '../domain/plan/registry-function.ts';
import { SCREENING_FINDINGS } from '../domain/screening/screening.ts';
import { Period, VALUE_KEYS, VALUE_SHAPES, type ValueKey } from './pack-values.ts';
import { AreaCode, DateDue, Key, LEVELS, Roles, RoleText, Word } from './pack-words.ts';

/** Guards that a pack may place; each is implemented in domain/guards. */
export const GUARD_IDS = [
  'EXIT-INCOME',
  'INCOME-WINDOW',
  'NX1',
  'NX2',
  'NX3',
  'NX4',
  'NX5',
  'NX6',
  'NX8',
  'G-06',
  'G-08',
  'G-10',
  'G-21',
  'G-22',
  'G-26',
  'EXIT-SECURITY',
  'EXIT-SCHOOLING',
  'EXIT-STANDARDS',
  'EXIT-PLAN',
  'EXIT-ORDER',
  'ID-ELIGIBLE',
  'ID-FORM',
  'ID-NUMBERS',
  'G-11',
  'G-11-ADMITTED',
  'VILLAGE-ITEMS',
  'VILLAGE-HOUSEHOLDS',
  'GV1',
  'GV2',
  'GV3',
  'GV6',
  'MON-CLUE',
  'MON-CLASS',
  'MON-ANEW',
  'MON-RISK',
  'MON-RANGE',
  'MON-SCALE',
  'G-23',
  'G-28',
  'G-18',
  'MON-EPISODE',
  'ELIM-RANGE',
  'ELIM-STEADY',
  'ELIM-RISK',
  'ELIM-MEASURES',
  'ROLLBACK-CAUSE',
  'CLEAR-CAUSE',
  'CORRECTION-CAUSE',
  'PERSONS-NAMED',
  'PERSONS-HELD',
  'NEW-HOUSEHOLD',
] as const;

const STEP_KINDS = [
  'collect',
  'assembly',
  'verification',
  'acceptance',
  'comparison',
  'certification',
  'notice',
  'review',
  'decision',
  'report',
  'announcement',
  'opening',
  'registration',
  'inspection',
] as const;

/** 村状态 that a pack may name. */
export const VILLAGE_STATUSES = ['poor-village', 'exited-village', 'ordinary-village'] as const;

/** 监测状态 that a pack may name. */
const MONITORING_STANDINGS = [
  'standing',
  'eliminated',
  'cleared',
] as const satisfies readonly MonitoringStanding[];

/** 户状态 that a pack may name. */
export const STATUSES = [
  'unregistered',
  'poor',
  'exited',
  'stably-exited',
  'returned',
  'cleared',
] as const;

/** 条款 as written. */
export const ClauseFile = z.strictObject({
  document: Word,
  article: Word,
  quote: Word,
  source: Word,
  verified: z.boolean(),
});

/** 守则 as placed on a step. */
export const GuardFile = z.strictObject({
  id: z.enum(GUARD_IDS),
  mode: z.enum(['refuse', 'warn', 'warn-with-reason', 'divert']).default('refuse'),
  clause: Key,
});

/** `from: clue` — counted from 发现线索之日; only a whole list's time is. */
const PeriodDue = z.strictObject({
  period: Period,
  from: z.literal('clue').optional(),
  clause: Key,
});

const DueFile = z.union([DateDue, PeriodDue]);

const Places = z.array(z.strictObject({ key: Key, name: Word })).min(1);

const stepBase = {
  key: Key,
  name: Word,
  by: Roles,
  clause: Key,
  guards: z.array(GuardFile).default([]),
  evidence: z.array(z.strictObject({ key: Key, name: Word, min: z.int().min(1) })).default([]),
  /** 可办可不办的环节: part of the chain only where this value says yes. */
  onlyIf: z.enum(['monitoring.publicNotice']).optional(),
};

const valueKey = z.enum(VALUE_KEYS);

const notice = {
  places: Places,
  posters: Roles,
  /** Which value is the period. */
  period: z.enum(['notice.village', 'notice.township', 'notice.villageExit']),
};

/** 环节 as written in a pack: parameters of law are values, named by key. */
export const StepFile = z.discriminatedUnion('kind', [
  z.strictObject({ ...stepBase, kind: z.literal('collect'), needsApplication: z.boolean() }),
  z.strictObject({
    ...stepBase,
    kind: z.literal('assembly'),
    per: z.enum(['group', 'village']),
    bases: z.array(z.strictObject({ key: Key, name: Word })).min(1),
    readOut: Key.nullable().default(null),
    workTeam: z.strictObject({ clause: Key }).nullable().default(null),
  }),
  z.strictObject({ ...stepBase, kind: z.literal('verification'), signers: z.array(Word).min(1) }),
  z.strictObject({
    ...stepBase,
    kind: z.literal('acceptance'),
    parties: z.array(z.strictObject({ key: z.enum(['household', 'helper']), name: Word })).min(1),
  }),
  z.strictObject({ ...stepBase, kind: z.literal('comparison'), ahead: z.boolean() }),
  z.strictObject({ ...stepBase, kind: z.literal('certification') }),
  z.strictObject({ ...stepBase, kind: z.literal('notice'), ...notice }),
  z.strictObject({ ...stepBase, kind: z.literal('review') }),
  z.strictObject({
    ...stepBase,
    kind: z.literal('decision'),
    /** 文书模板 of the text; {单位} stands for the organisation. */
    template: z
      .strictObject({ title: Word, to: Word, body: Word, from: Word, clause: Key })
      .optional(),
  }),
  z.strictObject({
    ...stepBase,
    kind: z.literal('report'),
    /** 详细人员名单 has to be attached. */
    nameList: z.boolean(),
  }),
  z.strictObject({
    ...stepBase,
    kind: z.literal('announcement'),
    places: Places,
    posters: Roles,
  }),
  z.strictObject({
    ...stepBase,
    kind: z.literal('opening'),
    functions: z.array(z.enum(REGISTRY_FUNCTIONS)).min(1),
    /** Last day of what is opened. */
    closing: DateDue.nullable().default(null),
  }),
  z.strictObject({
    ...stepBase,
    kind: z.literal('registration'),
    functionKey: z.enum(REGISTRY_FUNCTIONS),
    functionName: Word,
    windowLevel: z.enum(LEVELS),
    reviewers: Roles,
    outcome: z.enum(OUTCOMES),
  }),
  z.strictObject({ ...stepBase, kind: z.literal('inspection') }),
]);

/** 底线: what no pack below may drop — step kinds in this order, and guards. */
const Floor = z.strictObject({
  kinds: z.array(z.enum(STEP_KINDS)).min(1),
  guards: z.array(z.enum(GUARD_IDS)).default([]),
  clause: Key,
});

/** 变更人员: the values that hold the reasons of each kind of change; those under `returns` divide or join households. */
const PersonsFile = z.strictObject({
  increase: z.array(valueKey).min(1).optional(),
  decrease: z.array(valueKey).min(1).optional(),
  correct: z.array(valueKey).min(1).optional(),
  returns: z.array(valueKey).default([]),
});

/** 办理对象: households or villages of these statuses, single persons of such households, or counties. */
const SubjectFile = z.union([
  z.strictObject({
    statuses: z.array(z.enum(STATUSES)).min(1),
    /** 监测状态 besides, where only monitored households are meant. */
    monitoring: z.array(z.enum(MONITORING_STANDINGS)).min(1).optional(),
    persons: PersonsFile.optional(),
    clause: Key,
  }),
  z.strictObject({
    kind: z.literal('village'),
    statuses: z.array(z.enum(VILLAGE_STATUSES)).min(1),
    clause: Key,
  }),
  z.strictObject({ kind: z.literal('county'), clause: Key }),
]);

const ProcedureFile = z.strictObject({
  title: Word.optional(),
  family: Key.nullable().optional(),
  listLevel: z.enum(LEVELS).optional(),
  subject: SubjectFile.optional(),
  /** 按…程序办: starts from the chain that another procedure has in this place, whatever it is there. */
  like: z.enum(PROCEDURES).optional(),
  floor: Floor.optional(),
  /** Whether a text confirms the order; false → the office confirms it once per pack. */
  order: z.strictObject({ verified: z.boolean(), clause: Key }).optional(),
  /** The whole chain, in place of an inherited one. */
  steps: z.array(StepFile).min(1).optional(),
  replaceSteps: z.array(StepFile).default([]),
  addSteps: z.array(z.strictObject({ after: Key, step: StepFile })).default([]),
  addGuards: z.array(z.strictObject({ step: Key, ...GuardFile.shape })).default([]),
  due: z.array(z.strictObject({ steps: z.array(Key).min(1), rule: DueFile })).default([]),
  outerDue: DueFile.nullable().optional(),
});

const valueFiles = Object.fromEntries(
  VALUE_KEYS.map((key) => [
    key,
    z
      .strictObject({
        /** null: no source gives one; the office must. */
        value: VALUE_SHAPES[key].nullable(),
        suggested: VALUE_SHAPES[key].optional(),
        verified: z.boolean(),
        clause: Key,
      })
      .refine((file) => !(file.verified && file.value === null), '没有值就不能是已核实'),
  ]),
) as unknown as Record<ValueKey, z.ZodType<ValueFile>>;

/** A value as a pack sets it. */
export interface ValueFile {
  readonly value: unknown;
  readonly suggested?: unknown;
  readonly verified: boolean;
  readonly clause: string;
}

/**
 * 上下限: what packs below may not leave. A bound without min and max only says that a verified value may
 * be set anew below (as Shanxi lets its cities fix the income window).
 */
const BoundFile = z.strictObject({
  value: valueKey,
  min: z.number().optional(),
  max: z.number().optional(),
  clause: Key,
});

const ReminderFile = z.strictObject({
  key: Key,
  offsetDays: z.int(),
  unit: z.enum(['CALENDAR', 'WORKING']),
  to: z.enum(['holder', 'superior']),
  words: Word,
});

/** 出处 of rules that belong to no single step or value (G-05, G-15, G-16, G-17). */
const CitationsFile = z
  .strictObject({ sheet: Key, window: Key, oneByOne: Key, twoPeople: Key })
  .partial();

/** 集中排查: the sheet, and what has to be opened for what is found. */
const ScreeningFile = z.strictObject({
  title: Word,
  by: Roles,
  clause: Key,
  groups: z.strictObject({ names: z.array(Word).min(1), clause: Key }),
  inPerson: z.strictObject({ clause: Key }),
  visitedBy: DateDue,
  followUps: z
    .array(
      z.strictObject({
        finding: z.enum(SCREENING_FINDINGS).exclude(['none']),
        procedure: z.enum(PROCEDURES),
        clause: Key,
      }),
    )
    .min(1),
  followedBy: DateDue,
});

/** 规则包. `bench` packs serve benchmarks only and alone may count in seconds. */
export const PackFile = z.strictObject({
  id: Key,
  version: z.int().min(1),
  kind: z.enum(['nation', 'province', 'place', 'bench']),
  parent: Key.nullable(),
  title: Word,
  areaCode: AreaCode,
  year: z.int().min(1991).max(9999).nullable(),
  clauses: z.record(Key, ClauseFile).default({}),
  values: z.strictObject(valueFiles).partial().default({}),
  bounds: z.array(BoundFile).default([]),
  citations: CitationsFile.optional(),
  /** 提醒阶梯 for steps with a due date; a product default without legal effect. */
  reminders: z
    .strictObject({
      clause: Key,
      ladder: z.array(ReminderFile),
      superiors: z.partialRecord(z.enum(LEVELS), RoleText),
    })
    .optional(),
  procedures: z.partialRecord(z.enum(PROCEDURES), ProcedureFile).default({}),
  screening: ScreeningFile.optional(),
  /** 本规则包不办的程序, though a layer above gives them steps. */
  without: z.array(z.enum(PROCEDURES)).optional(),
});

/** A pack as read. */
export type Pack = z.output<typeof PackFile>;

/** A step as read. */
export type PackStep = z.output<typeof StepFile>;

/** A procedure's part of a pack. */
export type PackProcedure = z.output<typeof ProcedureFile>;

/** A due rule as read. */
export type PackDue = z.output<typeof DueFile>;

/** 规则包读取: throws a ZodError (or YAML error) that names what is wrong. */
export function parsePack(yamlText: string): Pack {
  return PackFile.parse(parse(yamlText));
}
