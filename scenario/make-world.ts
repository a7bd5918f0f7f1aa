/** 场景成形 — a scenario file made into everything a training instance is filled with. Pure. */
import type { TrainingWorld } from '../db/training/training-world.ts';
import { REGISTRY_FUNCTIONS } from '../domain/plan/registry-function.ts';
import { formatInstant, type Instant, parseInstant } from '../domain/time/instant.ts';
import { loadCalendars } from '../policies/calendar-file.ts';
import type { UnconfirmedValue } from '../policies/confirm-values.ts';
import { lineageOf, type PackLibrary } from '../policies/load-packs.ts';
import type { RegistryWindow } from '../registry/window.ts';
import { FaultList } from './faults.ts';
import { departmentsOfIndicators } from './indicator-departments.ts';
import { makeHouseholds } from './make-households.ts';
import { makePlaces, type Places } from './make-organisations.ts';
import { makeConfirmations, makeRules, type ScenarioRules } from './make-packs.ts';
import { makePeople } from './make-people.ts';
import type { ReadScenario } from './read-scenario.ts';
import type { Scenario, WindowWish } from './scenario-file.ts';

/** First instant at which a scenario may play: before it no calendar is known. */
/** Ages are counted on 30 September: a family made for a year has its last child by then. */
const AGES_ON = '-09-30';

/** 年度 of the households, and of their families: nobody is born or registered after the clock. */
function yearsOf(
  packYear: number,
  clockAt: Instant,
): { readonly year: number; readonly familyYear: number } {
  const today = formatInstant(clockAt).slice(0, 'YYYY-MM-DD'.length);
  const year = Math.min(packYear, Number(today.slice(0, 4)));
  return { year, familyYear: today < `${year}${AGES_ON}` ? year - 1 : year };
}

const EARLIEST = '2014-01-01T00:00:00+08:00';

/** The world, the packs that it is judged by, and what its main pack still lacks. */
export interface MadeWorld {
  readonly world: TrainingWorld;
  readonly library: PackLibrary;
  readonly packId: string;
  readonly unconfirmed: readonly UnconfirmedValue[];
}

/** Fills in everything that the file leaves open. Throws ScenarioFault, which names every fault. */
export function makeWorld(read: ReadScenario): MadeWorld {
  const { scenario } = read;
  const rules = makeRules(read);
  const { main, library } = rules;
  const faults = new FaultList();
  const clockAt = scenario.clock ?? defaultClock(main.year);
  if (clockAt < (parseInstant(EARLIEST) ?? 0)) faults.add('clock', '时间不能早于2014年');
  else checkCalendar(clockAt, faults);
  const places = makePlaces(scenario, main.areaCode, faults);
  const registered = makeHouseholds(places, yearsOf(main.year, clockAt), faults);
  const numbers = new Set(registered.households.map(({ householdNo }) => householdNo));
  const { confirmations, unconfirmed } = makeConfirmations(
    rules,
    scenario.confirmations,
    clockAt,
    faults,
  );
  const departments = departmentsOf(rules, confirmations);
  const people = makePeople(scenario, places, departments, numbers, faults);
  const windows = makeWindows(scenario, places, clockAt, faults);
  faults.check();
  const title = scenario.title ?? main.title;
  const world: TrainingWorld = {
    title,
    clockAt,
    organisations: places.organisations,
    people,
    villages: villagesOf(places),
    ...registered,
    windows,
    packs: rules.packs,
    confirmations,
  };
  return { world, library, packId: main.id, unconfirmed };
}

/** A year without holidays and make-up workdays is one in which no working day can be counted. */
function checkCalendar(clockAt: Instant, faults: FaultList): void {
  const year = formatInstant(clockAt).slice(0, 'YYYY'.length);
  if (year in loadCalendars().years) return;
  faults.add('clock', `没有${year}年的节假日安排，不能从那一年开始`);
}

/** 1 September, eight o'clock: before the campaign of every shipped pack. */
function defaultClock(year: number): Instant {
  return parseInstant(`${year}-09-01T08:00:00+08:00`) ?? 0;
}

function villagesOf({ villages, nameOf }: Places): TrainingWorld['villages'] {
  return villages.map(({ code, entry }) => ({
    villageCode: code,
    name: nameOf(code, 'village'),
    townshipName: nameOf(code, 'township'),
    countyName: nameOf(code, 'county'),
    cityName: nameOf(code, 'city'),
    provinceName: nameOf(code, 'province'),
    isPoorVillage: entry.isPoorVillage ?? true,
    details: entry.details ?? {},
  }));
}

const DEPARTMENTS = 'comparison.departments';
const INDICATORS = 'village.indicators';

/** 部门 of comparisons and certifications, as confirmed, else as the pack gives or suggests them. */
function departmentsOf(
  { library, main }: ScenarioRules,
  confirmations: TrainingWorld['confirmations'],
): readonly string[] {
  const valueOf = (wanted: typeof DEPARTMENTS | typeof INDICATORS): unknown => {
    const confirmed = confirmations.findLast(
      ({ packId, path }) => packId === main.id && path === wanted,
    );
    const file = lineageOf(library, main.id).findLast(({ values }) => values[wanted]);
    const value = file?.values[wanted];
    const found = value?.verified === true ? value.value : (confirmed?.value ?? value?.suggested);
    return found ?? value?.value;
  };
  const comparing = valueOf(DEPARTMENTS);
  const named = Array.isArray(comparing)
    ? comparing.filter((item) => typeof item === 'string')
    : [];
  return [...new Set([...named, ...departmentsOfIndicators(valueOf(INDICATORS))])];
}

function makeWindows(
  { windows = [] }: Scenario,
  places: Places,
  clockAt: Instant,
  faults: FaultList,
): RegistryWindow[] {
  const wishes: readonly WindowWish[] =
    windows === 'open' ? REGISTRY_FUNCTIONS.map((each) => ({ function: each })) : windows;
  return wishes.flatMap((wish, index) => {
    const path = `windows[${index}]`;
    const unit =
      wish.unit === undefined ? places.county : places.find(wish.unit, `${path}.unit`)?.code;
    if (unit === undefined) return [];
    const opensAt = wish.opensAt ?? clockAt;
    const closesAt = wish.closesAt ?? null;
    if (closesAt !== null && closesAt <= opensAt) {
      const words = `关闭时间要晚于开放时间（${formatInstant(opensAt)}）`;
      faults.add(`${path}.closesAt`, words);
    }
    return [
      {
        id: `w-training-${index + 1}`,
        unitCode: unit,
        level: wish.level ?? 'county',
        functionKey: wish.function,
        opensAt,
        closesAt,
        openedBy: 'training',
        documentNo: wish.documentNo ?? `演练开通${index + 1}号`,
      },
    ];
  });
}
