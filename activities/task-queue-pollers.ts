import { ROSTER_TASK_QUEUE } from '../workflows/contracts/roster.ts';
import type { Engine } from './drain-roster.ts';

/** A worker polls at least once a minute; the engine remembers pollers longer than they live. */
const POLL_MS_MAX = 90_000;

const ANSWER_MS_MAX = 5_000;

/** Numbers of `TaskQueueType`, part of the engine's public interface. */
const QUEUE_TYPES = { workflow: 1, activity: 2 } as const;

/**
 * 是否有办理程序 — whether somebody takes workflow tasks and activities from the queue. Throws when the
 * engine does not answer.
 */
export async function hasPollers({
  client,
  taskQueue = ROSTER_TASK_QUEUE,
}: Engine): Promise<boolean> {
  const { namespace } = client.options;
  const ask = (taskQueueType: number) =>
    client.workflowService.describeTaskQueue({
      namespace,
      taskQueue: { name: taskQueue },
      taskQueueType,
    });
  const answers = await client.withDeadline(Date.now() + ANSWER_MS_MAX, () =>
    Promise.all(Object.values(QUEUE_TYPES).map(ask)),
  );
  const seenAfter = Date.now() - POLL_MS_MAX;
  return answers.every(({ pollers }) =>
    (pollers ?? []).some(
      ({ lastAccessTime }) => Number(lastAccessTime?.seconds ?? 0) * 1000 > seenAfter,
    ),
  );
}
