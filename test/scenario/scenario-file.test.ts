import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectRoot } from '../../bin/embedded/project-paths.ts';
import { formatInstant } from '../../domain/time/instant.ts';
import { ScenarioFault } from '../../scenario/faults.ts';
import { scenarioJsonSchema } from '../../scenario/json-schema.ts';
import { makeWorld } from '../../scenario/make-world.ts';
import { parseScenario, readScenario } from '../../scenario/read-scenario.ts';

const make = (text: string) => makeWorld(readScenario(parseScenario(text)));

/** `path：words` of everything that is wrong with a file. */
function faultsOf(text: string): string[] {
  try {
    make(text);
  } catch (error) {
    if (error instanceof ScenarioFault) return error.message.split('\n');
    throw error;
  }
  return [];
}

test('an empty file is a village of five households under zhenxiong-2020, with everybody who acts', () => {
  const { world, packId, unconfirmed } = make('');
  expect(packId).toBe('zhenxiong-2020');
  expect(unconfirmed).toEqual([]);
  expect(world.villages.map(({ name }) => name)).toEqual(['大田村']);
  expect(world.households).toHaveLength(5);
  expect(world.applicants).toHaveLength(2);
  expect(formatInstant(world.clockAt)).toBe('2020-09-01 08:00');
  const names = world.people.map(({ signInName }) => signInName);
  expect(names).toEqual(
    expect.arrayContaining(['演练管理员', '大田村经办', '青石镇审核', '镇雄县审定', '镇雄县住建']),
  );
});

test('the same file gives the same world, and no ID number twice', () => {
  const text = 'villages: [{households: 30, applicants: 9}, {households: 30}]';
  const { world } = make(text);
  expect(make(text).world).toEqual(world);
  const all = [...world.households, ...world.applicants].flatMap(({ members }) => members);
  expect(new Set(all.map(({ idNumber }) => idNumber)).size).toBe(all.length);
});

test('a household is what the file says, and for the rest has nothing in its way', () => {
  const { world } = make(`
villages:
  - name: 东村
    households:
      - { head: 张三, no: A100001, attribute: dibao, security: { water: false }, members: 3 }
      - { count: 2, housingGrade: D }
      - members: [{ name: 李四, age: 50 }, { relation: 之女, sex: 女, age: 12, onDibao: true }]
        perHeadFen: 400000
`);
  const [first, second, third, fourth] = world.households;
  expect(world.households.map(({ householdNo }) => householdNo)).toEqual([
    'A100001',
    '5306279012010001',
    '5306279012010002',
    '5306279012010003',
  ]);
  expect(first).toMatchObject({ attribute: 'dibao', status: 'poor', housingGrade: 'A' });
  expect(first?.security).toMatchObject({ water: false, food: true, medical: true });
  expect(first?.members.map(({ relation }) => relation)[0]).toBe('户主');
  expect(first?.members).toHaveLength(3);
  expect([second?.housingGrade, third?.housingGrade]).toEqual(['D', 'D']);
  expect(fourth?.members.map(({ name }) => name)[0]).toBe('李四');
  expect(fourth?.members[1]?.details).toMatchObject({ 性别: '女', 是否享受低保: '是' });
  expect(fourth?.income.wage).toBe(800_000);
});

test.for([
  ['an unknown field', 'vilages: []', 'vilages：没有这个项目'],
  [
    'a wrong word',
    'villages: [{households: [{status: bad}]}]',
    'villages[0].households[0].status：',
  ],
  [
    'an ID number without quotes',
    'villages: [{households: [{members: [{idNumber: 530627197001010015}]}]}]',
    'villages[0].households[0].members[0].idNumber：证件号码要写成带引号的文字，否则末几位会丢失',
  ],
  ['a padded code', 'organisations: [{code: "530000"}]', 'organisations[0].code：不是区划代码'],
  ['a code twice', 'organisations: [{code: 530627}, {code: 530627}]', 'organisations[1].code：'],
  [
    'a parent below its child',
    'organisations: [{code: 530627901, parent: "530627901201"}]',
    'organisations[0].parent：上级的层级要高于本级',
  ],
  [
    'a duty at no organisation',
    'people: [{name: 甲, duties: [{org: 无此村, duty: clerk}]}]',
    'people[0].duties[0].org：没有这个组织：无此村',
  ],
  [
    'a department without its name',
    'people: [{name: 甲, duties: [{org: 镇雄县, duty: department}]}]',
    'people[0].duties[0].department：岗位 department 要写部门名称，其他岗位不写',
  ],
  ['a sign-in name twice', 'people: [{name: 甲}, {name: 甲}]', 'people[1].signIn：登录名甲重复'],
  [
    'a window that closes before it opens',
    'windows: [{function: mark-exit, opensAt: 2020-11-02, closesAt: 2020-11-01}]',
    'windows[0].closesAt：关闭时间要晚于开放时间（2020-11-02 00:00）',
  ],
  ['a time before 2014', 'clock: 2013-12-31 08:00', 'clock：时间不能早于2014年'],
  ['no time at all', 'clock: 明天', 'clock：不是时间：明天（应如 2020-09-01 08:00）'],
  ['an unknown pack', 'pack: lushui-2020', 'pack：没有可以直接使用的规则包 lushui-2020；'],
  ['text that is no YAML', 'villages: [', '整个文件：第1行第12列不是正确的 YAML 写法'],
  [
    'a confirmed value that the pack does not ask for',
    'confirmations: {values: {income.window: 1}}',
    'confirmations.income.window：规则包zhenxiong-2020中没有这个待核定的值；',
  ],
  [
    'a confirmed quorum below the law',
    'confirmations: {values: {assembly.quorum: {numerator: 1, denominator: 2}}}',
    'confirmations.values.assembly.quorum：',
  ],
] as const)('%s is refused by its place in the file', ([, text, fault]) => {
  expect(faultsOf(text).join('\n')).toContain(fault);
});

