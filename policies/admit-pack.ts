/** 装入审查 — whether a text may become the present version of its pack, and what it would break. */

import type { Refusal } from '../domain/kernel/refusal.ts';
import { type LintFinding, lintLibrary } from './lint-pack.ts';
import { type LoadedPack, PackFault, type PackLibrary, withPack } from './load-packs.ts';

/** A text that could be read, with the library once it stands in it. */
export interface ReadVersion {
  readonly loaded: LoadedPack;
  /** The version that rules now; null for a pack that is new. */
  readonly present: LoadedPack | null;
  readonly library: PackLibrary;
  /** What the linter finds now and did not find before, in this pack or in one below it. */
  readonly findings: readonly LintFinding[];
  /** Why it may not be loaded; empty for one that may. */
  readonly refusals: readonly Refusal[];
  /** The very text that rules already. */
  readonly isSame: boolean;
}

/** A text read and judged, or why it cannot be read. */
export type PackAdmission =
  | { readonly ok: true; readonly version: ReadVersion }
  | { readonly ok: false; readonly refusal: Refusal };

const LOADER = '提交人改正后重新提交';

/** Reads a text as the next version of its pack and judges it against the library. */
export function admitPack(library: PackLibrary, text: string): PackAdmission {
  let next: ReturnType<typeof withPack>;
  try {
    next = withPack(library, { name: '所提交的文本', text });
  } catch (error) {
    if (!(error instanceof PackFault)) throw error;
    return { ok: false, refusal: faultRefusal(error) };
  }
  const { loaded } = next;
  const present = library.packs.get(loaded.pack.id) ?? null;
  const known = new Set(lintLibrary(library).map(findingKey));
  const findings = lintLibrary(next.library).filter((each) => !known.has(findingKey(each)));
  const isSame = present?.digest === loaded.digest;
  const refusals = isSame ? [] : refusalsOf(loaded, present, findings);
  return {
    ok: true,
    version: { loaded, present, library: next.library, findings, refusals, isSame },
  };
}

function findingKey({ packId, code, path, words }: LintFinding): string {
  return [packId, code, path, words].join('\n');
}

function faultRefusal(fault: PackFault): Refusal {
  const { message: words, kind } = fault;
  const whoClears = LOADER;
  return kind === 'unreadable'
    ? { code: 'PACK-UNREADABLE', words, missing: ['能读懂的规则包文本'], whoClears }
    : { code: 'PACK-PARENT', words, missing: ['已有的上级规则包'], whoClears };
}

function refusalsOf(
  { pack, digest }: LoadedPack,
  present: LoadedPack | null,
  findings: readonly LintFinding[],
): readonly Refusal[] {
  const refusals: Refusal[] = [];
  const { id, version } = pack;
  if (present !== null && version < present.pack.version) {
    refusals.push({
      code: 'PACK-OLDER',
      words: `规则包${id}现在是第${present.pack.version}版，不能退回第${version}版；要恢复旧规定，请以新的版本号装入。`,
      missing: [`高于${present.pack.version}的版本号`],
      whoClears: LOADER,
    });
  }
  if (present !== null && version === present.pack.version && digest !== present.digest) {
    refusals.push({
      code: 'PACK-SAME-VERSION',
      words: `规则包${id}第${version}版已经公布，内容与所提交的不同；公布的版本不能改动，请用新的版本号。`,
      missing: [`高于${version}的版本号`],
      whoClears: LOADER,
    });
  }
  if (pack.kind === 'bench') {
    const words = '性能测试用的规则包不能装入。';
    refusals.push({ code: 'PACK-FAULTY', words, missing: ['地方规则包'], whoClears: LOADER });
  }
  if (findings.length > 0) {
    refusals.push({
      code: 'PACK-FAULTY',
      words: `规则包有${findings.length}处不合规定，没有装入。`,
      missing: findings.map(({ packId, path, words }) => `${packId} ${path}：${words}`),
      whoClears: LOADER,
    });
  }
  return refusals;
}
