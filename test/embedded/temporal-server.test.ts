/** Temporal 的启动 — what its own start may stumble over. */
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { findFreePort } from '../../bin/embedded/free-ports.ts';
import { StartFailure } from '../../bin/embedded/start-failure.ts';
import { findTemporalCli } from '../../bin/embedded/temporal-binaries.ts';
import { startTemporal } from '../../bin/embedded/temporal-server.ts';
import { loadTemporalSettings } from '../../bin/embedded/temporal-settings.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gongshi-temporal-'));
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

/** A CLI that notes each start of a server, ends at the first `failures` of them, and is the real one afterwards. */
async function stumbling(failures: number) {
  const [starts, script] = [join(folder, 'starts'), join(folder, 'temporal')];
  const real = await findTemporalCli();
  await writeFile(
    script,
    `#!/bin/sh
[ "$1" = server ] || exec '${real}' "$@"
echo start >> '${starts}'
if [ "$(wc -l < '${starts}')" -le ${failures} ]; then echo 'address already in use' >&2; exit 1; fi
exec '${real}' "$@"
`,
  );
  await chmod(script, 0o755);
  vi.stubEnv('TEMPORAL_CLI', script);
  return async () => (await readFile(starts, 'utf8')).trim().split('\n').length;
}

const start = async () =>
  startTemporal({
    port: await findFreePort(),
    logFile: join(folder, 'temporal.log'),
    settings: await loadTemporalSettings(),
  });

test('one of its ports was taken at the first try → it is started once more', async () => {
  const countStarts = await stumbling(1);
  const server = await start();
  expect(server.process.isRunning()).toBe(true);
  await server.stop();
  expect(await countStarts()).toBe(2);
});

test('it ends every time → told with the last lines of its log', async () => {
  const countStarts = await stumbling(9);
  const failure = await start().catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(StartFailure);
  expect(String(failure)).toContain('address already in use');
  expect(await countStarts()).toBe(2);
});
