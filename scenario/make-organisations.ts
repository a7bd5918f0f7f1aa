/** 组织 of a scenario: those of the file, the villages, and everybody above them. */
import type { TrainingOrganisation } from '../db/training/training-world.ts';
import {
  LEVEL_WORDS,
  levelOf,
  NATION,
  type OrgCode,
  type OrgLevel,
  orgCode,
  parentOf,
  parseOrgCode,
} from '../domain/organisation/org-code.ts';
import { TRAINING_SINCE } from './default-people.ts';
import type { FaultList } from './faults.ts';
import type { Village } from './organisation-entry.ts';
import { defaultCounty, knownPlaceName, TOWNSHIP_NAMES, VILLAGE_NAMES } from './places.ts';
import type { Scenario } from './scenario-file.ts';

/** A village of the file with the code it was given. */
export interface PlacedVillage {
  readonly code: OrgCode;
  readonly path: string;
  readonly entry: Village;
}

/** The organisations, findable as authors name them. */
export interface Places {
  readonly organisations: readonly TrainingOrganisation[];
  readonly villages: readonly PlacedVillage[];
  /** 第一个县, for what names no unit. */
  readonly county: string;
  /** By code or unique name; notes a fault at `path` and gives undefined otherwise. */
  readonly find: (place: string, path: string) => TrainingOrganisation | undefined;
  readonly nameOf: (code: string, level: OrgLevel) => string;
}

const LEVEL_ENDINGS: Readonly<Record<OrgLevel, string>> = {
  nation: '全国',
  province: '省',
  city: '市',
  county: '县',
  township: '乡',
  village: '村',
};

const LEVELS_DOWN = Object.keys(LEVEL_WORDS) as readonly OrgLevel[];

/** 组织 of the file. Faults are noted; what they leave out is missing from the answer. */
export function makePlaces(scenario: Scenario, areaCode: string, faults: FaultList): Places {
  const tree = new Tree(faults);
  (scenario.organisations ?? []).forEach((entry, index) => {
    tree.add(`organisations[${index}]`, entry);
  });
  const listsVillages = tree.codes().some((code) => levelOf(code) === 'village');
  const entries = scenario.villages ?? (listsVillages ? [] : [{}]);
  const villages = entries.map((entry, index) => {
    const path = `villages[${index}]`;
    const code = entry.code ?? tree.freeVillageCode(entry.parent, areaCode);
    if (levelOf(code) !== 'village') faults.add(`${path}.code`, '村代码是12位');
    tree.add(path, { ...entry, code, name: entry.name ?? tree.villageName(code) });
    return { code, path, entry };
  });
  return tree.finish(villages, defaultCounty(areaCode));
}

interface Node {
  readonly path: string;
  readonly code: OrgCode;
  readonly name?: string | undefined;
  readonly parent?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

class Tree {
  readonly #nodes = new Map<string, Node>();
  readonly #faults: FaultList;

  constructor(faults: FaultList) {
    this.#faults = faults;
  }

