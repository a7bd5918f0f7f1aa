/**
 * `npm run scenario -- FILE.yaml`: loads a scenario into the running training instance of this data folder
 * (or the one at GONGSHI_URL); where none runs, starts it with the scenario, as `npm start` would.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ScenarioFault } from '../scenario/faults.ts';
import { makeWorld } from '../scenario/make-world.ts';
import { parseScenario, readScenario } from '../scenario/read-scenario.ts';
import { fileArgument, runCommand } from './embedded/command-line.ts';
import { portsFileName } from './embedded/free-ports.ts';
import { findRunningInstance } from './embedded/instance-lock.ts';
import { dataFolder } from './embedded/project-paths.ts';
import { readMode, runInstance } from './embedded/run-instance.ts';
import { StartFailure } from './embedded/start-failure.ts';
import { type LoadedScenario, postScenario } from './training/post-scenario.ts';

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** The file's text, after everything that can be wrong with it was looked for. */
async function readFileChecked(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new StartFailure(`读不到文件 ${file}`);
  });
  try {
    makeWorld(readScenario(parseScenario(text)));
  } catch (error) {
    if (!(error instanceof ScenarioFault)) throw error;
    const lines = error.faults.map(({ path, words }) => `  ${path}:${words}`);
    throw new StartFailure([`${file} 有错误,没有载入:`, ...lines].join('\n'));
  }
  return text;
}

/** Address of the instance that runs here; undefined when none does. */
async function runningUrl(): Promise<string | undefined> {
  const given = process.env['GONGSHI_URL'] ?? '';
  if (given !== '') return given.replace(/\/$/, '');
  const dataDir = dataFolder();
  if ((await findRunningInstance(dataDir)) === undefined) return undefined;
  const ports: { page: number } = JSON.parse(await readFile(join(dataDir, portsFileName), 'utf8'));
  return `http://127.0.0.1:${ports.page}`;
}

function sayLoaded({ title, now, packId, villages, people, unconfirmed }: LoadedScenario): void {
  say('');
  say(`已载入场景「${title}」:业务时间 ${now},规则包 ${packId}。`);
  for (const { name, households } of villages) say(`  ${name} ${households} 户`);
  say('用户(登录名 / 口令):');
  for (const { name, password, words } of people) say(`  ${name} / ${password}    ${words}`);
  if (unconfirmed.length > 0) say('未核定、因而不能发起名单的值:');
  for (const { path, words } of unconfirmed) say(`  ${path}    ${words}`);
}

async function main(): Promise<void> {
  const text = await readFileChecked(fileArgument('npm run scenario -- 文件.yaml'));
  const url = await runningUrl();
  if (url !== undefined) {
    sayLoaded(await postScenario(url, text));
    return;
  }
  if (readMode() !== 'training') throw new StartFailure('正式模式下不能载入场景。');
  await runInstance({
    mode: 'training',
    onReady: async ({ pageUrl }) => sayLoaded(await postScenario(pageUrl, text)),
  });
}

await runCommand(main);
