/** 户 of a scenario: what the file says, and for the rest a household with nothing in its way. */
import { householdIdOf } from '../db/import/import-ids.ts';
import type { RegistryStatus } from '../domain/facts/household-facts.ts';
import type { MonitoringEpisode } from '../domain/facts/monitoring.ts';
import type { IncomeItems } from '../domain/household/net-income.ts';
import { createIdNumbers, type IdNumbers, makeFamily } from '../registry/demo/people.ts';
import { createDice, type Dice } from '../registry/demo/random.ts';
import {
  findHead,
  HEAD_RELATION,
  type NewRegistryHousehold,
  type RegistryHousehold,
  type RegistryMember,
} from '../registry/household.ts';
import { RegistryHouseholdJson } from '../registry/household-json.ts';
import { type FaultList, inChinese, shapeFaults } from './faults.ts';
import type { Household, Member } from './household-entry.ts';
import type { PlacedVillage, Places } from './make-organisations.ts';

const HOUSEHOLDS = 5;
const APPLICANTS = 2;

/** 分 a head and year: far above every line, and far below. */
const COMFORTABLE_FEN = 900_000;
const POOR_FEN = 200_000;

const GROUPS = ['第一村民小组', '第二村民小组'];
const HAMLETS = ['上寨', '下寨'];

/** The households of all villages. */
export interface ScenarioHouseholds {
  readonly households: readonly RegistryHousehold[];
  readonly applicants: readonly NewRegistryHousehold[];
  readonly groups: readonly { readonly villageCode: string; readonly name: string }[];
  /** 居住地 by engine household id. */
  readonly residences: Readonly<Record<string, string>>;
}

/** 户 of the villages: registered as of `year`, their families made for `familyYear`. Faults are noted. */
export function makeHouseholds(
  places: Places,
  years: Years,
  faults: FaultList,
): ScenarioHouseholds {
  const ids = createIdNumbers();
  const maker = new HouseholdMaker(places, years, ids, faults);
  for (const village of places.villages) maker.addVillage(village);
  return maker.finish();
}

interface Years {
  readonly year: number;
  readonly familyYear: number;
}

interface Wish {
  readonly village: PlacedVillage;
  readonly path: string;
  readonly entry: Household;
  readonly isRegistered: boolean;
}

class HouseholdMaker {
  readonly #places: Places;
  readonly #year: number;
  readonly #familyYear: number;
  readonly #ids: IdNumbers;
  readonly #faults: FaultList;
  readonly #households: RegistryHousehold[] = [];
  readonly #applicants: NewRegistryHousehold[] = [];
  readonly #groups = new Map<string, { villageCode: string; name: string }>();
  readonly #residences: Record<string, string> = {};
  readonly #seen = new Map<string, string>();

  constructor(places: Places, { year, familyYear }: Years, ids: IdNumbers, faults: FaultList) {
    this.#places = places;
    this.#year = year;
    this.#familyYear = familyYear;
    this.#ids = ids;
    this.#faults = faults;
  }

  addVillage(village: PlacedVillage): void {
    const { path, entry } = village;
    for (const name of entry.groups ?? GROUPS) this.#addGroup(village.code, name);
    const dice = createDice(Number(village.code.slice(-9)));
    const { households = HOUSEHOLDS, applicants = APPLICANTS } = entry;
    const taken = new Set(wishesOf(households).flatMap(({ entry: { no } }) => no ?? []));
    let number = 0;
    for (const { key, entry: wish } of wishesOf(households)) {
      let no = wish.no;
      while (no === undefined) {
        number += 1;
        const next = `${village.code}${String(number).padStart(4, '0')}`;
        if (!taken.has(next)) no = next;
      }
      const where = `${path}.households${key}`;
      this.#addRegistered({ village, path: where, entry: wish, isRegistered: true }, dice, no);
    }
    for (const { key, entry: wish } of wishesOf(applicants)) {
      const where = `${path}.applicants${key}`;
      const given = { village, path: where, entry: wish, isRegistered: false };
      const body = this.#body(given, dice, null, this.#applicants.length);
      if (body !== undefined) this.#applicants.push(body);
    }
  }

