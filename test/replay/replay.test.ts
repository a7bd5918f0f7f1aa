/** Lists that are open somewhere began under older code; today's must still understand them. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from '@temporalio/worker';
import { DeterminismViolationError } from '@temporalio/workflow';
import { describe, expect, test } from 'vitest';
import { invariant } from '../../domain/invariant.ts';
import { workflowBundlePath } from '../harness/test-temporal.ts';
import { RECORDED_PATHS } from './paths.ts';

interface HistoryEvent {
  eventType: string;
  activityTaskScheduledEventAttributes?: { activityType: { name: string } };
  timerStartedEventAttributes?: { timerId: string; startToFireTimeout: string };
}

const folder = join(dirname(fileURLToPath(import.meta.url)), 'histories');
const names = readdirSync(folder).filter((name) => name.endsWith('.json'));

const ACTIVITY = 'EVENT_TYPE_ACTIVITY_TASK_SCHEDULED';
const TIMER = 'EVENT_TYPE_TIMER_STARTED';

function historyOf(name: string): { events: HistoryEvent[] } {
  return JSON.parse(readFileSync(join(folder, name), 'utf8'));
}

/** The id under which the list was recorded: procedure and path. */
function rosterIdOf(name: string): string {
  return name.split('.').slice(0, 2).join('-');
}

function replay(name: string, history: { events: HistoryEvent[] }): Promise<void> {
  const workflowBundle = { codePath: workflowBundlePath() };
  return Worker.runReplayHistory({ workflowBundle }, history, rosterIdOf(name));
}

/** All that a payload may say: the fields of the contract and Temporal's own of a local activity. */
const FIELDS = new Set(
  [
    'rosterId procedure unitCode seq open stepKey stepKind nextWakeAt wakeInMs dueAt steps stepIndex',
    'effects effectId reported attempt activity_id activity_type complete_time backoff',
    'original_schedule_time seconds nanos',
  ].flatMap((line) => line.split(' ')),
);

/** Every payload of a history, decoded. */
function payloadsOf(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'data' && typeof inner === 'string'
      ? [Buffer.from(inner, 'base64').toString('utf8')]
      : payloadsOf(inner),
  );
}

describe('recorded histories', () => {
  test('every path has one, and a notice whose timer fired is among them', () => {
    expect(names.length).toBeGreaterThanOrEqual(4);
    const recorded = names.map(rosterIdOf);
    for (const { procedure, path } of RECORDED_PATHS) {
      expect(recorded).toContain(`${procedure}-${path}`);
    }
    const types = historyOf('household-exit.to-the-label.json').events.map((e) => e.eventType);
    expect(types).toContain('EVENT_TYPE_TIMER_FIRED');
    expect(types).toContain('EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED');
  });

  test.for(names)('%s replays on the code of today', async (name) => {
    await expect(replay(name, historyOf(name))).resolves.toBeUndefined();
  });

  test.for(names)('%s is far from the limits of a history: 51,200 events, 50 MB', (name) => {
    // Nothing in it grows with the households: test/domain/kernel/payload-size.test.ts.
    expect(historyOf(name).events.length).toBeLessThan(512);
    const sizes = payloadsOf(historyOf(name)).map((payload) => Buffer.byteLength(payload));
    expect(Math.max(...sizes)).toBeLessThan(4_096);
  });

  test.for(names)('%s holds step names and ids, nothing of a person', (name) => {
    const payloads = payloadsOf(historyOf(name));
    expect(payloads.length).toBeGreaterThan(5);
    const text = readFileSync(join(folder, name), 'utf8');
    const identities = [...text.matchAll(/"identity": *"([^"]*)"/g)].map(([, who]) => who);
    expect(new Set(identities)).toEqual(new Set(['recorder']));
    for (const payload of payloads) {
      const rest = payload.replace(/"steps":\[[^\]]*\]/, '');
      expect(rest).not.toMatch(/\p{Script=Han}/u);
      const fields = [...payload.matchAll(/"([^"]+)":/g)].map(([, field]) => field ?? '');
      expect(fields.filter((field) => !FIELDS.has(field))).toEqual([]);
    }
  });
});

describe('a replay that proves something', () => {
  const name = 'household-exit.to-the-label.json';

  test('an activity of another name in the history → refused', async () => {
    const history = historyOf(name);
    const scheduled = history.events.find(({ eventType }) => eventType === ACTIVITY);
    invariant(
      scheduled?.activityTaskScheduledEventAttributes !== undefined,
      'an activity was scheduled',
    );
    scheduled.activityTaskScheduledEventAttributes.activityType.name = 'tellRegistry';
    await expect(replay(name, history)).rejects.toThrow(DeterminismViolationError);
  });

  test('a timer in the history where the code calls an activity → refused', async () => {
    const history = historyOf(name);
    const scheduled = history.events.find(({ eventType }) => eventType === ACTIVITY);
    invariant(scheduled !== undefined, 'an activity was scheduled');
    delete scheduled.activityTaskScheduledEventAttributes;
    scheduled.eventType = TIMER;
    scheduled.timerStartedEventAttributes = { timerId: '99', startToFireTimeout: '1s' };
    await expect(replay(name, history)).rejects.toThrow(DeterminismViolationError);
  });
});
