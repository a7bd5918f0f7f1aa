/** 文书 at the edge. */
import { z } from 'zod';
import { RefusalJson } from '../problem.ts';
import { CountyCounts } from './command.ts';
import { EvidenceJson, Id, listOf, PlainDateJson, Words } from './parts.ts';

const Name = z.string().max(200).regex(/\S/);

const Target = z.strictObject({ rosterId: Id, caseIds: z.exactOptional(listOf(Id)) }).readonly();

const common = {
  title: Name,
  opinion: Words,
  evidence: EvidenceJson,
  targets: z.array(Target).min(1).max(500).readonly(),
};

/** 文书内容: an 审定 always has 文号 and date. */
export const ActJson = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('review'),
    documentNo: Name.nullable(),
    documentOn: PlainDateJson.nullable(),
    ...common,
  }),
  z.strictObject({
    kind: z.literal('decision'),
    documentNo: Name,
    documentOn: PlainDateJson,
    ...common,
  }),
  z.strictObject({
    kind: z.literal('report'),
    documentNo: Name,
    documentOn: PlainDateJson,
    /** 需要进行处理的原因; left empty it is refused by the rule (G-20). */
    why: z.string().max(2_000),
    counts: CountyCounts,
    ...common,
  }),
]);

/** 文书 as signed. */
export type SignedAct = z.output<typeof ActJson>;

/** 文书 as shown, with what became of it on each list. */
export const ActViewJson = z.strictObject({
  id: z.string(),
  kind: z.string(),
  title: z.string(),
  documentNo: z.string().nullable(),
  documentOn: z.string().nullable(),
  opinion: z.string(),
  issuerCode: z.string(),
  signedBy: z.string(),
  signedAt: z.string(),
  contentHash: z.string(),
  targets: z.array(
    z.strictObject({
      rosterId: z.string(),
      title: z.string(),
      caseIds: z.array(z.string()),
      state: z.enum(['applied', 'refused', 'pending']),
      words: z.string(),
      refusals: z.array(RefusalJson),
    }),
  ),
});

/** 文书 as a row of the list. */
export const ActRowJson = z.strictObject({
  id: z.string(),
  kind: z.string(),
  title: z.string(),
  documentNo: z.string().nullable(),
  documentOn: z.string().nullable(),
  issuerName: z.string(),
  signerName: z.string(),
  signedAt: z.string(),
  lists: z.number(),
  applied: z.number(),
  refused: z.number(),
  pending: z.number(),
});
