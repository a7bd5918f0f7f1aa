import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { projectRoot } from './project-paths.ts';
import { StartFailure } from './start-failure.ts';

const Count = z.int().positive();

const TaskQueue = z.strictObject({
  maxConcurrentWorkflowTasks: Count,
  maxConcurrentActivities: Count,
  maxConcurrentLocalActivities: Count,
  maxCachedWorkflows: Count,
});

const Schedule = z.strictObject({
  id: z.string().min(1),
  workflow: z.string().min(1),
  taskQueue: z.string().min(1),
  /** Either an interval such as `10m`, or a cron expression read in Asia/Shanghai. */
  every: z.string().optional(),
  cron: z.string().optional(),
  args: z.array(z.json()).default([]),
});

const SearchAttributeType = z.enum([
  'Keyword',
  'Text',
  'Int',
  'Double',
  'Bool',
  'Datetime',
  'KeywordList',
]);

const TemporalFile = z
  .strictObject({
    namespace: z.string().regex(/^[a-z0-9][a-z0-9.-]*$/),
    retentionDays: z.int().min(1).max(3650),
    taskQueues: z.strictObject({ rosters: TaskQueue }),
    searchAttributes: z.record(z.string().regex(/^[A-Z][A-Za-z]*$/), SearchAttributeType),
    schedules: z.array(Schedule),
    /** Dynamic configuration of the embedded server; an external server has its own. */
    embeddedServer: z.record(z.string(), z.json()).default({}),
  })
  .refine(
    ({ schedules }) => schedules.every((s) => (s.every === undefined) !== (s.cron === undefined)),
    {
      message: 'a schedule has either `every` or `cron`',
      path: ['schedules'],
    },
  );

/** Temporal 设置 — the checked content of temporal.yaml. */
export type TemporalSettings = z.output<typeof TemporalFile>;

/** Reads Temporal's settings from text; refuses what is unknown, missing or mistyped by name. */
export function parseTemporalSettings(text: string): TemporalSettings {
  const result = TemporalFile.safeParse(parse(text));
  if (result.success) return result.data;
  throw new StartFailure(`temporal.yaml 有错误:\n${z.prettifyError(result.error)}`);
}

/** Loads temporal.yaml of this checkout. */
export async function loadTemporalSettings(): Promise<TemporalSettings> {
  return parseTemporalSettings(await readFile(join(projectRoot, 'temporal.yaml'), 'utf8'));
}
