import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createInterface } from 'node:readline/promises';
import { runCommand } from './embedded/command-line.ts';
import { lockInstance } from './embedded/instance-lock.ts';
import { findPostgresPlace } from './embedded/postgres-place.ts';
import { endLeftovers } from './embedded/process-group.ts';
import { dataFolder } from './embedded/project-paths.ts';
import { StartFailure } from './embedded/start-failure.ts';

async function confirm(dataDir: string): Promise<boolean> {
  if (process.argv.includes('--yes')) return true;
  if (!process.stdin.isTTY)
    throw new StartFailure('不在终端里运行时不询问;要清空全部数据,请执行 npm run reset -- --yes。');
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question(`将清空 ${dataDir} 里的全部数据,无法恢复。输入 yes 继续:`);
  terminal.close();
  return answer.trim() === 'yes';
}

await runCommand(async () => {
  const dataDir = dataFolder();
  if (!existsSync(dataDir)) {
    process.stdout.write('没有数据,不需要清空。\n');
    return;
  }
  // A running instance refuses here, before anything is asked.
  await lockInstance(dataDir);
  if (!(await confirm(dataDir))) {
    process.stdout.write('未清空。\n');
    return;
  }
  await endLeftovers(`${dataDir}/logs`);
  const { dataFolder: database } = await findPostgresPlace(dataDir);
  await rm(database, { recursive: true, force: true });
  await rm(dataDir, { recursive: true, force: true });
  process.stdout.write('已清空。执行 npm start 重新开始。\n');
});
