/** 就绪与对账: what can be reached, and where record, workflows and registry do not agree. */
import { and, desc, inArray, isNotNull, isNull, or, type SQL } from 'drizzle-orm';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import { z } from 'zod';
import { DISAGREEMENT_KINDS, type DisagreementKind } from '../../db/reconcile/kinds.ts';
import { disagreements } from '../../db/schema/disagreements.ts';
import type { Duty } from '../../domain/kernel/actor.ts';
import { levelOf, orgCode } from '../../domain/organisation/org-code.ts';
import { dutiesAt } from '../actor.ts';
import { listRoots } from '../area.ts';
import { defineRoute } from '../define-route.ts';
import { orgNames } from '../org-names.ts';
import { ApiProblem, isoInstant, isoOrNull } from '../problem.ts';

const ROWS_MAX = 500;

/** Who may see where the system does not agree with itself. */
const READERS: readonly Duty[] = ['office', 'administrator', 'inspector', 'leader'];

const PartJson = z.strictObject({ ok: z.boolean(), words: z.string() });

const ready = defineRoute({
  method: 'get',
  path: '/ready',
  tag: '运行',
  summary: '数据库、流程服务、办理程序是否都在',
  open: true,
  replies: {
    200: z.strictObject({
      ok: z.boolean(),
      record: PartJson,
      engine: PartJson,
      workers: PartJson,
    }),
  },
  async handle({ deps }) {
    const { record, engine, workers } = await deps.readiness();
    const part = (ok: boolean, name: string, lost: string) => ({
      ok,
      words: ok ? `${name}正常` : `${name}连接不上，${lost}`,
    });
    const body = {
      ok: record && engine && workers,
      record: part(record, '数据库', '暂时不能受理'),
      engine: part(engine, '流程服务', '操作会收下，恢复后生效'),
      workers: part(workers, '办理程序', '操作会收下，恢复后生效'),
    };
    return { status: body.ok ? 200 : 503, body };
  },
});

const DisagreementJson = z.strictObject({
  id: z.number().int(),
  kind: z.string(),
  /** What is not as it should be. */
  words: z.string(),
  /** What the system does by itself, and what to do when it stays. */
  todo: z.string(),
  subject: z.string(),
  rosterId: z.string().nullable(),
  /** Null for what concerns the whole system. */
  countyName: z.string().nullable(),
  since: z.string(),
  seenAt: z.string(),
  /** How often a repair went through; the next look shows whether it helped. */
  repairs: z.number().int(),
  endedAt: z.string().nullable(),
});

const list = defineRoute({
  method: 'get',
  path: '/disagreements',
  tag: '运行',
  summary: '对账发现的不一致：何事、何时起、怎么办',
  query: z.strictObject({ ended: z.enum(['true', 'false']).default('false') }),
  replies: { 200: z.strictObject({ items: z.array(DisagreementJson) }) },
  async handle({ deps, actor, at, query }) {
    const held = dutiesAt(actor, at).filter(({ duty }) => READERS.includes(duty));
    if (held.length === 0) {
      const words = '只有领导小组办公室、管理员、督查和领导可以查看对账结果';
      throw new ApiProblem('NOT-YOUR-DUTY', words, { whoClears: '领导小组办公室' });
    }
    const counties = await countiesOf(
      deps.db,
      held.map((duty) => duty.orgCode),
    );
    const { countyCode, endedAt } = disagreements;
    const whole: SQL | undefined = isNull(countyCode);
    const condition = and(
      counties.length === 0 ? whole : or(whole, inArray(countyCode, [...counties])),
      query.ended === 'true' ? isNotNull(endedAt) : isNull(endedAt),
    );
    const [rows, names] = await Promise.all([
      deps.db
        .select()
        .from(disagreements)
        .where(condition)
        .orderBy(desc(disagreements.since), desc(disagreements.id))
        .limit(ROWS_MAX),
      orgNames(deps.db),
    ]);
    const items = rows.map(
      ({ kind, countyCode: county, since, seenAt, endedAt: ended, ...row }) => ({
        ...row,
        kind,
        ...DISAGREEMENT_KINDS[kind as DisagreementKind],
        countyName: county === null ? null : (names.get(county) ?? county),
        since: isoInstant(since.getTime()),
        seenAt: isoInstant(seenAt.getTime()),
        endedAt: isoOrNull(ended?.getTime() ?? null),
      }),
    );
    return { status: 200, body: { items } };
  },
});

/** Counties at or below the organisations at which a reader holds the duty. */
async function countiesOf(
  db: PostgresJsDatabase,
  codes: readonly string[],
): Promise<readonly string[]> {
  const roots = await listRoots(db, codes);
  return roots.filter((code) => levelOf(orgCode(code)) === 'county');
}

export const healthRoutes = [ready, list];
