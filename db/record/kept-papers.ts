/**
 * 已读材料 — snapshots and visit forms that this process has read. Both are kept by content hash and never
 * changed, so what a hash named once it names for ever; of three hundred households a decision then reads
 * three hundred hashes and not their papers.
 */
import { LRUCache } from 'lru-cache';
import { invariant } from '../../domain/invariant.ts';

/** Papers kept of one kind: those of some sixty lists of three hundred households, about 60 MB. */
const KEPT_MAX = 20_000;

/** Papers of one kind by the key that names their content. */
export class KeptPapers<Paper extends object> {
  readonly #kept = new LRUCache<string, Paper>({ max: KEPT_MAX });

  /** The paper of every key, in any order; `read` is asked once for those not yet read. */
  async of(
    keys: readonly string[],
    read: (missing: string[]) => Promise<readonly (readonly [string, Paper])[]>,
  ): Promise<ReadonlyMap<string, Paper>> {
    const found = new Map<string, Paper>();
    const missing: string[] = [];
    for (const key of new Set(keys)) {
      const paper = this.#kept.get(key);
      if (paper === undefined) missing.push(key);
      else found.set(key, paper);
    }
    if (missing.length === 0) return found;
    for (const [key, paper] of await read(missing)) {
      this.#kept.set(key, paper);
      found.set(key, paper);
    }
    invariant(
      missing.every((key) => found.has(key)),
      'a paper that a row names is kept',
    );
    return found;
  }
}
