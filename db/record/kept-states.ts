/**
 * 名单状态的留存 — states that this process has folded, by the end of the chain that they are the fold of.
 * The hash of the last event names all events before it, so what it named once it names for ever; whether
 * the list stands there is asked of the record under its lock each time.
 */
import { LRUCache } from 'lru-cache';
import type { RosterState } from '../../domain/kernel/state.ts';

/** Households in all kept states together, about 100 MB. */
const HOUSEHOLDS_MAX = 50_000;

const kept = new LRUCache<string, RosterState>({
  maxSize: HOUSEHOLDS_MAX,
  sizeCalculation: (state) => state.cases.length + 1,
});

/** The state whose last event has this hash, if this process has seen it. */
export function keptState(headHash: Buffer): RosterState | undefined {
  return kept.get(headHash.toString('hex'));
}

/** Keeps a state under the hash of its last event. */
export function keepState(headHash: Buffer, state: RosterState): void {
  kept.set(headHash.toString('hex'), state);
}
