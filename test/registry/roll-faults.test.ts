import { describe, expect, test } from 'vitest';
import writeXlsxFile from 'write-excel-file/node';
import { makeDemoCounty } from '../../registry/demo/demo-county.ts';
import { PERSON_SHEET } from '../../registry/roll/columns.ts';
import { parseHouseholdRoll } from '../../registry/roll/parse-roll.ts';
import type { RollReading } from '../../registry/roll/roll.ts';
import {
  type RollRow,
  type RollRows,
  toRollRows,
  writeRollRows,
} from '../../registry/roll/write-roll.ts';
import { ROLL_BYTES_MAX } from '../../registry/roll/xlsx-container.ts';

const county = makeDemoCounty({
  seed: 5,
  countyCode: '530627',
  villages: 1,
  householdsPerVillage: 12,
});
const sound = toRollRows({ villages: county.villages, households: county.households, year: 2019 });
const knownVillages = new Set(county.villages.map((village) => village.villageCode));

type SheetName = keyof RollRows;

/** The sound roll with cells of one row changed, read again. */
async function readWith(sheet: SheetName, index: number, cells: RollRow): Promise<RollReading> {
  const rows = sound[sheet].map((row, at) => (at === index ? { ...row, ...cells } : row));
  return parseHouseholdRoll(await writeRollRows({ ...sound, [sheet]: rows }), { knownVillages });
}

/** Index of the first person whose row passes. */
function personWhere(test: (row: RollRow) => boolean): number {
  const index = sound.人口.findIndex(test);
  if (index < 0) throw new Error('no such person in the county of this test');
  return index;
}

const head = personWhere((row) => row['与户主关系'] === '户主');
const spouse = personWhere((row) => row['与户主关系'] === '配偶');
const child = personWhere((row) => row['与户主关系']?.startsWith('之') === true);

/** Row of the household of a person, in the 户 sheet. */
function householdRowOf(person: number): number {
  const householdNo = sound.人口[person]?.['户编号'];
  return sound.户.findIndex((row) => row['户编号'] === householdNo) + 2;
}

test('the sound roll → no error, no suspect', async () => {
  const reading = await parseHouseholdRoll(await writeRollRows(sound), { knownVillages });
  expect(reading.errors).toEqual([]);
  expect(reading.suspects).toEqual([]);
});

