/** 村: what a township's list of villages may be made of. */
import { and, asc, eq, inArray } from 'drizzle-orm';
import { z } from 'zod';
import { loadVillages } from '../../db/record/load-villages.ts';
import { organisations } from '../../db/schema/organisation.ts';
import { cases } from '../../db/schema/record.ts';
import { requireReadable } from '../area.ts';
import { defineRoute } from '../define-route.ts';
import { OrgCodeJson } from '../json/parts.ts';

const VillageJson = z.strictObject({
  villageCode: z.string(),
  name: z.string(),
  status: z.enum(['poor-village', 'exited-village', 'ordinary-village']),
  /** 出列年度. */
  exitYear: z.number().nullable(),
  /** 未脱贫 persons and households, 返贫 included. */
  poorPersons: z.number(),
  poorHouseholds: z.number(),
  /** Households on a list of 贫困户脱贫 that is not finished: they come first. */
  openExitCases: z.number(),
  /** Procedures in which the village has a case that is not finished. */
  live: z.array(z.string()),
});

const listVillages = defineRoute({
  method: 'get',
  path: '/villages',
  tag: '村',
  summary: '一个乡镇的村：是否贫困村、是否出列、未脱贫人数',
  query: z.strictObject({ township: OrgCodeJson }),
  replies: { 200: z.strictObject({ items: z.array(VillageJson) }) },
  async handle({ deps, actor, at, query }) {
    await requireReadable(deps.db, actor, at, query.township);
    const { code, parentCode, level } = organisations;
    const rows = await deps.db
      .select({ code })
      .from(organisations)
      .where(and(eq(parentCode, query.township), eq(level, 'village')))
      .orderBy(asc(code));
    const codes = rows.map((row) => row.code);
    const [known, live] = await Promise.all([
      loadVillages(deps.db, codes),
      deps.db
        .select({ subjectId: cases.subjectId, procedure: cases.procedure })
        .from(cases)
        .where(and(eq(cases.live, true), inArray(cases.subjectId, codes))),
    ]);
    const items = codes.flatMap((each) => {
      const village = known.get(each);
      if (village === undefined) return [];
      const own = live.filter(({ subjectId }) => subjectId === each);
      return [{ ...village, live: own.map(({ procedure }) => procedure) }];
    });
    return { status: 200, body: { items } };
  },
});

export const villageRoutes = [listVillages];
