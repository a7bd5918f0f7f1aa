import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import { ROSTER_TASK_QUEUE } from '../workflows/contracts/roster.ts';

/** Terminations asked of the engine at once. */
const AT_ONCE = 20;

const REASON = '演练场景重置';

/**
 * 终止全部运行 — training only: ends every run that the engine shows on our queue, and those named, which
 * it may not show yet. One that is gone already is what was wanted.
 */
export async function endAllRuns(
  client: Client,
  named: readonly string[],
  taskQueue: string = ROSTER_TASK_QUEUE,
): Promise<void> {
  const ids = new Set(named);
  const query = `ExecutionStatus = 'Running' AND TaskQueue = '${taskQueue}'`;
  for await (const { workflowId } of client.workflow.list({ query })) ids.add(workflowId);
  const all = [...ids];
  for (let from = 0; from < all.length; from += AT_ONCE) {
    await Promise.all(all.slice(from, from + AT_ONCE).map((id) => endRun(client, id)));
  }
}

async function endRun(client: Client, workflowId: string): Promise<void> {
  try {
    await client.workflow.getHandle(workflowId).terminate(REASON);
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
  }
}
