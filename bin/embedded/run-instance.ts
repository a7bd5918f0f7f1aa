import { setTimeout as delay } from 'node:timers/promises';
import { findAdministrator } from '../../db/administration/first-administrator.ts';
import { openDatabase } from '../../db/client.ts';
import type { Mode } from '../prepare.ts';
import { type Instance, serviceNames, startInstance } from './instance.ts';
import { lockInstance, noteEnding } from './instance-lock.ts';
import { killGroup } from './process-group.ts';
import { findLaunchers, isAlive } from './process-mark.ts';
import { dataFolder } from './project-paths.ts';
import { StartFailure } from './start-failure.ts';

const FIRST_ADMINISTRATOR_COMMAND =
  'npm run first-administrator -- --root 区划代码 --root-name 名称 --sign-in-name 登录名 --name 姓名';

/** npm passes a terminal's Ctrl-C on a second time at once; a person's second one comes later. */
const SAME_KEYSTROKE_MS = 700;

/** Between two looks whether npm still lives. */
const LOOK_MS = 1_000;

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** 演练模式 unless GONGSHI_MODE says 正式模式. */
export function readMode(): Mode {
  const mode = process.env['GONGSHI_MODE'] ?? 'training';
  if (mode === 'training' || mode === 'production') return mode;
  throw new StartFailure(`GONGSHI_MODE 只能是 training(演练)或 production(正式),现在是:${mode}`);
}

function sayAddresses(instance: Instance, mode: Mode, startedAt: number): void {
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
  say('');
  say(`公示已启动(${mode === 'training' ? '演练' : '正式'}模式),用时 ${seconds} 秒。`);
  say(`  网页      ${instance.pageUrl}`);
  say(`  接口文档  ${instance.pageUrl}/api/docs`);
  if (instance.temporalUiUrl) say(`  流程监视  ${instance.temporalUiUrl}`);
  if (instance.registryUrl) say(`  登记系统  ${instance.registryUrl}`);
}

function saySignIns({ signIns }: Instance): void {
  if (signIns.length === 0) return;
  say('演练用户(姓名 / 口令):');
  for (const { name, password, words } of signIns) say(`  ${name} / ${password}    ${words}`);
}

/** 正式模式 begins without anybody who could sign in: says by which command the first one is made. */
async function sayFirstStep({ databaseUrl }: Instance): Promise<void> {
  const { db, close } = openDatabase(databaseUrl, { max: 1 });
  try {
    if ((await findAdministrator(db)) !== undefined) return;
    say('还没有管理员,谁也不能登录。在另一个终端里(同一数据文件夹)任命首任管理员:');
    say(`  ${FIRST_ADMINISTRATOR_COMMAND}`);
  } finally {
    await close();
  }
}

/** Resolves at the first signal to stop. A second one, a moment later, ends everything by force. */
function waitForSignal(running: () => Instance | undefined): Promise<void> {
  let firstAt: number | undefined;
  return new Promise((resolve) => {
    const onSignal = (): void => {
      if (firstAt === undefined) {
        firstAt = Date.now();
        say('\n正在停止……(再按一次 Ctrl-C 强制结束)');
        resolve();
      } else if (Date.now() - firstAt > SAME_KEYSTROKE_MS) {
        say('强制结束。');
        for (const service of running()?.services.values() ?? []) {
          if (service.process().isRunning()) killGroup(service.process().pid);
        }
        process.exit(1);
      }
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
  });
}

/** Resolves when npm, or the shell that it started, was killed outright; never without npm. */
async function launcherGone(): Promise<void> {
  const launchers = await findLaunchers();
  if (launchers.length === 0) return new Promise(() => {});
  while (!(await Promise.all(launchers.map(isAlive))).includes(false)) {
    await delay(LOOK_MS, undefined, { ref: false });
  }
  say('启动它的 npm 已被强制结束,正在停止……');
}

/** What runs: the programs of one data folder, until somebody stops them. */
export type RunOptions = {
  readonly mode: Mode;
  /** Done once everything answers, instead of showing who can sign in. */
  readonly onReady?: (instance: Instance) => Promise<void>;
};

/** 启动并等待 — starts everything in the data folder, shows the addresses, ends at Ctrl-C. */
export async function runInstance({ mode, onReady }: RunOptions): Promise<void> {
  const startedAt = Date.now();
  const dataDir = dataFolder();
  // Whoever read our lines may be gone; that is no reason to end.
  process.stdout.on('error', () => {});
  const unlock = await lockInstance(dataDir, say);
  let instance: Instance | undefined;
  let stopping = false;
  const stopped = Promise.race([waitForSignal(() => instance), launcherGone()]).then(() => {
    stopping = true;
  });
  try {
    say(`正在启动公示,数据文件夹 ${dataDir} ……`);
    const starting = startInstance({
      dataDir,
      mode,
      say,
      restarts: true,
      programs: serviceNames,
      durable: true,
      page: true,
    });
    instance = await starting;
    sayAddresses(instance, mode, startedAt);
    if (mode === 'production') await sayFirstStep(instance);
    if (onReady === undefined) saySignIns(instance);
    else await onReady(instance);
    if (mode === 'training') say('另换场景:npm run scenario -- 文件.yaml(见 docs/scenarios.md)');
    say('按 Ctrl-C 停止。');
    await stopped;
    await noteEnding(dataDir);
    await instance.stop();
    say('已停止。');
  } catch (error) {
    // A terminal's Ctrl-C in mid-start ends what was being fetched, built or initialised as well: what
    // they say of it is no failure to tell. An error of the stopping itself is.
    if (!stopping || instance !== undefined) throw error;
    say('已停止。');
  } finally {
    await unlock();
  }
}
