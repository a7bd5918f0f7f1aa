/** 补短板: households that a list sent elsewhere instead of listing them (缺什么补什么). */
import { and, asc, count, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm';
import { z } from 'zod';
import { remedies } from '../../db/schema/effects.ts';
import { households } from '../../db/schema/households.ts';
import { organisations } from '../../db/schema/organisation.ts';
import { readableUnits, requireDutyOver } from '../area.ts';
import { defineRoute } from '../define-route.ts';
import { Hash, Id, Words } from '../json/parts.ts';
import { ApiProblem, isoInstant, isoOrNull } from '../problem.ts';
import { PageQuery } from '../roster-rows.ts';
import { requireUploaded } from '../uploaded.ts';

const SIZE = 50;
const PROOFS_MAX = 20;

const RemedyJson = z.strictObject({
  caseId: z.string(),
  rosterId: z.string(),
  villageCode: z.string(),
  villageName: z.string(),
  headName: z.string(),
  words: z.string(),
  /** 缺什么: as the visit form showed it. */
  lacking: z.array(z.string()),
  openedAt: z.string(),
  /** 期限; passing it is a mark and bars nothing. */
  dueAt: z.string().nullable(),
  overdue: z.boolean(),
  finishedAt: z.string().nullable(),
  outcome: z.string().nullable(),
});

const listRemedies = defineRoute({
  method: 'get',
  path: '/remedies',
  tag: '补短板',
  summary: '管辖范围内的补短板事项，未办结的在前，分页',
  query: z.strictObject({ open: z.enum(['true', 'false']).optional(), ...PageQuery }),
  replies: { 200: z.strictObject({ total: z.number(), items: z.array(RemedyJson) }) },
  async handle({ deps, actor, at, query }) {
    const { page = 1, size = SIZE } = query;
    const units = await readableUnits(deps.db, actor, at);
    const { finishedAt, villageCode, openedAt, caseId } = remedies;
    const state =
      query.open === undefined
        ? undefined
        : query.open === 'true'
          ? isNull(finishedAt)
          : isNotNull(finishedAt);
    const condition = and(inArray(villageCode, [...units]), state);
    const [rows, [counted]] = await Promise.all([
      deps.db
        .select({
          remedy: remedies,
          villageName: organisations.name,
          headName: households.headName,
        })
        .from(remedies)
        .leftJoin(organisations, eq(organisations.code, villageCode))
        .innerJoin(households, eq(households.id, remedies.householdId))
        .where(condition)
        .orderBy(sql`${finishedAt} is not null`, asc(openedAt), asc(caseId))
        .limit(size)
        .offset((page - 1) * size),
      deps.db.select({ total: count() }).from(remedies).where(condition),
    ]);
    const items = rows.map(({ remedy, villageName, headName }) => ({
      caseId: remedy.caseId,
      rosterId: remedy.rosterId,
      villageCode: remedy.villageCode,
      villageName: villageName ?? remedy.villageCode,
      headName,
      words: remedy.words,
      lacking: [...remedy.lacking],
      openedAt: isoInstant(remedy.openedAt),
      dueAt: isoOrNull(remedy.dueAt),
      overdue: remedy.dueAt !== null && remedy.dueAt < (remedy.finishedAt ?? at),
      finishedAt: isoOrNull(remedy.finishedAt),
      outcome: remedy.outcome,
    }));
    return { status: 200, body: { items, total: counted?.total ?? 0 } };
  },
});

const finishRemedy = defineRoute({
  method: 'post',
  path: '/remedies/:caseId/finish',
  tag: '补短板',
  summary: '办结一件补短板事项：写明补了什么，附证明材料',
  params: z.strictObject({ caseId: Id }),
  body: z.strictObject({ outcome: Words, proofs: z.array(Hash).min(1).max(PROOFS_MAX) }),
  replies: { 200: z.strictObject({ caseId: z.string(), finishedAt: z.string() }) },
  async handle({ deps, actor, at, params, body }) {
    const { caseId, finishedAt } = remedies;
    const named = eq(caseId, params.caseId);
    const [known] = await deps.db.select().from(remedies).where(named);
    const units = await readableUnits(deps.db, actor, at);
    if (known === undefined || !units.includes(known.villageCode)) {
      throw new ApiProblem('NOT-FOUND', '没有这件补短板事项');
    }
    const whoClears = '本村村文书';
    const words = `只有${whoClears}可以办结补短板事项`;
    const { villageCode: unitCode } = known;
    await requireDutyOver(deps.db, { actor, at, duty: 'clerk', unitCode, words, whoClears });
    const proofs = await requireUploaded(deps.db, '证明材料', body.proofs);
    const [finished] = await deps.db
      .update(remedies)
      .set({ finishedAt: at, finishedBy: actor.userId, outcome: body.outcome, proofs })
      .where(and(named, isNull(finishedAt)))
      .returning();
    if (finished === undefined) throw new ApiProblem('CONFLICT', '这件补短板事项已经办结');
    return { status: 200, body: { caseId: params.caseId, finishedAt: isoInstant(at) } };
  },
});

export const remedyRoutes = [listRemedies, finishRemedy];
