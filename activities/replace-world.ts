/** 换场 — a training instance emptied and filled anew: runs, record, registry and files. */
import { mkdir, rm } from 'node:fs/promises';
import type { Client } from '@temporalio/client';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import type { Sql } from 'postgres';
import { rosters } from '../db/schema/record.ts';
import { clearRecord } from '../db/training/clear-record.ts';
import { saveWorld } from '../db/training/save-world.ts';
import type { TrainingWorld } from '../db/training/training-world.ts';
import { sweeperIdOf } from '../workflows/contracts/sweeper.ts';
import { endAllRuns } from './end-runs.ts';
import { ensureAllRunning } from './ensure-running.ts';
import { ensureAllSweepers, findSweptCounties } from './ensure-sweeper.ts';
import { loadReferenceRegistry } from './load-registry.ts';
import { whileNobodyHolds } from './world-lock.ts';

/** What a reset works on. */
export interface WorldServices {
  readonly db: PostgresJsDatabase;
  readonly sql: Sql;
  readonly client: Client;
  readonly taskQueue?: string;
  /** Undefined where no reference registry listens. */
  readonly registryUrl: string | undefined;
  /** Folder of uploaded files. */
  readonly filesDir: string;
}

/** Tries when the record's own transactions and the reset block one another. */
const TRIES_MAX = 4;

/**
 * Replaces the world. The caller lets no request through meanwhile. The record and the registry change
 * together or, when one of them refuses, not at all: then the lists that are kept get their runs back.
 */
export async function replaceWorld(services: WorldServices, world: TrainingWorld): Promise<void> {
  const { db, sql, filesDir } = services;
  try {
    // First, so that no new work begins while the running one is waited for.
    await endOwnRuns(services);
    await whileNobodyHolds(sql, async () => {
      // Once more: a sweep may have started one in between.
      await endOwnRuns(services);
      await fillRecord(services, world);
      await rm(filesDir, { recursive: true, force: true });
      await mkdir(filesDir, { recursive: true });
    });
  } catch (error) {
    await ensureAllRunning(services, db);
    await ensureAllSweepers(services, db);
    throw error;
  }
}

async function endOwnRuns({ db, client, taskQueue }: WorldServices): Promise<void> {
  const lists = await db.select({ id: rosters.id }).from(rosters);
  const counties = await findSweptCounties(db);
  const named = [...lists.map(({ id }) => id), ...counties.map(sweeperIdOf)];
  await endAllRuns(client, named, taskQueue);
}

async function fillRecord(services: WorldServices, world: TrainingWorld): Promise<void> {
  const { db, registryUrl } = services;
  for (let attempt = 1; ; attempt += 1) {
    try {
      await db.transaction(async (tx) => {
        await clearRecord(tx);
        await saveWorld(tx, world);
        // Last: it commits on its own, and after it only our commit can fail.
        if (registryUrl !== undefined) await loadReferenceRegistry(registryUrl, world);
      });
      return;
    } catch (error) {
      if (attempt >= TRIES_MAX || !isLockTrouble(error)) throw error;
    }
  }
}

/** deadlock_detected, lock_not_available: a transaction of the old world was in the way. */
const LOCK_TROUBLE = /^(40P01|55P03)$/;

function isLockTrouble(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ('code' in cause && LOCK_TROUBLE.test(String(cause.code))) return true;
  }
  return false;
}
