import { describe, expect, test } from 'vitest';
import writeXlsxFile from 'write-excel-file/node';
import {
  matchRows,
  numberPersons,
  readResultSheet,
  withIdNumbers,
  writeRequestSheet,
} from '../../api/comparison-rows.ts';
import { ApiProblem } from '../../api/problem.ts';
import { maskIdNumber } from '../../domain/household/masked-id-number.ts';

const ONE = { caseId: 'c1', name: '甲', idNumber: '539999195209220019' };
const TWO = { caseId: 'c1', name: '乙', idNumber: '53999919540509002X' };
const subjects = [ONE, TWO, { ...TWO, caseId: 'c2' }];
const clear = { hit: false, detail: '' };

function faultsOf(rows: Parameters<typeof matchRows>[1]): readonly string[] {
  try {
    matchRows(subjects, rows);
  } catch (error) {
    if (error instanceof ApiProblem) return error.parts.missing ?? [];
    throw error;
  }
  return [];
}

function sheetOf(rows: readonly (readonly (string | null)[])[]): Promise<Buffer> {
  const data = rows.map((row) =>
    row.map((value) => (value === null ? null : { value, type: String })),
  );
  return writeXlsxFile([{ sheet: '比对', data }]).toBuffer();
}

describe('a department answers for every person, whole or not at all', () => {
  test('rows are matched whatever the case of X; a person of two cases answers both', () => {
    const rows = [
      { ...clear, idNumber: ONE.idNumber },
      { idNumber: ' 53999919540509002x', hit: true, detail: '有车' },
    ];
    expect(matchRows(subjects, rows).map(({ caseId, hit }) => [caseId, hit])).toEqual([
      ['c1', false],
      ['c1', true],
      ['c2', true],
    ]);
  });

  test('a page names people by their 序号, one for each person whatever the order they are read in', () => {
    const noOf = (people: readonly (typeof ONE)[]) =>
      numberPersons(people).map(({ name, caseId, no }) => [name, caseId, no]);
    expect(noOf(subjects)).toEqual([
      ['甲', 'c1', 1],
      ['乙', 'c1', 2],
      ['乙', 'c2', 2],
    ]);
    expect(noOf([ONE, TWO])).toEqual(noOf([TWO, ONE]).toReversed());
    const rows = withIdNumbers(subjects, [
      { ...clear, no: 2 },
      { no: 1, hit: true, detail: '有车' },
    ]);
    expect(matchRows(subjects, rows).filter(({ hit }) => hit)).toMatchObject([
      { caseId: 'c1', idNumber: ONE.idNumber },
    ]);
    expect(() => withIdNumbers(subjects, [{ ...clear, no: 3 }])).toThrow(ApiProblem);
  });

  test('a covered number stands for the one person whom it fits, and for nobody when it fits two', () => {
    const row = { ...clear, idNumber: maskIdNumber(ONE.idNumber) };
    expect(withIdNumbers(subjects, [row])).toEqual([{ ...clear, idNumber: ONE.idNumber }]);
    const twin = { caseId: 'c3', name: '丙', idNumber: '539999198001010019' };
    expect(() => withIdNumbers([...subjects, twin], [row])).toThrow(ApiProblem);
  });

  test('unmatched, duplicate and missing rows are named together, without any ID number', () => {
    const row = { ...clear, idNumber: ONE.idNumber };
    const faults = faultsOf([row, row, { ...clear, idNumber: '110101199003071234' }]);
    expect(faults).toEqual([
      '第2条：证件号码重复',
      '第3条：证件号码不在本批名单中',
      '缺少乙的结果',
    ]);
    expect(faults.join('')).not.toMatch(/\d{6}/);
  });
});

test('a hit that does not say what was hit is refused: the village could not explain it', () => {
  const rows = [
    { ...clear, idNumber: ONE.idNumber, hit: true, detail: ' ' },
    { ...clear, idNumber: TWO.idNumber },
  ];
  expect(faultsOf(rows)).toEqual(['第1条：比中的要写明比中了什么，村里才能说明']);
});

describe('the sheet of a department', () => {
  test('the request file filled in comes back as rows', async () => {
    const request = await writeRequestSheet(subjects);
    expect(request.subarray(0, 2).toString()).toBe('PK');
    const answer = await sheetOf([
      ['姓名', '证件号码', '比中', '说明'],
      ['甲', ONE.idNumber, '否', null],
      ['乙', TWO.idNumber, '是', '有商品房'],
    ]);
    expect(await readResultSheet(answer)).toEqual([
      { idNumber: ONE.idNumber, hit: false, detail: '' },
      { idNumber: TWO.idNumber, hit: true, detail: '有商品房' },
    ]);
  });

  test('the request file as sent out, not filled in → ROWS-FAULTY', async () => {
    const request = await writeRequestSheet(subjects);
    await expect(readResultSheet(request)).rejects.toMatchObject({
      code: 'ROWS-FAULTY',
      parts: { missing: ['第2行：“比中”要填是或否', '第3行：“比中”要填是或否'] },
    });
  });

  test.for([
    ['a picture', Buffer.from('not a workbook'), 'FILE-TYPE'],
    ['an empty file', Buffer.alloc(0), 'FILE-TYPE'],
  ] as const)('%s → %s', async ([, file, code]) => {
    await expect(readResultSheet(file)).rejects.toMatchObject({ code });
  });

  test('other headings → ROWS-FAULTY that names the missing ones', async () => {
    const file = await sheetOf([
      ['姓名', '身份证'],
      ['甲', '1'],
    ]);
    await expect(readResultSheet(file)).rejects.toMatchObject({
      code: 'ROWS-FAULTY',
      parts: { missing: ['证件号码', '比中', '说明'] },
    });
  });
});
