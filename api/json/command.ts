/** 指令 at the edge: one strict schema for every command type; what is unknown is refused. */
import { z } from 'zod';
import type { CommandType } from '../../domain/kernel/command.ts';
import {
  EvidenceJson,
  Hash,
  Id,
  InstantJson,
  listOf,
  PlainDateJson,
  SheetWords,
  Words,
} from './parts.ts';

const Name = z.string().max(100).regex(/\S/);
const Key = z.string().regex(/^[\w-]{1,60}$/);
const Count = z.number().int().min(0).max(100_000);

/** 补登: when it happened on paper, and what proves it. */
export const LateEntryJson = z
  .strictObject({
    claimedAt: InstantJson,
    proofKind: z.enum(['dated-photo', 'stamped-original']),
    proof: Hash,
  })
  .readonly();

/** What any command may carry besides what it asks. */
const envelope = {
  late: z.exactOptional(LateEntryJson),
  onBehalf: z.exactOptional(
    z.strictObject({ userId: Id, paperOn: PlainDateJson, scan: Hash }).readonly(),
  ),
  act: z.exactOptional(
    z
      .strictObject({
        actId: Id,
        documentNo: Name.nullable(),
        documentOn: PlainDateJson.nullable(),
      })
      .readonly(),
  ),
  reasons: z.exactOptional(z.record(Key, Words).readonly()),
  leaveBehind: z.exactOptional(z.boolean()),
};

const Meeting = z
  .strictObject({
    heldAt: InstantJson,
    place: Name,
    chair: Name,
    recorder: Name,
    basis: Key,
    entitled: Count,
    present: Count,
    proxies: listOf(z.strictObject({ for: Name, by: Name, paper: Hash }).readonly()),
    workTeamPresent: listOf(Name),
    kinship: listOf(z.strictObject({ caseId: Id, attendee: Name, relation: Name }).readonly()),
    comparisonReadOut: z.boolean(),
  })
  .readonly();

const Vote = z.strictObject({ caseId: Id, for: Count, against: Count, abstain: Count }).readonly();

const StampedEntry = z
  .strictObject({
    caseId: Id,
    operatorId: Id,
    operatorName: Name,
    operatorAt: InstantJson,
    reviewerId: Id,
    reviewerName: Name,
    reviewerAt: InstantJson,
  })
  .readonly();

const RegistryAnswer = z.discriminatedUnion('result', [
  z.strictObject({ caseId: Id, result: z.literal('accepted'), registryNo: Name }).readonly(),
  z.strictObject({ caseId: Id, result: z.literal('refused'), code: Name, words: Words }).readonly(),
]);

const Entries = listOf(z.strictObject({ caseId: Id, formHash: Hash }).readonly());
const Refused = listOf(z.strictObject({ caseId: Id, words: Words }).readonly());
const Answers = listOf(z.strictObject({ objectionId: Id, words: Words }).readonly());
const Signers = listOf(z.strictObject({ role: Name, name: Name }).readonly());
const Findings = listOf(
  z.strictObject({ caseId: Id, problem: z.boolean(), words: z.string().max(2_000) }).readonly(),
);
const Proxy = z.strictObject({ name: Name, relation: Name, reason: Words }).readonly();
const Opinions = listOf(
  z
    .strictObject({ caseId: Id, indicator: Key, passed: z.boolean(), words: z.string().max(2_000) })
    .readonly(),
);
const Seqs = listOf(z.number().int().min(0));
const HitResults = listOf(z.strictObject({ caseId: Id, hit: z.boolean() }).readonly());

const SheetDraft = { seen: z.exactOptional(Hash), contact: z.exactOptional(SheetWords) };

/** Only parts of the system send these; the API offers them as routes of their own. */
export const INNER_COMMANDS = [
  'request-comparison',
  'receive-comparison',
  'carry-registrations',
  'report-registrations',
  'return-divided',
] as const satisfies readonly CommandType[];

/** Fields of each command besides its type and the envelope. */
/** 到县统计数据. */
export const CountyCounts = listOf(
  z
    .strictObject({
      countyCode: z.string().regex(/^[1-9]\d{5}$/),
      households: z.number().int().min(0),
    })
    .readonly(),
);

