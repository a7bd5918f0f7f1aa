import { setTimeout as delay } from 'node:timers/promises';
import { eq } from 'drizzle-orm';
import type { Clock } from '../db/clock.ts';
import type { DbOrTx } from '../db/import/database.ts';
import { findOutcome, insertCommand } from '../db/record/submit-command.ts';
import { rosters } from '../db/schema/record.ts';
import type { ActorSnapshot } from '../domain/kernel/actor.ts';
import type { CommandBody, CommandOutcome } from '../domain/kernel/command.ts';
import type { Engine, RosterReference } from './drain-roster.ts';
import { ensureRunning } from './ensure-running.ts';
import { drainTogether } from './shared-drain.ts';

/** What the API works with. */
export interface CommandServices extends Engine {
  readonly db: DbOrTx;
  readonly clock: Clock;
}

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
 * the engine are never refusals. Throws when the record cannot be reached: then nothing was taken.
 */
export async function sendCommand(
  services: CommandServices,
  command: SentCommand,
  { limitMs = ANSWER_MS_MAX }: { readonly limitMs?: number } = {},
): Promise<CommandAnswer> {
  const { db, clock } = services;
  const receivedAt = await clock.now();
  const roster = await findRoster(db, command.rosterId);
  if (roster === undefined)
    return refuse(receivedAt, 'UNKNOWN-ROSTER', '没有这份名单，请刷新后重试');
  const submission = await insertCommand(db, { ...command, receivedAt });
  if (submission.kind === 'conflict') {
    const words = '同一次提交的内容前后不一致，请刷新页面后重新提交';
    return refuse(receivedAt, 'IDEMPOTENCY-KEY-REUSED', words);
  }
  const outcome = await awaitOutcome(services, roster, submission.id, limitMs);
  if (outcome === null) return { kind: 'accepted', commandId: submission.id };
  if (outcome.kind === 'refused') return { kind: 'refused', commandId: submission.id, outcome };
  await startChildren(services, roster, outcome.children, limitMs);
  return { kind: 'applied', commandId: submission.id, outcome };
}

async function awaitOutcome(
  services: CommandServices,
  roster: RosterReference,
  commandId: string,
  limitMs: number,
): Promise<CommandOutcome | null> {
  const until = Date.now() + limitMs;
  for (;;) {
    // Somebody else's drain may have judged it already; then the engine need not be asked at all.
    const found = (await findOutcome(services.db, commandId))?.outcome ?? null;
    const leftMs = until - Date.now();
    if (found !== null || leftMs <= 0) return found;
    if (!(await tryDrain(services, roster, leftMs))) await delay(Math.min(AGAIN_MS, leftMs));
  }
}

/** False when no answer came in time; the call goes on for the others who wait for it. */
async function tryDrain(
  engine: Engine,
  roster: RosterReference,
  limitMs: number,
): Promise<boolean> {
  const late = new AbortController();
  const { signal } = late;
  const tooLate = delay(limitMs, false, { signal }).catch(() => false);
  const drained = drainTogether(engine, roster, ANSWER_MS_MAX);
  return Promise.race([drained, tooLate]).finally(() => late.abort());
}

/** A list split off lives in the record already; one whose start fails here is started by the sweep. */
async function startChildren(
  engine: Engine,
  { procedure }: RosterReference,
  children: readonly string[],
  limitMs: number,
): Promise<void> {
  const start = (rosterId: string) => ensureRunning(engine, { rosterId, procedure, open: true });
  await engine.client.withDeadline(Date.now() + limitMs, () =>
    Promise.allSettled(children.map(start)),
  );
}

async function findRoster(db: DbOrTx, rosterId: string): Promise<RosterReference | undefined> {
  const { id, procedure } = rosters;
  const [row] = await db.select({ rosterId: id, procedure }).from(rosters).where(eq(id, rosterId));
  return row;
}

function refuse(at: number, code: string, words: string): CommandAnswer {
  return {
    kind: 'refused',
    commandId: null,
    outcome: { kind: 'refused', at, refusals: [{ code, words }] },
  };
}
