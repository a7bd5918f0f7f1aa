/** 功能窗口: opened and closed by an act of the 领导小组办公室 or by an application, mirrored to the registry. */
import { randomUUID } from 'node:crypto';
import { and, eq, gt, inArray, isNull, lt, or } from 'drizzle-orm';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import { z } from 'zod';
import { unitsAbove } from '../../db/administration/tree.ts';
import { commandId } from '../../db/record/submit-command.ts';
import { registryWindows } from '../../db/schema/effects.ts';
import { invariant } from '../../domain/invariant.ts';
import {
  FUNCTION_WORDS,
  isRegistryFunction,
  REGISTRY_FUNCTIONS,
} from '../../domain/plan/registry-function.ts';
import { accountLevel } from '../../registry/window.ts';
import { listRoots, readableUnits, requireDutyOver, requireReadable } from '../area.ts';
import { defineRoute, findIdempotencyKey } from '../define-route.ts';
import { Id, InstantJson, OrgCodeJson, Words } from '../json/parts.ts';
import { orgNames } from '../org-names.ts';
import { ApiProblem, isoInstant, isoOrNull } from '../problem.ts';

const WindowJson = z.strictObject({
  id: z.string(),
  functionKey: z.string(),
  functionName: z.string(),
  unitCode: z.string(),
  unitName: z.string(),
  opensAt: z.string(),
  closesAt: z.string().nullable(),
  documentNo: z.string(),
  /** 功能开放申请 by which it was opened; null where the office opened it. */
  applicationId: z.string().nullable(),
  open: z.boolean(),
});

type WindowRow = typeof registryWindows.$inferSelect;

const OFFICE = '上级或本级领导小组办公室';
const OFFICE_WORDS = `只有${OFFICE}可以开放或关闭功能窗口`;

/** The window as its readers see it; those below its unit do not have the unit's name from elsewhere. */
function windowView(row: WindowRow, at: number, names: ReadonlyMap<string, string>) {
  const { id, functionKey, unitCode, opensAt, closesAt, documentNo } = row;
  return {
    id,
    functionKey,
    functionName: isRegistryFunction(functionKey) ? FUNCTION_WORDS[functionKey] : functionKey,
    unitCode,
    unitName: names.get(unitCode) ?? unitCode,
    opensAt: isoInstant(opensAt),
    closesAt: isoOrNull(closesAt),
    documentNo,
    applicationId: row.rosterId,
    open: opensAt <= at && (closesAt === null || at < closesAt),
  };
}

const listWindows = defineRoute({
  method: 'get',
  path: '/windows',
  tag: '功能窗口',
  summary: '管辖范围内及上级开放的功能窗口',
  query: z.strictObject({ unit: OrgCodeJson.optional() }),
  replies: { 200: z.strictObject({ items: z.array(WindowJson) }) },
  async handle({ deps, actor, at, query }) {
    const own = await readableUnits(deps.db, actor, at);
    // A window of the county rules over its villages, so readers below must see it too.
    const units = [...new Set([...own, ...(await unitsAbove(deps.db, own))])];
    const wanted = query.unit === undefined ? units : await listRoots(deps.db, [query.unit]);
    const rows = await deps.db
      .select()
      .from(registryWindows)
      .where(
        inArray(
          registryWindows.unitCode,
          wanted.filter((code) => units.includes(code)),
        ),
      )
      .orderBy(registryWindows.opensAt, registryWindows.id);
    const names = await orgNames(deps.db);
    return { status: 200, body: { items: rows.map((row) => windowView(row, at, names)) } };
  },
});

async function findWindow(db: PostgresJsDatabase, id: string): Promise<WindowRow | undefined> {
  const [row] = await db.select().from(registryWindows).where(eq(registryWindows.id, id));
  return row;
}

/** The window of a repeated request; refused when the key came with another wish. */
function sameWindow(
  known: WindowRow,
  wish: { readonly functionKey: string; readonly unitCode: string; readonly documentNo: string },
): WindowRow {
  const { functionKey, unitCode, documentNo } = known;
  const isSame =
    functionKey === wish.functionKey &&
    unitCode === wish.unitCode &&
    documentNo === wish.documentNo;
  if (isSame) return known;
  throw new ApiProblem('CONFLICT', '同一次提交的内容前后不一致，请刷新页面后重新提交');
}

type WindowWish = Pick<WindowRow, 'functionKey' | 'unitCode' | 'opensAt' | 'closesAt'>;