const fields = {
  'record-collection': { entries: Entries, evidence: EvidenceJson },
  'hold-assembly': {
    group: Id.nullable(),
    meeting: Meeting,
    votes: listOf(Vote),
    evidence: EvidenceJson,
  },
  'record-void-assembly': { group: Id.nullable(), meeting: Meeting, evidence: EvidenceJson },
  verify: { entries: Entries, signers: Signers, evidence: EvidenceJson },
  'record-acceptance': {
    caseId: Id,
    party: z.enum(['household', 'helper']),
    accepted: z.boolean(),
    signer: Name,
    proxy: z.exactOptional(Proxy),
    evidence: EvidenceJson,
  },
  'request-comparison': { batchId: Id, caseIds: listOf(Id) },
  'receive-comparison': {
    batchId: Id,
    department: Name,
    receiptId: Id,
    dataOn: PlainDateJson,
    results: HitResults,
  },
  'explain-hit': { caseId: Id, department: Name, words: Words, evidence: EvidenceJson },
  'judge-explanation': { caseId: Id, department: Name, accepted: z.boolean(), words: Words },
  certify: {
    department: Name,
    documentNo: Name,
    documentOn: PlainDateJson,
    opinions: Opinions,
    evidence: EvidenceJson,
  },
  'draft-notice': SheetDraft,
  'post-notice': {
    place: Key,
    proof: Hash,
    correction: z.exactOptional(z.number().int().min(1).max(999)),
  },
  'remove-notice': { place: Key, proof: Hash },
  'correct-notice': {
    change: z.enum(['outcome', 'identity', 'added-name', 'other']),
    caseIds: listOf(Id),
    words: SheetWords,
    contact: z.exactOptional(SheetWords),
  },
  'close-notice': { evidence: EvidenceJson },
  'raise-objection': {
    kind: z.enum(['case', 'unlisted', 'list']),
    caseId: z.exactOptional(Id),
    subjectWords: z.exactOptional(Words),
    words: Words,
    channel: Name,
    objector: z.exactOptional(Name),
  },
  'dispose-objection': {
    objectionId: Id,
    result: z.enum(['upheld', 'rejected']),
    words: Words,
    investigators: listOf(Name),
    evidence: EvidenceJson,
    returnTo: z.exactOptional(Key),
  },
  review: {
    opinion: Words,
    refuse: Refused,
    answers: Answers,
    acceptLate: Seqs,
    evidence: EvidenceJson,
  },
  decide: {
    opinion: Words,
    documentNo: Name,
    documentOn: PlainDateJson,
    refuse: Refused,
    answers: Answers,
    acceptLate: Seqs,
    evidence: EvidenceJson,
  },
  report: {
    documentNo: Name,
    documentOn: PlainDateJson,
    why: z.string().max(2_000),
    counts: CountyCounts,
    evidence: EvidenceJson,
  },
  'open-functions': {
    documentNo: Name,
    documentOn: PlainDateJson,
    opensAt: InstantJson.nullable(),
    closesAt: InstantJson.nullable(),
    evidence: EvidenceJson,
  },
  'draft-announcement': SheetDraft,
  'post-announcement': { place: Key, proof: Hash },
  'carry-registrations': { entries: listOf(StampedEntry) },
  'report-registrations': { effectId: Id, answers: listOf(RegistryAnswer) },
  inspect: { findings: Findings, evidence: EvidenceJson },
  'return-cases': { caseIds: listOf(Id).nullable(), toStep: Key, reason: Words },
  'return-divided': { caseId: Id, reason: Words },
  advance: { reason: z.string().max(2_000) },
  split: { caseIds: listOf(Id), reason: Words },
  'withdraw-case': { caseId: Id, reason: Words, evidence: EvidenceJson },
  suspend: { reason: Words, basis: Words },
  resume: { reason: Words },
  'adopt-plan': { planHash: Hash, reason: Words },
} satisfies Record<CommandType, z.ZodRawShape>;

function commandOf<T extends CommandType>(type: T) {
  return z.strictObject({ type: z.literal(type), ...fields[type], ...envelope });
}

/** 指令内容. Every type of domain/kernel/command.ts, each strict. */
export const CommandBodyJson = z.discriminatedUnion('type', [
  commandOf('record-collection'),
  commandOf('hold-assembly'),
  commandOf('record-void-assembly'),
  commandOf('verify'),
  commandOf('record-acceptance'),
  commandOf('request-comparison'),
  commandOf('receive-comparison'),
  commandOf('explain-hit'),
  commandOf('judge-explanation'),
  commandOf('certify'),
  commandOf('draft-notice'),
  commandOf('post-notice'),
  commandOf('remove-notice'),
  commandOf('correct-notice'),
  commandOf('close-notice'),
  commandOf('raise-objection'),
  commandOf('dispose-objection'),
  commandOf('review'),
  commandOf('decide'),
  commandOf('report'),
  commandOf('open-functions'),
  commandOf('draft-announcement'),
  commandOf('post-announcement'),
  commandOf('carry-registrations'),
  commandOf('report-registrations'),
  commandOf('inspect'),
  commandOf('return-cases'),
  commandOf('return-divided'),
  commandOf('advance'),
  commandOf('split'),
  commandOf('withdraw-case'),
  commandOf('suspend'),
  commandOf('resume'),
  commandOf('adopt-plan'),
]);
