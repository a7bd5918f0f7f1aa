import { resolve } from 'node:path';
import { fileArgument, runCommand } from './embedded/command-line.ts';
import { dataFolder } from './embedded/project-paths.ts';
import { restoreBackup } from './embedded/restore.ts';

await runCommand(async () => {
  const file = resolve(fileArgument('npm run restore -- 备份文件.tar.gz'));
  await restoreBackup(dataFolder(), file);
  process.stdout.write('已恢复。执行 npm start 启动。\n');
});
