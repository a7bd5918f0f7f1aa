/**
 * 核验 — `npm run verify -- 核验包.json` judges an exported list again, offline; ends with 1 when anything
 * differs or is missing. `npm run verify -- --export 名单编号 --out 文件` writes such a file from the database
 * of DATABASE_URL or of the running instance.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { openDatabase } from '../db/client.ts';
import { exportRoster } from '../db/record/export-roster.ts';
import { RULES_VERSION } from '../db/record/record-writes.ts';
import { type RosterBundle, readBundle } from '../db/record/roster-bundle.ts';
import { type BundleVerdict, verifyBundle } from '../db/record/verify-bundle.ts';
import { runCommand } from './embedded/command-line.ts';
import { findRunningDatabase } from './embedded/running-database.ts';
import { StartFailure } from './embedded/start-failure.ts';

const USAGE =
  '用法：npm run verify -- 核验包.json\n      npm run verify -- --export 名单编号 --out 核验包.json';

async function readRecord(rosterId: string): Promise<RosterBundle | null> {
  const { db, close } = openDatabase(await findRunningDatabase(), { max: 1 });
  try {
    return await exportRoster(db, rosterId);
  } finally {
    await close();
  }
}

async function writeBundle(rosterId: string, file: string): Promise<void> {
  const bundle = await readRecord(rosterId);
  if (bundle === null) throw new StartFailure(`没有这份名单：${rosterId}`);
  // It names households and their incomes, so nobody else may read it.
  await writeFile(file, `${JSON.stringify(bundle, null, 1)}\n`, { mode: 0o600 });
  const { seq } = bundle.head;
  process.stdout.write(
    `已导出名单${rosterId}的${seq}个事件到 ${file}。内含农户个人信息，请妥善保管。\n`,
  );
}

async function readBundleFile(file: string): Promise<RosterBundle> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new StartFailure(`读不到文件：${file}`);
  });
  const bundle = readBundle(text);
  if (bundle === null) throw new StartFailure(`不是核验包，或内容残缺：${file}`);
  return bundle;
}

function verdictLines(bundle: RosterBundle, verdict: BundleVerdict): string[] {
  const { integrity, completeness, reproduced, refusedNotJudged } = verdict;
  const others = new Set(bundle.events.map((row) => row.rulesVersion));
  others.delete(RULES_VERSION);
  const notes = [
    ...(verdict.openedBySplit ? ['本名单由分出而来，建立一步须凭原名单核验，此处未复算。'] : []),
    ...(refusedNotJudged > 0
      ? [`另有${refusedNotJudged}件不予受理的指令：未保存当时依据，未复算。`]
      : []),
    ...(others.size > 0 ? [`有事件由其他版本的规则（${[...others].join('、')}）判断。`] : []),
  ];
  return [
    `名单：${bundle.rosterId}`,
    `完整性（有无改动）：${integrity === null ? '未发现改动' : `不符。${integrity.words}`}`,
    `齐全性（有无缺失）：${completeness === null ? '未发现缺失' : `不齐。${completeness.words}`}`,
    `防篡改链：${verdict.chainChecked ? '已核对' : '未核对（没有给出密钥 GONGSHI_CHAIN_KEY）'}`,
    `复算一致的事件：${reproduced}个，文件中共${bundle.events.length}个`,
    `末端：第${bundle.head.seq}号，校验值 ${bundle.head.hash}`,
    ...notes,
  ];
}

async function verifyFile(file: string): Promise<void> {
  const bundle = await readBundleFile(file);
  const key = process.env['GONGSHI_CHAIN_KEY'] ?? '';
  const verdict = verifyBundle(bundle, key === '' ? null : key);
  process.stdout.write(`${verdictLines(bundle, verdict).join('\n')}\n`);
  if (verdict.integrity !== null || verdict.completeness !== null) {
    throw new StartFailure('核验未通过。');
  }
}

function readArguments() {
  try {
    const options = { export: { type: 'string' }, out: { type: 'string' } } as const;
    return parseArgs({ options, allowPositionals: true });
  } catch {
    throw new StartFailure(USAGE);
  }
}

await runCommand(async () => {
  const { values, positionals } = readArguments();
  const [file, ...rest] = positionals;
  const { export: rosterId, out } = values;
  if (rosterId !== undefined && out !== undefined && file === undefined) {
    return writeBundle(rosterId, resolve(out));
  }
  if (rosterId !== undefined || out !== undefined || file === undefined || rest.length > 0) {
    throw new StartFailure(USAGE);
  }
  return verifyFile(resolve(file));
});
