import { type Client, WithStartWorkflowOperation, WorkflowNotFoundError } from '@temporalio/client';
import { invariant } from '../domain/invariant.ts';
import { drainUpdate, ROSTER_TASK_QUEUE, WORKFLOW_TYPES } from '../workflows/contracts/roster.ts';

/** Which list, and of which procedure: names its workflow. */
export interface RosterReference {
  readonly rosterId: string;
  readonly procedure: string;
}

/** The engine as a caller reaches it. The queue is another one in tests only. */
export interface Engine {
  readonly client: Client;
  readonly taskQueue?: string;
}

/** Workflow type of a procedure; an unknown procedure is a bug. */
export function workflowTypeOf(procedure: string): string {
  const found = Object.entries(WORKFLOW_TYPES).find(([key]) => key === procedure);
  invariant(found !== undefined, 'every procedure has a workflow type');
  return found[1];
}

/** With what a list's run is started, by whoever starts it; one that runs is left alone. */
export function startOf({ taskQueue = ROSTER_TASK_QUEUE }: Engine, rosterId: string) {
  return {
    workflowId: rosterId,
    workflowIdConflictPolicy: 'USE_EXISTING',
    taskQueue,
    args: [{ rosterId }],
  } as const;
}

/**
 * 催办 — has the list's workflow judge the waiting commands; starts it where the engine does not know
 * it (a new list, a finished one, an engine that lost its data). Throws when no answer came within
 * `limitMs` or the engine refused for its own reasons: that says nothing about the commands.
 */
export async function drainRoster(
  engine: Engine,
  { rosterId, procedure }: RosterReference,
  limitMs: number,
): Promise<void> {
  const { client } = engine;
  await client.withDeadline(Date.now() + limitMs, async () => {
    try {
      await client.workflow.getHandle(rosterId).executeUpdate(drainUpdate, { args: [{}] });
    } catch (error) {
      if (!(error instanceof WorkflowNotFoundError)) throw error;
      await client.workflow.executeUpdateWithStart(drainUpdate, {
        args: [{}],
        startWorkflowOperation: new WithStartWorkflowOperation(
          workflowTypeOf(procedure),
          startOf(engine, rosterId),
        ),
      });
    }
  });
}
