/** 与花名册对账: the roll exported from the national system against what was entered here. */
import { z } from 'zod';
import { compareRoll } from '../../activities/compare-roll.ts';
import { unitsBelow } from '../../db/administration/tree.ts';
import type { Role } from '../../domain/kernel/actor.ts';
import { requireRole } from '../area.ts';
import { defineRoute } from '../define-route.ts';
import { OrgCodeJson } from '../json/parts.ts';
import { ApiProblem } from '../problem.ts';
import { readUpload } from '../upload.ts';

/** Who compares: the county's office, and those who enter and check at county and township. */
const COMPARERS: readonly Role[] = [
  { level: 'county', duty: 'office' },
  { level: 'county', duty: 'registry-operator' },
  { level: 'county', duty: 'entry-reviewer' },
  { level: 'township', duty: 'registry-operator' },
  { level: 'township', duty: 'entry-reviewer' },
];

const EntryJson = z.strictObject({
  entryId: z.string(),
  rosterId: z.string(),
  unitName: z.string(),
  headName: z.string(),
  words: z.string(),
});

const FAULTS_MAX = 50;

const compare = defineRoute({
  method: 'post',
  path: '/roll-comparisons',
  tag: '录入',
  summary: '上传全国系统导出的花名册（xlsx），与本系统的录入逐户核对；不改变任何内容',
  query: z.strictObject({ area: OrgCodeJson }),
  upload: true,
  replies: {
    200: z.strictObject({
      households: z.number(),
      matched: z.number(),
      contradicting: z.array(EntryJson),
      open: z.array(EntryJson),
    }),
  },
  async handle({ deps, actor, at, query, request }) {
    await requireRole(deps.db, { actor, at, roles: COMPARERS, unitCode: query.area });
    const { bytes } = await readUpload(request);
    const units = await unitsBelow(deps.db, [query.area]);
    const answer = await compareRoll(deps.db, { units, file: bytes });
    if (!answer.ok) {
      const missing = answer.errors
        .slice(0, FAULTS_MAX)
        .map(({ sheet, row, column, words }) => `“${sheet}”表第${row}行${column}：${words}`);
      const words = `花名册有${answer.errors.length}处错误，没有核对`;
      throw new ApiProblem('ROWS-FAULTY', words, { missing });
    }
    const { ok: _ok, contradicting, open, ...counts } = answer;
    const body = { ...counts, contradicting: [...contradicting], open: [...open] };
    return { status: 200, body };
  },
});

export const rollComparisonRoutes = [compare];
