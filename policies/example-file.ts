/** 例证文件 — what a rule of a pack takes and what it refuses, as cases that are tried on the real plan. */
import { parse } from 'yaml';
import { z } from 'zod';
import { LABOUR_SKILLS } from '../domain/household/labour.ts';
import { PROCEDURES } from '../domain/plan/plan.ts';
import { ClauseFile, GuardFile, STATUSES, VILLAGE_STATUSES } from './pack-file.ts';
import { FileDate } from './pack-values.ts';
import { Key, RoleText, Word } from './pack-words.ts';

const Answer = z.boolean().nullable();

const Security = z.strictObject({
  food: Answer,
  clothing: Answer,
  water: Answer,
  education: Answer,
  medical: Answer,
  housing: Answer,
});

const MonitoringClassFile = z.enum(['unstable', 'edge', 'sudden']);

const Grade = z.enum(['A', 'B', 'C', 'D']).nullable();

const Relocation = z.strictObject({ listed: z.boolean(), occupied: z.boolean() });

/** A member of the paper household (张三, 李四, 张小五, in this order) with what is otherwise. */
const Member = z
  .strictObject({
    name: Word,
    idNumber: z.string(),
    isHead: z.boolean(),
    onDibao: z.boolean(),
    destitute: z.boolean(),
    centrallySupported: z.boolean(),
    labour: z.enum(LABOUR_SKILLS).nullable(),
    /** 义务教育阶段未上学原因. */
    outOfSchool: Word,
  })
  .partial();

/** 监测对象信息 that differs from the lawful one. */
const Monitoring = z
  .strictObject({
    class: MonitoringClassFile,
    channel: z.string(),
    foundOn: FileDate,
    risks: z.array(z.string()),
    /** 刚性支出或收入骤减的研判: yes, no, or (null) nobody judged. */
    hardship: Answer,
    /** 承诺授权书: unsigned, or signed after today. */
    authorisation: z.enum(['none', 'no-scan', 'tomorrow']),
  })
  .partial();

/** 风险消除信息 that differs from the lawful one. */
const Elimination = z
  .strictObject({
    since: FileDate,
    way: z.enum(['helped', 'natural']),
    steadySince: FileDate,
    /** 研判: yes, no, or (null) nobody judged. */
    incomeSteady: Answer,
    spendingSettled: Answer,
    noNewRisk: Answer,
    removedRisks: z.array(z.string()),
    measures: z.array(z.strictObject({ name: Word, done: z.boolean() })),
  })
  .partial();

/** 回退、清退核实 that differs from the lawful one. */
const Reversal = z
  .strictObject({
    since: FileDate,
    eliminatedOn: FileDate.nullable(),
    cause: z.string(),
    found: Answer,
  })
  .partial();

/** 家庭成员变更: lines, each with what differs from the lawful one of its kind, and the head afterwards. */
const Persons = z
  .strictObject({
    changes: z.array(
      z
        .strictObject({
          kind: z.enum(['increase', 'decrease', 'correct']),
          reason: z.string(),
          on: FileDate,
          personNo: z.string().nullable(),
          name: z.string(),
          idNumber: z.string(),
          relation: z.string(),
        })
        .partial()
        .required({ kind: true }),
    ),
    newHead: z.strictObject({ name: Word, idNumber: Word }).nullable(),
  })
  .partial();

/** 入户表上与合规户不同之处. */
const Form = z
  .strictObject({
    visitedOn: FileDate,
    /** How many visitors signed. */
    visitors: z.int().min(0),
    /** Whether the householder signed, an application, a plan of help after the exit is there. */
    householderSigned: z.boolean(),
    application: z.boolean(),
    followUpPlan: z.boolean(),
    /** Those who live together; shorter than three leaves out the last. */
    members: z.array(Member),
    incomeFrom: FileDate,
    incomeTo: FileDate,
    /** Net income of the household in fen, above (negative: below) the line for all its members. */
    overLine: z.int(),
    security: Security.partial(),
    housingGrade: Grade,
    relocation: Relocation,
    /** 研判: yes, no, or (null) nobody judged. */
    stableIncome: Answer,
    helpEffective: Answer,
    dibaoBackstop: z.boolean(),
    /** Keys of 退出标准 that are not met. */
    unmetStandards: z.array(Key),
    cause: Word.nullable(),
    /** 返贫原因属重病、大病或重大灾害: yes, no, or (null) nobody judged. */
    graveCause: Answer,
    /** 监测对象信息: null leaves the part out; the rest of it is lawful. */
    monitoring: Monitoring.nullable(),
    elimination: Elimination.nullable(),
    reversal: Reversal.nullable(),
    persons: Persons.nullable(),
  })
  .partial();

/** 登记系统中与合规户不同之处. */
const Registry = z
  .strictObject({
    status: z.enum(STATUSES),
    headName: z.string(),
    identifiedYear: z.int().nullable(),
    exitYear: z.int().nullable(),
    attribute: z.enum(['ordinary', 'dibao', 'destitute']),
    security: Security.partial(),
    housingGrade: Grade,
    relocation: Relocation,
    memberCount: z.int().min(0),
    /** 一次监测, beside the status; null: none. */
    monitored: z
      .strictObject({
        class: MonitoringClassFile,
        eliminated: z.boolean(),
        cleared: z.boolean().default(false),
      })
      .nullable(),
    /** 劳动技能 of every member there. */
    labour: z.enum(LABOUR_SKILLS),
  })
  .partial();

