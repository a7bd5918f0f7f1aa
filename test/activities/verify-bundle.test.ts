/** 核验 — a list at its assembly is exported; every way of tampering is named at its place. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applyCommands } from '../../activities/apply-commands.ts';
import { projectRoot } from '../../bin/embedded/project-paths.ts';
import { exportRoster } from '../../db/record/export-roster.ts';
import { chainKey, contentHash } from '../../db/record/hash-chain.ts';
import { type BundleEvent, type RosterBundle, readBundle } from '../../db/record/roster-bundle.ts';
import { insertCommand } from '../../db/record/submit-command.ts';
import { verifyBundle } from '../../db/record/verify-bundle.ts';
import { invariant } from '../../domain/invariant.ts';
import type { CommandBody } from '../../domain/kernel/command.ts';
import {
  openList,
  openTrainingVillage,
  type TrainingVillage,
  voidAssembly,
} from './training-village.ts';

let village: TrainingVillage;
let bundle: RosterBundle;
let childBundle: RosterBundle;

beforeAll(async () => {
  village = await openTrainingVillage();
  const rosterId = await openList(village);
  for (const words of ['村委会', '小学', '晒场']) {
    await submit(rosterId, words, await voidAssembly(village, rosterId, words));
  }
  await submit(rosterId, '不予受理', { type: 'suspend', reason: '天气', basis: '通知' });
  const caseIds = [`${rosterId}-c002`];
  await submit(rosterId, '分出', { type: 'split', caseIds, reason: '外出务工，另行评议' });
  bundle = await exported(rosterId);
  const split = bundle.commands.find(({ body }) => body.type === 'split');
  invariant(split?.outcome?.kind === 'applied', 'the split is applied');
  childBundle = await exported(split.outcome.children[0] ?? '');
});

afterAll(() => village.destroy());

async function submit(rosterId: string, idempotencyKey: string, body: CommandBody) {
  const receivedAt = await village.clock.now();
  const { db, clerk: actor } = village;
  await insertCommand(db, { rosterId, actor, idempotencyKey, body, receivedAt });
  await applyCommands(village, { rosterId });
}

/** Through the file's text, as an offline reader has it. */
async function exported(rosterId: string): Promise<RosterBundle> {
  const found = readBundle(JSON.stringify(await exportRoster(village.db, rosterId)));
  invariant(found !== null, 'what is exported is a bundle');
  return found;
}

const verify = (given: RosterBundle) => verifyBundle(given, null);

/** The bundle with the event of `seq` changed. */
function withEvent(seq: number, change: (row: BundleEvent) => Partial<BundleEvent>): RosterBundle {
  const events = bundle.events.map((row) => (row.seq === seq ? { ...row, ...change(row) } : row));
  return { ...bundle, events };
}

describe('an untouched bundle', () => {
  test('every event is reproduced; the chain holds under its key', () => {
    const { length } = bundle.events;
    expect(length).toBeGreaterThanOrEqual(5);
    expect(verifyBundle(bundle, chainKey())).toEqual({
      integrity: null,
      completeness: null,
      chainChecked: true,
      reproduced: length,
      refusedNotJudged: 1,
      openedBySplit: false,
    });
  });

  test('without the key the chain is said to be unchecked; another key → the first event', () => {
    expect(verify(bundle)).toMatchObject({ integrity: null, chainChecked: false });
    expect(verifyBundle(bundle, 'another key').integrity).toMatchObject({ seq: 1 });
  });

  test('a list born of a split says that its opening is proved elsewhere', () => {
    const verdict = verifyBundle(childBundle, chainKey());
    expect(verdict).toMatchObject({ integrity: null, completeness: null, openedBySplit: true });
  });

  test('an unknown list → nothing to export; a text that is no bundle → not read', async () => {
    expect(await exportRoster(village.db, 'nobody')).toBeNull();
    expect(readBundle('{')).toBeNull();
    expect(readBundle(JSON.stringify({ ...bundle, format: 'other' }))).toBeNull();
  });
});

