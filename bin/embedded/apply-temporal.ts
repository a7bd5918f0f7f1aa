import {
  type Connection,
  isGrpcServiceError,
  ScheduleClient,
  type ScheduleOptions,
  type ScheduleSpec,
} from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';
import type { TemporalSettings } from './temporal-settings.ts';

const GRPC_ALREADY_EXISTS = 6;
const GRPC_PERMISSION_DENIED = 7;
const NAMESPACE_LIMIT_MS = 30_000;

/** Numbers of `temporal.api.enums.v1.IndexedValueType`, part of the server's public interface. */
const indexedTypes = {
  Text: 1,
  Keyword: 2,
  Int: 3,
  Double: 4,
  Bool: 5,
  Datetime: 6,
  KeywordList: 7,
} as const;

function hasCode(error: unknown, ...codes: number[]): boolean {
  return isGrpcServiceError(error) && codes.includes(error.code);
}

async function waitUntilKnown(ask: () => Promise<unknown>): Promise<void> {
  const giveUpAt = Date.now() + NAMESPACE_LIMIT_MS;
  for (;;) {
    try {
      await ask();
      return;
    } catch (error) {
      // The server's parts learn of a new namespace one after another, within seconds.
      if (!isGrpcServiceError(error) || Date.now() > giveUpAt) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

async function ensureNamespace(
  connection: Connection,
  namespace: string,
  retentionDays: number,
): Promise<void> {
  try {
    await connection.workflowService.registerNamespace({
      namespace,
      workflowExecutionRetentionPeriod: msToTs(`${retentionDays} days`),
    });
  } catch (error) {
    // An office's own server may keep namespaces to its administrator; the next call tells.
    if (!hasCode(error, GRPC_ALREADY_EXISTS, GRPC_PERMISSION_DENIED)) throw error;
  }
  await waitUntilKnown(() => connection.workflowService.describeNamespace({ namespace }));
}

async function ensureSearchAttributes(
  connection: Connection,
  namespace: string,
  wanted: TemporalSettings['searchAttributes'],
): Promise<void> {
  const list = () => connection.operatorService.listSearchAttributes({ namespace });
  await waitUntilKnown(list);
  const present = (await list()).customAttributes ?? {};
  const missing = Object.entries(wanted).filter(([name]) => !(name in present));
  if (missing.length === 0) return;
  try {
    await connection.operatorService.addSearchAttributes({
      namespace,
      searchAttributes: Object.fromEntries(
        missing.map(([name, type]) => [name, indexedTypes[type]]),
      ),
    });
  } catch (error) {
    // Another copy that starts at this moment may have been quicker.
    if (!hasCode(error, GRPC_ALREADY_EXISTS)) throw error;
  }
  await waitUntilKnown(async () => {
    const { customAttributes } = await list();
    return missing.every(([name]) => name in (customAttributes ?? {}));
  });
}

function toSpec({ every, cron }: TemporalSettings['schedules'][number]): ScheduleSpec {
  return every === undefined
    ? { cronExpressions: [cron ?? ''], timezone: 'Asia/Shanghai' }
    : { intervals: [{ every: every as `${number}m` }] };
}

async function ensureSchedules(
  connection: Connection,
  namespace: string,
  schedules: TemporalSettings['schedules'],
): Promise<void> {
  const client = new ScheduleClient({ connection, namespace });
  const existing = new Set<string>();
  for await (const { scheduleId } of client.list()) existing.add(scheduleId);
  for (const schedule of schedules) {
    const options = {
      scheduleId: schedule.id,
      spec: toSpec(schedule),
      action: {
        type: 'startWorkflow',
        workflowType: schedule.workflow,
        taskQueue: schedule.taskQueue,
        args: schedule.args,
      },
      policies: { overlap: 'SKIP' },
    } as const satisfies ScheduleOptions;
    if (existing.has(schedule.id)) {
      // An operator's pause stays: only what temporal.yaml says is brought up to date.
      await client.getHandle(schedule.id).update((previous) => ({
        ...previous,
        spec: options.spec,
        action: options.action,
      }));
    } else {
      await client.create(options);
    }
  }
}

/**
 * Brings a Temporal server to what temporal.yaml asks: namespace, search attributes, schedules. May be
 * run any number of times; what exists is left, and nothing is ever removed.
 */
export async function applyTemporalSettings(
  connection: Connection,
  settings: TemporalSettings,
  namespace: string = settings.namespace,
): Promise<void> {
  await ensureNamespace(connection, namespace, settings.retentionDays);
  await ensureSearchAttributes(connection, namespace, settings.searchAttributes);
  if (settings.schedules.length > 0) {
    await ensureSchedules(connection, namespace, settings.schedules);
  }
}
