/** 合并询问 — who may share an answer, and who must not. */
import { expect, test } from 'vitest';
import { sharingNext } from '../../db/next-call.ts';

/** Calls that end when told to, in the order in which they began. */
function controlledCalls() {
  const begun: { readonly end: (value: string) => void; readonly fail: () => void }[] = [];
  const ask = sharingNext(
    () =>
      new Promise<string>((resolve, reject) => {
        begun.push({ end: resolve, fail: () => reject(new Error('away')) });
      }),
  );
  return { begun, ask };
}

test('who comes while a call runs never gets its answer, but shares the next', async () => {
  const { begun, ask } = controlledCalls();
  const first = ask();
  const [second, third] = [ask(), ask()];
  expect(begun).toHaveLength(1);
  begun[0]?.end('before');
  expect(await first).toBe('before');
  expect(begun).toHaveLength(2);
  begun[1]?.end('after');
  expect(await Promise.all([second, third])).toEqual(['after', 'after']);
  expect(begun).toHaveLength(2);
});

test('a call that fails fails for those who shared it only', async () => {
  const { begun, ask } = controlledCalls();
  const first = ask();
  const second = ask();
  begun[0]?.fail();
  await expect(first).rejects.toThrow('away');
  begun[1]?.end('back');
  expect(await second).toBe('back');
});

test('nobody waits → the next one begins at once', async () => {
  const { begun, ask } = controlledCalls();
  const first = ask();
  begun[0]?.end('one');
  await first;
  const second = ask();
  expect(begun).toHaveLength(2);
  begun[1]?.end('two');
  expect(await second).toBe('two');
});
