/** 附件: photos and scans, by content hash. */
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { and, eq, sql } from 'drizzle-orm';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import { fileTypeFromBuffer } from 'file-type';
import { z } from 'zod';
import { files } from '../../db/schema/effects.ts';
import { visitForms } from '../../db/schema/households.ts';
import { cases, events, rosters } from '../../db/schema/record.ts';
import { ownListRoots, withinRoots } from '../area.ts';
import { defineRoute } from '../define-route.ts';
import { logReading } from '../id-numbers.ts';
import { Hash } from '../json/parts.ts';
import { ApiProblem } from '../problem.ts';
import { readUpload } from '../upload.ts';

const FILE_TYPES: ReadonlySet<string> = new Set(['image/jpeg', 'image/png', 'application/pdf']);

/** Where the bytes of a hash lie; two letters keep folders small. */
export function filePath(filesDir: string, hash: string): string {
  return join(filesDir, hash.slice(0, 2), hash);
}

/** Written beside and renamed: a name in the store always holds whole content. */
async function storeBytes(filesDir: string, hash: string, bytes: Buffer): Promise<void> {
  const path = filePath(filesDir, hash);
  await mkdir(join(filesDir, hash.slice(0, 2)), { recursive: true });
  const fresh = `${path}.${randomUUID()}`;
  await writeFile(fresh, bytes, { flush: true });
  await rename(fresh, path);
}

const FileJson = z.strictObject({ hash: z.string(), mediaType: z.string(), size: z.number() });

const upload = defineRoute({
  method: 'post',
  path: '/files',
  tag: '附件',
  summary: '上传照片或扫描件（JPEG、PNG、PDF，不超过 10 MB）',
  upload: true,
  replies: { 201: FileJson },
  async handle({ deps, actor, at, request }) {
    const { bytes, name } = await readUpload(request);
    // By content, whatever the name or the sender says.
    const type = await fileTypeFromBuffer(bytes);
    if (type === undefined || !FILE_TYPES.has(type.mime)) {
      throw new ApiProblem('FILE-TYPE', '只接受 JPEG、PNG 照片和 PDF 扫描件');
    }
    const hash = createHash('sha256').update(bytes).digest('hex');
    await storeBytes(deps.filesDir, hash, bytes);
    await deps.db
      .insert(files)
      .values({
        hash,
        mediaType: type.mime,
        size: bytes.length,
        originalName: name.slice(0, 200),
        uploadedBy: actor.userId,
        uploadedAt: at,
      })
      .onConflictDoNothing();
    return { status: 201, body: { hash, mediaType: type.mime, size: bytes.length } };
  },
});

/** Whether a list that the reader may read names the file, in its events or in a form. */
async function isNamedInArea(
  db: PostgresJsDatabase,
  roots: readonly string[],
  hash: string,
): Promise<boolean> {
  const within = withinRoots(roots, [rosters.unitCode, rosters.townshipCode, rosters.countyCode]);
  const pattern = `%${hash}%`;
  const [inEvent] = await db
    .select({ id: rosters.id })
    .from(rosters)
    .innerJoin(events, eq(events.rosterId, rosters.id))
    .where(and(within, sql`${events.body}::text like ${pattern}`))
    .limit(1);
  if (inEvent !== undefined) return true;
  const [inForm] = await db
    .select({ id: rosters.id })
    .from(rosters)
    .innerJoin(cases, eq(cases.rosterId, rosters.id))
    .innerJoin(visitForms, eq(visitForms.caseId, cases.id))
    .where(and(within, sql`${visitForms.body}::text like ${pattern}`))
    .limit(1);
  return inForm !== undefined;
}

const getFile = defineRoute({
  method: 'get',
  path: '/files/:hash',
  tag: '附件',
  summary: '查看附件：上传人，或附件所在名单管辖范围内的人；留查阅记录',
  params: z.strictObject({ hash: Hash }),
  replies: { 200: z.unknown() },
  async handle({ deps, actor, at, params, response }) {
    const [file] = await deps.db.select().from(files).where(eq(files.hash, params.hash));
    if (file === undefined) throw new ApiProblem('NOT-FOUND', '没有这个附件');
    if (file.uploadedBy !== actor.userId) {
      const roots = await ownListRoots(deps.db, actor, at);
      if (!(await isNamedInArea(deps.db, roots, params.hash))) {
        throw new ApiProblem('NOT-YOUR-AREA', '这个附件不在您的管辖范围内');
      }
    }
    const reading = { userId: actor.userId, what: 'file', reference: params.hash } as const;
    await logReading(deps.db, reading);
    response.set('content-security-policy', "default-src 'none'; sandbox");
    response.type(file.mediaType);
    await new Promise<void>((resolve, reject) => {
      response.sendFile(filePath(deps.filesDir, params.hash), { dotfiles: 'allow' }, (error) =>
        error ? reject(error) : resolve(),
      );
    });
    return null;
  },
});

export const fileRoutes = [upload, getFile];
