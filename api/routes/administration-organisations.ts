/** 组织管理与村民小组管理, by the administrator of the area. */
import { randomUUID } from 'node:crypto';
import { asc, eq, inArray } from 'drizzle-orm';
import { z } from 'zod';
import {
  createOrganisation,
  endOrganisation,
  moveOrganisation,
  renameOrganisation,
} from '../../db/administration/organisations.ts';
import type { Changed } from '../../db/administration/record-change.ts';
import { createGroup, endGroup, renameGroup } from '../../db/administration/villager-groups.ts';
import { organisations, villagerGroups } from '../../db/schema/organisation.ts';
import {
  changeBy,
  madeBy,
  requireAdministration,
  requireAdministrator,
} from '../administration.ts';
import { createOnce } from '../create-once.ts';
import { defineRoute, type RouteContext } from '../define-route.ts';
import { Dated, GroupJson, Name, OrganisationJson } from '../json/administration.ts';
import { Id, OrgCodeJson, PlainDateJson, Words } from '../json/parts.ts';
import { ApiProblem } from '../problem.ts';

const TAG = '管理';
const OrgParams = z.strictObject({ code: OrgCodeJson });

const list = defineRoute({
  method: 'get',
  path: '/administration/organisations',
  tag: TAG,
  summary: '管理范围内的组织，含已撤销的',
  replies: { 200: z.strictObject({ items: z.array(OrganisationJson) }) },
  async handle(context) {
    const units = await requireAdministrator(context.deps.db, context);
    const items = await context.deps.db
      .select()
      .from(organisations)
      .where(inArray(organisations.code, [...units]))
      .orderBy(asc(organisations.code));
    return { status: 200, body: { items } };
  },
});

const create = defineRoute({
  method: 'post',
  path: '/administration/organisations',
  tag: TAG,
  summary: '设立组织；层级由区划代码定',
  needsIdempotencyKey: true,
  body: z.strictObject({
    code: OrgCodeJson,
    parentCode: OrgCodeJson,
    name: Name,
    validFrom: PlainDateJson,
    reason: Words,
  }),
  replies: { 201: OrganisationJson },
  async handle(context) {
    const { deps, body, request, actor } = context;
    await requireAdministration(deps.db, context, [body.parentCode]);
    const { reason, ...given } = body;
    const subjectId = given.code;
    const asked = { request, userId: actor.userId, what: 'organisation', body, subjectId };
    await createOnce(deps.db, asked, async (tx) =>
      madeBy(await createOrganisation(tx, given, changeBy(context, reason))),
    );
    const [row] = await deps.db
      .select()
      .from(organisations)
      .where(eq(organisations.code, body.code));
    return { status: 201, body: row };
  },
});

/** The parent as it is: who administers an organisation from above moves and ends it. */
async function parentOf(context: RouteContext<{ code: string }, unknown, unknown>) {
  const [row] = await context.deps.db
    .select()
    .from(organisations)
    .where(eq(organisations.code, context.params.code));
  if (row === undefined) throw new ApiProblem('NOT-FOUND', '没有这个组织');
  return row.parentCode ?? row.code;
}

const rename = defineRoute({
  method: 'post',
  path: '/administration/organisations/:code/rename',
  tag: TAG,
  summary: '组织更名；此前出具的文书仍用原名',
  params: OrgParams,
  body: z.strictObject({ name: Name, ...Dated }),
  replies: { 200: OrganisationJson },
  async handle(context) {
    const { deps, params, body } = context;
    await requireAdministration(deps.db, context, [params.code]);
    const { reason, ...given } = { ...params, ...body };
    return changeInOne(context, (tx) => renameOrganisation(tx, given, changeBy(context, reason)));
  },
});

const move = defineRoute({
  method: 'post',
  path: '/administration/organisations/:code/move',
  tag: TAG,
  summary: '组织改隶；在办名单随之由新的上级办理',
  params: OrgParams,
  body: z.strictObject({ parentCode: OrgCodeJson, ...Dated }),
  replies: { 200: OrganisationJson },
  async handle(context) {
    const { deps, params, body } = context;
    const places = [params.code, await parentOf(context), body.parentCode];
    await requireAdministration(deps.db, context, places);
    const { reason, ...given } = { ...params, ...body };
    return changeInOne(context, (tx) => moveOrganisation(tx, given, changeBy(context, reason)));
  },
});

