import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { projectRoot } from '../../bin/embedded/project-paths.ts';

const planted: Record<string, { readonly code: string; readonly rule: string }> = {
  'floating.ts': {
    rule: 'no-floating-promises',
    code: `export async function act(): Promise<void> {}\nexport function run(): void {\n  act();\n}\n`,
  },
  'validator.ts': {
    rule: 'no-misused-promises',
    code: `type Options = { readonly validator: () => void };
export const options: Options = {
  validator: async () => {
    await Promise.resolve();
  },
};
`,
  },
  'condition.ts': {
    rule: 'no-misused-promises',
    code: `async function isOpen(): Promise<boolean> {
  return true;
}
export function run(): number {
  if (isOpen()) return 1;
  return 0;
}
`,
  },
  'switch.ts': {
    rule: 'switch-exhaustiveness-check',
    code: `export function words(step: 'notice' | 'review'): string {
  switch (step) {
    case 'notice':
      return '公示';
  }
  return '';
}
`,
  },
  'any.ts': { rule: 'no-explicit-any', code: 'export const value: any = 1;\n' },
  'first.ts': {
    rule: 'no-cycle',
    code: `import { second } from './second.ts';\nexport const first = (): number => second();\n`,
  },
  'second.ts': {
    rule: 'no-cycle',
    code: `import { first } from './first.ts';\nexport const second = (): number => first();\n`,
  },
};

type Finding = { readonly filename: string; readonly code: string };

describe('the linter bites: a gate that never failed is not yet a gate', () => {
  let findings: Finding[] = [];
  let folder = '';

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'gongshi-lint-'));
    const settings = {
      extends: join(projectRoot, 'tsconfig.json'),
      compilerOptions: { types: [] },
      include: ['.'],
      exclude: [],
    };
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(settings));
    for (const [name, { code }] of Object.entries(planted)) {
      await writeFile(join(folder, name), code);
    }
    const oxlint = join(projectRoot, 'node_modules', '.bin', 'oxlint');
    const config = join(projectRoot, '.oxlintrc.json');
    const args = ['--type-aware', '--format', 'json', '--config', config, folder];
    const { stdout } = spawnSync(oxlint, args, { cwd: projectRoot, encoding: 'utf8' });
    findings = (JSON.parse(stdout) as { diagnostics: Finding[] }).diagnostics;
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test.for(Object.entries(planted).map(([name, { rule }]) => [name, rule] as const))(
    '%s → %s',
    ([name, rule]) => {
      const rules = findings.filter((finding) => finding.filename.endsWith(`/${name}`));
      expect(rules.map(({ code }) => code)).toContainEqual(expect.stringContaining(rule));
    },
  );
});