  finish(): ScenarioHouseholds {
    return {
      households: this.#households,
      applicants: this.#applicants,
      groups: [...this.#groups.values()],
      residences: this.#residences,
    };
  }

  #addGroup(villageCode: string, name: string): void {
    this.#groups.set(`${villageCode}/${name}`, { villageCode, name });
  }

  #addRegistered(wish: Wish, dice: Dice, no: string): void {
    const { path, entry } = wish;
    const index = this.#households.length;
    const body = this.#body(wish, dice, no, index);
    if (body === undefined) return;
    const { status = 'poor' } = entry;
    const household = {
      ...body,
      householdNo: no,
      status,
      identifiedYear: entry.identifiedYear ?? (status === 'unregistered' ? null : this.#year - 1),
      exitYear: entry.exitYear ?? (hasLeft(status) ? this.#year - 1 : null),
      statusByYear: entry.statusByYear ?? { [String(this.#year - 1)]: status },
      ...(entry.monitoring !== undefined && { monitoring: entry.monitoring.map(episodeOf) }),
    };
    const checked = RegistryHouseholdJson.safeParse(household, inChinese);
    if (!checked.success) {
      for (const fault of shapeFaults(checked.error)) {
        this.#faults.add(`${path}.${fault.path}`, fault.words);
      }
      return;
    }
    this.#once(`户编号${no}`, path);
    this.#households.push(household);
    if (entry.residence === undefined) return;
    const home = this.#places.find(entry.residence, `${path}.residence`);
    if (home !== undefined) this.#residences[householdIdOf(no)] = home.code;
  }

  /** Undefined after noting why there is none. */
  #body(
    { village, path, entry, isRegistered }: Wish,
    dice: Dice,
    no: string | null,
    index: number,
  ): NewRegistryHousehold | undefined {
    const { attribute = 'ordinary' } = entry;
    const members = this.#members(entry, dice, no);
    const groups = village.entry.groups ?? GROUPS;
    const hamlets = village.entry.naturalVillages ?? HAMLETS;
    const groupName = entry.group ?? groups[index % groups.length] ?? null;
    if (groupName !== null) this.#addGroup(village.code, groupName);
    const body: NewRegistryHousehold = {
      villageCode: village.code,
      naturalVillage: entry.naturalVillage ?? hamlets[index % hamlets.length] ?? null,
      groupName,
      // No Chinese subscriber number begins with 100.
      phone: entry.phone ?? `100${String(dice.between(0, 99_999_999)).padStart(8, '0')}`,
      attribute,
      supportMode: entry.supportMode ?? (attribute === 'destitute' ? 'dispersed' : null),
      standard: entry.standard ?? '国家标准',
      cause: entry.cause ?? '缺技术',
      security: { ...SECURE, ...withoutUndefined(entry.security ?? {}) },
      housingGrade: entry.housingGrade === undefined ? 'A' : entry.housingGrade,
      relocation: entry.relocation ?? { listed: false, occupied: false },
      income: incomeOf(entry, members.length, isRegistered ? COMFORTABLE_FEN : POOR_FEN),
      members,
    };
    if (findHead(body) !== undefined) return body;
    this.#faults.add(`${path}.members`, '每户要有一名户主');
    return undefined;
  }

  #members(entry: Household, dice: Dice, no: string | null): RegistryMember[] {
    const { attribute = 'ordinary', members: wished } = entry;
    const family = { dice, ids: this.#ids, attribute, insured: true, inSchool: true } as const;
    const year = this.#familyYear;
    const made = makeFamily({ ...family, year, householdNo: no });
    const count = typeof wished === 'number' ? wished : (wished?.length ?? made.length);
    while (made.length < count) {
      const [next] = makeFamily({ ...family, year, householdNo: no });
      if (next === undefined) break;
      made.push({ ...next, relation: '之子', personNo: personNoOf(no, made.length) });
    }
    const whole = made.slice(0, count).map((member, index) => {
      const own = typeof wished === 'object' ? wished[index] : undefined;
      return own === undefined ? member : withWish(member, own, index, this.#year, this.#ids);
    });
    const [head, ...rest] = whole;
    if (head === undefined || entry.head === undefined) return whole;
    return [{ ...head, name: entry.head }, ...rest];
  }

  #once(what: string, path: string): void {
    const before = this.#seen.get(what);
    if (before !== undefined) this.#faults.add(path, `${what}与${before}重复`);
    this.#seen.set(what, path);
  }
}

function episodeOf(entry: NonNullable<Household['monitoring']>[number]): MonitoringEpisode {
  const { clearedOn, eliminatedOn = null, ...rest } = entry;
  return { ...rest, eliminatedOn, ...(clearedOn !== undefined && { clearedOn }) };
}

const SECURE = {
  food: true,
  clothing: true,
  water: true,
  education: true,
  medical: true,
  housing: true,
};

function hasLeft(status: RegistryStatus): boolean {
  return status === 'exited' || status === 'stably-exited' || status === 'returned';
}

function personNoOf(no: string | null, index: number): string | null {
  return no === null ? null : `${no}${String(index + 1).padStart(2, '0')}`;
}

/** A number, or entries with their copies, each with the end of its path. */
function wishesOf(given: number | readonly Household[]): { key: string; entry: Household }[] {
  if (typeof given === 'number') {
    return Array.from({ length: given }, () => ({ key: '', entry: {} }));
  }
  return given.flatMap((entry, index) =>
    Array.from({ length: entry.count ?? 1 }, () => ({ key: `[${index}]`, entry })),
  );
}

function withWish(
  made: RegistryMember,
  own: Member,
  index: number,
  year: number,
  ids: IdNumbers,
): RegistryMember {
  const sex = own.sex ?? (made.details['性别'] === '女' ? '女' : '男');
  const bornOn =
    own.age === undefined ? (made.details['出生日期'] ?? '') : `${year - own.age}-06-15`;
  const isAsMade = own.age === undefined && own.sex === undefined;
  return {
    personNo: own.personNo ?? made.personNo,
    name: own.name ?? made.name,
    idNumber: own.idNumber ?? (isAsMade ? made.idNumber : ids.next(bornOn, sex)),
    relation: own.relation ?? (index === 0 ? HEAD_RELATION : nextRelation(made.relation)),
    details: {
      ...made.details,
      性别: sex,
      出生日期: bornOn,
      ...(own.onDibao !== undefined && { 是否享受低保: own.onDibao ? '是' : '否' }),
      ...(own.destitute !== undefined && { 是否特困供养人员: own.destitute ? '是' : '否' }),
      ...own.details,
    },
  };
}

function nextRelation(relation: string): string {
  return relation === HEAD_RELATION ? '之子' : relation;
}

function incomeOf(entry: Household, heads: number, perHeadFen: number): IncomeItems {
  const none = { wubao: 0, pension: 0, ecology: 0, dibao: 0, familyPlanning: 0, other: 0 };
  const { income } = entry;
  if (income === undefined) {
    const wage = (entry.perHeadFen ?? perHeadFen) * heads;
    return { wage, business: 0, property: 0, transfer: none, businessCost: 0 };
  }
  return {
    wage: income.wage ?? 0,
    business: income.business ?? 0,
    property: income.property ?? 0,
    transfer: { ...none, ...withoutUndefined(income.transfer ?? {}) },
    businessCost: income.businessCost ?? 0,
  };
}

function withoutUndefined<T extends object>(
  given: T,
): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
