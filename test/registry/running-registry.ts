import { REGISTRY_FUNCTIONS } from '../../domain/plan/registry-function.ts';
import type { Instant } from '../../domain/time/instant.ts';
import { DEMO_COUNTY, makeDemoCounty } from '../../registry/demo/demo-county.ts';
import type { RegistryHousehold } from '../../registry/household.ts';
import { createRegistry } from '../../registry/server.ts';
import type { RegistryWindow } from '../../registry/window.ts';

/** Business time of these tests: 2020-10-20 12:00 in Shanghai. */
export const NOW: Instant = Date.UTC(2020, 9, 20, 4);

/** A county of two villages, enough for every status. */
export const COUNTY = makeDemoCounty({ ...DEMO_COUNTY, villages: 2, householdsPerVillage: 30 });

/** A registry that listens on a free port. */
export interface RunningRegistry {
  readonly url: string;
  readonly send: (method: string, path: string, body?: unknown) => Promise<Reply>;
  readonly stop: () => Promise<void>;
}

export interface Reply {
  readonly status: number;
  readonly json: unknown;
}

/** Starts one with the fault switch; `now` is fixed unless told. */
export async function runRegistry(
  databaseUrl: string,
  now: (() => Instant) | undefined = () => NOW,
): Promise<RunningRegistry> {
  const registry = await createRegistry({
    databaseUrl,
    faults: true,
    ...(now === undefined ? {} : { now }),
  });
  const server = registry.app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const url = `http://127.0.0.1:${address.port}`;
  return {
    url,
    async send(method, path, body) {
      const response = await fetch(new URL(path, url), {
        method,
        ...(body === undefined
          ? {}
          : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
      });
      return { status: response.status, json: await response.json() };
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await registry.close();
    },
  };
}

/** A window of the county from the start of 2020-10, open until closed. */
export function openWindow(functionKey: RegistryWindow['functionKey']): RegistryWindow {
  return {
    id: `window-${functionKey}`,
    unitCode: COUNTY.countyCode,
    level: 'county',
    functionKey,
    opensAt: Date.UTC(2020, 9, 1),
    closesAt: null,
    openedBy: '演练',
    documentNo: '演练〔2020〕1号',
  };
}

/** A poor household with every indicator resolved; a different one for each index. */
export function readyHousehold(index: number): RegistryHousehold {
  const ready = COUNTY.households.filter(
    (each) => each.status === 'poor' && Object.values(each.security).every((held) => held === true),
  );
  const found = ready[index];
  if (found === undefined) throw new Error(`the county has no ready household ${index}`);
  return found;
}

/** Loads the county and opens both functions. */
export async function loadCounty({ send }: RunningRegistry): Promise<void> {
  const { villages, households } = COUNTY;
  await send('POST', '/training/load', { reset: true, villages, households });
  for (const functionKey of REGISTRY_FUNCTIONS) {
    const window = openWindow(functionKey);
    await send('PUT', `/windows/${window.id}`, window);
  }
}
