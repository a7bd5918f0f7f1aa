import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { reservePort } from './port-reservations.ts';
import { findJson, writeWhole } from './whole-file.ts';

/** The ports of one instance. */
export type Ports = {
  readonly page: number;
  readonly registry: number;
  readonly postgres: number;
  readonly temporal: number;
  readonly temporalUi: number;
};

export const portsFileName = 'ports.json';

const preferred: Ports = {
  page: 8080,
  registry: 8081,
  postgres: 5439,
  temporal: 7233,
  temporalUi: 8233,
};

function bindOnce(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' ? address?.port : undefined));
    });
  });
}

/**
 * Free ports are looked for below those that systems lend to outgoing connections (Linux from 32768): one of
 * these could take the port before its server listens on it.
 */
const LOOKED_FOR = { from: 10_000, to: 32_000, tries: 100 } as const;

/** A port that nobody listens on just now. */
export async function findFreePort(): Promise<number> {
  for (let tries = 0; tries < LOOKED_FOR.tries; tries += 1) {
    const port = randomInt(LOOKED_FOR.from, LOOKED_FOR.to);
    if ((await bindOnce(port)) !== undefined) return port;
  }
  throw new Error('no port is free');
}

/**
 * The ports of this instance: those it had last time, else the usual ones, else free ones. They are
 * remembered in `ports.json`, so that bookmarks keep working; a port that another copy chose and does
 * not listen on yet is left to it.
 */
export async function chooseInstancePorts(dataDir: string): Promise<Ports> {
  const file = join(dataDir, portsFileName);
  const remembered = ((await findJson(file)) ?? {}) as Partial<Ports>;
  const choose = async (name: keyof Ports): Promise<number> => {
    for (const port of [remembered[name], preferred[name]]) {
      if (port === undefined || !Number.isInteger(port)) continue;
      if ((await bindOnce(port)) !== undefined && (await reservePort(port))) return port;
    }
    const port = await findFreePort();
    return (await reservePort(port)) ? port : choose(name);
  };
  const ports: Ports = {
    page: await choose('page'),
    registry: await choose('registry'),
    postgres: await choose('postgres'),
    temporal: await choose('temporal'),
    temporalUi: await choose('temporalUi'),
  };
  await writeWhole(file, `${JSON.stringify(ports, null, 2)}\n`);
  return ports;
}
