/**
 * 对账程序 as a process of its own: what it says of a failed worker does not depend on that worker. Tells
 * its parent when it looks; on SIGTERM it ends the round and itself.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { pino } from 'pino';
import { PATIENCE, type ReconcileServices } from '../activities/reconcile/check.ts';
import { createSlowChecks, QUICK_CHECKS, reconcile } from '../activities/reconcile/round.ts';
import { createHttpRegistry } from '../activities/registry/http-adapter.ts';
import { createManualRegistry } from '../activities/registry/manual-adapter.ts';
import { connectionOptions, payloadConversion } from '../activities/temporal-connection.ts';
import { createWorldHold } from '../activities/world-lock.ts';
import { openDatabase } from '../db/client.ts';
import { databaseClock } from '../db/clock.ts';
import { invariant } from '../domain/invariant.ts';

/** Between two rounds. */
const ROUND_MS = 5_000;

/** Every so many rounds everything is compared; in the others what people wait for. */
const ROUNDS_TO_SLOW = 6;

const log = pino({ name: 'reconciler' });
const databaseUrl = process.env['DATABASE_URL'];
invariant(databaseUrl !== undefined, 'DATABASE_URL is set');
const { db, sql, close } = openDatabase(databaseUrl, { max: 5 });
const world = createWorldHold(sql);
const registryUrl = process.env['REGISTRY_URL'];
const port = registryUrl
  ? createHttpRegistry({ baseUrl: registryUrl })
  : createManualRegistry({ db });
const { clientOptions: reach, namespace } = connectionOptions();
// Lazy: it starts and says what is wrong while Temporal is away.
const connection = Connection.lazy(reach);
const services: ReconcileServices = {
  client: new Client({ connection, namespace, ...payloadConversion() }),
  db,
  clock: databaseClock(db),
  port,
  patience: PATIENCE,
};

const stopping = new AbortController();
process.once('SIGTERM', () => stopping.abort());
process.once('SIGINT', () => stopping.abort());
// Our parent was killed outright, and perhaps the guard that would tell us.
process.once('disconnect', () => stopping.abort());
const slow = createSlowChecks();
process.send?.({ type: 'ready' });
for (let round = 0; !stopping.signal.aborted; round += 1) {
  const checks = round % ROUNDS_TO_SLOW === 0 ? [...QUICK_CHECKS, ...slow] : QUICK_CHECKS;
  const look = () => reconcile(services, checks, stopping.signal);
  // Where the record is away not even the world can be held: told like any failed comparison.
  const { found, failures } = await world
    .during(look)
    .catch((error: unknown) => ({ found: [], failures: [error] }));
  if (found.length + failures.length > 0) {
    const kinds = [...new Set(found.map(({ kind }) => kind))];
    const errors = failures.map((error) => (error instanceof Error ? error.name : 'unknown'));
    log.warn({ found: found.length, kinds, errors }, 'record, workflows and registry disagree');
  }
  await delay(ROUND_MS, undefined, { signal: stopping.signal }).catch(() => {});
}
await connection.close();
await close();
// The engine's client may still have a call to repeat; nobody waits for it.
process.exit(0);
