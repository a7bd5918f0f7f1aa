import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from './embedded/project-paths.ts';

/** Folders are named, since oxlint would follow links and walk whatever lies about. */
const linted = [
  'activities',
  'api',
  'bench',
  'bin',
  'db',
  'domain',
  'policies',
  'registry',
  'scenario',
  'test',
  'web',
  'workflows',
].filter((folder) => existsSync(join(projectRoot, folder)));

const typed = ['.', 'domain', 'workflows', 'web', 'test/browser'].filter((folder) =>
  existsSync(join(projectRoot, folder, 'tsconfig.json')),
);

const commands = [
  ['biome', 'ci', '--reporter=summary', '.'],
  ['oxlint', '--type-aware', '--deny-warnings', ...linted],
  ...typed.map((folder) => ['tsc', '-p', folder]),
];

// All of them run, so that one look shows everything that is wrong.
const failed = commands.filter(([command = '', ...args]) => {
  const startedAt = Date.now();
  const program = join(projectRoot, 'node_modules', '.bin', command);
  const { status } = spawnSync(program, args, { cwd: projectRoot, stdio: 'inherit' });
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
  const words = [command, ...args].slice(0, 3).join(' ');
  process.stdout.write(`${status === 0 ? 'ok' : 'FAILED'}  ${words}  ${seconds} s\n`);
  return status !== 0;
});
process.exit(failed.length === 0 ? 0 : 1);
