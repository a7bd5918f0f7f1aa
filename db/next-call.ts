/**
 * 合并询问 — a call that comes while one runs may be too late for it: all who come meanwhile share the next
 * one, which starts when the running one ends, however that ends.
 */
export function sharingNext<T>(call: () => Promise<T>): () => Promise<T> {
  let current: Promise<T> | undefined;
  let queued: Promise<T> | undefined;

  const start = (): Promise<T> => {
    queued = undefined;
    const running = call().finally(() => {
      if (queued === undefined) current = undefined;
    });
    current = running;
    return running;
  };
  return () => {
    if (current === undefined) return start();
    queued ??= current.then(start, start);
    return queued;
  };
}