describe('altered content → the first event that differs is named', () => {
  test('a date moved by one millisecond', () => {
    const { integrity, completeness } = verify(
      withEvent(3, ({ event }) => ({ event: { ...event, at: event.at + 1 } })),
    );
    expect(integrity).toMatchObject({ seq: 3, words: expect.stringContaining('生效时间') });
    expect(completeness).toBeNull();
  });

  test('a due date in the opening event', () => {
    const altered = withEvent(1, ({ event }) => {
      invariant(event.body.type === 'roster-opened', 'the first event opens');
      const dueAt = (event.body.dueAt ?? 0) + 86_400_000;
      return { event: { ...event, body: { ...event.body, dueAt } } };
    });
    expect(verify(altered).integrity).toMatchObject({
      seq: 1,
      words: expect.stringContaining('dueAt'),
    });
  });

  test('the person who acted', () => {
    const altered = withEvent(2, ({ actor }) => {
      invariant(actor !== null, 'somebody acted');
      return { actor: { ...actor, name: '另一人' } };
    });
    expect(verify(altered).integrity).toMatchObject({ seq: 2 });
  });

  test('facts altered under their hash', () => {
    const hash = bundle.events[1]?.factsHash ?? '';
    const body = { ...bundle.facts[hash], ordinaryPoorOutside: 9999 };
    const facts = { ...bundle.facts, [hash]: body } as RosterBundle['facts'];
    const first = bundle.events.find(({ factsHash }) => factsHash === hash)?.seq;
    expect(verify({ ...bundle, facts }).integrity).toMatchObject({
      seq: first,
      words: expect.stringContaining('判断依据'),
    });
  });

  test('facts altered together with their hash → the decision no longer comes out', () => {
    const row = bundle.events[1];
    const body = { ...bundle.facts[row?.factsHash ?? ''], files: [] };
    const factsHash = contentHash(body);
    const facts = { ...bundle.facts, [factsHash]: body } as unknown as RosterBundle['facts'];
    const altered = { ...withEvent(2, () => ({ factsHash })), facts };
    expect(verify(altered).integrity).toMatchObject({
      seq: 2,
      words: expect.stringContaining('不予受理'),
    });
    expect(verifyBundle(altered, chainKey()).integrity).toMatchObject({ seq: 2 });
  });

  test('a snapshot or form altered under its hash, or left out → the decision that used it', () => {
    const [[hash, snapshot] = ['', undefined]] = Object.entries(bundle.snapshots);
    invariant(snapshot !== undefined, 'the opening judged registered households');
    const altered = { ...bundle.snapshots, [hash]: { ...snapshot, memberCount: 99 } };
    const moved = { ...bundle.snapshots, [hash]: { ...snapshot, asOf: snapshot.asOf + 1 } };
    for (const snapshots of [altered, moved]) {
      expect(verify({ ...bundle, snapshots }).integrity).toMatchObject({
        seq: 1,
        words: expect.stringContaining('校验值'),
      });
    }
    expect(verify({ ...bundle, snapshots: {} }).integrity).toMatchObject({
      seq: 1,
      words: expect.stringContaining('农户材料'),
    });
  });

  test('the plan', () => {
    const [[hash, plan] = ['', undefined]] = Object.entries(bundle.plans);
    invariant(plan !== undefined, 'the plan is in the bundle');
    const plans = { [hash]: { ...plan, year: plan.year + 1 } };
    expect(verify({ ...bundle, plans }).integrity).toMatchObject({
      seq: 1,
      words: expect.stringContaining('适用规则'),
    });
  });

  test.for(['applied', 'refused'] as const)('what an %s command asked', (kind) => {
    const target = bundle.commands.find(({ outcome }) => outcome?.kind === kind);
    const commands = bundle.commands.map((row) =>
      row === target ? { ...row, body: { ...row.body, reasons: { x: '添加' } } } : row,
    );
    const seq = target?.outcome?.kind === 'applied' ? target.outcome.fromSeq : null;
    expect(verify({ ...bundle, commands }).integrity).toMatchObject({ seq });
  });

  test('the answer recorded for a command', () => {
    const commands = bundle.commands.map((row) =>
      row.outcome?.kind === 'applied' ? { ...row, outcome: { ...row.outcome, at: 1 } } : row,
    );
    expect(verify({ ...bundle, commands }).integrity).toMatchObject({ seq: 2 });
  });

  test('the state at the end; a hash, seen only with the key', () => {
    const state = { ...bundle.head.state, batch: 99 };
    const { head } = bundle;
    expect(verify({ ...bundle, head: { ...head, state } }).integrity).toMatchObject({ seq: null });
    const altered = withEvent(4, () => ({ hash: '0'.repeat(64) }));
    expect(verifyBundle(altered, chainKey()).integrity).toMatchObject({ seq: 4 });
  });

  test('content without its shape → said of the event, no crash', () => {
    const altered = withEvent(1, ({ event }) => {
      const body = { ...event.body, cases: null };
      return { event: { ...event, body } as unknown as BundleEvent['event'] };
    });
    expect(verify(altered).integrity).toMatchObject({ seq: 1 });
  });
});

