/** Synthetic villagers. No real person: see {@link SYNTHETIC_AREA}. */
import type { HouseholdAttribute } from '../../domain/facts/household-facts.ts';
import { HEAD_RELATION, type RegistryMember, SPOUSE_RELATION } from '../household.ts';
import type { Dice } from './random.ts';

/**
 * First six digits of every synthetic ID number: GB/T 2260 has no area 539999 and never had, so no
 * citizen can hold one of these numbers, while length, birth date and checksum are right.
 */
export const SYNTHETIC_AREA = '539999';

const SURNAMES = [
  '王',
  '李',
  '张',
  '刘',
  '陈',
  '杨',
  '赵',
  '黄',
  '周',
  '吴',
  '徐',
  '孙',
  '胡',
  '朱',
  '高',
  '林',
  '何',
  '郭',
  '马',
  '罗',
  '梁',
  '宋',
  '郑',
  '谢',
  '韩',
  '唐',
  '冯',
  '于',
  '董',
  '萧',
  '程',
  '曹',
  '袁',
  '邓',
  '许',
  '傅',
  '沈',
  '曾',
  '彭',
  '吕',
  '苏',
  '卢',
  '蒋',
  '蔡',
  '贾',
  '丁',
  '魏',
  '薛',
  '叶',
  '阎',
  '申',
  '余',
  '潘',
  '常',
] as const;
const MALE_GIVEN = [
  '国',
  '建',
  '志',
  '明',
  '文',
  '学',
  '永',
  '光',
  '德',
  '正',
  '荣',
  '富',
  '贵',
  '祥',
  '平',
  '勇',
  '军',
  '强',
  '林',
  '海',
  '云',
  '龙',
  '春',
  '庆',
  '才',
  '康',
  '兴',
  '朝',
  '顺',
  '宗',
  '发',
  '华',
] as const;
const FEMALE_GIVEN = [
  '秀',
  '英',
  '兰',
  '芳',
  '芬',
  '梅',
  '琴',
  '凤',
  '珍',
  '翠',
  '玉',
  '桂',
  '香',
  '莲',
  '燕',
  '红',
  '丽',
  '萍',
  '群',
  '仙',
  '会',
  '先',
  '艳',
  '琼',
  '菊',
  '娥',
  '美',
  '云',
  '巧',
  '花',
  '敏',
  '霞',
] as const;

type Sex = '男' | '女';

/** A villager before numbers and columns are given. */
interface Person {
  readonly relation: string;
  readonly sex: Sex;
  readonly age: number;
  readonly name: string;
}

/** Gives out ID numbers, each once. */
export interface IdNumbers {
  readonly next: (bornOn: string, sex: Sex) => string;
}

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** Numbers that pass GB 11643 in the synthetic area, none twice. */
export function createIdNumbers(): IdNumbers {
  const used = new Map<string, number>();
  return {
    next: (bornOn, sex) => {
      const born = bornOn.replaceAll('-', '');
      const count = used.get(`${born}${sex}`) ?? 0;
      used.set(`${born}${sex}`, count + 1);
      const sequence = String(count * 2 + (sex === '男' ? 1 : 2)).padStart(3, '0');
      const digits = `${SYNTHETIC_AREA}${born}${sequence}`;
      const sum = WEIGHTS.reduce((total, weight, at) => total + weight * Number(digits[at]), 0);
      return `${digits}${'10X98765432'.charAt(sum % 11)}`;
    },
  };
}

/** What decides a family. */
export interface FamilyWish {
  readonly dice: Dice;
  readonly ids: IdNumbers;
  /** Ages are those on 30 September of this year. */
  readonly year: number;
  readonly attribute: HouseholdAttribute;
  /** 基本医疗 holds: all insured. */
  readonly insured: boolean;
  /** 义务教育 holds: no dropout. */
  readonly inSchool: boolean;
  /** 户编号; null for an applicant that the registry does not hold. */
  readonly householdNo: string | null;
}

/** A family with one head, at most one spouse, and the columns of the person table. */
export function makeFamily(wish: FamilyWish): RegistryMember[] {
  const people =
    wish.attribute === 'destitute' ? [oldSingle(wish.dice)] : ordinaryFamily(wish.dice);
  // A dropout needs somebody of school age.
  if (!wish.inSchool && !people.some(isOfSchoolAge)) {
    people.push(person(wish.dice, '之子', '男', 13, people[0]?.name.charAt(0)));
  }
  let dropout = !wish.inSchool;
  return people.map((each, index) => {
    const dropsOut = dropout && isOfSchoolAge(each);
    if (dropsOut) dropout = false;
    return toMember(wish, each, index, dropsOut);
  });
}

function isOfSchoolAge({ age }: Person): boolean {
  return age >= 7 && age <= 14;
}

function person(dice: Dice, relation: string, sex: Sex, age: number, surname?: string): Person {
  const given = sex === '男' ? MALE_GIVEN : FEMALE_GIVEN;
  const second = dice.chance(75) ? dice.pick(given) : '';
  return {
    relation,
    sex,
    age,
    name: `${surname ?? dice.pick(SURNAMES)}${dice.pick(given)}${second}`,
  };
}