/** A second window over the same time would keep open what the office believes to have closed. */
async function refuseOverlap(db: PostgresJsDatabase, wish: WindowWish) {
  const { functionKey, unitCode, closesAt, opensAt } = registryWindows;
  const [standing] = await db
    .select()
    .from(registryWindows)
    .where(
      and(
        eq(functionKey, wish.functionKey),
        eq(unitCode, wish.unitCode),
        or(isNull(closesAt), gt(closesAt, wish.opensAt)),
        wish.closesAt === null ? undefined : lt(opensAt, wish.closesAt),
      ),
    );
  if (standing === undefined) return;
  const from = isoInstant(standing.opensAt).slice(0, 10);
  const words = `这项功能已按${standing.documentNo}自${from}起开放，不用再开；要换依据的，先关闭它`;
  throw new ApiProblem('CONFLICT', words, { missing: ['关闭已有的开放'], whoClears: OFFICE });
}

const openWindow = defineRoute({
  method: 'post',
  path: '/windows',
  tag: '功能窗口',
  summary: '开放一项功能',
  body: z.strictObject({
    functionKey: z.enum(REGISTRY_FUNCTIONS),
    unitCode: OrgCodeJson,
    opensAt: InstantJson.optional(),
    closesAt: InstantJson.nullable().optional(),
    documentNo: Words,
  }),
  takesIdempotencyKey: true,
  replies: { 201: WindowJson },
  async handle({ deps, actor, at, body, request }) {
    const { unitCode, functionKey, documentNo, closesAt = null } = body;
    const who = { words: OFFICE_WORDS, whoClears: OFFICE };
    await requireDutyOver(deps.db, { actor, at, duty: 'office', unitCode, ...who });
    const key = findIdempotencyKey(request);
    const id = key === undefined ? `w-${randomUUID()}` : `w-${commandId(actor.userId, key)}`;
    const known = await findWindow(deps.db, id);
    const names = await orgNames(deps.db);
    if (known !== undefined) {
      return { status: 201, body: windowView(sameWindow(known, body), at, names) };
    }
    const opensAt = body.opensAt ?? at;
    if (opensAt < at) throw new ApiProblem('MALFORMED', '开放时间不能早于现在');
    if (closesAt !== null && closesAt <= opensAt) {
      throw new ApiProblem('MALFORMED', '关闭时间应晚于开放时间');
    }
    const openedBy = actor.userId;
    const level = accountLevel(unitCode, body.functionKey);
    const row = { id, functionKey, unitCode, opensAt, closesAt, openedBy, documentNo };
    await refuseOverlap(deps.db, row);
    // The registry first: a window that only we believe in would send entries into refusals.
    await deps.engine.openWindow({ ...row, level });
    await deps.db.insert(registryWindows).values(row).onConflictDoNothing();
    const saved = await findWindow(deps.db, id);
    invariant(saved !== undefined, 'the window was just saved');
    return { status: 201, body: windowView(saved, at, names) };
  },
});

const closeWindow = defineRoute({
  method: 'post',
  path: '/windows/:windowId/close',
  tag: '功能窗口',
  summary: '关闭一项功能',
  params: z.strictObject({ windowId: Id }),
  body: z.strictObject({ reason: Words }),
  replies: { 200: WindowJson },
  async handle({ deps, actor, at, params, body }) {
    const found = await findWindow(deps.db, params.windowId);
    if (found === undefined) throw new ApiProblem('NOT-FOUND', '没有这个功能窗口');
    await requireReadable(deps.db, actor, at, found.unitCode);
    const { unitCode } = found;
    const who = { words: OFFICE_WORDS, whoClears: OFFICE };
    await requireDutyOver(deps.db, { actor, at, duty: 'office', unitCode, ...who });
    const stillOpen = or(isNull(registryWindows.closesAt), gt(registryWindows.closesAt, at));
    const [closed] = await deps.db
      .update(registryWindows)
      .set({ closesAt: at, closedBy: actor.userId, closedReason: body.reason })
      .where(and(eq(registryWindows.id, params.windowId), stillOpen))
      .returning();
    // Ours closes first: from here on nothing more is sent. The registry hears of it at every request,
    // since a crash may have come between the two.
    await deps.engine.closeWindow(params.windowId, actor.userId);
    if (closed === undefined) throw new ApiProblem('CONFLICT', '这个功能窗口已经关闭');
    return { status: 200, body: windowView(closed, at, await orgNames(deps.db)) };
  },
});

export const windowRoutes = [listWindows, openWindow, closeWindow];
