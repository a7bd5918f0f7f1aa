import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot } from './embedded/project-paths.ts';

/** One entry of package-lock.json, as far as it matters here. */
type LockEntry = {
  version?: string;
  optional?: boolean;
  dev?: boolean;
  os?: string[];
  cpu?: string[];
  libc?: string[];
  optionalDependencies?: Record<string, string>;
};

export type Lockfile = { packages: Record<string, LockEntry> };

export type MissingEntry = {
  /** Whose optional dependency it is. */
  readonly parent: string;
  readonly name: string;
  readonly version: string;
};

function isLocked(packages: Lockfile['packages'], parent: string, name: string): boolean {
  const parentOf = (folder: string): string =>
    folder.slice(0, Math.max(0, folder.lastIndexOf('node_modules/') - 1));
  for (let folder = parent; folder !== ''; folder = parentOf(folder)) {
    if (`${folder}/node_modules/${name}` in packages) return true;
  }
  return `node_modules/${name}` in packages;
}

/**
 * The optional packages (programs for other systems) that the lockfile does not hold. npm leaves one
 * out when the registry it asked did not have it, and then `npm ci` refuses the lockfile everywhere.
 */
export function findMissingOptional({ packages }: Lockfile): MissingEntry[] {
  return Object.entries(packages).flatMap(([parent, entry]) =>
    Object.entries(entry.optionalDependencies ?? {})
      .filter(([name]) => !isLocked(packages, parent, name))
      .map(([name, version]) => ({ parent, name, version })),
  );
}

const systems = ['android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony'];
const others = { sunos: 'sunos', aix: 'aix', win32: 'win32', windows: 'win32', wasi: 'none' };
const processors = [
  'arm64',
  'x64',
  'ia32',
  'ppc64',
  's390x',
  'riscv64',
  'loong64',
  'mips64el',
  'wasm32',
  'arm',
];

/** Reads system and processor out of a name such as `@swc/core-linux-arm-gnueabihf`. */
function toEntry({ name, version }: MissingEntry, parent: LockEntry | undefined): LockEntry {
  const words = name.replace(/^@/, '').split(/[-/]/);
  const os = [
    ...systems.filter((system) => words.includes(system)),
    ...Object.entries(others).flatMap(([word, system]) => (words.includes(word) ? [system] : [])),
  ];
  const cpu = processors.filter((word) => words.includes(word));
  if (name === 'fsevents') os.push('darwin');
  const libc = words.some((word) => word.startsWith('musl'))
    ? ['musl']
    : words.includes('gnu')
      ? ['glibc']
      : [];
  return {
    version: version.replace(/^[\^~=]/, ''),
    ...(cpu.length > 0 && { cpu }),
    ...(parent?.dev === true && { dev: true }),
    ...(os.includes('linux') && libc.length > 0 && { libc }),
    optional: true,
    ...(os.length > 0 && { os: os.filter((system) => system !== 'none') }),
  };
}

/** Adds the missing entries, without a hash: npm takes the version and asks the registry for it. */
export function completeLockfile(lockfile: Lockfile): MissingEntry[] {
  const missing = findMissingOptional(lockfile);
  const { packages } = lockfile;
  for (const entry of missing) {
    const top = `node_modules/${entry.name}`;
    const place = top in packages ? `${entry.parent}/${top}` : top;
    packages[place] = toEntry(entry, packages[entry.parent]);
  }
  const sorted = Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : 1));
  lockfile.packages = Object.fromEntries(sorted);
  return missing;
}

if (process.argv[1]?.endsWith('complete-lockfile.ts')) {
  const file = join(projectRoot, 'package-lock.json');
  const lockfile: Lockfile = JSON.parse(await readFile(file, 'utf8'));
  for (const { name, version } of completeLockfile(lockfile)) {
    process.stdout.write(`${name} ${version}\n`);
  }
  await writeFile(file, `${JSON.stringify(lockfile, null, 2)}\n`);
}
