/** 贫困村退出申报表 at the edge. */
import { z } from 'zod';
import { Hash, listOf, PlainDateJson } from './parts.ts';

const Name = z.string().max(100).regex(/\S/);
const Answer = z.boolean().nullable();

/** Everything of the form but what the system sets: hash, version and who compiled it. */
export const VillageFormJson = z.strictObject({
  subject: z.literal('village'),
  filledOn: PlainDateJson,
  denominator: z
    .strictObject({
      persons: z.number().int().min(0).max(1_000_000),
      definition: z.string().max(100),
      on: PlainDateJson,
    })
    .readonly(),
  indicators: listOf(
    z.strictObject({ key: Name, met: Answer, words: z.string().max(2_000) }).readonly(),
  ),
  relocation: z.strictObject({ listed: Answer, moved: Answer }).readonly(),
  signatures: listOf(
    z.strictObject({ name: Name, role: Name, on: PlainDateJson, scan: Hash }).readonly(),
  ),
});
