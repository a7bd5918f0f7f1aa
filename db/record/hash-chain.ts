/** 防篡改链 — each event is bound to the one before it with a key that is not in the database. */
import { createHmac } from 'node:crypto';
import { invariant } from '../../domain/invariant.ts';
import type { ActorSnapshot } from '../../domain/kernel/actor.ts';
import type { RosterEvent } from '../../domain/kernel/event.ts';
import { canonicalText, digestOf } from '../../policies/plan-hash.ts';

/** What of an event's row the chain covers: everything that was decided and on what ground. */
export interface ChainedEvent {
  readonly rosterId: string;
  readonly event: RosterEvent;
  readonly commandId: string | null;
  readonly actor: ActorSnapshot | null;
  readonly planHash: string;
  readonly factsHash: string | null;
  readonly rulesVersion: string;
}

/** What stands before the first event of a roster. */
export const CHAIN_START: Buffer = Buffer.alloc(32);

export { canonicalText, digestOf as contentHash };

/** HMAC-SHA-256 over the previous hash and the event. */
export function linkHash(key: string, previous: Buffer, link: ChainedEvent): Buffer {
  return createHmac('sha256', key).update(previous).update(canonicalText(link)).digest();
}

/** The chain's key from GONGSHI_CHAIN_KEY; a program without it must not write the record. */
export function chainKey(): string {
  const key = process.env['GONGSHI_CHAIN_KEY'] ?? '';
  invariant(key !== '', 'GONGSHI_CHAIN_KEY is set');
  return key;
}
