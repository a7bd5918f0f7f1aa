import { describe, expect, test } from 'vitest';
import { PROBLEM_KINDS } from '../../api/problem-codes.ts';
import { GUARDS } from '../../domain/guards/index.ts';
import { REFUSAL_TITLES } from '../../domain/kernel/refusal-codes.ts';
import { readSources, type SourceFile } from './source-files.ts';

const CODE = "'([A-Z][A-Z0-9]*(?:-[A-Z0-9]+)*)'";

/** Where a code is given: a field, a constant, or the first argument of what makes a refusal. */
const GIVEN = new RegExp(
  `(?:\\bcode: |\\b(?:refused|refuse|ApiProblem)\\(\\s*(?:[a-z]\\w*, )?|const [A-Z_]+ = )${CODE}`,
  'g',
);

/** Constants in capitals that are no codes. */
const NO_CODES = new Set(['UTC']);

function codesIn(sources: readonly SourceFile[]): Set<string> {
  return new Set(
    sources.flatMap(({ text }) =>
      [...text.matchAll(GIVEN)].flatMap(([, code]) =>
        code === undefined || NO_CODES.has(code) ? [] : [code],
      ),
    ),
  );
}

const folders = ['domain', 'db', 'activities', 'api', 'policies'];
/** Of policies/ only the loading of packs refuses; codes of the linter are findings. */
const gives = ({ path }: SourceFile): boolean =>
  !path.startsWith('policies/') || path === 'policies/admit-pack.ts';
const sources = (await Promise.all(folders.map((folder) => readSources(folder))))
  .flat()
  .filter(gives);
const emitted = codesIn(sources);
const known = new Set([
  ...Object.keys(REFUSAL_TITLES),
  ...Object.keys(PROBLEM_KINDS),
  ...Object.keys(GUARDS),
]);

const BEHIND = 'behind the look-up of the route, which answers NOT-FOUND first';

/** Codes that no test names, and why. */
const UNMET: Readonly<Record<string, string>> = {
  INTERNAL: 'a bug; to meet it one would have to be planted in a route',
  REFUSED: 'the title of every refusal by the law; the code is the first refusal’s own',
  'ADMINISTRATOR-EXISTS':
    'of `npm run first-administrator`; test/embedded/production.test.ts reads its words',
  'ORGANISATION-UNKNOWN': 'behind the area check of every route, which answers first',
  'USER-UNKNOWN': BEHIND,
  'DUTY-UNKNOWN': BEHIND,
  'GRANT-UNKNOWN': BEHIND,
  'GROUP-UNKNOWN': BEHIND,
  'UNKNOWN-ROSTER': 'behind the same check: a list that is emptied away between it and the command',
  'REGISTRY-REFUSED':
    'the mark of a household that the registry refused; test/registry meets the refusals',
};

describe('one catalogue of refusal codes', () => {
  test('every code that the source gives is in it', () => {
    expect(emitted.size).toBeGreaterThan(100);
    expect([...emitted].filter((code) => !known.has(code))).toEqual([]);
  });

  test('it holds no code that nothing gives', () => {
    expect(Object.keys(REFUSAL_TITLES).filter((code) => !emitted.has(code))).toEqual([]);
  });

  test('each is met in some test', async () => {
    const tests = (await readSources('test')).filter(({ path }) => !path.includes('refusal-codes'));
    const whole = tests.map(({ text }) => text).join('\n');
    const unmet = [...known].filter((code) => !whole.includes(`'${code}'`));
    expect(unmet.sort()).toEqual(Object.keys(UNMET).sort());
  });

  test('a planted code is found', () => {
    const planted = { path: 'domain/planted.ts', text: `d.refuse({ code: 'NEVER-HEARD-OF' })` };
    expect([...codesIn([planted])].filter((code) => !known.has(code))).toEqual(['NEVER-HEARD-OF']);
  });

  test('each has words in Chinese', () => {
    const titles = [
      ...Object.values(REFUSAL_TITLES),
      ...Object.values(PROBLEM_KINDS).map(({ title }) => title),
    ];
    expect(titles.filter((title) => !/^[^a-z]*[一-龥]/.test(title))).toEqual([]);
  });
});
