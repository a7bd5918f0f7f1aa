/**
 * Loaded before our worker (`--import`). The SDK takes a stack trace of every promise that workflow code
 * makes, translated through the bundle's source map, only so that the `__stack_trace` query can show where
 * a workflow waits; where promise hooks cannot be had it goes without. That bookkeeping was the larger
 * half of the workflow thread's time (docs/bench.md), and where a list waits stands in its current details,
 * so the threads are made to go without (ADR 0021).
 */
import v8 from 'node:v8';
import { isMainThread } from 'node:worker_threads';

if (!isMainThread) {
  // Node's own AsyncLocalStorage, which carries the SDK's scopes of cancellation, goes on with the hooks it
  // has by itself: only what the SDK reaches is another object.
  v8.promiseHooks = {
    ...v8.promiseHooks,
    createHook() {
      throw new Error('no stack trace of every promise');
    },
  };
}