  codes(): OrgCode[] {
    return [...this.#nodes.values()].map(({ code }) => code);
  }

  add(path: string, entry: Omit<Node, 'path'>): void {
    if (this.#nodes.has(entry.code)) this.#faults.add(`${path}.code`, `代码${entry.code}重复`);
    this.#nodes.set(entry.code, { ...entry, path });
  }

  /** The next code from 201 under the named township, else under the first there is or would be. */
  freeVillageCode(parent: string | undefined, areaCode: string): OrgCode {
    const named = parent === undefined ? undefined : this.#byName(parent);
    const isTownship = (code: OrgCode): boolean => levelOf(code) === 'township';
    const first = this.codes().find(isTownship);
    const counties = this.codes().filter((code) => levelOf(code) === 'county');
    const county = counties[0] ?? defaultCounty(areaCode);
    const own = named !== undefined && isTownship(named.code) ? named.code : undefined;
    const township = own ?? first ?? orgCode(`${county}901`);
    if (!this.#nodes.has(township)) this.#nodes.set(township, { code: township, path: '' });
    let number = 201;
    while (this.#nodes.has(`${township}${number}`)) number += 1;
    return orgCode(`${township}${number}`);
  }

  villageName(code: OrgCode): string {
    const used = new Set([...this.#nodes.values()].map(({ name }) => name));
    return VILLAGE_NAMES.find((name) => !used.has(name)) ?? `${code}村`;
  }

  finish(villages: readonly PlacedVillage[], fallbackCounty: string): Places {
    this.#addAbove(fallbackCounty);
    const organisations = LEVELS_DOWN.flatMap((level) =>
      [...this.#nodes.values()]
        .filter(({ code }) => levelOf(code) === level)
        .sort((a, b) => (a.code < b.code ? -1 : 1))
        .map((node) => this.#toOrganisation(node)),
    );
    const find = (place: string, path: string): TrainingOrganisation | undefined => {
      const found = organisations.filter(({ code, name }) => code === place || name === place);
      if (found.length === 1) return found[0];
      const words = found.length === 0 ? '没有这个组织' : '有几个组织叫这个名称，请写代码';
      this.#faults.add(path, `${words}：${place}`);
      return undefined;
    };
    const county = organisations.find(({ level }) => level === 'county')?.code ?? fallbackCounty;
    const byCode = new Map(organisations.map((each) => [each.code, each]));
    const nameOf = (from: string, level: OrgLevel): string => {
      for (let each = byCode.get(from); each; each = byCode.get(each.parentCode ?? '')) {
        if (each.level === level) return each.name;
      }
      return `（无${LEVEL_WORDS[level]}）`;
    };
    return { organisations, villages, county, find, nameOf };
  }

  /** Every ancestor by digits, but for those whose parent the file names. */
  #addAbove(fallbackCounty: string): void {
    const waiting = [...this.codes(), ...(this.#nodes.size === 0 ? [orgCode(fallbackCounty)] : [])];
    for (let code = waiting.pop(); code !== undefined; code = waiting.pop()) {
      const node = this.#nodes.get(code);
      if (node === undefined) this.#nodes.set(code, { code, path: '' });
      const above = this.#parentCode(node ?? { code, path: '' });
      if (above !== null && !this.#nodes.has(above)) waiting.push(above);
    }
    if (!this.#nodes.has(NATION)) this.#nodes.set(NATION, { code: NATION, path: '' });
  }

  #parentCode({ code, parent }: Node): OrgCode | null {
    if (code === NATION) return null;
    const named = parent === undefined ? undefined : this.#byName(parent)?.code;
    return named ?? parseOrgCode(parent ?? '') ?? parentOf(code) ?? NATION;
  }

  #byName(place: string): Node | undefined {
    return this.#nodes.get(place) ?? [...this.#nodes.values()].find(({ name }) => name === place);
  }

  #toOrganisation(node: Node): TrainingOrganisation {
    const { code, path, parent } = node;
    const level = levelOf(code);
    const parentCode = this.#parentCode(node);
    if (parent !== undefined && this.#byName(parent) === undefined) {
      this.#faults.add(`${path}.parent`, `没有这个组织：${parent}`);
    }
    if (
      parentCode !== null &&
      LEVELS_DOWN.indexOf(levelOf(parentCode)) >= LEVELS_DOWN.indexOf(level)
    ) {
      this.#faults.add(`${path}.parent`, '上级的层级要高于本级');
    }
    const { from = TRAINING_SINCE, to = null } = node;
    if (to !== null && to <= from) this.#faults.add(`${path}.to`, '撤销日期要晚于设立日期');
    const name = node.name ?? knownPlaceName(code) ?? this.#madeUpName(code);
    return { code, parentCode, level, name, validFrom: from, validTo: to };
  }

  #madeUpName(code: OrgCode): string {
    const level = levelOf(code);
    const townships = this.codes()
      .filter((each) => levelOf(each) === 'township')
      .sort();
    const name = level === 'township' ? TOWNSHIP_NAMES[townships.indexOf(code)] : undefined;
    return name ?? `${code}${LEVEL_ENDINGS[level]}`;
  }
}
