/** 规则包装入: an administrator tries a text and loads it; lists under way keep the rules they have. */
import { asc, isNull } from 'drizzle-orm';
import { z } from 'zod';
import { packImpact } from '../../db/packs/lists-under-pack.ts';
import { loadPackVersion } from '../../db/packs/load-version.ts';
import { allConfirmations } from '../../db/packs/pack-confirmations.ts';
import { readPackLibrary } from '../../db/packs/pack-library.ts';
import { packs } from '../../db/schema/effects.ts';
import { organisations } from '../../db/schema/organisation.ts';
import { isWithin, orgCode } from '../../domain/organisation/org-code.ts';
import { admitPack } from '../../policies/admit-pack.ts';
import { parsePack } from '../../policies/pack-file.ts';
import { dutiesAt } from '../actor.ts';
import { changeBy, madeBy, requireAdministrator } from '../administration.ts';
import { defineRoute, type RouteContext } from '../define-route.ts';
import {
  KeptVersionJson,
  LoadedVersionJson,
  PackPreviewJson,
  previewView,
  versionView,
} from '../json/pack-version.ts';
import { Words } from '../json/parts.ts';
import { ApiProblem, isoInstant, RefusedProblem } from '../problem.ts';

const TAG = '规则包';

/** A pack of 2,000 lines has some 150 KB. */
const TEXT_MAX = 500_000;

const PackText = z.string().min(1).max(TEXT_MAX);

/**
 * Rules of an area are loaded by who administers that area or one above it; rules of the layers above by
 * who administers the instance from its top. Returns the organisation for which it is done.
 */
async function requirePackArea(
  { deps, actor, at }: RouteContext<unknown, unknown, unknown>,
  areaCode: string,
): Promise<string> {
  await requireAdministrator(deps.db, { actor, at });
  const held = dutiesAt(actor, at)
    .filter(({ duty }) => duty === 'administrator')
    .map((duty) => duty.orgCode);
  const tops = await deps.db
    .select({ code: organisations.code })
    .from(organisations)
    .where(isNull(organisations.parentCode));
  const top = held.find((code) => tops.some((each) => each.code === code));
  const own = held.find((code) => isWithin(orgCode(areaCode), orgCode(code)));
  const found = top ?? own;
  if (found !== undefined) return found;
  const words = '这个规则包的地域不在您的管理范围内';
  throw new ApiProblem('NOT-YOUR-AREA', words, { whoClears: '上级管理员' });
}

const preview = defineRoute({
  method: 'post',
  path: '/administration/pack-previews',
  tag: TAG,
  summary: '试装规则包文本：检查结果、与现行版本的不同、对在办名单的影响；不改动任何数据',
  body: z.strictObject({ text: PackText }),
  replies: { 200: PackPreviewJson },
  async handle(context) {
    const { deps, body, at } = context;
    await requireAdministrator(deps.db, context);
    const library = await readPackLibrary(deps.db);
    const admission = admitPack(library, body.text);
    if (!admission.ok) throw new RefusedProblem([admission.refusal], {});
    const { version } = admission;
    await requirePackArea(context, version.loaded.pack.areaCode);
    const confirmations = await allConfirmations(deps.db);
    const isWhole = version.findings.length === 0;
    const next = isWhole ? version.library : null;
    const impact = await packImpact(deps.db, next, version.loaded.pack.id, at);
    return { status: 200, body: previewView(library, version, confirmations, impact) };
  },
});

const load = defineRoute({
  method: 'post',
  path: '/administration/packs',
  tag: TAG,
  summary: '装入规则包的新版本；在办名单仍按发起时的规则，新名单按新版本',
  body: z.strictObject({ text: PackText, reason: Words }),
  replies: { 200: LoadedVersionJson, 201: LoadedVersionJson },
  async handle(context) {
    const { deps, body } = context;
    const { text, reason } = body;
    await requireAdministrator(deps.db, context);
    const admission = admitPack(await readPackLibrary(deps.db), text);
    if (!admission.ok) throw new RefusedProblem([admission.refusal], {});
    const { areaCode } = admission.version.loaded.pack;
    const forOrg = await requirePackArea(context, areaCode);
    const change = changeBy(context, reason);
    const { loaded, isSame } = await deps.db.transaction(async (tx) =>
      madeBy(await loadPackVersion(tx, { text, orgCode: forOrg }, change)),
    );
    return { status: isSame ? 200 : 201, body: { ...versionView(loaded), isNew: !isSame } };
  },
});

const list = defineRoute({
  method: 'get',
  path: '/administration/packs',
  tag: TAG,
  summary: '现行规则包和装入过的版本',
  replies: { 200: z.strictObject({ items: z.array(KeptVersionJson) }) },
  async handle(context) {
    const { deps } = context;
    await requireAdministrator(deps.db, context);
    const library = await readPackLibrary(deps.db);
    const rows = await deps.db.select().from(packs).orderBy(asc(packs.id), asc(packs.version));
    const shipped = [...library.packs.values()]
      .filter(({ isShipped }) => isShipped)
      .map((loaded) => ({
        ...versionView(loaded),
        isPresent: true,
        isShipped: true,
        loadedBy: null,
        recordedAt: null,
      }));
    const kept = rows.map(({ digest, source, loadedBy, recordedAt }) => {
      const pack = parsePack(source);
      const present = library.packs.get(pack.id);
      return {
        ...versionView({ pack, digest, source, isShipped: false }),
        isPresent: present?.digest === digest,
        isShipped: false,
        loadedBy,
        recordedAt: isoInstant(recordedAt.getTime()),
      };
    });
    return { status: 200, body: { items: [...shipped, ...kept] } };
  },
});

export const packVersionRoutes = [preview, load, list];
