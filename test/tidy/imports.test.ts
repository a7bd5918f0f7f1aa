import { posix } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readSources, type SourceFile } from './source-files.ts';

const none = /^$/;

/** What the registry and its users say to one another: its wire format and its exported roll. */
const registryFormats = /^registry\/((entry|household|snapshot|window)(-json)?\.ts$|roll\/)/;
const node = 'node:';

/** What a folder may import: files of ours by path, then packages. The longest matching key rules. */
const rules: Record<string, { readonly own: RegExp; readonly packages: RegExp }> = {
  // Pure: no clock, no node, no zod.
  domain: { own: /^domain\//, packages: none },
  policies: { own: /^(policies|domain)\//, packages: /^(node:|yaml$|zod$|safe-stable-stringify$)/ },
  'workflows/contracts': {
    own: /^(workflows\/contracts|domain)\//,
    packages: /^@temporalio\/(workflow|common)$/,
  },
  // Of domain only the kernel, the plan's types and identifiers: guards never run in workflow code.
  workflows: {
    own: /^(workflows\/|domain\/(kernel|plan)\/|domain\/[^/]+$)/,
    packages: /^@temporalio\/(workflow|common)$/,
  },
  db: {
    own: new RegExp(`^(db|domain|policies|workflows/contracts)/|${registryFormats.source}`),
    packages:
      /^(node:|drizzle-orm|postgres$|yaml$|zod$|safe-stable-stringify$|uuid$|lru-cache$|@node-rs\/argon2$)/,
  },
  activities: {
    own: new RegExp(
      `^(activities|db|domain|policies|workflows/contracts)/|${registryFormats.source}`,
    ),
    packages: /^(?!@temporalio\/(workflow|worker|testing)|react|antd|express|vite)/,
  },
  // Another system: it knows neither our record nor our procedures.
  registry: {
    own: /^(registry|domain)\/|^policies\/code-lists\.ts$/,
    packages: /^(?!@temporalio\/|react|antd|vite)/,
  },
  api: {
    own: new RegExp(
      `^(api|db|domain|policies|scenario|workflows/contracts)/|^activities/[^/]+\\.ts$|${registryFormats.source}`,
    ),
    packages: /^(?!@temporalio\/(workflow|worker|activity|testing)|react|antd|vite)/,
  },
  // From a file to the rows of a training instance; what makes a demo county makes households here too.
  scenario: {
    own: /^(scenario|domain|policies|registry)\/|^db\/training\/training-world\.ts$|^db\/import\/import-ids\.ts$/,
    packages: /^(yaml|zod|uuid)$/,
  },
  web: { own: /^(web|domain)\//, packages: /^(?!node:|@temporalio\/|drizzle|postgres|express)/ },
  // The programs put the parts together.
  bin: { own: /^(?!test\/|web\/)/, packages: /./ },
  bench: { own: /^(?!web\/)/, packages: /./ },
  test: { own: /./, packages: /./ },
};

const importPattern =
  /^\s*(?:import|export)\b(?:[^'";]*?\bfrom)?\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/gm;

/** Every import of a file that the table does not allow, as `file → target`. */
function violations({ path, text }: SourceFile): string[] {
  const keys = Object.keys(rules).sort((a, b) => b.length - a.length);
  const rule = rules[keys.find((key) => path.startsWith(`${key}/`)) ?? ''];
  if (rule === undefined) return [`${path} is in no known folder`];
  return [...text.matchAll(importPattern)].flatMap(([, fixed, dynamic]) => {
    const name = fixed ?? dynamic ?? '';
    const isOwn = name.startsWith('.');
    const target = isOwn ? posix.join(posix.dirname(path), name) : name;
    return (isOwn ? rule.own : rule.packages).test(target) ? [] : [`${path} → ${target}`];
  });
}

describe('imports follow the table of docs/architecture.md', () => {
  const folders = Object.keys(rules).filter((key) => !key.includes('/'));

  test.for(folders)('%s', async (folder) => {
    const sources = await readSources(folder);
    expect(sources.flatMap(violations)).toEqual([]);
  });

  test('files were read and imports seen: a check that reads nothing proves nothing', async () => {
    const sources = (await Promise.all(folders.map(readSources))).flat();
    expect(sources.length).toBeGreaterThan(20);
    const imports = sources.flatMap(({ text }) => [...text.matchAll(importPattern)]);
    expect(imports.length).toBeGreaterThan(sources.length);
  });

  test.for([
    ['domain/kernel/x.ts', `import { randomUUID } from '${node}crypto';`],
    ['domain/guards/x.ts', `import { z } from 'zod';`],
    ['domain/plan/x.ts', `import { households } from '../../db/schema/households.ts';`],
    ['workflows/steps/x.ts', `import type { A } from '../../activities/registry/http.ts';`],
    ['workflows/steps/x.ts', `import { windowGuard } from '../../domain/guards/window.ts';`],
    ['workflows/contracts/x.ts', `import { z } from 'zod';`],
    ['activities/x.ts', `import { roster } from '../workflows/roster.ts';`],
    ['db/queries/x.ts', `export { app } from '../../api/app.ts';`],
    ['activities/x.ts', `import { createRegistry } from '../registry/server.ts';`],
    ['registry/x.ts', `import { rosters } from '../db/schema/rosters.ts';`],
    ['api/routes/x.ts', `import {\n  a,\n} from '../../workflows/roster.ts';`],
    ['api/x.ts', `const { Worker } = await import('@temporalio/worker');`],
    ['web/src/x.tsx', `import { readFile } from '${node}fs/promises';`],
    ['web/src/x.tsx', `import { connect } from '../../db/client.ts';`],
    ['bin/x.ts', `import { createTestDatabase } from '../test/harness/test-database.ts';`],
  ] as const)('the check bites: %s %s', ([path, text]) => {
    expect(violations({ path, text })).toHaveLength(1);
  });
});
