import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { writeBackup } from './embedded/backup.ts';
import { fileArgument, runCommand } from './embedded/command-line.ts';
import { dataFolder } from './embedded/project-paths.ts';

await runCommand(async () => {
  const file = resolve(fileArgument('npm run backup -- 备份文件.tar.gz'));
  await writeBackup(dataFolder(), file);
  const megabytes = ((await stat(file)).size / 1e6).toFixed(1);
  process.stdout.write(`已备份到 ${file}(${megabytes} MB)。其中含有密钥,请妥善保管。\n`);
});
