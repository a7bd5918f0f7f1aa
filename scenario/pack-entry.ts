/** 规则包 and 核定 in a scenario file. */
import { z } from 'zod';
import { PackFile } from '../policies/pack-file.ts';
import { Day, Name, Words } from './parts.ts';

const { shape } = PackFile;

/**
 * 本地规则包: what a shipped pack says, but for what stands here. Written as packs are
 * (policies/packs/*.yaml), with `extends` naming the pack above, and linted as they are.
 */
export const LocalPack = z.strictObject({
  id: shape.id,
  extends: z.string().min(1).describe('上级规则包'),
  version: shape.version.default(1),
  title: shape.title.optional(),
  areaCode: shape.areaCode.optional().describe('适用地域；默认与上级相同'),
  year: z.int().min(1991).max(9999).optional().describe('适用年度；默认与上级相同'),
  clauses: shape.clauses,
  values: shape.values,
  bounds: shape.bounds,
  citations: shape.citations,
  reminders: shape.reminders,
  procedures: shape.procedures,
});

/** 核定 for training. */
export const ConfirmationEntry = z.union([
  z.enum(['training', 'none']).describe('training：按演练核定；none：一个也不核定'),
  z.strictObject({
    base: z.enum(['training', 'none']).default('training'),
    values: z.record(z.string(), z.unknown()).default({}).describe('另行核定的值，按路径'),
    unconfirmed: z.array(z.string()).default([]).describe('不核定的路径'),
    documentNo: Words.optional().describe('核定文号'),
    documentOn: Day.optional(),
    by: Name.optional().describe('核定人'),
  }),
]);

/** 核定 as read. */
export type Confirmations = z.output<typeof ConfirmationEntry>;
