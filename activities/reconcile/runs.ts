/** Record against workflows: every open list has its one run, of its procedure's type, and nothing else runs. */
import { WorkflowNotFoundError } from '@temporalio/client';
import { asc, eq } from 'drizzle-orm';
import type { DbOrTx } from '../../db/import/database.ts';
import type { Disagreement } from '../../db/reconcile/kinds.ts';
import { rosters } from '../../db/schema/record.ts';
import type { Instant } from '../../domain/time/instant.ts';
import { WORKFLOW_TYPES } from '../../workflows/contracts/roster.ts';
import { SWEEPER_TYPE, sweeperIdOf } from '../../workflows/contracts/sweeper.ts';
import { type Engine, workflowTypeOf } from '../drain-roster.ts';
import { ensureRunning } from '../ensure-running.ts';
import { ensureSweeper, findSweptCounties } from '../ensure-sweeper.ts';
import type { Check, ReconcileServices } from './check.ts';
import { drainList } from './waiting.ts';

/** 名单与流程. The engine's list lags behind by moments: each finding is asked for by its id once more. */
export const runsOfLists: Check = {
  kinds: ['run-missing', 'run-orphan', 'run-wrong-type'],
  asksEngine: true,
  async look(services) {
    const running = await listRunning(services, Object.values(WORKFLOW_TYPES));
    const known = await openLists(services.db);
    const found: Disagreement[] = [];
    for (const { rosterId, procedure, countyCode } of known.values()) {
      const type = running.get(rosterId) ?? (await findType(services, rosterId));
      const about = { subject: rosterId, rosterId, countyCode };
      if (type === undefined) found.push({ kind: 'run-missing', ...about });
      else if (type !== workflowTypeOf(procedure)) found.push({ kind: 'run-wrong-type', ...about });
    }
    for (const rosterId of running.keys()) {
      if (known.has(rosterId)) continue;
      const orphan = await findOrphan(services, rosterId);
      if (orphan !== undefined) found.push(orphan);
    }
    return { found };
  },
  async repair(services, { kind, rosterId }) {
    // A run of an unknown list or of another type is ended by a person: it may belong to another system.
    if (kind === 'run-wrong-type' || rosterId === null) return false;
    if (kind === 'run-orphan') return drainList(services, rosterId);
    const list = (await openLists(services.db)).get(rosterId);
    if (list === undefined) return false;
    await ensureRunning(services, { ...list, open: true });
    return true;
  },
};

/** 县级提醒流程. */
export const sweepersOfCounties: Check = {
  kinds: ['sweeper-missing'],
  asksEngine: true,
  async look(services) {
    const found: Disagreement[] = [];
    for (const countyCode of await findSweptCounties(services.db)) {
      const type = await findType(services, sweeperIdOf(countyCode));
      if (type === SWEEPER_TYPE) continue;
      found.push({ kind: 'sweeper-missing', subject: countyCode, rosterId: null, countyCode });
    }
    return { found };
  },
  async repair(services, { subject: countyCode }) {
    await ensureSweeper(services, countyCode);
    return true;
  },
};

interface OpenList {
  readonly rosterId: string;
  readonly procedure: string;
  readonly countyCode: string;
}

async function openLists(db: DbOrTx): Promise<ReadonlyMap<string, OpenList>> {
  const { id: rosterId, procedure, countyCode, open } = rosters;
  const rows = await db
    .select({ rosterId, procedure, countyCode })
    .from(rosters)
    .where(eq(open, true))
    .orderBy(asc(rosterId));
  return new Map(rows.map((row) => [row.rosterId, row]));
}

/** Types of the runs of ours by workflow id, as the engine's index shows them. */
async function listRunning(
  { client, taskQueue }: Engine,
  types: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const named = types.map((type) => `'${type}'`).join(', ');
  const query = `ExecutionStatus = 'Running' AND WorkflowType IN (${named})`;
  const found = new Map<string, string>();
  for await (const run of client.workflow.list({ query })) {
    // In tests other systems share the namespace; a system of its own has one queue.
    if (taskQueue === undefined || run.taskQueue === taskQueue) found.set(run.workflowId, run.type);
  }
  return found;
}

/** Type of the run that carries an id now; undefined when none does. */
async function findType({ client }: Engine, workflowId: string): Promise<string | undefined> {
  try {
    const run = await client.workflow.getHandle(workflowId).describe();
    return run.status.name === 'RUNNING' ? run.type : undefined;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return undefined;
    throw error;
  }
}

/** A run whose list is closed for a while, or unknown; undefined when it is right or just ending. */
async function findOrphan(
  services: ReconcileServices,
  workflowId: string,
): Promise<Disagreement | undefined> {
  const [list] = await services.db.select().from(rosters).where(eq(rosters.id, workflowId));
  const before: Instant = (await services.clock.now()) - services.patience.endingMs;
  if (list?.open === true || (list?.closedAt ?? 0) > before) return undefined;
  if ((await findType(services, workflowId)) === undefined) return undefined;
  const rosterId = list?.id ?? null;
  const countyCode = list?.countyCode ?? null;
  return { kind: 'run-orphan', subject: workflowId, rosterId, countyCode };
}
