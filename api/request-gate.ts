/**
 * 换场闸 — requests run side by side; the load of a scenario runs alone: it waits for those that are under
 * way, and those that come meanwhile wait for it. One process serves a training instance.
 */

/** The gate of one process. */
export interface RequestGate {
  /** Resolves when the request may run, with the way to say that it is over. */
  readonly enter: () => Promise<() => void>;
  /** Runs alone; undefined, and nothing was run, when the others did not end within `waitMs`. */
  readonly alone: <T>(work: () => Promise<T>, waitMs: number) => Promise<T | undefined>;
}

/** An open gate. */
export function createRequestGate(): RequestGate {
  let running = 0;
  let onIdle: (() => void) | undefined;
  let last: Promise<unknown> = Promise.resolve();
  let closed: Promise<void> | undefined;

  async function enter(): Promise<() => void> {
    while (closed !== undefined) await closed;
    running += 1;
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      running -= 1;
      if (running === 0) onIdle?.();
    };
  }

  async function waitUntilIdle(waitMs: number): Promise<boolean> {
    if (running === 0) return true;
    let limit: NodeJS.Timeout | undefined;
    const tooLate = new Promise<boolean>((resolve) => {
      limit = setTimeout(() => resolve(false), waitMs);
    });
    const idle = new Promise<boolean>((resolve) => {
      onIdle = () => resolve(true);
    });
    const answer = await Promise.race([idle, tooLate]);
    clearTimeout(limit);
    onIdle = undefined;
    return answer;
  }

  function alone<T>(work: () => Promise<T>, waitMs: number): Promise<T | undefined> {
    const turn = last.then(async () => {
      let open = (): void => {};
      closed = new Promise((resolve) => {
        open = resolve;
      });
      try {
        return (await waitUntilIdle(waitMs)) ? await work() : undefined;
      } finally {
        closed = undefined;
        open();
      }
    });
    last = turn.catch(() => {});
    return turn;
  }

  return { enter, alone };
}
