/**
 * 载荷加密 — what workflows, Updates and activities pass to one another is unreadable in Temporal's
 * database and UI. They carry ids only (no personal data enters Temporal); this is the lock on top.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Payload, PayloadCodec } from '@temporalio/common';
import { ValueError } from '@temporalio/common';

const ENCODING = 'binary/gongshi-aes256gcm';
const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** 密钥 by name. Payloads are written under the first and read under whichever they name. */
export type PayloadKeys = readonly { readonly id: string; readonly key: Buffer }[];

/**
 * Reads `名称:密钥,名称:密钥` (keys in base64, 32 bytes each), the newest first; undefined when the text
 * is empty. Throws on anything that is no such list: a key that is silently ignored would be none.
 */
export function parsePayloadKeys(text: string | undefined): PayloadKeys | undefined {
  if (text === undefined || text.trim() === '') return undefined;
  const keys = text.split(',').map((part) => {
    const [id = '', encoded = ''] = part.trim().split(':');
    const key = Buffer.from(encoded, 'base64');
    if (id === '' || key.length !== KEY_BYTES) {
      throw new TypeError('GONGSHI_PAYLOAD_KEYS 应为“名称:密钥”的列表，每个密钥为32字节的base64');
    }
    return { id, key };
  });
  if (new Set(keys.map(({ id }) => id)).size !== keys.length) {
    throw new TypeError('GONGSHI_PAYLOAD_KEYS 中密钥名称重复');
  }
  return keys;
}

/**
 * AES-256-GCM over whole payloads. What was written before there was a key is passed through; a payload
 * under an unknown key throws, so that a worker without the key fails its task instead of guessing.
 */
export function encryptingCodec(keys: PayloadKeys): PayloadCodec {
  const [current] = keys;
  if (current === undefined) throw new TypeError('a codec needs a key');
  return {
    encode: async (payloads) => payloads.map((payload) => lock(payload, current)),
    decode: async (payloads) => payloads.map((payload) => unlock(payload, keys)),
  };
}

function lock(payload: Payload, { id, key }: PayloadKeys[number]): Payload {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce);
  const sealed = Buffer.concat([cipher.update(frame(payload)), cipher.final()]);
  return {
    metadata: { encoding: Buffer.from(ENCODING), 'key-id': Buffer.from(id) },
    data: Buffer.concat([nonce, cipher.getAuthTag(), sealed]),
  };
}

function unlock(payload: Payload, keys: PayloadKeys): Payload {
  const { metadata, data } = payload;
  if (textOf(metadata?.['encoding']) !== ENCODING) return payload;
  const id = textOf(metadata?.['key-id']);
  const found = keys.find((each) => each.id === id);
  if (found === undefined) throw new ValueError(`no payload key named ${id}`);
  const sealed = Buffer.from(data ?? []);
  const nonce = sealed.subarray(0, NONCE_BYTES);
  const decipher = createDecipheriv(CIPHER, found.key, nonce);
  decipher.setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  const open = decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES));
  return unframe(Buffer.concat([open, decipher.final()]));
}

/** A payload as bytes; small, so that JSON costs nothing. */
function frame({ metadata, data }: Payload): Buffer {
  const entries = Object.entries(metadata ?? {}).map(([key, value]) => [key, base64(value)]);
  return Buffer.from(JSON.stringify({ metadata: entries, data: base64(data) }));
}

function unframe(bytes: Buffer): Payload {
  const framed = JSON.parse(bytes.toString('utf8')) as {
    readonly metadata: readonly (readonly [string, string])[];
    readonly data: string;
  };
  const entries = framed.metadata.map(([key, value]) => [key, Buffer.from(value, 'base64')]);
  return { metadata: Object.fromEntries(entries), data: Buffer.from(framed.data, 'base64') };
}

function base64(bytes: Uint8Array | null | undefined): string {
  return Buffer.from(bytes ?? []).toString('base64');
}

function textOf(bytes: Uint8Array | null | undefined): string {
  return Buffer.from(bytes ?? []).toString('utf8');
}
