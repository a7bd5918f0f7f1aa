/** 文书: one signature over many lists, with what became of it on each. */
import { z } from 'zod';
import type { ActorSnapshot } from '../../domain/kernel/actor.ts';
import type { Instant } from '../../domain/time/instant.ts';
import { type ActTarget, applyAct, findAct, hasChanged, signAct } from '../act.ts';
import { actRows } from '../act-rows.ts';
import { readableUnits } from '../area.ts';
import { defineRoute, idempotencyKeyOf } from '../define-route.ts';
import type { ApiDeps } from '../deps.ts';
import { ActJson, ActRowJson, ActViewJson } from '../json/act.ts';
import { Id } from '../json/parts.ts';
import { ApiProblem, isoInstant, refusalJson } from '../problem.ts';
import { PageQuery } from '../roster-rows.ts';

const STATE_WORDS = { applied: '已生效', refused: '不予受理', pending: '待办理' } as const;

function targetView(target: ActTarget) {
  const { rosterId, title, caseIds, outcome, plan } = target;
  const base = { rosterId, title, caseIds: [...caseIds] };
  if (outcome === null && hasChanged(target)) {
    const words = '签发后名单有变动，与文书所列的户不一致，请另行签发';
    return { ...base, state: 'refused' as const, words, refusals: [] };
  }
  const state = outcome?.kind ?? 'pending';
  const refusals = outcome?.kind === 'refused' ? outcome.refusals : [];
  return {
    ...base,
    state,
    words: STATE_WORDS[state],
    refusals: refusals.map((refusal) => refusalJson(refusal, plan.clauses)),
  };
}

/** The act with those of its lists that the reader may read; refused when there is none. */
async function actView(deps: ApiDeps, actId: string, actor: ActorSnapshot, at: Instant) {
  const [{ row, signed, targets }, units] = await Promise.all([
    findAct(deps.db, actId),
    readableUnits(deps.db, actor, at),
  ]);
  const own = targets.filter(({ unitCode }) => units.includes(unitCode));
  if (own.length === 0) throw new ApiProblem('NOT-YOUR-AREA', '这件文书不在您的管辖范围内');
  const { id, kind, title, documentNo, documentOn, issuerCode, signedBy, contentHash } = row;
  return {
    id,
    kind,
    title,
    documentNo,
    documentOn,
    issuerCode,
    signedBy,
    contentHash,
    opinion: signed.opinion,
    signedAt: isoInstant(row.signedAt),
    targets: own.map(targetView),
  };
}

const ActParams = z.strictObject({ actId: Id });

const postAct = defineRoute({
  method: 'post',
  path: '/acts',
  tag: '文书',
  summary: '签发审核或审定文书，并逐份名单执行；每份名单已生效、不予受理或待办理',
  body: ActJson,
  needsIdempotencyKey: true,
  replies: { 201: ActViewJson },
  async handle({ deps, actor, at, body, request }) {
    const idempotencyKey = idempotencyKeyOf(request);
    const actId = await signAct(deps.db, body, { actor, at, idempotencyKey });
    await applyAct(deps, actId, actor);
    return { status: 201, body: await actView(deps, actId, actor, at) };
  },
});

const applyPending = defineRoute({
  method: 'post',
  path: '/acts/:actId/apply',
  tag: '文书',
  summary: '继续执行文书中待办理的名单；由签发人办理',
  params: ActParams,
  replies: { 200: ActViewJson },
  async handle({ deps, actor, at, params }) {
    await applyAct(deps, params.actId, actor);
    return { status: 200, body: await actView(deps, params.actId, actor, at) };
  },
});

const getAct = defineRoute({
  method: 'get',
  path: '/acts/:actId',
  tag: '文书',
  summary: '文书及其在各名单上的办理结果',
  params: ActParams,
  replies: { 200: ActViewJson },
  async handle({ deps, actor, at, params }) {
    return { status: 200, body: await actView(deps, params.actId, actor, at) };
  },
});

const ACTS_SHOWN = 50;

const listActs = defineRoute({
  method: 'get',
  path: '/acts',
  tag: '文书',
  summary: '管辖范围内的文书，最近的在前，分页；各有多少份名单已生效、不予受理、待办理',
  query: z.strictObject(PageQuery),
  replies: { 200: z.strictObject({ items: z.array(ActRowJson), total: z.number() }) },
  async handle({ deps, actor, at, query }) {
    const { page = 1, size = ACTS_SHOWN } = query;
    const units = await readableUnits(deps.db, actor, at);
    const { total, rows } = await actRows(deps.db, units, {
      limit: size,
      offset: (page - 1) * size,
    });
    const items = rows.map((row) => ({ ...row, signedAt: isoInstant(row.signedAt) }));
    return { status: 200, body: { items, total } };
  },
});

export const actRoutes = [postAct, listActs, applyPending, getAct];
