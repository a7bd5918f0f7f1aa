/** 待办、逾期、进度: lists from indexes and rollups; overdue is derived when it is read. */
import { and, asc, eq, gt, isNotNull, lt, or, type SQL, sum } from 'drizzle-orm';
import { z } from 'zod';
import { progress, rosters } from '../../db/schema/record.ts';
import { invariant } from '../../domain/invariant.ts';
import { DUTY_WORDS } from '../../domain/kernel/actor.ts';
import { LEVEL_WORDS, levelOf, orgCode } from '../../domain/organisation/org-code.ts';
import { dutiesAt, grantsAt } from '../actor.ts';
import { ownListRoots, withinRoots } from '../area.ts';
import { defineRoute } from '../define-route.ts';
import { orgNames } from '../org-names.ts';
import { type RosterAtStep, rostersAtStep, waitsFor } from '../waiting.ts';
import { RosterRowJson, rosterRows } from './rosters.ts';

const places = [rosters.unitCode, rosters.townshipCode, rosters.countyCode] as const;

const inbox = defineRoute({
  method: 'get',
  path: '/inbox',
  tag: '待办',
  summary: '等您办理的名单',
  replies: {
    200: z.strictObject({
      items: z.array(
        z.strictObject({
          rosterId: z.string(),
          words: z.string(),
          title: z.string(),
          unitName: z.string(),
          stepName: z.string(),
          caseCount: z.number(),
          dueAt: z.string().nullable(),
          lateMs: z.number(),
        }),
      ),
    }),
  },
  async handle({ deps, actor, at }) {
    const roots = await ownListRoots(deps.db, actor, at);
    const condition = and(eq(rosters.open, true), withinRoots(roots, places));
    const [rows, steps] = await Promise.all([
      rosterRows(deps.db, condition, at),
      rostersAtStep(deps.db, condition),
    ]);
    const stepOf = new Map(steps.map((step): [string, RosterAtStep] => [step.rosterId, step]));
    const held = { duties: dutiesAt(actor, at), grants: grantsAt(actor, at) };
    const items = rows.flatMap((row) => {
      const step = stepOf.get(row.id);
      if (step === undefined || !waitsFor(step, held)) return [];
      const { title, unitName, stepName, openCases: caseCount, dueAt, lateMs } = row;
      const words = `办理${stepName}`;
      return [{ rosterId: row.id, words, title, unitName, stepName, caseCount, dueAt, lateMs }];
    });
    return { status: 200, body: { items } };
  },
});

const overdue = defineRoute({
  method: 'get',
  path: '/overdue',
  tag: '待办',
  summary: '已过时限的名单',
  replies: { 200: z.strictObject({ items: z.array(RosterRowJson) }) },
  async handle({ deps, actor, at }) {
    const roots = await ownListRoots(deps.db, actor, at);
    const late: SQL | undefined = or(
      and(isNotNull(rosters.dueAt), lt(rosters.dueAt, at)),
      and(isNotNull(rosters.outerDueAt), lt(rosters.outerDueAt, at)),
    );
    const condition = and(eq(rosters.open, true), withinRoots(roots, places), late);
    return { status: 200, body: { items: await rosterRows(deps.db, condition, at) } };
  },
});

const PlaceJson = z.strictObject({
  unitCode: z.string(),
  unitName: z.string(),
  procedure: z.string(),
  packId: z.string(),
  /** 应办: every case ever listed. */
  total: z.number(),
  /** Where cases stand: by step key while live, by outcome or status when finished. */
  buckets: z.record(z.string(), z.number()),
});

const progressRoute = defineRoute({
  method: 'get',
  path: '/progress',
  tag: '待办',
  summary: '应办、已办，谁误期，压在谁手里',
  replies: {
    200: z.strictObject({
      items: z.array(PlaceJson),
      open: z.number(),
      late: z.array(RosterRowJson),
      desks: z.array(z.strictObject({ words: z.string(), rosters: z.number(), late: z.number() })),
    }),
  },
  async handle({ deps, actor, at }) {
    const roots = await ownListRoots(deps.db, actor, at);
    const columns = [progress.villageCode, progress.townshipCode, progress.countyCode];
    const { villageCode, procedure, packId, bucket } = progress;
    const counts = await deps.db
      .select({
        villageCode,
        procedure,
        packId,
        bucket,
        count: sum(progress.count).mapWith(Number),
      })
      .from(progress)
      .where(and(withinRoots(roots, columns), gt(progress.count, 0)))
      .groupBy(villageCode, procedure, packId, bucket)
      .orderBy(asc(villageCode), asc(procedure), asc(packId));
    const condition = and(eq(rosters.open, true), withinRoots(roots, places));
    const [open, steps, names] = await Promise.all([
      rosterRows(deps.db, condition, at),
      rostersAtStep(deps.db, condition),
      orgNames(deps.db),
    ]);
    const late = open.filter(({ lateMs }) => lateMs > 0);
    const lateIds = new Set(late.map(({ id }) => id));
    const items = sumByPlace(counts, names);
    return {
      status: 200,
      body: { items, open: open.length, late, desks: desksOf(steps, lateIds, names) },
    };
  },
});

type Counted = {
  villageCode: string;
  procedure: string;
  packId: string;
  bucket: string;
  count: number;
};

function sumByPlace(counts: readonly Counted[], names: ReadonlyMap<string, string>) {
  const byPlace = new Map<string, z.output<typeof PlaceJson>>();
  for (const { villageCode, procedure, packId, bucket, count } of counts) {
    const key = `${villageCode} ${procedure} ${packId}`;
    const unitName = names.get(villageCode) ?? villageCode;
    const empty = { unitCode: villageCode, unitName, procedure, packId, total: 0 };
    const place: z.output<typeof PlaceJson> = byPlace.get(key) ?? { ...empty, buckets: {} };
    place.total += count;
    place.buckets[bucket] = count;
    byPlace.set(key, place);
  }
  return [...byPlace.values()];
}

/** 压在谁手里: open lists by the organisation and duty that they wait for. */
function desksOf(
  steps: readonly RosterAtStep[],
  lateIds: ReadonlySet<string>,
  names: ReadonlyMap<string, string>,
) {
  const desks = new Map<string, { words: string; rosters: number; late: number }>();
  for (const { rosterId, holderCode, by } of steps) {
    const [role] = by;
    invariant(role !== undefined, 'a step names who acts');
    const level = LEVEL_WORDS[levelOf(orgCode(holderCode))];
    const words = `${names.get(holderCode) ?? level}${DUTY_WORDS[role.duty]}`;
    const desk = desks.get(words) ?? { words, rosters: 0, late: 0 };
    desk.rosters += 1;
    desk.late += lateIds.has(rosterId) ? 1 : 0;
    desks.set(words, desk);
  }
  return [...desks.values()].sort((a, b) => b.late - a.late || b.rosters - a.rosters);
}

export const workRoutes = [inbox, overdue, progressRoute];
