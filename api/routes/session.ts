/** 登录与退出. */
import { z } from 'zod';
import { DUTY_WORDS } from '../../domain/kernel/actor.ts';
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
    return { status: 200, body: sessionOf(await actorOf(deps.db, request), at) };
  },
});

const getSession = defineRoute({
  method: 'get',
  path: '/session',
  tag: '登录',
  summary: '当前用户和岗位',
  replies: { 200: SessionJson },
  async handle({ actor, at }) {
    return { status: 200, body: sessionOf(actor, at) };
  },
});

const deleteSession = defineRoute({
  method: 'delete',
  path: '/session',
  tag: '登录',
  summary: '退出登录',
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
function sessionOf(actor: Parameters<typeof dutiesAt>[0], at: number) {
  const duties = dutiesAt(actor, at).map((held) => ({ ...held, words: DUTY_WORDS[held.duty] }));
  return { userId: actor.userId, name: actor.name, duties };
}

export const sessionRoutes = [postSession, getSession, deleteSession, putPassword];
