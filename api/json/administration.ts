/** 管理 at the edge: organisations, groups, accounts, duties, grants and the record of their changes. */
import { z } from 'zod';
import { DUTY_WORDS, type Duty } from '../../domain/kernel/actor.ts';
import { Id, OrgCodeJson, PlainDateJson, Words } from './parts.ts';

/** 名称. */
export const Name = z.string().max(100).regex(/\S/);

/** 登录名: no blanks, since people copy it from paper. */
export const SignInName = z
  .string()
  .min(2)
  .max(60)
  .regex(/^[\p{L}\p{N}._-]+$/u);

const duties = Object.keys(DUTY_WORDS) as [Duty, ...Duty[]];

/** 岗位. */
export const DutyJson = z.enum(duties);

/** Why, in words and best with the document's number; kept with the change. */
export const ReasonBody = z.strictObject({ reason: Words });

/** A change of the tree: from which day, and why. */
export const Dated = { on: PlainDateJson, reason: Words };

/** 组织 as administrators see it, those that have ended included. */
export const OrganisationJson = z.strictObject({
  code: z.string(),
  parentCode: z.string().nullable(),
  level: z.string(),
  name: z.string(),
  validFrom: z.string(),
  validTo: z.string().nullable(),
  successorCode: z.string().nullable(),
});

/** 村民小组. */
export const GroupJson = z.strictObject({
  id: z.string(),
  villageCode: z.string(),
  name: z.string(),
  validTo: z.string().nullable(),
});

/** 任岗. */
export const HeldDutyJson = z.strictObject({
  id: z.string(),
  userId: z.string(),
  orgCode: z.string(),
  duty: z.string(),
  words: z.string(),
  department: z.string().nullable(),
  validFrom: z.string(),
  validTo: z.string().nullable(),
});

/** 授权. */
export const HeldGrantJson = z.strictObject({
  id: z.string(),
  userId: z.string(),
  kind: z.string(),
  orgCode: z.string(),
  duty: z.string().nullable(),
  households: z.array(z.string()).nullable(),
  grantedBy: z.string(),
  reason: z.string(),
  validFrom: z.string(),
  validTo: z.string().nullable(),
});

/** 账号 with what it holds; never a password. */
export const AccountJson = z.strictObject({
  id: z.string(),
  signInName: z.string(),
  displayName: z.string(),
  orgCode: z.string(),
  mustChangePassword: z.boolean(),
  locked: z.boolean(),
  disabledAt: z.string().nullable(),
  duties: z.array(HeldDutyJson),
  grants: z.array(HeldGrantJson),
});

/** The account and its one-time password, shown this once; null when the request came before. */
export const AccountWithPasswordJson = z.strictObject({
  account: AccountJson,
  oneTimePassword: z.string().nullable(),
});

/** 岗位 to be given. */
export const NewDutyJson = z.strictObject({
  userId: Id,
  orgCode: OrgCodeJson,
  duty: DutyJson,
  department: Name.nullable().default(null),
  validFrom: PlainDateJson,
  validTo: PlainDateJson.nullable().default(null),
  reason: Words,
});

/** 授权 to be given. */
export const NewGrantJson = z.strictObject({
  userId: Id,
  kind: z.enum(['proxy-entry', 'area', 'households']),
  orgCode: OrgCodeJson,
  duty: DutyJson.nullable().default(null),
  households: z.array(Id).min(1).max(500).nullable().default(null),
  validFrom: PlainDateJson,
  validTo: PlainDateJson.nullable().default(null),
  reason: Words,
});

/** 管理记录. */
export const ChangeJson = z.strictObject({
  id: z.number(),
  kind: z.string(),
  words: z.string(),
  subject: z.string(),
  /** 对象: the person, organisation or group, and the duty, as a reader knows them. */
  subjectWords: z.string(),
  orgCode: z.string(),
  changedBy: z.string(),
  changedByName: z.string().nullable(),
  changedAt: z.string(),
  recordedAt: z.string(),
  reason: z.string(),
  before: z.unknown(),
  after: z.unknown(),
});
