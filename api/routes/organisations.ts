/** 组织. */
import { and, asc, gt, inArray, isNull, lte, or } from 'drizzle-orm';
import { z } from 'zod';
import { organisations } from '../../db/schema/organisation.ts';
import { plainDateAt } from '../../domain/time/instant.ts';
import { readableUnits } from '../area.ts';
import { defineRoute } from '../define-route.ts';

const listOrganisations = defineRoute({
  method: 'get',
  path: '/organisations',
  tag: '组织',
  summary: '管辖范围内今天存在的组织',
  replies: {
    200: z.strictObject({
      items: z.array(
        z.strictObject({
          code: z.string(),
          parentCode: z.string().nullable(),
          level: z.string(),
          name: z.string(),
        }),
      ),
    }),
  },
  async handle({ deps, actor, at }) {
    const units = await readableUnits(deps.db, actor, at);
    const today = plainDateAt(at);
    const { code, parentCode, level, name, validFrom, validTo } = organisations;
    const items = await deps.db
      .select({ code, parentCode, level, name })
      .from(organisations)
      .where(
        and(
          inArray(code, [...units]),
          lte(validFrom, today),
          or(isNull(validTo), gt(validTo, today)),
        ),
      )
      .orderBy(asc(code));
    return { status: 200, body: { items } };
  },
});

export const organisationRoutes = [listOrganisations];
