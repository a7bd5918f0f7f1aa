/** 漏评线索: households that an objection named and no list holds, each with a date of its own. */
import { and, asc, count, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm';
import { z } from 'zod';
import { clues } from '../../db/schema/effects.ts';
import { organisations } from '../../db/schema/organisation.ts';
import { readableUnits } from '../area.ts';
import { defineRoute } from '../define-route.ts';
import { isoInstant, isoOrNull } from '../problem.ts';
import { lateness, PageQuery } from '../roster-rows.ts';

const SIZE = 50;

const listClues = defineRoute({
  method: 'get',
  path: '/clues',
  tag: '异议',
  summary: '管辖范围内的漏评线索，最急的在前，分页；异议处理后线索办结',
  query: z.strictObject({ open: z.enum(['true', 'false']).optional(), ...PageQuery }),
  replies: {
    200: z.strictObject({
      total: z.number(),
      items: z.array(
        z.strictObject({
          id: z.string(),
          villageCode: z.string(),
          villageName: z.string(),
          rosterId: z.string().nullable(),
          words: z.string(),
          raisedAt: z.string(),
          dueAt: z.string().nullable(),
          lateMs: z.number(),
          closedAt: z.string().nullable(),
          outcome: z.string().nullable(),
        }),
      ),
    }),
  },
  async handle({ deps, actor, at, query }) {
    const { page = 1, size = SIZE } = query;
    const units = await readableUnits(deps.db, actor, at);
    const state =
      query.open === undefined
        ? undefined
        : query.open === 'true'
          ? isNull(clues.closedAt)
          : isNotNull(clues.closedAt);
    const condition = and(inArray(clues.villageCode, [...units]), state);
    const [rows, [counted]] = await Promise.all([
      deps.db
        .select({ clue: clues, villageName: organisations.name })
        .from(clues)
        .leftJoin(organisations, eq(organisations.code, clues.villageCode))
        .where(condition)
        .orderBy(sql`${clues.closedAt} is not null`, asc(clues.dueAt), asc(clues.id))
        .limit(size)
        .offset((page - 1) * size),
      deps.db.select({ total: count() }).from(clues).where(condition),
    ]);
    const items = rows.map(({ clue, villageName }) => ({
      id: clue.id,
      villageCode: clue.villageCode,
      villageName: villageName ?? clue.villageCode,
      rosterId: clue.rosterId,
      words: clue.words,
      raisedAt: isoInstant(clue.raisedAt),
      dueAt: isoOrNull(clue.dueAt),
      lateMs: clue.closedAt === null ? lateness(clue.dueAt, at) : 0,
      closedAt: isoOrNull(clue.closedAt),
      outcome: clue.outcome,
    }));
    return { status: 200, body: { items, total: counted?.total ?? 0 } };
  },
});

export const clueRoutes = [listClues];
