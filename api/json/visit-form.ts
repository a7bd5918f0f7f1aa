/** 入户信息采集表 / 核实表 at the edge. */
import { z } from 'zod';
import { LABOUR_SKILLS } from '../../domain/household/labour.ts';
import { Hash, listOf, PlainDateJson, Words } from './parts.ts';

const Name = z.string().max(100).regex(/\S/);
/** 分: up to a hundred million yuan, losses of the business included. */
const Fen = z.number().int().min(0).max(10_000_000_000);
const Finding = z.strictObject({ holds: z.boolean(), signer: Name, reason: Words }).readonly();
const Signature = z
  .strictObject({ name: Name, role: Name, on: PlainDateJson, scan: Hash })
  .readonly();
const Indicator = z.boolean().nullable();

const Member = z
  .strictObject({
    personNo: Name.nullable(),
    name: Name,
    idNumber: z.string().min(1).max(30),
    relation: Name,
    isHead: z.boolean(),
    onDibao: z.boolean(),
    destitute: z.boolean(),
    centrallySupported: z.boolean(),
    labour: z.enum(LABOUR_SKILLS).optional(),
    /** 义务教育阶段未上学原因. */
    outOfSchool: z.string().max(50).optional(),
  })
  .readonly();

/** 监测对象信息. */
const Monitoring = z
  .strictObject({
    class: z.enum(['unstable', 'edge', 'sudden']),
    channel: Name,
    foundOn: PlainDateJson,
    risks: listOf(Name),
    hardship: Finding.nullable(),
    authorisation: Signature.nullable().optional(),
  })
  .readonly();

/** 风险消除信息采集表、评估表、帮扶措施落实情况表. */
const Elimination = z
  .strictObject({
    since: PlainDateJson,
    way: z.enum(['helped', 'natural']),
    steadySince: PlainDateJson,
    incomeSteady: Finding.nullable(),
    spendingSettled: Finding.nullable(),
    removedRisks: listOf(Name),
    noNewRisk: Finding.nullable(),
    measures: listOf(z.strictObject({ name: Name, done: z.boolean() }).readonly()),
  })
  .readonly();

/** 回退、清退核实表. */
const Reversal = z
  .strictObject({
    since: PlainDateJson,
    eliminatedOn: PlainDateJson.nullable(),
    cause: Name,
    found: Finding.nullable(),
  })
  .readonly();

/** 家庭成员变更情况表. */
const Persons = z
  .strictObject({
    changes: z
      .array(
        z
          .strictObject({
            kind: z.enum(['increase', 'decrease', 'correct']),
            reason: z.string().max(50),
            on: PlainDateJson,
            personNo: Name.nullable(),
            name: Name,
            idNumber: z.string().min(1).max(30),
            relation: Name,
          })
          .readonly(),
      )
      .max(60)
      .readonly(),
    newHead: z
      .strictObject({ name: Name, idNumber: z.string().min(1).max(30) })
      .readonly()
      .nullable(),
  })
  .readonly();

/** Everything of the form but what the system sets: hash, version and who compiled it. */
export const VisitFormJson = z.strictObject({
  visitedOn: PlainDateJson,
  visitors: listOf(Signature),
  householderSignature: Signature.nullable(),
  members: z.array(Member).max(60).readonly(),
  incomeFrom: PlainDateJson,
  incomeTo: PlainDateJson,
  income: z
    .strictObject({
      wage: Fen,
      business: Fen,
      property: Fen,
      transfer: z
        .strictObject({
          wubao: Fen,
          pension: Fen,
          ecology: Fen,
          dibao: Fen,
          familyPlanning: Fen,
          other: Fen,
        })
        .readonly(),
      businessCost: Fen,
    })
    .readonly(),
  security: z
    .strictObject({
      food: Indicator,
      clothing: Indicator,
      water: Indicator,
      education: Indicator,
      medical: Indicator,
      housing: Indicator,
    })
    .readonly(),
  housingGrade: z.enum(['A', 'B', 'C', 'D']).nullable(),
  relocation: z.strictObject({ listed: z.boolean(), occupied: z.boolean() }).readonly(),
  stableIncome: Finding.nullable(),
  helpEffective: Finding.nullable(),
  dibaoBackstop: z.boolean(),
  followUpPlan: Hash.nullable(),
  standards: listOf(z.strictObject({ key: Name, met: z.boolean() }).readonly()),
  cause: Words.nullable(),
  graveCause: Finding.nullable().optional(),
  monitoring: Monitoring.nullable().optional(),
  elimination: Elimination.nullable().optional(),
  reversal: Reversal.nullable().optional(),
  persons: Persons.nullable().optional(),
  application: Hash.nullable(),
});
