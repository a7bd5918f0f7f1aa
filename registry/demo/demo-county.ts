/** 演练县 — a synthetic county for training, scenarios and rehearsals. Nothing in it is real. */
import type {
  HouseholdAttribute,
  HousingGrade,
  RegistryStatus,
  SecurityIndicators,
} from '../../domain/facts/household-facts.ts';
import type { IncomeItems } from '../../domain/household/net-income.ts';
import { invariant } from '../../domain/invariant.ts';
import { orgCode } from '../../domain/organisation/org-code.ts';
import type { NewRegistryHousehold, RegistryHousehold, RegistryVillage } from '../household.ts';
import { createIdNumbers, type IdNumbers, makeFamily } from './people.ts';
import { createDeck, createDice, type Dice } from './random.ts';

/** What to make. */
export interface DemoCountyWish {
  readonly seed: number;
  /** 6 digits. */
  readonly countyCode: string;
  readonly villages: number;
  readonly householdsPerVillage: number;
  /** Unregistered households per village that may apply (新识别). */
  readonly applicantsPerVillage?: number;
  /** The year the data are of: the year before is the last with a status. */
  readonly year?: number;
  readonly place?: PlaceNames;
}

/** Names of the levels above the townships. */
export interface PlaceNames {
  readonly provinceName: string;
  readonly cityName: string;
  readonly countyName: string;
}

/** 乡镇 of the demo county. */
export interface DemoTownship {
  readonly code: string;
  readonly name: string;
}

/** The county made. Applicants have no 户编号 and no 人口编号. */
export interface DemoCounty {
  readonly countyCode: string;
  readonly townships: readonly DemoTownship[];
  readonly villages: readonly RegistryVillage[];
  readonly households: readonly RegistryHousehold[];
  readonly applicants: readonly NewRegistryHousehold[];
}

/** 3 townships, 8 villages, 288 households and 16 applicants: the county of `npm start`. */
export const DEMO_COUNTY: DemoCountyWish = {
  seed: 2020,
  countyCode: '530627',
  villages: 8,
  householdsPerVillage: 36,
};

const ZHENXIONG: PlaceNames = { provinceName: '云南省', cityName: '昭通市', countyName: '镇雄县' };

/** Made-up places; their codes begin at 901 and 201, beyond those in use. */
const TOWNSHIP_NAMES = ['青石镇', '云坪乡', '松林乡'];
const VILLAGE_NAMES = [
  '大田村',
  '河坝村',
  '花椒坪村',
  '石门村',
  '杉树村',
  '龙塘村',
  '新寨村',
  '茶山村',
  '野猪塘村',
  '麻柳湾村',
  '白岩村',
  '柏果村',
  '关口村',
  '水井湾村',
  '毛坝村',
  '岩脚村',
];
const GROUP_NAMES = ['第一村民小组', '第二村民小组', '第三村民小组', '第四村民小组'] as const;
const HAMLETS = ['上寨', '下寨', '坪子', '对门坡', '老街'] as const;
const CAUSES = ['缺技术', '因病', '缺资金', '因学', '因残', '缺劳动力', '交通条件落后'] as const;

/** What stands between a household and its exit; most of the poor have nothing of the sort. */
type Obstacle =
  | 'none'
  | 'water'
  | 'education'
  | 'medical'
  | 'housing'
  | 'not-moved-in'
  | 'poor'
  | 'blank';

/** 演练县. The same wish gives the same county, byte for byte. */
export function makeDemoCounty(wish: DemoCountyWish): DemoCounty {
  invariant(/^\d{6}$/.test(wish.countyCode), 'a county code has 6 digits');
  const dice = createDice(wish.seed);
  const ids = createIdNumbers();
  const townships = TOWNSHIP_NAMES.slice(0, Math.max(1, wish.villages)).map((name, index) => ({
    code: orgCode(`${wish.countyCode}${901 + index}`),
    name,
  }));
  const villages = makeVillages(wish, townships, dice);
  const year = wish.year ?? 2020;
  const drawObstacle = createDeck(dice, OBSTACLES);
  const drawNeed = createDeck<Obstacle>(dice, ['poor', 'poor', 'water', 'housing', 'medical']);
  const households = villages.flatMap(({ villageCode }) =>
    Array.from({ length: wish.householdsPerVillage }, (_, index) =>
      makeHousehold({ dice, ids, year, villageCode, index, drawObstacle }),
    ),
  );
  const applicants = villages.flatMap(({ villageCode }) =>
    Array.from({ length: wish.applicantsPerVillage ?? 2 }, () =>
      makeBody({ dice, ids, year, villageCode }, null, drawNeed()),
    ),
  );
  return { countyCode: wish.countyCode, townships, villages, households, applicants };
}

