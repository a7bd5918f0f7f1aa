import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectRoot } from '../../bin/embedded/project-paths.ts';

type Manifest = Record<'dependencies' | 'devDependencies', Record<string, string>>;

test('every dependency has its reason in docs/dependencies.md, and nothing else has one', async () => {
  const manifest: Manifest = JSON.parse(await readFile(join(projectRoot, 'package.json'), 'utf8'));
  const names = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies });
  const text = await readFile(join(projectRoot, 'docs', 'dependencies.md'), 'utf8');
  const reasons = [...text.matchAll(/^- `([^`]+)` — [^—]+ — .{5,}$/gm)].map(
    ([, name = '']) => name,
  );
  expect(names.length).toBeGreaterThan(20);
  expect(reasons.toSorted()).toEqual(names.toSorted());
});
