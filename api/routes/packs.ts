/** 规则包与核定. */
import { randomUUID } from 'node:crypto';
import { asc, eq } from 'drizzle-orm';
import { z } from 'zod';
import { packConfirmations } from '../../db/schema/effects.ts';
import { users } from '../../db/schema/organisation.ts';
import { isWithin, orgCode } from '../../domain/organisation/org-code.ts';
import { VALUE_KINDS } from '../../policies/pack-values.ts';
import { readableRoots, requireDutyOver } from '../area.ts';
import { defineRoute } from '../define-route.ts';
import { Id, OrgCodeJson, PlainDateJson, Words } from '../json/parts.ts';
import { ApiProblem, isoInstant } from '../problem.ts';

const ConfirmationJson = z.strictObject({
  areaCode: z.string(),
  path: z.string(),
  value: z.unknown(),
  documentNo: z.string(),
  documentOn: z.string(),
  confirmedBy: z.string(),
  confirmedByName: z.string(),
  confirmedAt: z.string(),
});

/** The shapes that values of a pack have; the pack itself judges the content. */
const PackValue = z.union([
  z.number(),
  z.string(),
  z.boolean(),
  z.array(z.unknown()),
  z.record(z.string(), z.unknown()),
]);

const PackJson = z.strictObject({
  id: z.string(),
  title: z.string(),
  areaCode: z.string(),
  year: z.number(),
  procedures: z.array(z.string()),
  unverified: z.array(
    z.strictObject({
      path: z.string(),
      words: z.string(),
      kind: z.enum(VALUE_KINDS),
      suggested: z.unknown(),
      clause: z
        .strictObject({
          document: z.string(),
          article: z.string(),
          quote: z.string(),
          source: z.string(),
          verified: z.boolean(),
        })
        .nullable(),
    }),
  ),
  confirmations: z.array(ConfirmationJson),
});

/** What was confirmed, for whom and by whom. */
function confirmationView(row: typeof packConfirmations.$inferSelect, name: string | null) {
  const { areaCode, path, value, documentNo, documentOn, confirmedBy, confirmedAt } = row;
  const stamp = {
    confirmedBy,
    confirmedByName: name ?? confirmedBy,
    confirmedAt: isoInstant(confirmedAt),
  };
  return { areaCode, path, value, documentNo, documentOn, ...stamp };
}

const listPacks = defineRoute({
  method: 'get',
  path: '/packs',
  tag: '规则包',
  summary: '适用于管辖范围的规则包，哪些值未核实、谁核定过',
  replies: { 200: z.strictObject({ items: z.array(PackJson) }) },
  async handle({ deps, actor, at }) {
    const roots = readableRoots(actor, at).map(orgCode);
    const packs = await deps.engine.listPacks();
    const applies = packs.filter(({ areaCode }) => {
      const area = orgCode(areaCode);
      return roots.some((root) => isWithin(root, area) || isWithin(area, root));
    });
    const rows = await deps.db
      .select({ row: packConfirmations, name: users.displayName })
      .from(packConfirmations)
      .leftJoin(users, eq(users.id, packConfirmations.confirmedBy))
      .orderBy(asc(packConfirmations.confirmedAt), asc(packConfirmations.id));
    const items = applies.map((pack) => ({
      ...pack,
      confirmations: rows
        .filter(({ row }) => row.packId === pack.id)
        .map(({ row, name }) => confirmationView(row, name)),
    }));
    return { status: 200, body: { items } };
  },
});

const confirm = defineRoute({
  method: 'post',
  path: '/packs/:packId/confirmations',
  tag: '规则包',
  summary: '领导小组办公室凭文件核定一个未核实的值',
  params: z.strictObject({ packId: Id }),
  body: z.strictObject({
    areaCode: OrgCodeJson,
    path: z.string().min(1).max(200),
    value: PackValue,
    documentNo: Words,
    documentOn: PlainDateJson,
  }),
  replies: { 201: ConfirmationJson },
  async handle({ deps, actor, at, params, body }) {
    const words = '只有领导小组办公室可以核定规则包的值';
    const unitCode = body.areaCode;
    await requireDutyOver(deps.db, { actor, at, duty: 'office', unitCode, words });
    const known = await deps.engine.listPacks();
    const pack = known.find(({ id }) => id === params.packId);
    if (pack === undefined) throw new ApiProblem('NOT-FOUND', '没有这个规则包');
    if (!pack.unverified.some(({ path }) => path === body.path)) {
      throw new ApiProblem('MALFORMED', '规则包中没有这个待核定的值', { missing: ['path'] });
    }
    const { path, value, documentNo, documentOn } = body;
    const confirmation = { path, value, documentNo, documentOn, by: actor.name };
    const fault = await deps.engine.checkConfirmation(pack.id, confirmation);
    if (fault !== null) throw new ApiProblem('MALFORMED', fault, { missing: ['value'] });
    const id = randomUUID();
    const stamp = { confirmedBy: actor.userId, confirmedAt: at };
    await deps.db.insert(packConfirmations).values({ id, packId: pack.id, ...body, ...stamp });
    const [row] = await deps.db
      .select()
      .from(packConfirmations)
      .where(eq(packConfirmations.id, id));
    if (row === undefined) throw new TypeError('an inserted row is there');
    return { status: 201, body: confirmationView(row, actor.name) };
  },
});

export const packRoutes = [listPacks, confirm];
