/** 指令: what somebody asks of a list, judged once. */
import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { commands } from '../../db/schema/record.ts';
import type { CommandType } from '../../domain/kernel/command.ts';
import { defineRoute, idempotencyKeyOf, type RouteReply } from '../define-route.ts';
import type { ApiDeps, CommandToSend } from '../deps.ts';
import { CommandBodyJson, INNER_COMMANDS } from '../json/command.ts';
import { Id } from '../json/parts.ts';
import { API_ROOT } from '../openapi.ts';
import { ApiProblem, type Clauses, isoInstant, RefusedProblem, refusedJson } from '../problem.ts';
import { actionableRoster, readableRoster } from '../roster-access.ts';
import { rosterView } from '../roster-view.ts';

const WAITING_WORDS = '已收到，尚未生效';

const AppliedJson = z.strictObject({
  outcome: z.record(z.string(), z.unknown()),
  roster: z.record(z.string(), z.unknown()),
});

/** Answer of a command that is not in force yet. */
export const WaitingJson = z.strictObject({
  commandId: z.string(),
  address: z.string(),
  words: z.string(),
});

/** Sends a command and gives its answer: 200 with the list as it is now, 202, or a refusal. */
export async function answerCommand(
  deps: ApiDeps,
  command: CommandToSend,
  clauses: Clauses,
): Promise<RouteReply> {
  const sent = await deps.engine.sendCommand(command);
  switch (sent.kind) {
    case 'refused':
      throw new RefusedProblem(sent.outcome.refusals, clauses);
    case 'accepted':
      return { status: 202, body: waitingBody(sent.commandId) };
    case 'applied': {
      const { rosterId, actor } = command;
      const at = await deps.now();
      const row = await readableRoster(deps.db, actor, at, rosterId);
      const roster = await rosterView(deps.db, row, at);
      return { status: 200, body: { outcome: sent.outcome, roster } };
    }
  }
}

function waitingBody(commandId: string) {
  return { commandId, address: `${API_ROOT}/commands/${commandId}`, words: WAITING_WORDS };
}

const send = defineRoute({
  method: 'post',
  path: '/rosters/:rosterId/commands',
  tag: '指令',
  summary: '对名单办理一件事；200 已生效，202 已收到尚未生效，409 不予受理',
  params: z.strictObject({ rosterId: Id }),
  body: CommandBodyJson,
  needsIdempotencyKey: true,
  replies: { 200: AppliedJson, 202: WaitingJson },
  async handle({ deps, actor, at, params, body, request }) {
    const inner: readonly CommandType[] = INNER_COMMANDS;
    if (inner.includes(body.type)) {
      throw new ApiProblem(
        'OWN-ROUTE',
        '比对请从 /comparison-batches 办理，登记请从 /cases/{caseId}/registration 逐户办理',
      );
    }
    const { plan } = await actionableRoster(deps.db, actor, at, params.rosterId);
    const idempotencyKey = idempotencyKeyOf(request);
    const { rosterId } = params;
    return answerCommand(deps, { rosterId, actor, idempotencyKey, body }, plan.clauses);
  },
});

const getCommand = defineRoute({
  method: 'get',
  path: '/commands/:commandId',
  tag: '指令',
  summary: '指令的处理结果',
  params: z.strictObject({ commandId: Id }),
  replies: { 200: z.record(z.string(), z.unknown()) },
  async handle({ deps, actor, at, params }) {
    const [row] = await deps.db.select().from(commands).where(eq(commands.id, params.commandId));
    if (row === undefined) throw new ApiProblem('NOT-FOUND', '没有这条指令');
    const { plan } = await readableRoster(deps.db, actor, at, row.rosterId);
    const { outcome } = row;
    const problem =
      outcome?.kind === 'refused'
        ? refusedJson(new RefusedProblem(outcome.refusals, plan.clauses))
        : null;
    return {
      status: 200,
      body: {
        ...waitingBody(row.id),
        rosterId: row.rosterId,
        type: row.body.type,
        receivedAt: isoInstant(row.receivedAt),
        outcome,
        problem,
        words:
          outcome === null ? WAITING_WORDS : outcome.kind === 'applied' ? '已生效' : '不予受理',
      },
    };
  },
});

export const commandRoutes = [send, getCommand];
