import { randomBytes } from 'node:crypto';
import { defaultPayloadConverter } from '@temporalio/common';
import { describe, expect, test } from 'vitest';
import { encryptingCodec, parsePayloadKeys } from '../../activities/payload-codec.ts';

const OLD = { id: '2019', key: randomBytes(32) };
const NEW = { id: '2020', key: randomBytes(32) };
const SAID = { rosterId: '530627101001-household-exit-2020-01' };

function payloadOf(value: unknown) {
  return defaultPayloadConverter.toPayload(value);
}

describe('载荷加密', () => {
  test('a payload comes back as it was, and is unreadable in between', async () => {
    const codec = encryptingCodec([NEW]);
    const [locked] = await codec.encode([payloadOf(SAID)]);
    expect(Buffer.from(locked?.data ?? []).toString('latin1')).not.toContain(SAID.rosterId);
    const [opened] = await codec.decode(locked === undefined ? [] : [locked]);
    expect(opened && defaultPayloadConverter.fromPayload(opened)).toEqual(SAID);
  });

  test('the same payload twice → two different texts', async () => {
    const [one, two] = await encryptingCodec([NEW]).encode([payloadOf(SAID), payloadOf(SAID)]);
    expect(Buffer.from(one?.data ?? [])).not.toEqual(Buffer.from(two?.data ?? []));
  });

  test('after a change of key → what was written under the old one is still read', async () => {
    const written = await encryptingCodec([OLD]).encode([payloadOf(SAID)]);
    const [opened] = await encryptingCodec([NEW, OLD]).decode(written);
    expect(opened && defaultPayloadConverter.fromPayload(opened)).toEqual(SAID);
  });

  test('an unknown key → refused by name, never guessed', async () => {
    const written = await encryptingCodec([OLD]).encode([payloadOf(SAID)]);
    await expect(encryptingCodec([NEW]).decode(written)).rejects.toThrow('2019');
  });

  test('one bit turned → refused', async () => {
    const [locked] = await encryptingCodec([NEW]).encode([payloadOf(SAID)]);
    const data = Buffer.from(locked?.data ?? []);
    data.writeUInt8(data.readUInt8(data.length - 1) ^ 1, data.length - 1);
    await expect(encryptingCodec([NEW]).decode([{ ...locked, data }])).rejects.toThrow(
      'unable to authenticate',
    );
  });

  test('written before there was a key → passed through', async () => {
    const plain = payloadOf(SAID);
    expect(await encryptingCodec([NEW]).decode([plain])).toEqual([plain]);
  });
});

describe('GONGSHI_PAYLOAD_KEYS', () => {
  test('not set → no codec', () => {
    expect(parsePayloadKeys(undefined)).toBeUndefined();
    expect(parsePayloadKeys(' ')).toBeUndefined();
  });

  test('the newest first', () => {
    const text = [NEW, OLD].map(({ id, key }) => `${id}:${key.toString('base64')}`).join(',');
    expect(parsePayloadKeys(text)).toEqual([NEW, OLD]);
  });

  test.for([
    ['a key that is too short', 'a:c2hvcnQ='],
    ['no name', `:${OLD.key.toString('base64')}`],
    ['no key', 'a'],
    ['one name twice', `a:${OLD.key.toString('base64')},a:${NEW.key.toString('base64')}`],
  ] as const)('%s → the process does not start', ([, text]) => {
    expect(() => parsePayloadKeys(text)).toThrow('GONGSHI_PAYLOAD_KEYS');
  });
});
