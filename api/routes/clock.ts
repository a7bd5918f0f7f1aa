/** 业务时钟. In training an administrator moves it forward; in production nobody can. */
import { and, eq, gt, min } from 'drizzle-orm';
import { z } from 'zod';
import { rosters } from '../../db/schema/record.ts';
import { type Instant, plainDateAt } from '../../domain/time/instant.ts';
import { dayKind } from '../../domain/time/work-calendar.ts';
import { loadCalendars } from '../../policies/calendar-file.ts';
import { dutiesAt } from '../actor.ts';
import { defineRoute, findIdempotencyKey } from '../define-route.ts';
import type { ApiDeps } from '../deps.ts';
import { InstantJson } from '../json/parts.ts';
import { ApiProblem, isoInstant } from '../problem.ts';

const DAY_MS = 86_400_000;

const calendar = loadCalendars();

const LATE_WORDS = '业务时间已经拨到；流程服务暂时没有答复，到期的事项稍后自动办理';

const ClockJson = z.strictObject({
  now: z.number(),
  iso: z.string(),
  training: z.boolean(),
  nextEventAt: z.number().nullable(),
});

/** Earliest wake of an open list after now. */
async function nextEventAt(deps: ApiDeps, at: Instant): Promise<Instant | null> {
  const [row] = await deps.db
    .select({ next: min(rosters.nextWakeAt) })
    .from(rosters)
    .where(and(eq(rosters.open, true), gt(rosters.nextWakeAt, at)));
  return row?.next ?? null;
}

async function reading(deps: ApiDeps) {
  const now = await deps.now();
  const next = await nextEventAt(deps, now);
  return { now, iso: isoInstant(now), training: deps.training, nextEventAt: next };
}

const getClock = defineRoute({
  method: 'get',
  path: '/clock',
  tag: '业务时钟',
  summary: '业务时间和下一事项的时间',
  replies: { 200: ClockJson },
  async handle({ deps }) {
    return { status: 200, body: await reading(deps) };
  },
});

const Move = z.discriminatedUnion('to', [
  z.strictObject({ to: z.literal('instant'), at: InstantJson }),
  z.strictObject({ to: z.literal('days'), days: z.number().int().min(1).max(400) }),
  z.strictObject({ to: z.literal('next-event') }),
]);

async function destination(deps: ApiDeps, move: z.output<typeof Move>): Promise<Instant> {
  const at = await deps.now();
  const to = await destinationFrom(deps, at, move);
  if (to <= at) throw new ApiProblem('MALFORMED', '演练时间只能向前，不能倒拨');
  // The clock never goes back: a slip into a year without a calendar would end the training.
  const day = dayKind(plainDateAt(to), calendar);
  if (day.kind === 'unknown-year') {
    const words = `没有${day.year}年的节假日安排，不能拨到那一年（演练时间拨过去就拨不回来）`;
    throw new ApiProblem('MALFORMED', words, { missing: [`${day.year}年节假日安排`] });
  }
  return to;
}

async function destinationFrom(deps: ApiDeps, at: Instant, move: z.output<typeof Move>) {
  switch (move.to) {
    case 'instant':
      return move.at;
    case 'days':
      return at + move.days * DAY_MS;
    case 'next-event': {
      const next = await nextEventAt(deps, at);
      if (next === null) throw new ApiProblem('WRONG-STATE', '现在没有等待中的事项');
      return next;
    }
  }
}

const advance = defineRoute({
  method: 'post',
  path: '/clock/advance',
  tag: '业务时钟',
  summary: '演练模式下把业务时间向前拨，到期的事项依次发生',
  body: Move,
  takesIdempotencyKey: true,
  replies: { 200: ClockJson },
  async handle({ deps, actor, at, body, request }) {
    if (!deps.training) throw new ApiProblem('TRAINING-ONLY', '正式模式下业务时间不能调整');
    if (!dutiesAt(actor, at).some(({ duty }) => duty === 'administrator')) {
      throw new ApiProblem('NOT-YOUR-DUTY', '只有管理员可以调整演练时间', {
        missing: ['管理员办理'],
        whoClears: '管理员',
      });
    }
    const idempotencyKey = findIdempotencyKey(request);
    const { userId } = actor;
    const moved = await deps.engine.advanceClock({
      findTo: () => destination(deps, body),
      ...(idempotencyKey !== undefined && { request: { userId, idempotencyKey, body } }),
    });
    switch (moved.kind) {
      case 'conflict':
        throw new ApiProblem('CONFLICT', '同一次提交的内容前后不一致，请刷新页面后重新提交');
      case 'not-training':
        throw new ApiProblem('TRAINING-ONLY', '这里没有演练时钟');
      case 'moved':
        if (!moved.isComplete) throw new ApiProblem('UNAVAILABLE', LATE_WORDS);
        return { status: 200, body: await reading(deps) };
    }
  },
});

export const clockRoutes = [getClock, advance];
