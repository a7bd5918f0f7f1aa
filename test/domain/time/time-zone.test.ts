import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { dateSamples } from './date-samples.ts';

const PRINTER = fileURLToPath(new URL('./print-date-samples.ts', import.meta.url));

test.for([
  ['America/New_York', 300, 'behind UTC, with summer time'],
  ['Pacific/Kiritimati', -840, 'the day after'],
  ['Asia/Shanghai', -480, 'the offices themselves'],
] as const)('a machine in %s computes the same dates (%s minutes, %s)', ([zone, offset]) => {
  const printed = execFileSync(process.execPath, ['--import', 'tsx', PRINTER], {
    env: { ...process.env, TZ: zone },
    encoding: 'utf8',
  });
  const [offsetLine, samples] = printed.trim().split('\n');
  expect(Number(offsetLine)).toBe(offset);
  expect(samples).toBe(dateSamples());
});
