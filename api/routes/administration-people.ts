/** 账号、岗位与授权管理, by the administrator of the area. Nobody gives anything to himself. */
import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { endDuty, giveDuty } from '../../db/administration/duties.ts';
import { endGrant, giveGrant } from '../../db/administration/grants.ts';
import { unitsBelow } from '../../db/administration/tree.ts';
import { createUser, endUser, resetPassword, unlockUser } from '../../db/administration/users.ts';
import { duties, grants } from '../../db/schema/organisation.ts';
import {
  accountsOf,
  accountView,
  dutyView,
  makeOneTimePassword,
  passwordHashOf,
} from '../accounts.ts';
import {
  changeBy,
  madeBy,
  requireAdministration,
  requireAdministrationOf,
  requireAdministrator,
} from '../administration.ts';
import { createOnce } from '../create-once.ts';
import { defineRoute } from '../define-route.ts';
import {
  AccountJson,
  AccountWithPasswordJson,
  Dated,
  HeldDutyJson,
  HeldGrantJson,
  Name,
  NewDutyJson,
  NewGrantJson,
  ReasonBody,
  SignInName,
} from '../json/administration.ts';
import { Id, OrgCodeJson, Words } from '../json/parts.ts';
import { ApiProblem } from '../problem.ts';

const TAG = '管理';
const UserParams = z.strictObject({ userId: Id });

const listUsers = defineRoute({
  method: 'get',
  path: '/administration/users',
  tag: TAG,
  summary: '管理范围内（或其中一个组织及以下）的账号、岗位和授权',
  query: z.strictObject({ org: OrgCodeJson.optional() }),
  replies: { 200: z.strictObject({ items: z.array(AccountJson) }) },
  async handle(context) {
    const { deps, query } = context;
    const units = await requireAdministrator(deps.db, context);
    if (query.org !== undefined) await requireAdministration(deps.db, context, [query.org]);
    const wanted = query.org === undefined ? units : await unitsBelow(deps.db, [query.org]);
    return { status: 200, body: { items: await accountsOf(deps.db, wanted) } };
  },
});

const addUser = defineRoute({
  method: 'post',
  path: '/administration/users',
  tag: TAG,
  summary: '开设账号；一次性口令只在这次答复中出现，首次登录须修改',
  needsIdempotencyKey: true,
  body: z.strictObject({
    signInName: SignInName,
    displayName: Name,
    orgCode: OrgCodeJson,
    reason: Words,
  }),
  replies: { 201: AccountWithPasswordJson },
  async handle(context) {
    const { deps, body, request, actor } = context;
    await requireAdministration(deps.db, context, [body.orgCode]);
    const password = makeOneTimePassword();
    const passwordHash = await passwordHashOf(password);
    const { reason, ...given } = body;
    const asked = { request, userId: actor.userId, what: 'user', body, subjectId: randomUUID() };
    const { subjectId: id, isNew } = await createOnce(deps.db, asked, async (tx) => {
      const user = { ...given, id: asked.subjectId, passwordHash, mustChangePassword: true };
      return madeBy(await createUser(tx, user, changeBy(context, reason)));
    });
    const oneTimePassword = isNew ? password : null;
    return { status: 201, body: { account: await accountView(deps.db, id), oneTimePassword } };
  },
});

const closeUser = defineRoute({
  method: 'post',
  path: '/administration/users/:userId/end',
  tag: TAG,
  summary: '停用账号；岗位、授权、登录同时终止',
  params: UserParams,
  body: ReasonBody,
  replies: { 200: AccountJson },
  async handle(context) {
    const { deps, params, body } = context;
    await requireAdministrationOf(deps.db, context, params.userId);
    const change = changeBy(context, body.reason);
    await deps.db.transaction(async (tx) => madeBy(await endUser(tx, params.userId, change)));
    return { status: 200, body: await accountView(deps.db, params.userId) };
  },
});

const newPassword = defineRoute({
  method: 'post',
  path: '/administration/users/:userId/password',
  tag: TAG,
  summary: '重置口令；一次性口令只在这次答复中出现，原有登录随即失效',
  params: UserParams,
  body: ReasonBody,
  replies: { 200: AccountWithPasswordJson },
  async handle(context) {
    const { deps, params, body } = context;
    await requireAdministrationOf(deps.db, context, params.userId);
    const oneTimePassword = makeOneTimePassword();
    const passwordHash = await passwordHashOf(oneTimePassword);
    const given = { userId: params.userId, passwordHash };
    const change = changeBy(context, body.reason);
    await deps.db.transaction(async (tx) => madeBy(await resetPassword(tx, given, change)));
    const account = await accountView(deps.db, params.userId);
    return { status: 200, body: { account, oneTimePassword } };
  },
});

