/** The law is data: no clock in domain/, no number of days, threshold or department name in code. */
import { describe, expect, test } from 'vitest';
import { trainingConfirmations } from '../../policies/confirm-values.ts';
import { loadPacks } from '../../policies/load-packs.ts';
import { readSources, type SourceFile } from './source-files.ts';

/** Code alone: comments may name what the code may not. */
function codeOf(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/(^|[^:])\/\/.*$/gm, '$1');
}

const CLOCK =
  /\bDate\.now\b|\bnew Date\(\s*\)|\bperformance\.now\b|\bMath\.random\b|\bsetTimeout\b/;

function clocksIn(sources: readonly SourceFile[]): string[] {
  return sources.filter(({ text }) => CLOCK.test(codeOf(text))).map(({ path }) => path);
}

describe('domain/ reads no clock and throws no dice', () => {
  test('none does', async () => {
    expect(clocksIn(await readSources('domain'))).toEqual([]);
  });

  test.for([
    'const at = Date.now();',
    'const today = new Date();',
    'const at = performance.now();',
    'const id = Math.random();',
  ])('a planted one is found: %s', (text) => {
    expect(clocksIn([{ path: 'domain/planted.ts', text }])).toEqual(['domain/planted.ts']);
  });

  test('a given instant is no clock', () => {
    const text = 'const text = new Date(ms).toISOString(); // not Date.now()';
    expect(clocksIn([{ path: 'domain/fine.ts', text }])).toEqual([]);
  });
});

/** Every figure of the packs by which a household or a period is judged: lines in fen, and departments. */
const { packs } = loadPacks();
const figures = new Set(
  [...packs.values()].flatMap(({ pack }) => {
    const { value, suggested } = pack.values['income.line'] ?? {};
    return [value, suggested].filter((figure) => typeof figure === 'number');
  }),
);
const departments = new Set(
  [...packs.keys()]
    .filter((id) => packs.get(id)?.pack.year !== null)
    .flatMap((id) => trainingConfirmations(id))
    .filter(({ path }) => path === 'comparison.departments')
    .flatMap(({ value }) => value as string[]),
);

/** `days: 7`, `minDays = 3`, `amount: 5, unit: 'WORKING'`; zero and one count nothing. */
const DAYS = /\b\w*(?:[dD]ays|DAYS)\w*\s*[:=]\s*-?(?:[2-9]|\d{2,})\b|\bamount: \d+/;

const LAW_FOLDERS = ['domain', 'workflows', 'activities', 'db', 'api'] as const;

/** Departments of sign-ins and of the demo county are made up where people are made up. */
const isMadeUp = (path: string) => /^db\/(seed|training)\//.test(path);

function figuresIn({ path, text }: SourceFile): string[] {
  const code = codeOf(text);
  const numbers = [...code.matchAll(/\b\d[\d_]*\b/g)].map(([number]) =>
    Number(number.replaceAll('_', '')),
  );
  const names = [...departments].filter((name) => code.includes(`'${name}'`) && !isMadeUp(path));
  return [
    ...(DAYS.test(code) ? [`${path}: a number of days`] : []),
    ...numbers.filter((number) => figures.has(number)).map((number) => `${path}: ${number}`),
    ...names.map((name) => `${path}: ${name}`),
  ];
}

describe('no figure or name of the law stands in code', () => {
  test('the packs have figures and departments to look for', () => {
    expect(figures.size).toBeGreaterThan(1);
    expect(departments).toContain('住建');
  });

  test('none does', async () => {
    const sources = (await Promise.all(LAW_FOLDERS.map((folder) => readSources(folder)))).flat();
    expect(sources.flatMap(figuresIn)).toEqual([]);
  });

  test.for([
    ['const NOTICE_DAYS = 7;', 'a number of days'],
    ["const period = { amount: 5, unit: 'WORKING' };", 'a number of days'],
    ['if (perHeadFen > 320_000) pass();', '320000'],
    ["if (department === '住建') pass();", '住建'],
  ] as const)('a planted one is found: %s', ([text, found]) => {
    expect(figuresIn({ path: 'domain/planted.ts', text })).toEqual([`domain/planted.ts: ${found}`]);
  });
});
