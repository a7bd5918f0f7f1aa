/** Threads that run workflows go without stack traces of promises, and with everything else. */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';

/** What a thread says that was made light before anything else ran in it. */
async function askThread(question: string): Promise<unknown> {
  const preload = new URL('../../bin/embedded/light-workflow-threads.mjs', import.meta.url);
  const code = `import(${JSON.stringify(preload.href)}).then(async () => {
    const { parentPort } = require('node:worker_threads');
    parentPort.postMessage(await (${question})());
  });`;
  const thread = new Worker(code, { eval: true });
  const [answer] = await once(thread, 'message');
  await thread.terminate();
  return answer;
}

test('the SDK finds no hook for the stack trace of every promise', async () => {
  const question = `() => {
    try { require('node:v8').promiseHooks.createHook({ init() {} }); return 'made'; }
    catch (error) { return error.message; }
  }`;
  expect(await askThread(question)).toBe('no stack trace of every promise');
});

test('scopes of cancellation, which AsyncLocalStorage carries, hold over an await', async () => {
  const question = `() => {
    const { AsyncLocalStorage } = require('node:async_hooks');
    const scopes = new AsyncLocalStorage();
    return scopes.run('inner', async () => {
      await Promise.race([new Promise((resolve) => setTimeout(resolve, 5)), new Promise(() => {})]);
      return scopes.getStore() ?? 'lost';
    });
  }`;
  expect(await askThread(question)).toBe('inner');
});