const unlock = defineRoute({
  method: 'post',
  path: '/administration/users/:userId/unlock',
  tag: TAG,
  summary: '解除登录锁定',
  params: UserParams,
  body: ReasonBody,
  replies: { 200: AccountJson },
  async handle(context) {
    const { deps, params, body } = context;
    await requireAdministrationOf(deps.db, context, params.userId);
    const change = changeBy(context, body.reason);
    await deps.db.transaction(async (tx) => madeBy(await unlockUser(tx, params.userId, change)));
    return { status: 200, body: await accountView(deps.db, params.userId) };
  },
});

const addDuty = defineRoute({
  method: 'post',
  path: '/administration/duties',
  tag: TAG,
  summary: '任岗；不能给自己任岗，管理员不兼任其他岗位',
  needsIdempotencyKey: true,
  body: NewDutyJson,
  replies: { 201: HeldDutyJson },
  async handle(context) {
    const { deps, body, request, actor } = context;
    await requireAdministration(deps.db, context, [body.orgCode]);
    await requireAdministrationOf(deps.db, context, body.userId);
    const { reason, ...given } = body;
    const asked = { request, userId: actor.userId, what: 'duty', body, subjectId: randomUUID() };
    const { subjectId: id } = await createOnce(deps.db, asked, async (tx) =>
      madeBy(await giveDuty(tx, { ...given, id: asked.subjectId }, changeBy(context, reason))),
    );
    const [row] = await deps.db.select().from(duties).where(eq(duties.id, id));
    if (row === undefined) throw new TypeError('an inserted row is there');
    return { status: 201, body: dutyView(row) };
  },
});

const stopDuty = defineRoute({
  method: 'post',
  path: '/administration/duties/:dutyId/end',
  tag: TAG,
  summary: '免岗，自某日起（不早于今天）',
  params: z.strictObject({ dutyId: Id }),
  body: z.strictObject(Dated),
  replies: { 200: HeldDutyJson },
  async handle(context) {
    const { deps, params, body } = context;
    const [row] = await deps.db.select().from(duties).where(eq(duties.id, params.dutyId));
    if (row === undefined) throw new ApiProblem('NOT-FOUND', '没有这个岗位');
    await requireAdministration(deps.db, context, [row.orgCode]);
    const change = changeBy(context, body.reason);
    const given = { dutyId: row.id, on: body.on };
    const ended = await deps.db.transaction(async (tx) => madeBy(await endDuty(tx, given, change)));
    return { status: 200, body: dutyView(ended) };
  },
});

const addGrant = defineRoute({
  method: 'post',
  path: '/administration/grants',
  tag: TAG,
  summary: '授权：代录、辖区、按户；不能给自己授权',
  needsIdempotencyKey: true,
  body: NewGrantJson,
  replies: { 201: HeldGrantJson },
  async handle(context) {
    const { deps, body, request, actor } = context;
    await requireAdministration(deps.db, context, [body.orgCode]);
    await requireAdministrationOf(deps.db, context, body.userId);
    const { reason, ...given } = body;
    const asked = { request, userId: actor.userId, what: 'grant', body, subjectId: randomUUID() };
    const { subjectId: id } = await createOnce(deps.db, asked, async (tx) =>
      madeBy(await giveGrant(tx, { ...given, id: asked.subjectId }, changeBy(context, reason))),
    );
    const [row] = await deps.db.select().from(grants).where(eq(grants.id, id));
    return { status: 201, body: row };
  },
});

const stopGrant = defineRoute({
  method: 'post',
  path: '/administration/grants/:grantId/end',
  tag: TAG,
  summary: '终止授权，自某日起（不早于今天）',
  params: z.strictObject({ grantId: Id }),
  body: z.strictObject(Dated),
  replies: { 200: HeldGrantJson },
  async handle(context) {
    const { deps, params, body } = context;
    const [row] = await deps.db.select().from(grants).where(eq(grants.id, params.grantId));
    if (row === undefined) throw new ApiProblem('NOT-FOUND', '没有这项授权');
    await requireAdministration(deps.db, context, [row.orgCode]);
    const change = changeBy(context, body.reason);
    const given = { grantId: row.id, on: body.on };
    const ended = await deps.db.transaction(async (tx) =>
      madeBy(await endGrant(tx, given, change)),
    );
    return { status: 200, body: ended };
  },
});

export const administrationPeopleRoutes = [
  listUsers,
  addUser,
  closeUser,
  newPassword,
  unlock,
  addDuty,
  stopDuty,
  addGrant,
  stopGrant,
];
