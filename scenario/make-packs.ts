/** 规则包 of a scenario: local ones read and linted, and the values confirmed for training. */
import { stringify } from 'yaml';
import type { TrainingConfirmation, TrainingPack } from '../db/training/training-world.ts';
import { formatInstant, type Instant } from '../domain/time/instant.ts';
import {
  findTrainingConfirmations,
  type UnconfirmedValue,
  type ValueConfirmation,
} from '../policies/confirm-values.ts';
import { lintLibrary } from '../policies/lint-pack.ts';
import {
  lineageOf,
  loadPacks,
  PackFault,
  type PackLibrary,
  type PackText,
} from '../policies/load-packs.ts';
import type { Pack } from '../policies/pack-file.ts';
import { VALUE_KEYS } from '../policies/pack-values.ts';
import { unconfirmedValues } from '../policies/unconfirmed-values.ts';
import { FaultList, ScenarioFault } from './faults.ts';
import type { Confirmations } from './pack-entry.ts';
import type { ReadScenario } from './read-scenario.ts';

const DEFAULT_PACK = 'zhenxiong-2020';

/** A place's pack: it has a year. */
export type PlacePack = Pack & { readonly year: number };

/** The rules of a scenario. */
export interface ScenarioRules {
  readonly library: PackLibrary;
  /** The pack that the scenario is about. */
  readonly main: PlacePack;
  readonly packs: readonly TrainingPack[];
}

/** Reads and lints the local packs. Throws ScenarioFault. */
export function makeRules({ scenario, localPacks }: ReadScenario): ScenarioRules {
  const faults = new FaultList();
  const library = loadLibrary(packTexts(localPacks));
  const local = [...library.packs.values()].filter(({ isShipped }) => !isShipped);
  const pathOf = new Map(local.map(({ pack }, index) => [pack.id, localPacks[index]?.path ?? '']));
  for (const { packId, path, words } of lintLibrary(library)) {
    const place = pathOf.get(packId);
    if (place !== undefined) faults.add(`${place}.${path}`, words);
  }
  const { pack = DEFAULT_PACK } = scenario;
  const id = typeof pack === 'string' ? pack : pack.id;
  const main = library.packs.get(id)?.pack;
  if (main === undefined || main.year === null) {
    const known = [...library.packs.values()].filter((each) => each.pack.year !== null);
    const choices = known.map((each) => each.pack.id).join('、');
    faults.add('pack', `没有可以直接使用的规则包 ${id}；可用的有：${choices}`);
  }
  faults.check();
  return {
    library,
    main: main as PlacePack,
    packs: local.map(({ pack: { id: packId, version }, digest, source }) => {
      return { id: packId, version, digest, source };
    }),
  };
}

/** Local packs as pack files: each is a place's, below the pack that it extends. */
function packTexts(localPacks: ReadScenario['localPacks']): PackText[] {
  const above = new Map<string, Readonly<Record<string, unknown>>>();
  if (localPacks.length === 0) return [];
  for (const { pack } of loadPacks().packs.values()) above.set(pack.id, { ...pack });
  return localPacks.map(({ path, source }) => {
    // The shape was checked when the file was read.
    const { extends: parent, ...own } = source as Readonly<Record<string, unknown>>;
    const parentPack = above.get(String(parent));
    if (parentPack === undefined) {
      throw new ScenarioFault([{ path: `${path}.extends`, words: `没有规则包${String(parent)}` }]);
    }
    const { title, areaCode, year } = parentPack;
    const inherited = { title: `${String(title)}（本地）`, areaCode, year };
    const whole = { version: 1, kind: 'place', parent, ...inherited, ...own };
    above.set(String(own['id']), whole);
    return { name: path, text: stringify(whole) };
  });
}

function loadLibrary(texts: readonly PackText[]): PackLibrary {
  try {
    return loadPacks({ extra: texts });
  } catch (error) {
    if (!(error instanceof PackFault)) throw error;
    throw new ScenarioFault([{ path: 'pack', words: error.message }]);
  }
}

