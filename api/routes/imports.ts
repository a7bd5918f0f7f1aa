/** 花名册导入: preview first, then all of it or nothing. */
import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { lookBack } from '../../activities/look-back.ts';
import { applyRoll, findRollPreview, previewRoll } from '../../db/import/apply-roll.ts';
import { readPackLibrary } from '../../db/packs/pack-library.ts';
import { rollImports } from '../../db/schema/households.ts';
import type { Role } from '../../domain/kernel/actor.ts';
import { requireRole } from '../area.ts';
import { defineRoute, type RouteContext } from '../define-route.ts';
import { Id, OrgCodeJson } from '../json/parts.ts';
import { ApiProblem, isoOrNull } from '../problem.ts';
import { readUpload } from '../upload.ts';

/** Who imports a roll: 县、乡镇 经办 or 录入 over the area. */
const IMPORTERS: readonly Role[] = [
  { level: 'county', duty: 'clerk' },
  { level: 'county', duty: 'registry-operator' },
  { level: 'township', duty: 'clerk' },
  { level: 'township', duty: 'registry-operator' },
];

const Finding = z.strictObject({
  sheet: z.string(),
  row: z.number(),
  column: z.string(),
  code: z.string(),
  words: z.string(),
});

const Counts = z.strictObject({ created: z.number(), changed: z.number(), unchanged: z.number() });
const Moved = z.strictObject({
  personNo: z.string(),
  name: z.string(),
  fromHouseholdNo: z.string().nullable(),
  toHouseholdNo: z.string(),
});

/** What a person should look at before applying. */
const Changes = z.strictObject({
  households: Counts,
  members: Counts,
  movedHouseholds: z.array(
    z.strictObject({ householdNo: z.string(), fromVillage: z.string(), toVillage: z.string() }),
  ),
  movedMembers: z.array(Moved),
  vanishedMembers: z.array(
    z.strictObject({ personNo: z.string(), name: z.string(), householdNo: z.string() }),
  ),
  vanishedHouseholds: z.array(z.string()),
  adoptedApplicants: z.array(z.string()),
});

const PreviewJson = z.strictObject({
  importId: z.string(),
  summary: z.strictObject({
    villages: z.number(),
    households: z.number(),
    members: z.number(),
    years: z.array(z.string()),
  }),
  changes: Changes,
  /** 错误数据: while there is one, nothing can be imported. */
  errors: z.array(Finding),
  /** 疑似数据: to be checked; forbids nothing. */
  suspects: z.array(Finding),
  appliedAt: z.string().nullable(),
});

const upload = defineRoute({
  method: 'post',
  path: '/imports',
  tag: '导入',
  summary: '上传花名册（xlsx）并预览，不写入任何一户；县、乡镇经办或录入办理',
  query: z.strictObject({ area: OrgCodeJson }),
  upload: true,
  replies: { 201: PreviewJson },
  async handle({ deps, actor, at, query, request }) {
    await requireRole(deps.db, { actor, at, roles: IMPORTERS, unitCode: query.area });
    const { bytes } = await readUpload(request);
    const preview = await previewRoll(deps.db, {
      importId: randomUUID(),
      file: bytes,
      areaCode: query.area,
      uploadedBy: actor.userId,
      uploadedAt: at,
    });
    return { status: 201, body: { ...preview, appliedAt: null } };
  },
});

const ImportParams = z.strictObject({ importId: Id });

type OfImport = Pick<
  RouteContext<z.output<typeof ImportParams>, unknown, unknown>,
  'deps' | 'actor' | 'at' | 'params'
>;

/** A preview names people: it is for those who may import the same area. That area. */
async function requireImporter({ deps, actor, at, params }: OfImport): Promise<string> {
  const [row] = await deps.db
    .select({ areaCode: rollImports.areaCode })
    .from(rollImports)
    .where(eq(rollImports.id, params.importId));
  if (row === undefined) throw new ApiProblem('NOT-FOUND', '没有这次导入，请重新上传花名册');
  await requireRole(deps.db, { actor, at, roles: IMPORTERS, unitCode: row.areaCode });
  return row.areaCode;
}

const getImport = defineRoute({
  method: 'get',
  path: '/imports/:importId',
  tag: '导入',
  summary: '导入预览，以及是否已经导入',
  params: ImportParams,
  replies: { 200: PreviewJson },
  async handle(context) {
    await requireImporter(context);
    const { deps, params } = context;
    const preview = await findRollPreview(deps.db, params.importId);
    if (preview === undefined) throw new ApiProblem('NOT-FOUND', '没有这次导入');
    return { status: 200, body: { ...preview, appliedAt: isoOrNull(preview.appliedAt) } };
  },
});

const apply = defineRoute({
  method: 'post',
  path: '/imports/:importId/apply',
  tag: '导入',
  summary: '执行导入：全部入库或一户不入；重复执行不改变任何内容',
  params: ImportParams,
  replies: { 200: z.strictObject({ repeated: z.boolean(), changes: Changes }) },
  async handle(context) {
    const areaCode = await requireImporter(context);
    const { deps, params, at } = context;
    const answer = await applyRoll(deps.db, params.importId, at);
    if (!answer.ok) {
      const code = answer.code === 'import_not_found' ? 'NOT-FOUND' : 'ROWS-FAULTY';
      throw new ApiProblem(code, answer.words);
    }
    // 动态调整后: what the roll shows may be over the limit again (GV5).
    await lookBack(deps.db, await readPackLibrary(deps.db), { areaCode, at });
    const { repeated, changes } = answer;
    return { status: 200, body: { repeated, changes } };
  },
});

export const importRoutes = [upload, getImport, apply];
