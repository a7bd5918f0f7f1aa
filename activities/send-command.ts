import { setTimeout as delay } from 'node:timers/promises';
import type { DbOrTx } from '../db/import/database.ts';
import { findOutage } from '../db/outage.ts';
import type { Outcomes } from '../db/record/apply-command.ts';
import { findOutcome, insertCommand, type Submission } from '../db/record/submit-command.ts';
import type { ActorSnapshot } from '../domain/kernel/actor.ts';
import type { CommandBody, CommandOutcome } from '../domain/kernel/command.ts';
import type { Engine, RosterReference } from './drain-roster.ts';
import { ensureRunning } from './ensure-running.ts';
import { type JudgeServices, judgeTogether } from './judge-together.ts';

/** What the API works with. */
export type CommandServices = JudgeServices;

/** A command as the API hands it on: the actor from the session, never from the body. */
export interface SentCommand {
  readonly rosterId: string;
  readonly actor: ActorSnapshot;
  readonly idempotencyKey: string;
  readonly body: CommandBody;
}

type Applied = Extract<CommandOutcome, { kind: 'applied' }>;
type Refused = Extract<CommandOutcome, { kind: 'refused' }>;

/** `accepted`: 已收到，尚未生效 — the row is kept and will be judged; ask again for its outcome. */
export type CommandAnswer =
  | { readonly kind: 'applied'; readonly commandId: string; readonly outcome: Applied }
  | { readonly kind: 'refused'; readonly commandId: string | null; readonly outcome: Refused }
  | { readonly kind: 'accepted'; readonly commandId: string };

/** After this the caller is told that the command is kept but not yet in force. */
const ANSWER_MS_MAX = 10_000;

/** Between two tries while the engine is away or full. */
const AGAIN_MS = 150;

/**
 * 递交指令 — writes the row, has it judged and answers with what was committed. Limits and timeouts of
 * the engine are never refusals. Throws when the record cannot be reached for the row: then the caller
 * cannot know whether it was taken, and sends the same again.
 */
export async function sendCommand(
  services: CommandServices,
  command: SentCommand,
  { limitMs = ANSWER_MS_MAX }: { readonly limitMs?: number } = {},
): Promise<CommandAnswer> {
  const { db, clock } = services;
  const receivedAt = await clock.now();
  const submission = await insertCommand(db, { ...command, receivedAt });
  if (submission.kind === 'unknown-roster')
    return refuse(receivedAt, 'UNKNOWN-ROSTER', '没有这份名单，请刷新后重试');
  if (submission.kind === 'conflict') {
    const words = '同一次提交的内容前后不一致，请刷新页面后重新提交';
    return refuse(receivedAt, 'IDEMPOTENCY-KEY-REUSED', words);
  }
  const { id: commandId, procedure } = submission;
  const roster = { rosterId: command.rosterId, procedure };
  const outcome = await awaitOutcome(services, roster, submission, limitMs);
  if (outcome === null) return { kind: 'accepted', commandId };
  if (outcome.kind === 'refused') return { kind: 'refused', commandId, outcome };
  await startRuns(services, procedure, outcome.children, limitMs);
  return { kind: 'applied', commandId, outcome };
}

async function awaitOutcome(
  services: CommandServices,
  roster: RosterReference,
  submission: Submission,
  limitMs: number,
): Promise<CommandOutcome | null> {
  const until = Date.now() + limitMs;
  // One sent before may have been judged long ago; then nobody need be asked at all.
  let found = submission.kind === 'inserted' ? null : await lookUp(services.db, submission.id);
  for (;;) {
    const leftMs = until - Date.now();
    if (found !== null || leftMs <= 0) return found;
    const judged = await tryJudging(services, roster, leftMs);
    if (judged === null) await delay(Math.min(AGAIN_MS, leftMs));
    found = judged?.get(submission.id) ?? (await lookUp(services.db, submission.id));
  }
}

/** The row is ours since it was written: a database that is away from then on only delays the answer. */
async function lookUp(db: DbOrTx, commandId: string): Promise<CommandOutcome | null> {
  try {
    return (await findOutcome(db, commandId))?.outcome ?? null;
  } catch (error) {
    if (findOutage(error) === undefined) throw error;
    return null;
  }
}

/** Null when no answer came in time; the call goes on for the others who wait for it. */
async function tryJudging(
  services: CommandServices,
  roster: RosterReference,
  limitMs: number,
): Promise<Outcomes | null> {
  const late = new AbortController();
  const { signal } = late;
  const tooLate = delay(limitMs, null, { signal }).catch(() => null);
  const judged = judgeTogether(services, roster, ANSWER_MS_MAX);
  return Promise.race([judged, tooLate]).finally(() => late.abort());
}

/**
 * Starts the runs of lists that are in the record already. One whose start fails here is started by its
 * first command or by the sweep, so no failure is told.
 */
async function startRuns(
  engine: Engine,
  procedure: string,
  rosterIds: readonly string[],
  limitMs: number,
): Promise<void> {
  const start = (rosterId: string) => ensureRunning(engine, { rosterId, procedure, open: true });
  await engine.client.withDeadline(Date.now() + limitMs, () =>
    Promise.allSettled(rosterIds.map(start)),
  );
}

function refuse(at: number, code: string, words: string): CommandAnswer {
  return {
    kind: 'refused',
    commandId: null,
    outcome: { kind: 'refused', at, refusals: [{ code, words }] },
  };
}
