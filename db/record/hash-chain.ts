/** 防篡改链 — each event is bound to the one before it with a key that is not in the database. */
import { createHash, createHmac } from 'node:crypto';
import { configure } from 'safe-stable-stringify';
import { invariant } from '../../domain/invariant.ts';
import type { ActorSnapshot } from '../../domain/kernel/actor.ts';
import type { RosterEvent } from '../../domain/kernel/event.ts';

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

/** Keys in the order of RFC 8785, which gives the same text for JSON; what is no JSON throws. */
const canonicalize = configure({ strict: true, circularValue: Error });

/** What stands before the first event of a roster. */
export const CHAIN_START: Buffer = Buffer.alloc(32);

/** RFC 8785 text of `value`; a value without one (a cycle, NaN) is a bug. */
export function canonicalText(value: unknown): string {
  const text = canonicalize(value);
  invariant(text !== undefined, 'what is hashed is JSON');
  return text;
}

/** SHA-256 of the canonical JSON of `value`, in hex. */
export function contentHash(value: unknown): string {
  return createHash('sha256').update(canonicalText(value)).digest('hex');
}

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
