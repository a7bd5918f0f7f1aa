/** 回头看: villages that left and are over the limit again; the system opens them, the township finishes them. */
import { and, asc, count, desc, eq, inArray, isNotNull, isNull } from 'drizzle-orm';
import { z } from 'zod';
import { readPackLibrary } from '../../db/packs/pack-library.ts';
import { reasonNow } from '../../db/record/look-backs.ts';
import { organisations } from '../../db/schema/organisation.ts';
import { lookBacks } from '../../db/schema/villages.ts';
import { invariant } from '../../domain/invariant.ts';
import type { Instant } from '../../domain/time/instant.ts';
import { lookBackRule } from '../../policies/look-back-rule.ts';
import { readableUnits, requireDutyOver } from '../area.ts';
import { defineRoute } from '../define-route.ts';
import type { ApiDeps } from '../deps.ts';
import { Hash, OrgCodeJson, Words } from '../json/parts.ts';
import { ApiProblem, isoInstant, isoOrNull, RefusedProblem } from '../problem.ts';
import { PageQuery } from '../roster-rows.ts';
import { requireUploaded } from '../uploaded.ts';

const SIZE = 50;
const PROOFS_MAX = 20;

const LookBackJson = z.strictObject({
  villageCode: z.string(),
  villageName: z.string(),
  exitYear: z.number(),
  /** Why, with the figures of the day on which it was opened. */
  words: z.string(),
  clause: z.string(),
  openedAt: z.string(),
  finishedAt: z.string().nullable(),
  outcome: z.string().nullable(),
});

const listLookBacks = defineRoute({
  method: 'get',
  path: '/look-backs',
  tag: '村',
  summary: '管辖范围内须“回头看”的已出列村，由系统自动列出，分页',
  query: z.strictObject({ open: z.enum(['true', 'false']).optional(), ...PageQuery }),
  replies: { 200: z.strictObject({ total: z.number(), items: z.array(LookBackJson) }) },
  async handle({ deps, actor, at, query }) {
    const { page = 1, size = SIZE } = query;
    const units = await readableUnits(deps.db, actor, at);
    const { villageCode, finishedAt, openedAt } = lookBacks;
    const isDone = query.open === 'true' ? isNull(finishedAt) : isNotNull(finishedAt);
    const condition = and(
      inArray(villageCode, [...units]),
      query.open === undefined ? undefined : isDone,
    );
    const [rows, [counted]] = await Promise.all([
      deps.db
        .select({ each: lookBacks, name: organisations.name })
        .from(lookBacks)
        .leftJoin(organisations, eq(organisations.code, villageCode))
        .where(condition)
        .orderBy(desc(isNull(finishedAt)), asc(openedAt), asc(villageCode))
        .limit(size)
        .offset((page - 1) * size),
      deps.db.select({ total: count() }).from(lookBacks).where(condition),
    ]);
    const items = rows.map(({ each, name }) => ({
      villageCode: each.villageCode,
      villageName: name ?? each.villageCode,
      exitYear: each.exitYear,
      words: each.words,
      clause: each.clause,
      openedAt: isoInstant(each.openedAt),
      finishedAt: isoOrNull(each.finishedAt),
      outcome: each.outcome,
    }));
    return { status: 200, body: { items, total: counted?.total ?? 0 } };
  },
});

const finishLookBack = defineRoute({
  method: 'post',
  path: '/look-backs/:villageCode/finish',
  tag: '村',
  summary: '办结回头看：贫困发生率已降到上限以内，写明做了什么，附证明材料',
  params: z.strictObject({ villageCode: OrgCodeJson }),
  body: z.strictObject({ outcome: Words, proofs: z.array(Hash).min(1).max(PROOFS_MAX) }),
  replies: { 200: z.strictObject({ villageCode: z.string(), finishedAt: z.string() }) },
  async handle({ deps, actor, at, params, body }) {
    const { villageCode, finishedAt } = lookBacks;
    const open = and(eq(villageCode, params.villageCode), isNull(finishedAt));
    const [known] = await deps.db.select().from(lookBacks).where(open);
    const units = await readableUnits(deps.db, actor, at);
    if (known === undefined || !units.includes(known.villageCode)) {
      throw new ApiProblem('NOT-FOUND', '没有这个村的回头看，或者已经办结');
    }
    const whoClears = '乡镇经办';
    const words = `只有${whoClears}可以办结回头看`;
    const unitCode = await townshipOf(deps, known.villageCode);
    await requireDutyOver(deps.db, { actor, at, duty: 'clerk', unitCode, words, whoClears });
    await requireBelowLimit(deps, known);
    const proofs = await requireUploaded(deps.db, '证明材料', body.proofs);
    const [finished] = await deps.db
      .update(lookBacks)
      .set({ finishedAt: at, finishedBy: actor.userId, outcome: body.outcome, proofs })
      .where(open)
      .returning();
    if (finished === undefined) throw new ApiProblem('CONFLICT', '这件回头看已经办结');
    return { status: 200, body: { villageCode: params.villageCode, finishedAt: isoInstant(at) } };
  },
});

async function townshipOf({ db }: ApiDeps, code: string): Promise<string> {
  const [row] = await db.select().from(organisations).where(eq(organisations.code, code));
  invariant(row?.parentCode != null, 'a village has its township');
  return row.parentCode;
}

/** GV5: 确保真正实现 — not finished while the record shows the village over the limit. */
async function requireBelowLimit(
  { db }: ApiDeps,
  known: { readonly villageCode: string; readonly openedAt: Instant; readonly packId: string },
): Promise<void> {
  const library = await readPackLibrary(db);
  const year = library.packs.get(known.packId)?.pack.year ?? null;
  const rule = year === null ? null : lookBackRule(library, known.villageCode, year);
  const reason = rule === null ? null : await reasonNow(db, rule, known.villageCode);
  if (rule === null || reason === null) return;
  const clauseId = 'look-back';
  const refusal = {
    code: 'GV5',
    words: `该村${reason}，回头看不能办结`,
    clauseId,
    missing: ['登记系统中的贫困发生率降到上限以内'],
    whoClears: '乡镇、村（落实帮扶并更新系统数据）',
  };
  throw new RefusedProblem([refusal], { [clauseId]: rule.clause });
}

export const lookBackRoutes = [listLookBacks, finishLookBack];