function makeVillages(
  wish: DemoCountyWish,
  townships: readonly DemoTownship[],
  dice: Dice,
): RegistryVillage[] {
  return Array.from({ length: wish.villages }, (_, index) => {
    const township = townships[index % townships.length];
    invariant(township !== undefined, 'a county has a township');
    const round = Math.floor(index / VILLAGE_NAMES.length);
    const name = VILLAGE_NAMES[index % VILLAGE_NAMES.length] ?? '';
    return {
      villageCode: orgCode(`${township.code}${201 + Math.floor(index / townships.length)}`),
      name: round === 0 ? name : name.replace(/村$/, `${round + 1}村`),
      townshipName: township.name,
      ...(wish.place ?? ZHENXIONG),
      isPoorVillage: dice.chance(60),
      details: {
        总户数: String(dice.between(420, 980)),
        总人口: String(dice.between(1900, 4100)),
        负责人: '演练负责人',
      },
    };
  });
}

interface HouseholdWish {
  readonly dice: Dice;
  readonly ids: IdNumbers;
  readonly year: number;
  readonly villageCode: string;
  readonly index: number;
  readonly drawObstacle: () => Obstacle;
}

function makeHousehold(wish: HouseholdWish): RegistryHousehold {
  const { dice, year, villageCode, index } = wish;
  const householdNo = `${villageCode}${String(index + 1).padStart(4, '0')}`;
  const status = dice.weighted<RegistryStatus>([
    ['poor', 52],
    ['exited', 42],
    ['returned', 3],
    ['stably-exited', 2],
    ['cleared', 1],
  ]);
  const isPoor = status === 'poor' || status === 'returned';
  const obstacle = isPoor ? wish.drawObstacle() : 'none';
  const identifiedYear = dice.pick([2013, 2014, 2014, 2014, 2015, 2017]);
  const exitYear = status === 'poor' || status === 'cleared' ? null : dice.between(2017, year - 1);
  const body = makeBody(wish, householdNo, obstacle);
  return {
    ...body,
    householdNo,
    status,
    identifiedYear,
    exitYear,
    statusByYear: { [String(year - 1)]: status },
  };
}

/** One round of poor households: 17 of 25 stand in nobody's way. */
const OBSTACLES: readonly Obstacle[] = [
  ...Array.from({ length: 17 }, (): Obstacle => 'none'),
  'water',
  'water',
  'education',
  'medical',
  'housing',
  'not-moved-in',
  'poor',
  'blank',
];

function makeBody(
  { dice, ids, year, villageCode }: Pick<HouseholdWish, 'dice' | 'ids' | 'year' | 'villageCode'>,
  householdNo: string | null,
  obstacle: Obstacle,
): NewRegistryHousehold {
  const attribute = dice.weighted<HouseholdAttribute>([
    ['ordinary', 72],
    ['dibao', 23],
    ['destitute', 5],
  ]);
  const members = makeFamily({
    dice,
    ids,
    year,
    attribute,
    insured: obstacle !== 'medical',
    inSchool: obstacle !== 'education',
    householdNo,
  });
  const listed = obstacle === 'not-moved-in' || dice.chance(14);
  return {
    villageCode,
    naturalVillage: dice.pick(HAMLETS),
    groupName: dice.pick(GROUP_NAMES),
    // No Chinese subscriber number begins with 100.
    phone: `100${String(dice.between(0, 99_999_999)).padStart(8, '0')}`,
    attribute,
    supportMode: attribute === 'destitute' ? (dice.chance(20) ? 'central' : 'dispersed') : null,
    standard: '国家标准',
    cause: dice.pick(CAUSES),
    security: securityWith(obstacle),
    housingGrade: housingWith(obstacle, dice),
    relocation: { listed, occupied: listed && obstacle !== 'not-moved-in' },
    income: makeIncome(dice, members.length, attribute, obstacle === 'poor'),
    members,
  };
}

function securityWith(obstacle: Obstacle): SecurityIndicators {
  return {
    food: true,
    clothing: obstacle === 'blank' ? null : true,
    water: obstacle !== 'water',
    education: obstacle !== 'education',
    medical: obstacle !== 'medical',
    housing: obstacle !== 'housing',
  };
}

function housingWith(obstacle: Obstacle, dice: Dice): HousingGrade {
  if (obstacle === 'housing') return dice.chance(55) ? 'C' : 'D';
  return dice.chance(45) ? 'A' : 'B';
}

/** Fen a year; per head 4,600–11,000 yuan, or 2,400–3,600 when `low`. */
function makeIncome(
  dice: Dice,
  heads: number,
  attribute: HouseholdAttribute,
  low: boolean,
): IncomeItems {
  const perHeadYuan = low ? dice.between(2400, 3600) : dice.between(4600, 11_000);
  const total = perHeadYuan * heads * 100;
  const share = (percent: number): number => Math.round((total * percent) / 100);
  const dibao = attribute === 'dibao' ? share(20) : 0;
  const wubao = attribute === 'destitute' ? share(60) : 0;
  const pension = share(4);
  const ecology = share(2);
  const cost = share(dice.between(4, 9));
  const business = share(15) + cost;
  const wage = total + cost - dibao - wubao - pension - ecology - business;
  return {
    wage: Math.max(0, wage),
    business,
    property: 0,
    transfer: { wubao, pension, ecology, dibao, familyPlanning: 0, other: 0 },
    businessCost: cost,
  };
}