describe('错误数据: sheet, row and column are named, and the household is left out whole', () => {
  const idOf = (index: number): string => sound.人口[index]?.['证件号码'] ?? '';
  const otherEnd = idOf(child).endsWith('1') ? '2' : '1';
  test.for<[string, SheetName, number, RollRow, string, string]>([
    [
      'ID with a wrong checksum',
      '人口',
      child,
      { 证件号码: idOf(child).slice(0, 17) + otherEnd },
      '证件号码',
      'id-checksum',
    ],
    [
      'ID of 17 characters',
      '人口',
      child,
      { 证件号码: idOf(child).slice(0, 17) },
      '证件号码',
      'id-length',
    ],
    [
      'ID of 20 with a wrong grade',
      '人口',
      child,
      { 证件号码: `${idOf(child)}19` },
      '证件号码',
      'id-disability-grade',
    ],
    ['ID of another member', '人口', child, { 证件号码: idOf(spouse) }, '证件号码', 'duplicate-id'],
    [
      'the same person by a disability card',
      '人口',
      child,
      { 证件号码: `${idOf(spouse)}11` },
      '证件号码',
      'duplicate-id',
    ],
    [
      '人口编号 of another member',
      '人口',
      child,
      { 人口编号: sound.人口[spouse]?.['人口编号'] ?? '' },
      '人口编号',
      'duplicate-person-no',
    ],
    [
      '户编号 twice',
      '户',
      1,
      { 户编号: sound.户[0]?.['户编号'] ?? '' },
      '户编号',
      'duplicate-household-no',
    ],
    ['no head', '人口', head, { 与户主关系: '其他' }, '与户主关系', 'no-head'],
    ['two heads', '人口', spouse, { 与户主关系: '户主' }, '与户主关系', 'many-heads'],
    ['two spouses', '人口', child, { 与户主关系: '配偶' }, '与户主关系', 'many-spouses'],
    [
      'another head in the 户 sheet',
      '户',
      0,
      { 户主姓名: '无此人' },
      '户主证件号码',
      'head-mismatch',
    ],
    [
      'a relation outside the code list',
      '人口',
      child,
      { 与户主关系: '之徒弟' },
      '与户主关系',
      'unknown-code',
    ],
    [
      'one unknown word among several',
      '人口',
      child,
      { 健康状况: '残疾,感冒' },
      '健康状况',
      'unknown-code',
    ],
    ['a status outside the code list', '户', 0, { 脱贫状态: '快脱贫' }, '脱贫状态', 'unknown-code'],
    [
      'an unknown village',
      '户',
      0,
      { 行政村代码: '530627999999' },
      '行政村代码',
      'village-unknown',
    ],
    ['an empty name', '人口', child, { 姓名: '' }, '姓名', 'required'],
    [
      'a day that does not exist',
      '人口',
      child,
      { 出生日期: '2012-02-30' },
      '出生日期',
      'bad-date',
    ],
    ['a year of two digits', '户', 0, { 识别年度: '14' }, '识别年度', 'bad-year'],
    [
      'an income of three decimals',
      '户',
      0,
      { '工资性收入(元)': '12.345' },
      '工资性收入(元)',
      'bad-number',
    ],
    ['half a person', '户', 0, { 家庭人口数: '3.5' }, '家庭人口数', 'bad-number'],
  ])('%s', async ([, sheet, index, cells, column, code]) => {
    const reading = await readWith(sheet, index, cells);
    const found = reading.errors.find((error) => error.code === code);
    expect(found).toMatchObject({ column });
    const isOfFamily = ['no-head', 'many-heads', 'many-spouses'].includes(code);
    const at = isOfFamily ? { sheet: '户', row: householdRowOf(index) } : { sheet, row: index + 2 };
    expect(found).toMatchObject(at);
    expect(reading.rows.households.length).toBeLessThan(county.households.length);
    expect(JSON.stringify(reading.errors)).not.toContain(idOf(spouse));
  });
});

test('户编号 that the 户 sheet does not have → household-missing', async () => {
  const reading = await readWith('人口', child, { 户编号: '5306279012019999' });
  expect(reading.errors).toMatchObject([
    { sheet: '人口', row: child + 2, column: '户编号', code: 'household-missing' },
  ]);
});

describe('疑似数据: said, but no bar to the import (§15.4)', () => {
  test.for<[string, SheetName, number, RollRow, string]>([
    ['birth date and ID differ', '人口', child, { 出生日期: '1999-01-01' }, 'birth-mismatch'],
    [
      'sex and ID differ',
      '人口',
      head,
      { 性别: sound.人口[head]?.['性别'] === '男' ? '女' : '男' },
      'sex-mismatch',
    ],
    ['couple of one sex', '人口', spouse, { 性别: sound.人口[head]?.['性别'] ?? '' }, 'couple-sex'],
    ['a phone of 10 digits', '户', 0, { 联系电话: '1001234567' }, 'phone-length'],
    ['a head count that is not so', '户', 0, { 家庭人口数: '9' }, 'member-count'],
    [
      '文化程度 and 在校生状况 both',
      '人口',
      head,
      { 文化程度: '小学', 在校生状况: '小学' },
      'education-or-schooling',
    ],
    [
      'months of work without a place',
      '人口',
      head,
      { '务工时间(月)': '6', 务工所在地: '' },
      'work-place',
    ],
    ['health not filled in', '人口', head, { 健康状况: '' }, 'not-filled'],
    ['two medical insurances', '人口', spouse, { 是否参加城镇职工医保: '是' }, 'two-insurances'],
  ])('%s', async ([, sheet, index, cells, code]) => {
    const reading = await readWith(sheet, index, cells);
    expect(reading.errors).toEqual([]);
    expect(reading.suspects.map((suspect) => suspect.code)).toContain(code);
    expect(reading.rows.households).toHaveLength(county.households.length);
  });
});

