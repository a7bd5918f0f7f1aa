/** 演练登录: in training everybody plays everybody, with the password that the start page prints. */
import { and, asc, eq, gt, isNull, lte, or, sql } from 'drizzle-orm';
import { z } from 'zod';
import { duties, organisations, users } from '../../db/schema/organisation.ts';
import { DUTY_WORDS, type Duty } from '../../domain/kernel/actor.ts';
import { plainDateAt } from '../../domain/time/instant.ts';
import { defineRoute } from '../define-route.ts';

const isDuty = (text: string): text is Duty => Object.hasOwn(DUTY_WORDS, text);

const signIns = defineRoute({
  method: 'get',
  path: '/training/sign-ins',
  tag: '登录',
  summary: '演练模式下可选的身份和共同的口令；正式模式下为空',
  open: true,
  replies: {
    200: z.strictObject({
      /** Null in production, and nobody is listed then. */
      password: z.string().nullable(),
      people: z.array(
        z.strictObject({
          signInName: z.string(),
          displayName: z.string(),
          orgCode: z.string(),
          orgName: z.string(),
          post: z.string(),
        }),
      ),
    }),
  },
  async handle({ deps, at }) {
    const password = deps.trainingPassword;
    if (!deps.training || password === null) {
      return { status: 200, body: { password: null, people: [] } };
    }
    const day = plainDateAt(at);
    const rows = await deps.db
      .select({
        signInName: users.signInName,
        displayName: users.displayName,
        orgCode: duties.orgCode,
        orgName: organisations.name,
        duty: duties.duty,
        department: duties.department,
      })
      .from(duties)
      .innerJoin(users, eq(users.id, duties.userId))
      .innerJoin(organisations, eq(organisations.code, duties.orgCode))
      .where(
        and(
          isNull(users.disabledAt),
          lte(duties.validFrom, day),
          or(isNull(duties.validTo), gt(duties.validTo, day)),
        ),
      )
      .orderBy(sql`length(${duties.orgCode}) desc`, asc(duties.orgCode), asc(users.signInName));
    const people = rows.map(({ duty, department, ...person }) => {
      const post = department ?? (isDuty(duty) ? DUTY_WORDS[duty] : duty);
      return { ...person, post };
    });
    return { status: 200, body: { password, people } };
  },
});

export const trainingRoutes = [signIns];
