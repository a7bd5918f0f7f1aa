/** 监听 of one channel of the database that outlives an outage. */
import type { Sql } from 'postgres';

/** What hears: each payload, and each time that listening began (anew). */
export interface Listener {
  readonly heard: (payload: string) => void;
  readonly began: () => void;
}

/** A LISTEN that is looked after. */
export interface DatabaseListener {
  /** Resolves once it listens; rejects when the database is away. */
  readonly ensure: () => Promise<void>;
  readonly end: () => void;
}

/**
 * Listens on a channel from the first `ensure` on. The driver gives up a lost LISTEN for good once the
 * database was away, so every `probeMs` we say an empty word to ourselves; when the last one was not
 * heard, a new connection is made.
 */
export function createDatabaseListener(
  channel: string,
  { connect, probeMs }: { readonly connect: () => Sql; readonly probeMs: number },
  { heard, began }: Listener,
): DatabaseListener {
  let connection: Sql | undefined;
  let listening: Promise<void> | undefined;
  let isHeard = true;
  let isProbing = false;

  async function listen(): Promise<void> {
    await connection?.end({ timeout: 0 });
    const fresh = connect();
    connection = fresh;
    isHeard = true;
    const onPayload = (payload: string): void => {
      isHeard = true;
      if (payload !== '') heard(payload);
    };
    await fresh.listen(channel, onPayload, began);
  }

  async function probe(): Promise<void> {
    if (listening === undefined) return;
    const isLost = await listening.then(
      () => !isHeard,
      () => true,
    );
    if (isLost) {
      listening = listen();
      await listening;
    }
    isHeard = false;
    await connection?.notify(channel, '');
  }

  const probing = setInterval(() => {
    if (isProbing) return;
    isProbing = true;
    const done = (): void => {
      isProbing = false;
    };
    // While the database is away the probe fails, and the next one tries again.
    probe().then(done, done);
  }, probeMs);
  probing.unref();

  return {
    async ensure() {
      listening ??= listen();
      await listening;
    },
    end() {
      clearInterval(probing);
      void connection?.end({ timeout: 1 });
    },
  };
}