describe('missing content → the first gap is named, apart from alteration', () => {
  test('an event dropped', () => {
    const events = bundle.events.filter(({ seq }) => seq !== 3);
    const verdict = verify({ ...bundle, events });
    expect(verdict).toMatchObject({ integrity: null, completeness: { seq: 3 }, reproduced: 2 });
  });

  test('two events in the other order', () => {
    const [first, second, third, ...rest] = bundle.events;
    invariant(first !== undefined, 'the list was opened');
    invariant(second !== undefined && third !== undefined, 'there are three events');
    const events = [first, third, second, ...rest];
    expect(verify({ ...bundle, events }).completeness).toMatchObject({ seq: 2 });
  });

  test('two events exchanged and renumbered → altered at the first', () => {
    const [, second, third] = bundle.events;
    invariant(second !== undefined && third !== undefined, 'there are three events');
    const events = bundle.events.map((row) => {
      if (row.seq === 2) return { ...third, seq: 2, event: { ...third.event, seq: 2 } };
      return row.seq === 3 ? { ...second, seq: 3, event: { ...second.event, seq: 3 } } : row;
    });
    expect(verify({ ...bundle, events }).integrity).toMatchObject({ seq: 2 });
  });

  test('the end cut off; the head moved along → the last command still tells', () => {
    const events = bundle.events.slice(0, -1);
    const seq = bundle.events.length;
    expect(verify({ ...bundle, events })).toMatchObject({ integrity: null, completeness: { seq } });
    const last = events.at(-1);
    invariant(last !== undefined, 'an event is left');
    const head = { ...bundle.head, seq: last.seq, hash: last.hash };
    expect(verify({ ...bundle, events, head }).completeness).toMatchObject({ seq: null });
  });

  test('a command, a plan or facts left out', () => {
    expect(verify({ ...bundle, commands: [] }).completeness).toMatchObject({ seq: 2 });
    expect(verify({ ...bundle, plans: {} }).completeness).toMatchObject({ seq: 1 });
    expect(verify({ ...bundle, facts: {} }).completeness).toMatchObject({ seq: 1 });
  });
});

describe('the program', { timeout: 120_000 }, () => {
  let folder = '';

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gongshi-verify-'));
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  /** What a person sees, and the code at the end. */
  function run(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
    const { PATH = '' } = process.env;
    const program = ['--import', 'tsx', join('bin', 'verify.ts'), ...args];
    const options = { cwd: projectRoot, env: { PATH, ...env } };
    return new Promise<{ code: number; said: string }>((resolve) => {
      execFile(process.execPath, program, options, (error, out, err) => {
        resolve({ code: error === null ? 0 : Number(error.code), said: out + err });
      });
    });
  }

  test('exports a file for its owner only, verifies it offline, and ends with 1 when altered', async () => {
    const { databaseUrl } = village;
    const file = join(folder, 'list.json');
    const wish = ['--export', bundle.rosterId, '--out', file];
    const exporting = await run(wish, { DATABASE_URL: databaseUrl });
    expect(exporting).toMatchObject({ code: 0, said: expect.stringContaining('已导出') });
    expect((await stat(file)).mode & 0o077).toBe(0);

    const bare = await run([file]);
    expect(bare).toMatchObject({ code: 0, said: expect.stringContaining('防篡改链：未核对') });
    const keyed = await run([file], { GONGSHI_CHAIN_KEY: chainKey() });
    expect(keyed).toMatchObject({ code: 0, said: expect.stringContaining('防篡改链：已核对') });

    const altered = JSON.parse(await readFile(file, 'utf8'));
    altered.events[2].event.at += 86_400_000;
    await writeFile(file, JSON.stringify(altered));
    const refused = await run([file]);
    expect(refused).toMatchObject({ code: 1, said: expect.stringContaining('第3号事件') });
    expect(refused.said).toContain('齐全性（有无缺失）：未发现缺失');
  });

  test('an unknown list, no file, no bundle, wrong arguments → said in words, 1', async () => {
    const missing = await run(['--export', 'nobody', '--out', join(folder, 'x')], {
      DATABASE_URL: village.databaseUrl,
    });
    expect(missing).toMatchObject({ code: 1, said: expect.stringContaining('没有这份名单') });
    const file = join(folder, 'broken.json');
    expect((await run([file])).said).toContain('读不到文件');
    await writeFile(file, '{}');
    expect((await run([file])).said).toContain('不是核验包');
    expect((await run(['--wrong'])).said).toContain('用法');
  });
});