/** 核定 of every place's pack; the file's own wishes are for the main one. */
export function makeConfirmations(
  { library, main }: ScenarioRules,
  wish: Confirmations | undefined,
  clockAt: Instant,
  faults: FaultList,
): { confirmations: TrainingConfirmation[]; unconfirmed: readonly UnconfirmedValue[] } {
  const confirmations = [...library.packs.values()].flatMap(({ pack }) => {
    if (pack.year === null) return [];
    const { id: packId, areaCode } = pack;
    const own =
      packId === main.id
        ? wishedConfirmations(library, main, wish, clockAt, faults)
        : trainingValues(library, pack, clockAt);
    return own.map((value) => ({ ...value, packId, areaCode }));
  });
  const own = confirmations.filter(({ packId }) => packId === main.id);
  return { confirmations, unconfirmed: unconfirmedValues(library, main.id, main.areaCode, own) };
}

function wishedConfirmations(
  library: PackLibrary,
  main: PlacePack,
  wish: Confirmations | undefined,
  clockAt: Instant,
  faults: FaultList,
): ValueConfirmation[] {
  const { base, values, unconfirmed, ...paper } =
    wish === undefined || typeof wish === 'string'
      ? { base: wish ?? 'training', values: {}, unconfirmed: [] }
      : wish;
  const open = unconfirmedValues(library, main.id, main.areaCode, []);
  const known = new Set(open.map(({ path }) => path));
  for (const path of [...Object.keys(values), ...unconfirmed]) {
    if (known.has(path)) continue;
    const words = `规则包${main.id}中没有这个待核定的值；待核定的有：${[...known].join('、')}`;
    faults.add(`confirmations.${path}`, words);
  }
  const training = base === 'none' ? [] : trainingValues(library, main, clockAt);
  const paperOf = {
    documentNo: paper.documentNo ?? paperNo(main),
    documentOn: paper.documentOn ?? dayOf(clockAt),
    by: paper.by ?? CONFIRMER,
  };
  const own = Object.entries(values).map(([path, value]) => ({ path, value, ...paperOf }));
  const given = [...training, ...own].filter(({ path }) => !unconfirmed.includes(path));
  for (const { path, words } of unconfirmedValues(library, main.id, main.areaCode, given)) {
    if (Object.hasOwn(values, path)) faults.add(`confirmations.values.${path}`, words);
  }
  return given;
}

const CONFIRMER = '演练用核定人';

function paperNo({ year }: Pick<Pack, 'year'>): string {
  return `演练核定〔${year}〕1号`;
}

function dayOf(at: Instant): string {
  return formatInstant(at).slice(0, 'YYYY-MM-DD'.length);
}

/**
 * The training confirmations of the nearest shipped pack at or above this one; over them what the
 * local packs below it say; and for what is then still open, what the packs suggest.
 */
function trainingValues(library: PackLibrary, pack: Pack, clockAt: Instant): ValueConfirmation[] {
  const lineage = lineageOf(library, pack.id);
  const at = lineage.findLastIndex(({ id }) => findTrainingConfirmations(id) !== undefined);
  const base = at < 0 ? [] : (findTrainingConfirmations(lineage[at]?.id ?? '') ?? []);
  const paper = {
    documentNo: base[0]?.documentNo ?? paperNo(pack),
    documentOn: base[0]?.documentOn ?? dayOf(clockAt),
    by: base[0]?.by ?? CONFIRMER,
  };
  const local = lineage.slice(at + 1).flatMap(({ values }) =>
    VALUE_KEYS.flatMap((path) => {
      const value = values[path]?.value ?? values[path]?.suggested;
      return value === undefined || value === null ? [] : [{ path, value, ...paper }];
    }),
  );
  const given: ValueConfirmation[] = [...base, ...local];
  const open = unconfirmedValues(library, pack.id, pack.areaCode, given);
  const suggested = open.flatMap(({ path, suggested: value }) =>
    value === null ? [] : [{ path, value, ...paper }],
  );
  return [...given, ...suggested];
}