describe('files that are no roll', () => {
  const codesOf = async (file: Buffer): Promise<string[]> =>
    (await parseHouseholdRoll(file)).errors.map((error) => error.code);

  test('an empty file → empty-file', async () => {
    expect(await codesOf(Buffer.alloc(0))).toEqual(['empty-file']);
  });

  test('text, a cut file, a zip of nothing → not-xlsx', async () => {
    const whole = await writeRollRows(sound);
    for (const file of [
      Buffer.from('户编号,姓名\n1,张三'),
      whole.subarray(0, whole.length - 100),
      Buffer.concat([Buffer.from('PK\x05\x06', 'latin1'), Buffer.alloc(18)]),
    ]) {
      expect(await codesOf(file)).toEqual(['not-xlsx']);
    }
  });

  test('more than the limit of bytes → too-large, unread', async () => {
    expect(await codesOf(Buffer.alloc(ROLL_BYTES_MAX + 1))).toEqual(['too-large']);
  });

  test('a workbook that says it unpacks to gigabytes → too-large, not unpacked', async () => {
    const file = Buffer.from(await writeRollRows(sound));
    const entry = file.indexOf(Buffer.from('PK\x01\x02', 'latin1'));
    file.writeUInt32LE(0xf0000000, entry + 24);
    expect(await codesOf(file)).toEqual(['too-large']);
  });

  test('a workbook without the sheet 人口 → sheet-missing', async () => {
    const file = await writeXlsxFile([{ sheet: '户', data: [['户编号']] }]).toBuffer();
    const codes = await codesOf(file);
    expect(codes).toContain('sheet-missing');
    expect(codes).toContain('heading-missing');
  });

  test('headings only → no-rows', async () => {
    expect(await codesOf(await writeRollRows({ 人口: [], 户: [], 村: [] }))).toEqual(['no-rows']);
  });
});

describe('cells that are not text', () => {
  type CellOf = (heading: string) => unknown;

  /** The person sheet alone, cell by cell; the other sheets as they are in the sound roll. */
  async function readPersonCells(cellOf: CellOf): Promise<RollReading> {
    const headings = PERSON_SHEET.columns.map((column) => column.heading);
    const sheets = [
      {
        sheet: '人口',
        data: [headings, headings.map((heading) => cellOf(heading) ?? '其他')],
        dateFormat: 'yyyy-mm-dd',
      },
    ];
    const file = await writeXlsxFile(sheets as Parameters<typeof writeXlsxFile>[0]).toBuffer();
    return parseHouseholdRoll(file, { knownVillages });
  }

  test.for<[string, string, unknown, string]>([
    ['a date cell', '出生日期', new Date(Date.UTC(1980, 0, 1)), 'date-cell'],
    [
      'an ID number that lost its last digits',
      '证件号码',
      Number('530627199001011234'),
      'number-cell',
    ],
    ['a tick box', '是否享受低保', true, 'boolean-cell'],
    ['a formula', '姓名', { type: 'Formula', value: '"张"&"三"' }, 'formula-cell'],
  ])('%s → named by its heading', async ([, column, value, code]) => {
    const reading = await readPersonCells((heading) => (heading === column ? value : undefined));
    const found = reading.errors.find((error) => error.code === code);
    expect(found).toMatchObject({ sheet: '人口', row: 2, column });
  });

  test('a heading twice → heading-duplicate; an unknown one → ignored and said', async () => {
    const data = [[...PERSON_SHEET.columns.map((column) => column.heading), '姓名', '星座']];
    const file = await writeXlsxFile([{ sheet: '人口', data }]).toBuffer();
    const reading = await parseHouseholdRoll(file, { knownVillages });
    expect(reading.errors.map((error) => error.code)).toContain('heading-duplicate');
    expect(reading.suspects).toMatchObject([{ code: 'heading-unknown', column: '星座' }]);
  });
});
