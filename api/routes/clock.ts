/** 业务时钟. In training an administrator moves it forward; in production nobody can. */
import { and, eq, gt, min } from 'drizzle-orm';
import { z } from 'zod';
import { rosters } from '../../db/schema/record.ts';
import type { Instant } from '../../domain/time/instant.ts';
import { dutiesAt } from '../actor.ts';
import { defineRoute } from '../define-route.ts';
import type { ApiDeps } from '../deps.ts';
import { InstantJson } from '../json/parts.ts';
import { ApiProblem, isoInstant } from '../problem.ts';

const DAY_MS = 86_400_000;

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

async function destination(deps: ApiDeps, at: Instant, move: z.output<typeof Move>) {
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
  replies: { 200: ClockJson },
  async handle({ deps, actor, at, body }) {
    if (!deps.training) throw new ApiProblem('TRAINING-ONLY', '正式模式下业务时间不能调整');
    if (!dutiesAt(actor, at).some(({ duty }) => duty === 'administrator')) {
      throw new ApiProblem('NOT-YOUR-DUTY', '只有管理员可以调整演练时间', { whoClears: '管理员' });
    }
    const to = await destination(deps, at, body);
    if (to <= at) throw new ApiProblem('MALFORMED', '演练时间只能向前，不能倒拨');
    await deps.engine.advanceClock(to);
    return { status: 200, body: await reading(deps) };
  },
});

export const clockRoutes = [getClock, advance];
