import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findMissingOptional, type Lockfile } from '../../bin/complete-lockfile.ts';
import { projectRoot } from '../../bin/embedded/project-paths.ts';

async function readLockfile(): Promise<Lockfile> {
  return JSON.parse(await readFile(join(projectRoot, 'package-lock.json'), 'utf8'));
}

describe('package-lock.json', () => {
  test('holds the programs for every system, else npm ci refuses it (npx tsx bin/complete-lockfile.ts)', async () => {
    expect(findMissingOptional(await readLockfile())).toEqual([]);
  });

  test('carries no download addresses', async () => {
    const { packages } = await readLockfile();
    const addresses = Object.values(packages).filter((entry) => 'resolved' in entry);
    expect(Object.keys(packages).length).toBeGreaterThan(100);
    expect(addresses).toEqual([]);
  });

  test('has protobufjs 8 at the top, without which histories cannot be replayed', async () => {
    const { packages } = await readLockfile();
    expect(packages['node_modules/protobufjs']?.version).toMatch(/^8\./);
    const nested = Object.keys(packages).filter((path) =>
      /@temporalio\/.*node_modules\/protobufjs$/.test(path),
    );
    expect(nested).toEqual([]);
  });

  test('the check bites: a missing program for another system is found', () => {
    const packages = {
      'node_modules/a': { version: '1.0.0', optionalDependencies: { 'a-darwin-x64': '1.0.0' } },
    };
    expect(findMissingOptional({ packages })).toHaveLength(1);
  });
});
