import { parseDocument } from 'yaml';
import { inChinese, pathText, ScenarioFault, shapeFaults } from './faults.ts';
import { type Scenario, ScenarioFile } from './scenario-file.ts';

/** A scenario with its local packs as they are written: a pack is kept as its source. */
export interface ReadScenario {
  readonly scenario: Scenario;
  readonly localPacks: readonly { readonly path: string; readonly source: unknown }[];
}

/** Reads YAML (and JSON, which is YAML). Throws ScenarioFault. */
export function parseScenario(text: string): unknown {
  const document = parseDocument(text);
  const [error] = document.errors;
  if (error !== undefined) {
    const [place] = error.linePos ?? [];
    const words = place === undefined ? '' : `第${place.line}行第${place.col}列`;
    throw new ScenarioFault([{ path: '整个文件', words: `${words}不是正确的 YAML 写法` }]);
  }
  return document.toJS({ maxAliasCount: 100 });
}

/** 读取场景 — checks the shape of a file; an empty one is an empty object. Throws ScenarioFault. */
export function readScenario(content: unknown): ReadScenario {
  const given = content ?? {};
  const parsed = ScenarioFile.safeParse(given, inChinese);
  if (!parsed.success) throw new ScenarioFault(shapeFaults(parsed.error));
  return { scenario: parsed.data, localPacks: localPacksOf(given) };
}

function localPacksOf(given: unknown): ReadScenario['localPacks'] {
  if (typeof given !== 'object' || given === null) return [];
  const pack: unknown = Reflect.get(given, 'pack');
  const more: unknown = Reflect.get(given, 'packs');
  const own = typeof pack === 'object' && pack !== null ? [{ path: 'pack', source: pack }] : [];
  const others = Array.isArray(more) ? more : [];
  return [
    ...own,
    ...others.map((source: unknown, index) => ({ path: pathText(['packs', index]), source })),
  ];
}
