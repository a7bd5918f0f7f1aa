/** 公示表: preview, frozen sheets, the paper to print, and whether a paper agrees with the record. */
import { z } from 'zod';
import { contentHash } from '../../db/record/hash-chain.ts';
import { defineRoute, type RouteContext } from '../define-route.ts';
import { Hash, Id, listOf, SheetWords } from '../json/parts.ts';
import { ApiProblem, isoInstant, RefusalJson, refusalJson } from '../problem.ts';
import { readableRoster } from '../roster-access.ts';
import { readSheetCode, sheetCode } from '../sheet-code.ts';
import { sheetPaper } from '../sheet-paper.ts';
import { previewSheet, type SheetRecord, sheetsOf } from '../sheets.ts';

const RosterParams = z.strictObject({ rosterId: Id });
const SheetParams = z.strictObject({ rosterId: Id, hash: Hash });

/** Its style is inside; nothing else is loaded, and no script runs. */
const PAPER_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'";

const preview = defineRoute({
  method: 'post',
  path: '/rosters/:rosterId/sheets/preview',
  tag: '公示表',
  summary: '预览：现在定稿会得到的公示表、公告表或更正表，和不能张贴的原因；不改变任何内容',
  params: RosterParams,
  body: z.strictObject({
    contact: SheetWords.nullable(),
    correction: z
      .strictObject({
        change: z.enum(['outcome', 'identity', 'added-name', 'other']),
        caseIds: listOf(Id),
        words: SheetWords,
      })
      .nullable(),
  }),
  replies: {
    200: z.strictObject({
      hash: z.string(),
      sheet: z.record(z.string(), z.unknown()),
      refusals: z.array(RefusalJson),
      paper: z.string(),
    }),
  },
  async handle({ deps, actor, at, params, body }) {
    const row = await readableRoster(deps.db, actor, at, params.rosterId);
    const { hash, sheet, refusals } = await previewSheet(deps.db, row, at, {
      ...body,
      contact: body.contact?.trim() ?? null,
    });
    const paper = await sheetPaper({ hash, sheet, receipt: null, isPreview: true });
    const reasons = refusals.map((refusal) => refusalJson(refusal, row.plan.clauses));
    return { status: 200, body: { hash, sheet, refusals: reasons, paper } };
  },
});

const SheetRowJson = z.strictObject({
  hash: z.string(),
  kind: z.string(),
  title: z.string(),
  subtitle: z.string(),
  code: z.string(),
  statusWords: z.string(),
  draftedAt: z.string(),
  postings: z.array(z.strictObject({ place: z.string(), postedAt: z.string() })),
  periodWords: z.string().nullable(),
});

/** 状态 of a frozen sheet as users read it. */
function statusWords({ isVoid, postings }: SheetRecord): string {
  if (isVoid) return '已作废，不得张贴';
  return postings.length === 0 ? '已定稿，未张贴' : '已张贴';
}

function sheetRow(record: SheetRecord): z.output<typeof SheetRowJson> {
  const { hash, sheet, draftedAt, postings, receipt } = record;
  return {
    hash,
    kind: sheet.kind,
    title: sheet.title,
    subtitle: sheet.subtitle,
    code: sheetCode(sheet.rosterId, hash),
    statusWords: statusWords(record),
    draftedAt: isoInstant(draftedAt),
    postings: postings.map(({ place, postedAt }) => ({ place, postedAt: isoInstant(postedAt) })),
    periodWords: receipt?.words ?? null,
  };
}

const listSheets = defineRoute({
  method: 'get',
  path: '/rosters/:rosterId/sheets',
  tag: '公示表',
  summary: '名单已定稿的公示表、更正表和公告表，先定稿的在前',
  params: RosterParams,
  replies: { 200: z.strictObject({ items: z.array(SheetRowJson) }) },
  async handle({ deps, actor, at, params }) {
    await readableRoster(deps.db, actor, at, params.rosterId);
    const records = await sheetsOf(deps.db, params.rosterId);
    return { status: 200, body: { items: records.map(sheetRow) } };
  },
});

async function sheetOf({
  deps,
  actor,
  at,
  params,
}: Pick<
  RouteContext<z.output<typeof SheetParams>, unknown, unknown>,
  'deps' | 'actor' | 'at' | 'params'
>): Promise<SheetRecord> {
  await readableRoster(deps.db, actor, at, params.rosterId);
  const records = await sheetsOf(deps.db, params.rosterId);
  const found = records.find(({ hash }) => hash === params.hash);
  if (found === undefined) throw new ApiProblem('NOT-FOUND', '这个名单没有这份表');
  return found;
}

const getSheet = defineRoute({
  method: 'get',
  path: '/rosters/:rosterId/sheets/:hash',
  tag: '公示表',
  summary: '一份定稿的内容，核对码和张贴情况',
  params: SheetParams,
  replies: {
    200: z.strictObject({ ...SheetRowJson.shape, sheet: z.record(z.string(), z.unknown()) }),
  },
  async handle(context) {
    const record = await sheetOf(context);
    return { status: 200, body: { ...sheetRow(record), sheet: record.sheet } };
  },
});

const getPaper = defineRoute({
  method: 'get',
  path: '/rosters/:rosterId/sheets/:hash/paper',
  tag: '公示表',
  summary: '一份定稿的打印页（A4，自带样式）',
  params: SheetParams,
  replies: { 200: z.unknown() },
  async handle(context) {
    const record = await sheetOf(context);
    const { hash, sheet, receipt } = record;
    const paper = await sheetPaper({ hash, sheet, receipt, isPreview: false });
    const { response } = context;
    response.set('content-security-policy', PAPER_POLICY);
    response.type('html').send(paper);
    return null;
  },
});

const check = defineRoute({
  method: 'get',
  path: '/sheets/check',
  tag: '公示表',
  summary: '核对：纸上二维码与登记是否一致',
  query: z.strictObject({ code: z.string().max(300) }),
  replies: {
    200: z.strictObject({
      agrees: z.boolean(),
      words: z.string(),
      rosterId: z.string().nullable(),
      sheet: z.record(z.string(), z.unknown()).nullable(),
    }),
  },
  async handle({ deps, actor, at, query }) {
    const named = readSheetCode(query.code);
    if (named === undefined) {
      const words = '这不是本系统公示表的核对码。';
      return { status: 200, body: { agrees: false, words, rosterId: null, sheet: null } };
    }
    const { rosterId } = named;
    await readableRoster(deps.db, actor, at, rosterId);
    const records = await sheetsOf(deps.db, rosterId);
    const found = records.find(({ hash }) => hash === named.hash);
    const { agrees, words } = judgePaper(found);
    return { status: 200, body: { agrees, words, rosterId, sheet: found?.sheet ?? null } };
  },
});

/** Whether a paper with this code may hang, in words. The reader compares the lines with his eyes. */
function judgePaper(found: SheetRecord | undefined): { agrees: boolean; words: string } {
  if (found === undefined) {
    return { agrees: false, words: '名单没有定稿过这份表，纸上的表与登记不符。' };
  }
  if (contentHash(found.sheet) !== found.hash) {
    return { agrees: false, words: '登记的内容与核对码不符，请报告管理员。' };
  }
  if (found.isVoid) return { agrees: false, words: '这份表已作废，不得张贴，请换上最新定稿。' };
  const posted = found.postings.length === 0 ? '尚未登记张贴' : '已登记张贴';
  return { agrees: true, words: `核对码与登记一致（${posted}），请逐行比对纸上的户。` };
}

export const sheetRoutes = [preview, listSheets, getSheet, getPaper, check];
