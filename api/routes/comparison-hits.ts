/** 比对疑点: what a department found of whom, for those who have to explain it or judge the explanation. */
import { and, desc, eq } from 'drizzle-orm';
import { z } from 'zod';
import { isAnyOf } from '../../db/record/any-of.ts';
import {
  comparisonReceipts,
  comparisonResults,
  comparisonSubjects,
} from '../../db/schema/effects.ts';
import { isActive } from '../../domain/kernel/state.ts';
import { grantedHouseholds, isReadable } from '../area.ts';
import { defineRoute } from '../define-route.ts';
import { logReading } from '../id-numbers.ts';
import { Id } from '../json/parts.ts';
import { readableRoster } from '../roster-access.ts';

const HitJson = z.strictObject({
  caseId: z.string(),
  department: z.string(),
  dataOn: z.string(),
  name: z.string(),
  relation: z.string(),
  /** In the department's words. */
  detail: z.string(),
});

const listHits = defineRoute({
  method: 'get',
  path: '/rosters/:rosterId/hits',
  tag: '比对',
  summary: '名单上的比对疑点：哪个部门、比中谁、比中什么；以各部门最近一次反馈为准；留查阅记录',
  params: z.strictObject({ rosterId: Id }),
  replies: { 200: z.strictObject({ items: z.array(HitJson) }) },
  async handle({ deps, actor, at, params }) {
    const { roster } = await readableRoster(deps.db, actor, at, params.rosterId);
    const isWhole = await isReadable(deps.db, actor, at, roster.unitCode);
    const granted = grantedHouseholds(actor, at);
    const active = roster.state.cases
      .filter((item) => isActive(item) && (isWhole || granted.includes(item.subjectId)))
      .map(({ id: each }) => each);
    if (active.length === 0) return { status: 200, body: { items: [] } };
    await logReading(deps.db, {
      userId: actor.userId,
      what: 'comparison-hits',
      reference: roster.id,
    });
    const { caseId, receiptId, idNumber, hit, detail } = comparisonResults;
    const { id, batchId, department, dataOn, returnedAt } = comparisonReceipts;
    const person = and(
      eq(comparisonSubjects.batchId, batchId),
      eq(comparisonSubjects.caseId, caseId),
      eq(comparisonSubjects.idNumber, idNumber),
    );
    const { name, relation } = comparisonSubjects;
    const rows = await deps.db
      .select({ receiptId, caseId, department, dataOn, name, relation, detail, hit })
      .from(comparisonResults)
      .innerJoin(comparisonReceipts, eq(id, receiptId))
      .innerJoin(comparisonSubjects, person)
      .where(isAnyOf(caseId, active))
      .orderBy(desc(returnedAt), receiptId, idNumber);
    const newest = new Map<string, string>();
    for (const row of rows) {
      const key = JSON.stringify([row.caseId, row.department]);
      if (!newest.has(key)) newest.set(key, row.receiptId);
    }
    const items = rows
      .filter((row) => newest.get(JSON.stringify([row.caseId, row.department])) === row.receiptId)
      .filter((row) => row.hit)
      .map(({ receiptId: _receipt, hit: _hit, ...shown }) => shown);
    return { status: 200, body: { items } };
  },
});

export const comparisonHitRoutes = [listHits];
