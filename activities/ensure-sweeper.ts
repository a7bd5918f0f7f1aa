import { WithStartWorkflowOperation, WorkflowNotFoundError } from '@temporalio/client';
import { union } from 'drizzle-orm/pg-core';
import type { DbOrTx } from '../db/import/database.ts';
import { rosters } from '../db/schema/record.ts';
import { screenings } from '../db/schema/screenings.ts';
import type { Instant } from '../domain/time/instant.ts';
import { ROSTER_TASK_QUEUE } from '../workflows/contracts/roster.ts';
import {
  SWEEPER_TYPE,
  type SweepAnswer,
  sweeperIdOf,
  sweepUpdate,
} from '../workflows/contracts/sweeper.ts';
import type { Engine } from './drain-roster.ts';

/** 确保提醒 — the county's sweeper runs afterwards; one that runs is left alone. */
export async function ensureSweeper(
  { client, taskQueue = ROSTER_TASK_QUEUE }: Engine,
  countyCode: string,
): Promise<void> {
  await client.workflow.start(SWEEPER_TYPE, {
    workflowId: sweeperIdOf(countyCode),
    workflowIdConflictPolicy: 'USE_EXISTING',
    taskQueue,
    args: [{ countyCode }],
  });
}

/** Counties that have a list, open or closed (clues outlive their list), or were screened. */
export async function findSweptCounties(db: DbOrTx): Promise<readonly string[]> {
  const listed = db.selectDistinct({ countyCode: rosters.countyCode }).from(rosters);
  const screened = db.selectDistinct({ countyCode: screenings.countyCode }).from(screenings);
  const rows = await union(listed, screened);
  return rows.map((row) => row.countyCode).sort();
}

/** Every county with a list has its sweeper afterwards. Returns how many there are. */
export async function ensureAllSweepers(engine: Engine, db: DbOrTx): Promise<number> {
  const counties = await findSweptCounties(db);
  for (const countyCode of counties) await ensureSweeper(engine, countyCode);
  return counties.length;
}

/**
 * Has the county's sweeper fire what is due up to an instant and waits for it; starts it where the
 * engine does not know it. Throws when no answer came within `limitMs`.
 */
export async function sweepNow(
  { client, taskQueue = ROSTER_TASK_QUEUE }: Engine,
  { countyCode, upTo }: { readonly countyCode: string; readonly upTo: Instant },
  limitMs: number,
): Promise<SweepAnswer> {
  const workflowId = sweeperIdOf(countyCode);
  return client.withDeadline(Date.now() + limitMs, async () => {
    try {
      const handle = client.workflow.getHandle(workflowId);
      return await handle.executeUpdate(sweepUpdate, { args: [{ upTo }] });
    } catch (error) {
      if (!(error instanceof WorkflowNotFoundError)) throw error;
      return client.workflow.executeUpdateWithStart(sweepUpdate, {
        args: [{ upTo }],
        startWorkflowOperation: new WithStartWorkflowOperation(SWEEPER_TYPE, {
          workflowId,
          workflowIdConflictPolicy: 'USE_EXISTING',
          taskQueue,
          args: [{ countyCode }],
        }),
      });
    }
  });
}
