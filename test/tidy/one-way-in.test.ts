/** Decisions are made in one place, and what is logged is listed. */
import { describe, expect, test } from 'vitest';
import { readSources, type SourceFile } from './source-files.ts';

/** Who may call the kernel's judges, and why. */
const JUDGES: Readonly<Record<string, string>> = {
  'db/record/apply-command.ts': 'the deciding transaction',
  'db/record/launch.ts': 'the opening transaction',
  'db/record/rerun-bundle.ts': 'verify: judges again offline, writes nothing',
  'domain/kernel/explain.ts': 'the dry run',
};

/** Who may write the record of a list. */
const WRITERS: Readonly<Record<string, string>> = {
  'db/record/record-writes.ts': 'events, outcomes, projections of one decision',
  'db/record/apply-command.ts': 'the list itself, in the same transaction',
  'db/record/projections.ts': 'cases, in the same transaction',
  'db/record/submit-command.ts': 'the command row, before it is judged',
  'db/record/rebase-lists.ts': 'the places of lists when the tree changes',
  'db/reminders/fire-rungs.ts': 'the next reminder, which is no law',
};

const JUDGING =
  /import\s*(?:type\s*)?\{[^}]*\b(?:decide|openRoster)\b[^}]*\}\s*from\s*'[^']*\/(?:decide|open)\.ts'/;
const WRITING =
  /\.(?:insert|update|delete)\(\s*(?:events|rosters|cases|commands)\s*\)|\binto\s+(?:events|rosters|cases|commands)\b|\bupdate\s+(?:events|rosters|cases|commands)\s+set\b/;

const CODE = ['domain', 'workflows', 'activities', 'db', 'api', 'bin', 'scenario'] as const;
const all = (await Promise.all(CODE.map((folder) => readSources(folder)))).flat();

function strangers(
  sources: readonly SourceFile[],
  pattern: RegExp,
  allowed: Readonly<Record<string, string>>,
): string[] {
  return sources
    .filter(({ path, text }) => pattern.test(text) && !Object.hasOwn(allowed, path))
    .map(({ path }) => path);
}

describe('no decision outside the deciding transaction', () => {
  test('nobody else calls the judges, nobody else writes a list', () => {
    expect(strangers(all, JUDGING, JUDGES)).toEqual([]);
    expect(strangers(all, WRITING, WRITERS)).toEqual([]);
  });

  test('everybody who may does: the lists are not longer than they need be', () => {
    const found = (pattern: RegExp) =>
      all.filter(({ text }) => pattern.test(text)).map(({ path }) => path);
    expect(found(JUDGING)).toEqual(expect.arrayContaining(Object.keys(JUDGES)));
    expect(found(WRITING)).toEqual(expect.arrayContaining(Object.keys(WRITERS)));
  });

  test.for([
    ["import { decide } from '../domain/kernel/decide.ts';", JUDGING],
    ["import { openRoster } from '../../domain/kernel/open.ts';", JUDGING],
    ['await db.insert(events).values(row);', WRITING],
    ['await tx.update(rosters).set({ open: false });', WRITING],
    ['await sql`update cases set outcome = 1`;', WRITING],
  ] as const)('a planted one is found: %s', ([text, pattern]) => {
    expect(strangers([{ path: 'api/planted.ts', text }], pattern, {})).toEqual(['api/planted.ts']);
  });
});

/** Fields that a line of a log may hold: what happened, never to whom (design §5). */
const LOGGED = new Set([
  'method',
  'route',
  'status',
  'ms',
  'error',
  'rosters',
  'counties',
  'found',
  'kinds',
  'errors',
]);

/** Names of the fields of every object logged, by file; `…` for what is spread or passed whole. */
function loggedIn({ path, text }: SourceFile): string[] {
  const calls = [
    ...text.matchAll(/\blog\.(?:trace|debug|info|warn|error|fatal)\(\s*(\{[^{}]*\}|[^{\s])/g),
  ];
  return calls.flatMap(([, given = '']) => {
    if (!given.startsWith('{')) return [`${path}: not an object of named fields`];
    if (given.includes('...')) return [`${path}: …`];
    const fields = given
      .slice(1, -1)
      .split(',')
      .map((field) => field.trim().split(/[:\s]/)[0] ?? '');
    return fields
      .filter((name) => name !== '' && !LOGGED.has(name))
      .map((name) => `${path}: ${name}`);
  });
}

describe('no personal data in logs', () => {
  test('only fields of the list are logged, and by no console', () => {
    expect(all.flatMap(loggedIn)).toEqual([]);
    const consoles = all.filter(
      ({ path, text }) => !path.startsWith('bin/') && /\bconsole\.\w+\(/.test(text),
    );
    expect(consoles.map(({ path }) => path)).toEqual([]);
  });

  test.for([
    ['log.info({ method, url: request.url });', 'url'],
    ['log.error({ idNumber: member.idNumber });', 'idNumber'],
    ['deps.log.warn({ ...body });', '…'],
    ['log.error(error, "failed");', 'not an object of named fields'],
  ] as const)('a planted one is found: %s', ([text, found]) => {
    expect(loggedIn({ path: 'api/planted.ts', text })).toEqual([`api/planted.ts: ${found}`]);
  });
});