function oldSingle(dice: Dice): Person {
  return person(dice, HEAD_RELATION, dice.chance(85) ? '男' : '女', dice.between(61, 84));
}

function ordinaryFamily(dice: Dice): Person[] {
  const age = dice.between(30, 68);
  const head = person(dice, HEAD_RELATION, dice.chance(88) ? '男' : '女', age);
  const surname = head.name.charAt(0);
  const people = [head];
  const hasSpouse = dice.chance(82);
  if (hasSpouse) {
    const spouseAge = Math.max(23, age + dice.between(-4, 2));
    people.push(person(dice, SPOUSE_RELATION, head.sex === '男' ? '女' : '男', spouseAge));
  }
  const children = hasSpouse ? dice.between(0, 3) : dice.between(0, 1);
  for (let count = 0; count < children; count++) {
    const childAge = age - dice.between(22, 32);
    if (childAge < 0 || childAge > 30) continue;
    const isBoy = dice.chance(52);
    people.push(person(dice, isBoy ? '之子' : '之女', isBoy ? '男' : '女', childAge, surname));
  }
  const parentAge = age + dice.between(21, 27);
  if (parentAge <= 92 && dice.chance(38)) {
    people.push(person(dice, '之母', '女', parentAge));
  }
  if (age >= 55 && dice.chance(30)) {
    people.push(person(dice, '之孙子', '男', dice.between(0, 9), surname));
  }
  return people;
}

function toMember(
  wish: FamilyWish,
  { relation, sex, age, name }: Person,
  index: number,
  dropsOut: boolean,
): RegistryMember {
  const { dice, householdNo, year } = wish;
  const month = String(dice.between(1, 9)).padStart(2, '0');
  const bornOn = `${year - age}-${month}-${String(dice.between(1, 28)).padStart(2, '0')}`;
  return {
    personNo: householdNo === null ? null : `${householdNo}${String(index + 1).padStart(2, '0')}`,
    name,
    idNumber: wish.ids.next(bornOn, sex),
    relation,
    details: {
      性别: sex,
      出生日期: bornOn,
      证件类型: '居民身份证',
      民族: dice.weighted([
        ['汉族', 88],
        ['苗族', 5],
        ['彝族', 5],
        ['回族', 2],
      ]),
      ...schoolColumns(dice, age, dropsOut),
      ...workColumns(dice, age, wish.attribute),
      政治面貌: dice.chance(4) && age > 24 ? '中共党员' : '群众',
      是否享受低保: wish.attribute === 'dibao' ? '是' : '否',
      是否特困供养人员: wish.attribute === 'destitute' ? '是' : '否',
      '是否参加新农合(城乡居民医保)': wish.insured || index > 0 ? '是' : '否',
      是否参加大病保险: wish.insured || index > 0 ? '是' : '否',
      是否参加城镇职工医保: '否',
      是否参加城乡居民基本养老保险: age >= 16 ? '是' : '否',
      是否参加城镇职工基本养老保险: '否',
      是否会讲普通话: age < 60 ? '是' : '否',
      是否国外务工: '否',
    },
  };
}

function schoolColumns(dice: Dice, age: number, dropsOut: boolean): Record<string, string> {
  if (dropsOut) return { 文化程度: '小学', 失学或辍学原因: '因厌学' };
  if (age < 3) return { 在校生状况: '学龄前儿童' };
  if (age < 7) return { 在校生状况: '学前教育' };
  if (age < 13) return { 在校生状况: '小学' };
  const grades = ['七年级', '八年级', '九年级'] as const;
  const grade = grades[age - 13];
  if (grade !== undefined) return { 在校生状况: grade };
  const highs = ['普通高中一年级', '普通高中二年级', '中职三年级'] as const;
  const high = highs[age - 16];
  if (high !== undefined) return { 在校生状况: high };
  if (age > 60)
    return {
      文化程度: dice.weighted([
        ['文盲或半文盲', 45],
        ['小学', 55],
      ]),
    };
  return {
    文化程度: dice.weighted([
      ['小学', 45],
      ['初中', 42],
      ['高中', 9],
      ['大专', 4],
    ]),
  };
}

function workColumns(
  dice: Dice,
  age: number,
  attribute: HouseholdAttribute,
): Record<string, string> {
  if (age < 19) return { 健康状况: '健康', 劳动技能: '无劳动力' };
  if (age >= 70 || attribute === 'destitute') {
    return { 健康状况: dice.chance(45) ? '长期慢性病' : '健康', 劳动技能: '丧失劳动力' };
  }
  const health = dice.weighted([
    ['健康', 84],
    ['长期慢性病', 8],
    ['残疾', 5],
    ['患有大病', 2],
    ['残疾,长期慢性病', 1],
  ]);
  if (health !== '健康' || age > 59) return { 健康状况: health, 劳动技能: '弱劳动力或半劳动力' };
  const skill = { 健康状况: health, 劳动技能: dice.chance(12) ? '技能劳动力' : '普通劳动力' };
  if (!dice.chance(55)) return skill;
  const place = dice.pick(['县内', '市内县外', '浙江省', '广东省', '江苏省']);
  return { ...skill, '务工时间(月)': String(dice.between(3, 11)), 务工所在地: place };
}
