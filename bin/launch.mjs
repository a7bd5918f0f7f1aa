// Runs one of this folder's TypeScript programs from a checkout on which nothing is installed yet:
// `node bin/launch.mjs NAME [arguments]`. Plain JavaScript without dependencies for that reason.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { mendDriver } from './mend-driver.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const installedMark = `${root}node_modules/.gongshi-lock`;

/** What is installed is right when it was made from this lockfile by this major version of Node. */
function expectedMark() {
  const lockfile = readFileSync(`${root}package-lock.json`);
  const [major] = process.versions.node.split('.');
  return `${createHash('sha256').update(lockfile).digest('hex')} node${major} ${process.platform}-${process.arch}\n`;
}

function ensureInstalled() {
  const expected = expectedMark();
  if (existsSync(installedMark) && readFileSync(installedMark, 'utf8') === expected) return;
  process.stdout.write('正在安装依赖(首次约需一两分钟)…… Installing dependencies …\n');
  const npm = process.env.npm_execpath;
  const options = { cwd: root, stdio: 'inherit' };
  const result = npm?.endsWith('.js')
    ? spawnSync(process.execPath, [npm, 'ci'], options)
    : spawnSync('npm', ['ci'], { ...options, shell: process.platform === 'win32' });
  if (result.status !== 0) {
    process.stderr.write(
      '安装依赖失败:请检查网络后再试一次。 npm ci failed: check the network and try again.\n',
    );
    process.exit(result.status ?? 1);
  }
}

function checkNodeVersion() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  process.stderr.write(
    `需要 Node.js 20.19 或更新的版本,现在是 ${process.versions.node}。 Node.js >= 20.19 is needed.\n`,
  );
  process.exit(1);
}

const [name = ''] = process.argv.slice(2);
if (name === '--mark-installed') {
  // npm runs this after every install, so that what is installed is not installed once more.
  mendDriver();
  writeFileSync(installedMark, expectedMark());
  process.exit(0);
}
const program = new URL(`./${name}.ts`, import.meta.url);
if (!/^[a-z-]+$/.test(name) || !existsSync(program)) {
  process.stderr.write(`没有这个命令:${name}。 There is no program bin/${name}.ts.\n`);
  process.exit(1);
}
checkNodeVersion();
ensureInstalled();
mendDriver();
process.argv.splice(1, 2, fileURLToPath(program));
const { register } = await import('tsx/esm/api');
register();
await import(program.href);
