/** 登录与退出. */
import { eq } from 'drizzle-orm';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import { z } from 'zod';
import { users } from '../../db/schema/organisation.ts';
import { type ActorSnapshot, DUTY_WORDS } from '../../domain/kernel/actor.ts';
import type { Instant } from '../../domain/time/instant.ts';
import { actorOf, dutiesAt } from '../actor.ts';
import { defineRoute } from '../define-route.ts';
import { SessionJson } from '../json/session.ts';
import { changePassword, signIn, signOut } from '../session.ts';

/** 口令长度, characters. */
const PASSWORD_LENGTH_MIN = 8;

const postSession = defineRoute({
  method: 'post',
  path: '/session',
  tag: '登录',
  summary: '登录；连续失败五次锁定十分钟',
  open: true,
  body: z.strictObject({
    name: z.string().min(1).max(100),
    password: z.string().min(1).max(200),
  }),
  replies: { 200: SessionJson },
  async handle({ deps, request, body, at }) {
    await signIn(deps.db, request, body);
    const actor = await actorOf(deps.db, request, { withOneTimePassword: true });
    return { status: 200, body: await sessionOf(deps.db, actor, at) };
  },
});

const getSession = defineRoute({
  method: 'get',
  path: '/session',
  tag: '登录',
  summary: '当前用户和岗位',
  withOneTimePassword: true,
  replies: { 200: SessionJson },
  async handle({ deps, actor, at }) {
    return { status: 200, body: await sessionOf(deps.db, actor, at) };
  },
});

const deleteSession = defineRoute({
  method: 'delete',
  path: '/session',
  tag: '登录',
  summary: '退出登录',
  withOneTimePassword: true,
  replies: { 200: z.strictObject({ ok: z.boolean() }) },
  async handle({ request }) {
    await signOut(request);
    return { status: 200, body: { ok: true } };
  },
});

const putPassword = defineRoute({
  method: 'put',
  path: '/session/password',
  tag: '登录',
  summary: '修改口令（新口令至少八位）；本人在别处的登录随即失效',
  withOneTimePassword: true,
  body: z.strictObject({
    old: z.string().min(1).max(200),
    new: z.string().min(PASSWORD_LENGTH_MIN).max(200),
  }),
  replies: { 200: z.strictObject({ ok: z.boolean() }) },
  async handle({ deps, request, actor, body }) {
    await changePassword(deps.db, request, actor.userId, body);
    return { status: 200, body: { ok: true } };
  },
});

/** Only duties held now: what a user did years ago is no business of the page. */
async function sessionOf(db: PostgresJsDatabase, actor: ActorSnapshot, at: Instant) {
  const duties = dutiesAt(actor, at).map((held) => ({ ...held, words: DUTY_WORDS[held.duty] }));
  const [user] = await db
    .select({ mustChangePassword: users.mustChangePassword })
    .from(users)
    .where(eq(users.id, actor.userId));
  const mustChangePassword = user?.mustChangePassword ?? false;
  return { userId: actor.userId, name: actor.name, duties, mustChangePassword };
}

export const sessionRoutes = [postSession, getSession, deleteSession, putPassword];
