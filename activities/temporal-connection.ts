import type { ConnectionOptions } from '@temporalio/client';
import type { DataConverter } from '@temporalio/common';
import { type ClientConnectConfig, loadClientConnectConfig } from '@temporalio/envconfig';
import { encryptingCodec, parsePayloadKeys } from './payload-codec.ts';

/**
 * Temporal 连接设置 — how worker and API reach Temporal: TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE, TLS, API
 * key and profiles as the official `@temporalio/envconfig` reads them from environment and file.
 * The embedded server sets GONGSHI_TEMPORAL_EMBEDDED, so that the user's own profile for another
 * cluster is not mixed in.
 */
export function connectionOptions(): ClientConnectConfig & {
  readonly namespace: string;
  /** As clients take them; a worker's own connection has no such settings. */
  readonly clientOptions: ConnectionOptions;
} {
  const isEmbedded = process.env['GONGSHI_TEMPORAL_EMBEDDED'] === '1';
  const { namespace, connectionOptions: options } = loadClientConnectConfig({
    disableFile: isEmbedded,
  });
  const clientOptions = { ...options, channelArgs: RECONNECT };
  return { connectionOptions: options, clientOptions, namespace: namespace ?? 'gongshi' };
}

/** Between two tries to connect: gRPC's own wait grows to two minutes, long after an outage has ended. */
const RECONNECT = {
  'grpc.initial_reconnect_backoff_ms': 250,
  'grpc.max_reconnect_backoff_ms': 2_000,
} as const;

/**
 * 载荷转换 — an option of every client and worker of this system: encrypts under GONGSHI_PAYLOAD_KEYS,
 * and is empty where none are set. All processes of one system need the same keys.
 */
export function payloadConversion(): { readonly dataConverter?: DataConverter } {
  const keys = parsePayloadKeys(process.env['GONGSHI_PAYLOAD_KEYS']);
  return keys === undefined ? {} : { dataConverter: { payloadCodecs: [encryptingCodec(keys)] } };
}
