import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { projectRoot } from './embedded/project-paths.ts';

/** The part of vitest's JSON report that is counted. */
type Report = {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly { readonly status: string }[];
  }[];
};

export type Counts = { readonly passed: number; readonly failed: number; readonly skipped: number };

/** Files that failed without a failed test: they cannot be loaded, or a hook of theirs failed. */
function brokenFilesOf(report: Report): Report['testResults'] {
  return report.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  );
}

function count(report: Report): Counts {
  const brokenFiles = brokenFilesOf(report);
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenFiles.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/** The plain closing line: `12 passed, 0 failed`, with `, 1 skipped` only when there are any. */
export function closingLine({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/** Says the counts on the last line; .ci/run, which adds up several runs, takes them from a file. */
export async function sayCounts(counts: Counts): Promise<void> {
  const file = process.env['GONGSHI_COUNTS_FILE'];
  if (file === undefined) process.stdout.write(`${closingLine(counts)}\n`);
  else await appendFile(file, `${counts.passed} ${counts.failed} ${counts.skipped}\n`);
}

/** Runs vitest on some projects and ends the process with its exit code, after the closing line. */
export async function runVitest(projects: readonly string[]): Promise<never> {
  const folder = await mkdtemp(join(tmpdir(), 'gongshi-report-'));
  const reportFile = join(folder, 'report.json');
  const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')));
  const args = [
    join(vitest, 'vitest.mjs'),
    'run',
    ...projects.flatMap((project) => ['--project', project]),
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${reportFile}`,
    ...process.argv.slice(2),
  ];
  const child = spawn(process.execPath, args, { cwd: projectRoot, stdio: 'inherit' });
  // vitest gets the terminal's signals itself and ends its services; we wait for it.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  const [code] = await once(child, 'exit');
  const text = await readFile(reportFile, 'utf8').catch(() => undefined);
  await rm(folder, { recursive: true, force: true });
  const exitCode = typeof code === 'number' ? code : 1;
  const report: Report | undefined = text === undefined ? undefined : JSON.parse(text);
  const counts: Counts =
    report === undefined ? { passed: 0, failed: 0, skipped: 0 } : count(report);
  for (const { name, message } of report === undefined ? [] : brokenFilesOf(report)) {
    process.stdout.write(`\n${name} failed outside its tests: ${message}\n`);
  }
  // An error outside every test fails the run too, and the closing line must not deny it.
  const isHidden = exitCode !== 0 && counts.failed === 0;
  await sayCounts(isHidden ? { ...counts, failed: 1 } : counts);
  process.exit(exitCode);
}