test('wrong and repeated ID numbers stay as written: the registry holds such, and the checks are for them', () => {
  const wrong = '530627197001010010';
  const member = `{ members: [{ idNumber: "${wrong}" }] }`;
  const { world } = make(`villages: [{ households: [${member}, ${member}], applicants: 0 }]`);
  const numbers = world.households.map(({ members }) => members[0]?.idNumber);
  expect(numbers).toEqual([wrong, wrong]);
});

test('under a clock before the year of the rules nobody is born yet to come', () => {
  const { world } = make('clock: 2016-02-04\nvillages: [{ households: 40 }]');
  const born = world.households.flatMap(({ members }) =>
    members.map(({ details }) => details['出生日期']),
  );
  expect(born.filter((on) => String(on) > '2016-02-04')).toEqual([]);
});

test('all faults are told at once', () => {
  const text = 'clock: 2013-01-01\npeople: [{name: 甲, duties: [{org: 丙, duty: clerk}]}]';
  expect(faultsOf(text)).toHaveLength(2);
});

const TEN_DAYS = `
  id: ten-days
  extends: zhenxiong-2020
  clauses:
    local-ten: { document: 镇雄县公示办法, article: 第三条, quote: 公示十日, source: LOCAL, verified: true }
  values:
    notice.village:
      { value: { amount: 10, unit: CALENDAR, countFirstDay: false }, verified: true, clause: local-ten }
`;

test('a local pack changes a number of days and inherits the rest', () => {
  const { world, unconfirmed, packId } = make(`pack:${TEN_DAYS}`);
  expect(packId).toBe('ten-days');
  expect(unconfirmed).toEqual([]);
  expect(world.packs.map(({ id }) => id)).toEqual(['ten-days']);
});

test('a local pack that loosens the law is refused in the words of the linter', () => {
  const quorum = `
    assembly.quorum: { value: { numerator: 1, denominator: 2 }, verified: true, clause: local-ten }`;
  expect(faultsOf(`pack:${TEN_DAYS}${quorum.slice(0)}`)).toEqual([
    'pack.values.assembly.quorum：评议会到会比例低于上级规定的下限',
  ]);
  const rolling = TEN_DAYS.replace('amount: 10,', 'amount: 10, rollToWorkday: true,');
  expect(faultsOf(`pack:${rolling}`)).toEqual(['pack.values.notice.village：公示期不顺延']);
});

test('confirmations may be left out: everything is then open, or what is named', () => {
  expect(make('confirmations: none').unconfirmed.length).toBeGreaterThan(10);
  const { unconfirmed } = make('confirmations: {unconfirmed: [income.line]}');
  expect(unconfirmed.map(({ path }) => path)).toEqual(['income.line']);
});

test('docs/scenario.schema.json is what the schema gives: run `npm run scenario:schema` when this fails', async () => {
  const file = join(projectRoot, 'docs', 'scenario.schema.json');
  expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(scenarioJsonSchema());
});

test('a clock of a year without a calendar and a pack under one that nobody knows are named in Chinese', () => {
  expect(faultsOf('clock: 2031-01-01')).toEqual([
    'clock：没有2031年的节假日安排，不能从那一年开始',
  ]);
  expect(faultsOf('pack: { id: x, extends: nowhere-2020 }')).toEqual([
    'pack.extends：没有规则包nowhere-2020',
  ]);
});
