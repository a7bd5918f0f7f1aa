/** docs/api-tour.md as a newcomer would paste it: every block, in one shell, against a fresh instance. */
import { execFile, execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { projectRoot } from '../../bin/embedded/project-paths.ts';
import { startTestInstance, type TestInstance } from '../harness/test-instance.ts';

const TOUR_MS_MAX = 300_000;

let instance: TestInstance;

beforeAll(async () => {
  instance = await startTestInstance();
}, 120_000);

afterAll(async () => {
  await instance?.destroy();
});

function hasTools(): boolean {
  try {
    for (const tool of ['bash', 'curl', 'jq'])
      execFileSync(tool, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

test('the tour ends with two labels, and its refusals are the ones it names', {
  timeout: TOUR_MS_MAX,
}, async (context) => {
  if (!hasTools()) return context.skip('the tour is for those who have bash, curl and jq');
  const text = await readFile(join(projectRoot, 'docs', 'api-tour.md'), 'utf8');
  const blocks = [...text.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, block]) => block);
  expect(blocks.length).toBeGreaterThan(6);
  const env = { ...process.env, GONGSHI_URL: instance.pageUrl };
  const { stdout } = await promisify(execFile)('bash', ['-c', blocks.join('\n')], { env });
  const lines = stdout.trimEnd().split('\n');
  expect(
    lines.slice(-2).map((line) => line.split('\t').slice(0, 3)),
    stdout,
  ).toEqual([
    ['王守田', '已办结', 'exited'],
    ['李守水', '已办结', 'exited'],
  ]);
  const codes = lines.flatMap((line) => /"code":"([^"]+)"/.exec(line)?.[1] ?? []);
  expect(codes, stdout).toEqual(['G-02', 'G-03', 'G-15']);
});
