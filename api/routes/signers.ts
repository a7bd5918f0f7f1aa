/** 代录: whose paper a typist may enter for a list. */
import { and, asc, eq, gt, inArray, isNull, lte, or } from 'drizzle-orm';
import { z } from 'zod';
import { loadChain } from '../../db/record/load-facts.ts';
import { duties, organisations, users } from '../../db/schema/organisation.ts';
import { DUTY_WORDS, type Duty } from '../../domain/kernel/actor.ts';
import { plainDateAt } from '../../domain/time/instant.ts';
import { grantsAt } from '../actor.ts';
import { defineRoute } from '../define-route.ts';
import { Id } from '../json/parts.ts';
import { readableRoster } from '../roster-access.ts';

const isDuty = (text: string): text is Duty => Object.hasOwn(DUTY_WORDS, text);

const listSigners = defineRoute({
  method: 'get',
  path: '/rosters/:rosterId/signers',
  tag: '名单',
  summary: '有代录授权的人可以代录哪些签字人的纸质材料；没有授权的为空',
  params: z.strictObject({ rosterId: Id }),
  replies: {
    200: z.strictObject({
      granted: z.boolean(),
      items: z.array(z.strictObject({ userId: z.string(), name: z.string(), words: z.string() })),
    }),
  },
  async handle({ deps, actor, at, params }) {
    const { roster } = await readableRoster(deps.db, actor, at, params.rosterId);
    const { chain } = await loadChain(deps.db, roster.unitCode);
    const codes = Object.values(chain);
    const granted = grantsAt(actor, at).some(
      ({ kind, orgCode }) => kind === 'proxy-entry' && codes.includes(orgCode),
    );
    if (!granted) return { status: 200, body: { granted, items: [] } };
    const day = plainDateAt(at);
    const rows = await deps.db
      .select({
        userId: users.id,
        name: users.displayName,
        orgName: organisations.name,
        duty: duties.duty,
      })
      .from(duties)
      .innerJoin(users, eq(users.id, duties.userId))
      .innerJoin(organisations, eq(organisations.code, duties.orgCode))
      .where(
        and(
          inArray(duties.orgCode, codes),
          lte(duties.validFrom, day),
          or(isNull(duties.validTo), gt(duties.validTo, day)),
        ),
      )
      .orderBy(asc(duties.orgCode), asc(users.displayName));
    const items = rows
      .filter(({ userId }) => userId !== actor.userId)
      .map(({ userId, name, orgName, duty }) => {
        return { userId, name, words: `${orgName}${isDuty(duty) ? DUTY_WORDS[duty] : duty}` };
      });
    return { status: 200, body: { granted, items } };
  },
});

export const signerRoutes = [listSigners];
