/** 名单变动: one LISTEN a process, told on to every page that follows. */
import type { Sql } from 'postgres';

/** What the deciding transaction announces; never content, only where to look. */
export interface RosterChange {
  readonly rosterId: string;
  readonly seq: number;
  readonly unitCode: string;
}

/** A page that follows. */
export interface Follower {
  /** Listening began, or began anew after a break in which changes may have been missed. */
  readonly ready: () => void;
  readonly changed: (change: RosterChange) => void;
  readonly beat: () => void;
  /** The process stops. */
  readonly end: () => void;
}

/** The followers of one process. */
export interface RosterChanges {
  /** Resolves once changes arrive, with the way to stop following. Rejects when the database is away. */
  readonly follow: (follower: Follower) => Promise<() => void>;
  /** Ends every stream: a server that waits for its requests would never stop otherwise. */
  readonly end: () => void;
}

/** Shorter than the idle limits of usual proxies, milliseconds. */
const BEAT_MS = 25_000;

/** Nothing listens before the first follower. */
export function createRosterChanges(sql: Sql, beatMs = BEAT_MS): RosterChanges {
  const followers = new Set<Follower>();
  let listening: Promise<unknown> | undefined;
  const beat = setInterval(() => {
    for (const follower of followers) follower.beat();
  }, beatMs);
  beat.unref();

  async function listen(): Promise<void> {
    await sql.listen(
      'roster_changed',
      (payload) => {
        const change = parseChange(payload);
        if (change === undefined) return;
        for (const follower of followers) follower.changed(change);
      },
      () => {
        for (const follower of followers) follower.ready();
      },
    );
  }

  return {
    async follow(follower) {
      listening ??= listen();
      try {
        await listening;
      } catch (error) {
        // The next follower tries again.
        listening = undefined;
        throw error;
      }
      followers.add(follower);
      follower.ready();
      return () => followers.delete(follower);
    },
    end() {
      clearInterval(beat);
      for (const follower of followers) follower.end();
    },
  };
}

/** `rosterId:seq:unitCode`; undefined for what the record never sends. */
function parseChange(payload: string): RosterChange | undefined {
  const [, rosterId, seq, unitCode] = /^(.+):(\d+):(\d+)$/.exec(payload) ?? [];
  if (rosterId === undefined || seq === undefined || unitCode === undefined) return undefined;
  return { rosterId, seq: Number(seq), unitCode };
}
