/** 规则包版本 on the wire. */
import { z } from 'zod';
import type { PackImpact } from '../../db/packs/lists-under-pack.ts';
import type { ReadVersion } from '../../policies/admit-pack.ts';
import { findConflicts, type RuleConflict } from '../../policies/find-conflicts.ts';
import { type LoadedPack, lineageOf, type PackLibrary } from '../../policies/load-packs.ts';
import { type RuleDifference, ruleDifferences } from '../../policies/rule-differences.ts';
import type { RuleLine } from '../../policies/rule-lines.ts';
import { unconfirmedValues } from '../../policies/unconfirmed-values.ts';
import { RefusalJson, refusalJson } from '../problem.ts';

const VersionJson = z.strictObject({
  id: z.string(),
  title: z.string(),
  version: z.number(),
  digest: z.string(),
  areaCode: z.string(),
  year: z.number().nullable(),
});

const RuleSide = z
  .strictObject({
    words: z.string(),
    source: z.string(),
    packId: z.string(),
    verified: z.boolean(),
  })
  .nullable();

const ConflictSide = z.strictObject({
  by: z.string(),
  words: z.string(),
  source: z.string(),
  verified: z.boolean(),
});

const PlanLine = z.strictObject({
  where: z.string(),
  what: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable(),
});

/** 预览: what loading the text would mean; nothing was changed. */
export const PackPreviewJson = z.strictObject({
  pack: VersionJson,
  /** The version that rules now; null for a new pack. */
  present: VersionJson.nullable(),
  isSame: z.boolean(),
  /** Why it may not be loaded; empty where it may. */
  refusals: z.array(RefusalJson),
  findings: z.array(
    z.strictObject({ packId: z.string(), path: z.string(), code: z.string(), words: z.string() }),
  ),
  /** Rules that contradict one another with this text and did not before. */
  conflicts: z.array(
    z.strictObject({
      kind: z.enum(['lineage', 'siblings', 'confirmation']),
      areaCode: z.string(),
      procedure: z.string().nullable(),
      where: z.string(),
      what: z.string(),
      sides: z.array(ConflictSide),
    }),
  ),
  /** What becomes otherwise, for every place that the pack rules. */
  differences: z.array(
    z.strictObject({
      packId: z.string(),
      procedure: z.string().nullable(),
      where: z.string(),
      what: z.string(),
      kind: z.enum(['words', 'source']),
      before: RuleSide,
      after: RuleSide,
    }),
  ),
  /** 待核定: what the office would have to confirm anew before lists can start. */
  unconfirmed: z.array(z.strictObject({ packId: z.string(), path: z.string(), words: z.string() })),
  impact: z.strictObject({
    total: z.number(),
    lists: z.array(
      z.strictObject({
        rosterId: z.string(),
        unitCode: z.string(),
        title: z.string(),
        procedure: z.string(),
        packId: z.string(),
        packVersion: z.number(),
        stepName: z.string(),
        openCases: z.number(),
        differences: z.array(PlanLine).nullable(),
      }),
    ),
  }),
});

/** A version that was loaded. */
export const LoadedVersionJson = VersionJson.extend({ isNew: z.boolean() });

/** A version as kept. */
export const KeptVersionJson = VersionJson.extend({
  isPresent: z.boolean(),
  isShipped: z.boolean(),
  loadedBy: z.string().nullable(),
  recordedAt: z.string().nullable(),
});

/** 规则包 with version and fingerprint. */
export function versionView({ pack, digest }: LoadedPack): z.output<typeof VersionJson> {
  const { id, title, version, areaCode, year } = pack;
  return { id, title, version, digest, areaCode, year };
}

/** The whole preview of a text that could be read. */
export function previewView(
  before: PackLibrary,
  version: ReadVersion,
  confirmations: Parameters<typeof findConflicts>[1],
  impact: PackImpact,
): z.output<typeof PackPreviewJson> {
  const { loaded, present, library, findings, refusals, isSame } = version;
  const known = new Set(findConflicts(before, confirmations).map(conflictKey));
  const conflicts = findConflicts(library, confirmations);
  const places = [...library.packs.values()]
    .filter(({ pack }) => pack.year !== null)
    .filter(({ pack }) => lineageOf(library, pack.id).includes(loaded.pack));
  const changed = places.flatMap(({ pack }) => differencesOf(before, library, pack.id));
  // A faulty text gives no plan, so nobody can say what it would leave open.
  const whole = findings.length === 0 ? places : [];
  const open = whole.flatMap(({ pack: { id, areaCode } }) => {
    const given = (confirmations ?? []).filter(({ packId }) => packId === id);
    return unconfirmedValues(library, id, areaCode, given).map(({ path, words }) => {
      return { packId: id, path, words };
    });
  });
  return {
    pack: versionView(loaded),
    present: present && versionView(present),
    isSame,
    refusals: refusals.map((refusal) => refusalJson(refusal, {})),
    findings: findings.map(({ packId, path, code, words }) => ({ packId, path, code, words })),
    conflicts: conflicts
      .filter((conflict) => !known.has(conflictKey(conflict)))
      .map((conflict) => ({ ...conflict, sides: [...conflict.sides] })),
    differences: changed,
    unconfirmed: open,
    impact: {
      total: impact.total,
      lists: impact.lists.map((list) => {
        return { ...list, differences: list.differences && [...list.differences] };
      }),
    },
  };
}

function conflictKey(conflict: RuleConflict): string {
  return JSON.stringify(conflict);
}

function differencesOf(before: PackLibrary, after: PackLibrary, packId: string) {
  if (!before.packs.has(packId)) return [];
  const found = ruleDifferences({ library: before, packId }, { library: after, packId });
  return found.map((difference: RuleDifference) => ({
    ...difference,
    packId,
    before: sideView(difference.before),
    after: sideView(difference.after),
  }));
}

function sideView(line: RuleLine | null): z.output<typeof RuleSide> {
  if (line === null) return null;
  const { words, clause, clauseId, packId, verified } = line;
  const source = clause === null ? clauseId : `${clause.document} ${clause.article}`;
  return { words, source, packId, verified };
}
