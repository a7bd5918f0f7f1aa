/** 变动通知: server-sent events, so that pages show a list as it is without asking again and again. */
import type { Request, Response } from 'express';
import { z } from 'zod';
import { actorOf } from '../actor.ts';
import { readableUnits } from '../area.ts';
import { defineRoute } from '../define-route.ts';
import type { ApiDeps } from '../deps.ts';
import type { Follower } from '../roster-changes.ts';

/** A page that reads this slowly is cut off and connects anew, bytes. */
const BACKLOG_MAX = 256 * 1024;

/** Units that the user may read now; rejects when the session has ended meanwhile. */
async function currentUnits(deps: ApiDeps, request: Request): Promise<ReadonlySet<string>> {
  await new Promise<void>((resolve, reject) => {
    request.session.reload((error: unknown) => (error ? reject(error) : resolve()));
  });
  const actor = await actorOf(deps.db, request);
  return new Set(await readableUnits(deps.db, actor, await deps.now()));
}

function followerOf(
  deps: ApiDeps,
  request: Request,
  response: Response,
  first: ReadonlySet<string>,
): Follower {
  let units = first;
  const write = (text: string): void => {
    if (response.writableLength > BACKLOG_MAX) response.destroy();
    else if (!response.writableEnded) response.write(text);
  };
  return {
    ready: () => write('event: ready\ndata: {}\n\n'),
    changed({ rosterId, seq, unitCode }) {
      if (!units.has(unitCode)) return;
      write(`event: roster\ndata: ${JSON.stringify({ rosterId, seq })}\n\n`);
    },
    beat() {
      currentUnits(deps, request).then(
        (now) => {
          units = now;
          write(': beat\n\n');
        },
        // Signed out, or the database is away: the page connects anew and learns which.
        () => response.end(),
      );
    },
    end: () => response.end(),
  };
}

const getEvents = defineRoute({
  method: 'get',
  path: '/events',
  tag: '变动通知',
  summary:
    '名单变动（server-sent events）：ready 表示开始接收，应重新读取；roster 为 {rosterId, seq}；只含管辖范围内的名单',
  replies: { 200: z.string() },
  stream: true,
  async handle({ deps, request, response }) {
    const follower = followerOf(deps, request, response, await currentUnits(deps, request));
    response.set({ 'content-type': 'text/event-stream', 'x-accel-buffering': 'no' });
    const unfollow = await deps.changes.follow(follower);
    response.on('close', unfollow);
    if (response.destroyed) unfollow();
    return null;
  },
});

export const eventRoutes = [getEvents];