/** 村情 where it differs from the lawful village's. */
const Village = z
  .strictObject({
    /** 村表 of the township's other villages that have blanks. */
    openSheets: z.array(z.strictObject({ name: Word, missing: z.array(Word).min(1) })),
    registry: z
      .strictObject({
        status: z.enum(VILLAGE_STATUSES),
        poorPersons: z.int().min(0),
        openExitCases: z.int().min(0),
      })
      .partial()
      .nullable(),
    form: z
      .strictObject({
        filledOn: FileDate,
        isSigned: z.boolean(),
        denominator: z
          .strictObject({ persons: z.int(), definition: z.string(), on: FileDate })
          .partial(),
        relocation: z.strictObject({ listed: Answer, moved: Answer }).partial(),
        /** Keys of indicators not met, not answered, not on the form at all. */
        unmet: z.array(Key),
        open: z.array(Key),
        leftOut: z.array(Key),
      })
      .partial()
      .nullable(),
  })
  .partial();

/** 户情 when the step is reached; up to there the household is lawful. Null: there is none. */
const Given = z
  .strictObject({
    form: Form.nullable(),
    registry: Registry.nullable(),
    accepted: z.strictObject({ household: z.boolean(), helper: z.boolean() }).partial(),
    /** 比对 as it stands; `hit`: one department found something that nobody has explained. */
    comparison: z.enum(['none', 'waiting', 'hit', 'explained', 'accepted']),
    /** Another live case of this household. */
    otherLiveCase: Word,
    village: Village,
    /** 县情: null, the record has no such county. */
    county: z.strictObject({ offlineLists: z.int().min(0) }).nullable(),
    /** Keys of indicators that no department certified. */
    uncertified: z.array(Key),
    /** 一般贫困户 that are on no list. */
    ordinaryPoorOutside: z.int().min(0),
    /** 监测规模: registered and monitored persons of the county. */
    monitoringScale: z.strictObject({ registered: z.int(), monitored: z.int() }),
  })
  .partial();

/** 办法 — how the act differs from the lawful one of its step. */
const Act = z
  .strictObject({
    by: RoleText,
    /** The same duty in another county. */
    elsewhere: z.literal(true),
    /** The act of this other step, tried here. */
    of: Key,
    papers: z.literal('none'),
    meeting: z
      .strictObject({
        entitled: z.int(),
        present: z.int(),
        readOut: z.boolean(),
        workTeam: z.boolean(),
      })
      .partial(),
    /** 定稿 instead of the end of the notice; with this contact on the sheet. */
    draft: z.strictObject({ contact: z.string().optional() }),
    /** Minutes before the notice has run in full. */
    minutesEarly: z.int().min(1),
    /** Days waited before the act. */
    daysLater: z.int().min(1),
    /** An objection to the meeting or the notice, raised in time. */
    objection: z.enum(['open', 'rejected']),
    /** The function is closed, or open to the county’s accounts only. */
    window: z.enum(['closed', 'county']),
    /** 报告: what is left out of it. */
    report: z
      .strictObject({
        why: z.string(),
        counts: z.enum(['none', 'short']),
        nameList: z.literal('none'),
      })
      .partial(),
    sameOperator: z.literal(true),
    /** Another department signs the opinions; an opinion on an indicator of another department. */
    department: Word,
    indicator: Key,
    /** Opinions without words, not passed. */
    failed: z.literal(true),
    /** Households that the list has, and the act names. */
    households: z.int().min(1),
    /** Given reasons by code, for what a text asks in principle. */
    reasons: z.record(z.string(), Word),
  })
  .partial();

const Example = z.strictObject({
  /** The case in one sentence. */
  words: Word,
  given: Given.default({}),
  act: Act.default({}),
});

const Refused = Example.extend({
  /** The code, where it is not the rule's. */
  code: z.string().min(1).optional(),
  /** Codes of other rules that the same facts break. */
  also: z.array(z.string().min(1)).default([]),
});

/** Step under which the launch of a list is tried. */
export const LAUNCH = 'launch';

const Rule = z
  .strictObject({
    /** Id of policy §14 or of a guard. */
    rule: z.string().min(1),
    /** The code of its refusals and warnings, where it is not the id. */
    code: z.string().min(1).optional(),
    step: Key,
    /** Clause that a refusal or warning cites. */
    clause: z.string().min(1),
    refused: z.array(Refused).default([]),
    warned: z.array(Refused).default([]),
    accepted: z.array(Example).min(1, '每条规则至少一个可以办理的例子'),
  })
  .refine(
    ({ refused, warned }) => refused.length + warned.length > 0,
    '每条规则至少一个不予办理（或提示）的例子',
  );

/** 例证文件: the examples of a procedure in one pack, or in several that share its text. */
export const ExampleFile = z.strictObject({
  packs: z.array(Key).min(1),
  procedure: z.enum(PROCEDURES),
  /** 按本程序办的程序: what is like it takes these examples over, all but those of the launch. */
  alike: z.array(z.enum(PROCEDURES)).default([]),
  /** Guards that no shipped pack places, tried as if this one did; with their clauses. */
  placing: z.array(z.strictObject({ step: Key, ...GuardFile.shape })).default([]),
  clauses: z.record(Key, ClauseFile).default({}),
  rules: z.array(Rule).min(1),
});

export type ExampleFile = z.output<typeof ExampleFile>;

/** 规则 with its examples. */
export type ExampleRule = z.output<typeof Rule>;

/** 例: facts and act of one example. */
export type Example = z.output<typeof Example>;

/** 例 of a refusal or a warning. */
export type RefusedExample = z.output<typeof Refused>;

/** Reads one file; throws a ZodError (or YAML error) that names what is wrong. */
export function parseExamples(yamlText: string): ExampleFile {
  return ExampleFile.parse(parse(yamlText));
}