const end = defineRoute({
  method: 'post',
  path: '/administration/organisations/:code/end',
  tag: TAG,
  summary: '撤销组织；岗位、授权同时终止，在办名单由承接单位继续',
  params: OrgParams,
  body: z.strictObject({ successorCode: OrgCodeJson.nullable(), ...Dated }),
  replies: { 200: OrganisationJson },
  async handle(context) {
    const { deps, params, body } = context;
    const successor = body.successorCode === null ? [] : [body.successorCode];
    const places = [params.code, await parentOf(context), ...successor];
    await requireAdministration(deps.db, context, places);
    const { reason, ...given } = { ...params, ...body };
    return changeInOne(context, (tx) => endOrganisation(tx, given, changeBy(context, reason)));
  },
});

type Transaction = Parameters<
  Parameters<RouteContext<unknown, unknown, unknown>['deps']['db']['transaction']>[0]
>[0];

/** One transaction, rolled back by a refusal. */
async function changeInOne<T>(
  { deps }: RouteContext<unknown, unknown, unknown>,
  change: (tx: Transaction) => Promise<Changed<T>>,
) {
  const body = await deps.db.transaction(async (tx) => madeBy(await change(tx)));
  return { status: 200, body };
}

const listGroups = defineRoute({
  method: 'get',
  path: '/administration/groups',
  tag: TAG,
  summary: '一个村的村民小组，含已撤销的',
  query: z.strictObject({ village: OrgCodeJson }),
  replies: { 200: z.strictObject({ items: z.array(GroupJson) }) },
  async handle(context) {
    const { deps, query } = context;
    await requireAdministration(deps.db, context, [query.village]);
    const items = await deps.db
      .select()
      .from(villagerGroups)
      .where(eq(villagerGroups.villageCode, query.village))
      .orderBy(asc(villagerGroups.name), asc(villagerGroups.id));
    return { status: 200, body: { items } };
  },
});

const addGroup = defineRoute({
  method: 'post',
  path: '/administration/groups',
  tag: TAG,
  summary: '设立村民小组',
  needsIdempotencyKey: true,
  body: z.strictObject({ villageCode: OrgCodeJson, name: Name, reason: Words }),
  replies: { 201: GroupJson },
  async handle(context) {
    const { deps, body, request, actor } = context;
    await requireAdministration(deps.db, context, [body.villageCode]);
    const { reason, ...given } = body;
    const asked = { request, userId: actor.userId, what: 'group', body, subjectId: randomUUID() };
    const { subjectId: id } = await createOnce(deps.db, asked, async (tx) =>
      madeBy(await createGroup(tx, { ...given, id: asked.subjectId }, changeBy(context, reason))),
    );
    const [row] = await deps.db.select().from(villagerGroups).where(eq(villagerGroups.id, id));
    return { status: 201, body: row };
  },
});

const GroupParams = z.strictObject({ groupId: Id });

async function requireGroup(context: RouteContext<{ groupId: string }, unknown, unknown>) {
  const { deps, params } = context;
  const { id, villageCode } = villagerGroups;
  const [row] = await deps.db
    .select({ villageCode })
    .from(villagerGroups)
    .where(eq(id, params.groupId));
  if (row === undefined) throw new ApiProblem('NOT-FOUND', '没有这个村民小组');
  await requireAdministration(deps.db, context, [row.villageCode]);
}

const renameOneGroup = defineRoute({
  method: 'post',
  path: '/administration/groups/:groupId/rename',
  tag: TAG,
  summary: '村民小组更名',
  params: GroupParams,
  body: z.strictObject({ name: Name, reason: Words }),
  replies: { 200: GroupJson },
  async handle(context) {
    await requireGroup(context);
    const { reason, ...given } = { ...context.params, ...context.body };
    return changeInOne(context, (tx) => renameGroup(tx, given, changeBy(context, reason)));
  },
});

const endOneGroup = defineRoute({
  method: 'post',
  path: '/administration/groups/:groupId/end',
  tag: TAG,
  summary: '撤并村民小组；农户并入本村另一小组',
  params: GroupParams,
  body: z.strictObject({ intoId: Id.nullable(), ...Dated }),
  replies: { 200: GroupJson },
  async handle(context) {
    await requireGroup(context);
    const { reason, ...given } = { ...context.params, ...context.body };
    return changeInOne(context, (tx) => endGroup(tx, given, changeBy(context, reason)));
  },
});

export const administrationOrganisationRoutes = [
  list,
  create,
  rename,
  move,
  end,
  listGroups,
  addGroup,
  renameOneGroup,
  endOneGroup,
];
