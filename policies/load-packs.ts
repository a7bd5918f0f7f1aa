import { readdirSync, readFileSync } from 'node:fs';
import { ZodError } from 'zod';
import { invariant } from '../domain/invariant.ts';
import { isWithin, orgCode } from '../domain/organisation/org-code.ts';
import { PROCEDURES } from '../domain/plan/plan.ts';
import type { WorkCalendar } from '../domain/time/work-calendar.ts';
import { loadCalendars } from './calendar-file.ts';
import { isLikeTwice } from './merge-lineage.ts';
import { type Pack, parsePack } from './pack-file.ts';
import { digestOf } from './plan-hash.ts';

const PACK_FOLDER = new URL('./packs/', import.meta.url);

/** A pack with where it came from. */
export interface LoadedPack {
  readonly pack: Pack;
  readonly source: string;
  /** sha256 of the pack's canonical JSON; published packs are frozen by it. */
  readonly digest: string;
  readonly isShipped: boolean;
}

/** 规则包库: packs by id and the calendars that plans take their years from. */
export interface PackLibrary {
  readonly packs: ReadonlyMap<string, LoadedPack>;
  readonly calendar: WorkCalendar;
}

/** A pack given as text, for scenarios and benchmarks; `name` is for messages. */
export interface PackText {
  readonly name: string;
  readonly text: string;
}

/** A pack that cannot be read or does not fit the library; the message names file and fault. */
export class PackFault extends Error {
  override readonly name = 'PackFault';
  readonly kind: 'unreadable' | 'repeated' | 'lineage';

  constructor(kind: PackFault['kind'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }
}

/**
 * Reads the shipped packs and `extra` ones, then the versions that the record has `kept`: of each id the
 * newest one rules, and a kept one where it is as new as the shipped. Throws PackFault for a text that
 * cannot be read, an extra id twice, a parent that is missing or a lineage that turns in a circle;
 * lintLibrary judges content.
 */
export function loadPacks(
  options: { readonly extra?: readonly PackText[]; readonly kept?: readonly PackText[] } = {},
): PackLibrary {
  const packs = new Map<string, LoadedPack>();
  for (const loaded of shippedPacks()) packs.set(loaded.pack.id, loaded);
  for (const given of options.extra ?? []) {
    const loaded = readPack(given, false);
    const { id } = loaded.pack;
    if (packs.has(id)) throw new PackFault('repeated', `规则包${id}重复（${given.name}）`);
    packs.set(id, loaded);
  }
  for (const given of options.kept ?? []) {
    const loaded = readPack(given, false);
    const { id, version } = loaded.pack;
    if (version >= (packs.get(id)?.pack.version ?? 0)) packs.set(id, loaded);
  }
  return checked({ packs, calendar: loadCalendars() });
}

/** The library once this pack stands in it, in place of the one of its id. Throws PackFault. */
export function withPack(
  library: PackLibrary,
  given: PackText,
): { readonly library: PackLibrary; readonly loaded: LoadedPack } {
  const loaded = readPack(given, false);
  const packs = new Map(library.packs).set(loaded.pack.id, loaded);
  return { library: checked({ ...library, packs }), loaded };
}

function checked(library: PackLibrary): PackLibrary {
  for (const id of library.packs.keys()) {
    const lineage = lineageOf(library, id);
    const twice = PROCEDURES.find((procedure) => isLikeTwice(lineage, procedure));
    if (twice !== undefined) {
      throw new PackFault('lineage', `规则包${id}：${twice}按另一程序办，那个程序又按别的程序办`);
    }
  }
  return library;
}

/** 沿革: the packs from the nation down to `id`. The pack must be in the library. */
export function lineageOf(library: PackLibrary, id: string): readonly Pack[] {
  const lineage: Pack[] = [];
  let next: string | null = id;
  while (next !== null) {
    const loaded: LoadedPack | undefined = library.packs.get(next);
    if (loaded === undefined) throw new PackFault('lineage', `规则包${id}：没有上级规则包${next}`);
    if (lineage.includes(loaded.pack)) throw new PackFault('lineage', `规则包${id}：上下级成环`);
    lineage.unshift(loaded.pack);
    next = loaded.pack.parent;
  }
  return lineage;
}

/** Whether the pack exists, is a place's (not a layer above) and rules over this area. */
export function packCovers(library: PackLibrary, packId: string, areaCode: string): boolean {
  const pack = library.packs.get(packId)?.pack;
  if (pack === undefined || pack.year === null) return false;
  return isWithin(orgCode(areaCode), orgCode(pack.areaCode));
}

/** Read once: they are shipped with the code. */
let shipped: readonly LoadedPack[] | undefined;

function shippedPacks(): readonly LoadedPack[] {
  shipped ??= readdirSync(PACK_FOLDER)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => {
      const text = readFileSync(new URL(name, PACK_FOLDER), 'utf8');
      const loaded = readPack({ name, text }, true);
      invariant(name === `${loaded.pack.id}.yaml`, `${name} holds another pack`);
      return loaded;
    });
  return shipped;
}

function readPack({ name, text }: PackText, isShipped: boolean): LoadedPack {
  try {
    const pack = parsePack(text);
    return { pack, source: text, digest: digestOf(pack), isShipped };
  } catch (error) {
    throw new PackFault('unreadable', `规则包文件${name}无法读取：${faultWords(error)}`, {
      cause: error,
    });
  }
}

/** Each thing that is wrong with its path, as far as the reader says. */
function faultWords(error: unknown): string {
  if (!(error instanceof ZodError)) return error instanceof Error ? error.message : String(error);
  return error.issues.map(({ path, message }) => `${path.join('.')}：${message}`).join('；');
}
