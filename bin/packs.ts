/**
 * 规则包 — `npm run packs -- lint | show | diff | impact | test`: checks the shipped packs and their examples,
 * prints one with its clauses, compares two, names the open lists that one would touch (read only), and
 * tries the examples.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { openDatabase } from '../db/client.ts';
import { databaseClock } from '../db/clock.ts';
import { packImpact } from '../db/packs/lists-under-pack.ts';
import { PROCEDURES, type ProcedureId } from '../domain/plan/plan.ts';
import { PROCEDURE_WORDS } from '../domain/sheet/sheet-words.ts';
import { findConflicts } from '../policies/find-conflicts.ts';
import { lintExamples } from '../policies/lint-examples.ts';
import { lintLibrary } from '../policies/lint-pack.ts';
import { loadExamples } from '../policies/load-examples.ts';
import { loadPacks, PackFault, packCovers, withPack } from '../policies/load-packs.ts';
import { type PackOf, ruleDifferences } from '../policies/rule-differences.ts';
import { ruleLines } from '../policies/rule-lines.ts';
import { runExamples } from '../policies/run-example.ts';
import { runCommand } from './embedded/command-line.ts';
import { findRunningDatabase } from './embedded/running-database.ts';
import { StartFailure } from './embedded/start-failure.ts';
import {
  conflictText,
  differenceText,
  exampleText,
  impactText,
  packHeading,
  ruleText,
} from './pack-commands/words.ts';

const USAGE = `用法：
  npm run packs -- lint                                检查规则包和例证，列出冲突的规定
  npm run packs -- show 规则包 [程序] [--area 区划代码]   列出环节、条件、数值和依据
  npm run packs -- diff 甲 乙                          比较两个规则包；也可以写规则包文件
  npm run packs -- impact 规则包或规则包文件             会影响哪些在办名单（只读）
  npm run packs -- test [规则包]                       试办例证`;

const library = loadPacks();

function print(lines: readonly string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}

/** A shipped pack, or the pack of a file, which stands in for the one of its id. */
function packOf(given: string | undefined): PackOf {
  if (given === undefined) throw new StartFailure(USAGE);
  if (library.packs.has(given)) return { library, packId: given };
  if (!/\.ya?ml$/.test(given)) {
    const ids = [...library.packs.keys()].join('、');
    throw new StartFailure(`没有规则包${given}；现有：${ids}`);
  }
  try {
    const text = readFileSync(given, 'utf8');
    const own = withPack(library, { name: given, text });
    const faults = lintLibrary(own.library).map(
      ({ packId, path, words }) => `${packId} ${path}：${words}`,
    );
    if (faults.length > 0) throw new StartFailure(`规则包不合规定：\n${faults.join('\n')}`);
    return { library: own.library, packId: own.loaded.pack.id };
  } catch (error) {
    if (error instanceof StartFailure) throw error;
    if (error instanceof PackFault) throw new StartFailure(error.message);
    throw new StartFailure(`读不到文件：${given}`);
  }
}

function lint(): void {
  const findings = lintLibrary(library).map(
    ({ packId, code, path, words }) => `${packId} ${path}：${words}（${code}）`,
  );
  const examples = lintExamples(library, loadExamples()).map(
    ({ file, words }) => `例证${file}：${words}`,
  );
  const conflicts = findConflicts(library);
  const count = findings.length + examples.length;
  print([
    ...findings,
    ...examples,
    ...conflicts.flatMap(conflictText),
    `检查规则包${library.packs.size}个，发现问题${count}个，冲突的规定${conflicts.length}处`,
  ]);
  process.exitCode = count === 0 ? 0 : 1;
}

function procedureOf(given: string): ProcedureId {
  const found = PROCEDURES.find((id) => id === given || PROCEDURE_WORDS[id].name === given);
  if (found !== undefined) return found;
  const known = PROCEDURES.map((id) => `${id}（${PROCEDURE_WORDS[id].name}）`).join('、');
  throw new StartFailure(`没有程序${given}；现有：${known}`);
}

function show(names: readonly string[], area: string | undefined): void {
  const { library: own, packId } = packOf(names[0]);
  if (area !== undefined && !packCovers(own, packId, area)) {
    throw new StartFailure(`规则包${packId}不适用于区划${area}`);
  }
  const wanted = names[1] === undefined ? PROCEDURES : [procedureOf(names[1])];
  print([
    ...packHeading(own, packId),
    ...wanted.flatMap((procedure) => {
      const lines = ruleLines(own, packId, procedure);
      return lines.length === 0 ? [] : ruleText(procedure, lines);
    }),
  ]);
}

function diff(names: readonly string[]): void {
  const [one, other] = [packOf(names[0]), packOf(names[1])];
  print([
    '甲：',
    ...packHeading(one.library, one.packId),
    '乙：',
    ...packHeading(other.library, other.packId),
    ...differenceText(ruleDifferences(one, other)),
  ]);
}

async function impact(names: readonly string[]): Promise<void> {
  const { library: own, packId } = packOf(names[0]);
  const { db, close } = openDatabase(await findRunningDatabase(), { max: 1 });
  try {
    print(impactText(packId, await packImpact(db, own, packId, await databaseClock(db).now())));
  } finally {
    await close();
  }
}

function test(names: readonly string[]): void {
  const wanted = names[0] === undefined ? undefined : [packOf(names[0]).packId];
  const results = loadExamples().flatMap((file) => runExamples(library, file, wanted));
  const faults = results.filter(({ fault }) => fault !== null).length;
  print([...exampleText(results), '', `试办例证${results.length}个，不符${faults}个`]);
  process.exitCode = faults === 0 && results.length > 0 ? 0 : 1;
}

function readArguments() {
  try {
    const options = { area: { type: 'string' } } as const;
    const { values, positionals } = parseArgs({ options, allowPositionals: true });
    return { names: positionals.slice(1), action: positionals[0], area: values.area };
  } catch {
    // parseArgs names unknown options in English; the usage says it all.
    throw new StartFailure(USAGE);
  }
}

await runCommand(async () => {
  const { action, names, area } = readArguments();
  switch (action) {
    case 'lint':
      return lint();
    case 'show':
      return show(names, area);
    case 'diff':
      return diff(names);
    case 'impact':
      return impact(names);
    case 'test':
      return test(names);
    default:
      throw new StartFailure(USAGE);
  }
});
