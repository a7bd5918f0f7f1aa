/** 名单变动: one LISTEN a process, told on to every page that follows. */
import type { Sql } from 'postgres';
import { createDatabaseListener } from './database-listener.ts';

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

/** Between two looks whether the database still tells us anything. */
const PROBE_MS = 5_000;

const CHANNEL = 'roster_changed';

/** What a process needs to listen: a new connection for each try, and how often to look and beat. */
export interface Listening {
  readonly connect: () => Sql;
  readonly beatMs?: number;
  readonly probeMs?: number;
}

/** Nothing listens before the first follower. */
export function createRosterChanges(given: Listening): RosterChanges {
  const { connect, beatMs = BEAT_MS, probeMs = PROBE_MS } = given;
  const followers = new Set<Follower>();
  const listener = createDatabaseListener(
    CHANNEL,
    { connect, probeMs },
    {
      heard(payload) {
        const change = parseChange(payload);
        if (change === undefined) return;
        for (const follower of followers) follower.changed(change);
      },
      began() {
        for (const follower of followers) follower.ready();
      },
    },
  );
  const beat = setInterval(() => {
    for (const follower of followers) follower.beat();
  }, beatMs);
  beat.unref();

  return {
    async follow(follower) {
      await listener.ensure();
      followers.add(follower);
      follower.ready();
      return () => followers.delete(follower);
    },
    end() {
      clearInterval(beat);
      listener.end();
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
