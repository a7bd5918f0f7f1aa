import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from './embedded/project-paths.ts';
import { runVitest, sayCounts } from './vitest-run.ts';

const chromium = [
  process.env['CHROMIUM'] ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
].find((path) => path !== '' && existsSync(path));

if (!existsSync(join(projectRoot, 'test', 'browser'))) {
  await sayCounts({ passed: 0, failed: 0, skipped: 0 });
} else if (chromium === undefined) {
  process.stderr.write(
    '找不到 Chromium,请安装后重试,或用环境变量 CHROMIUM 指定它的路径。\n' +
      'Chromium was not found: install it, or set CHROMIUM to its path.\n',
  );
  process.exit(1);
} else {
  process.env['CHROMIUM'] = chromium;
  await runVitest(['browser']);
}
