/** 递交的两条路 — how a benchmark's sign-offs go in: at the Update seam as the API sends them, or by HTTP. */
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type CommandServices, sendCommand } from '../activities/send-command.ts';
import { invariant } from '../domain/invariant.ts';
import type { ActorSnapshot } from '../domain/kernel/actor.ts';
import type { CommandBody } from '../domain/kernel/command.ts';
import type { Instant } from '../domain/time/instant.ts';
import { PASSWORD } from './bench-county.ts';

/** What a sender is told of a command that was judged. */
export type SeamAnswer =
  | { readonly kind: 'applied'; readonly at: Instant }
  | { readonly kind: 'refused'; readonly codes: readonly string[] };

/** Sends one command and waits until it is judged. */
export type Seam = (
  rosterId: string,
  actor: ActorSnapshot,
  body: CommandBody,
) => Promise<SeamAnswer>;

/** On a busy machine an answer may take long; it is waited for and counts. */
const LIMIT_MS = 60_000;

/** `sendCommand` in this process: row, Update, outcome. */
export function updateSeam(services: CommandServices): Seam {
  return async (rosterId, actor, body) => {
    const command = { rosterId, actor, idempotencyKey: randomUUID(), body };
    const answer = await sendCommand(services, command, { limitMs: LIMIT_MS });
    invariant(answer.kind !== 'accepted', `${body.type} is judged in time`);
    if (answer.kind === 'applied') return { kind: 'applied', at: answer.outcome.at };
    return { kind: 'refused', codes: answer.outcome.refusals.map(({ code }) => code) };
  };
}

const AppliedReply = z.object({ outcome: z.object({ at: z.number() }) });
const RefusedReply = z.object({ refusals: z.array(z.object({ code: z.string() })) });

/** The product's own API; each person signs in once and keeps the session. */
export function httpSeam(url: string): Seam {
  const cookies = new Map<string, Promise<string>>();
  const call = (path: string, body: unknown, headers: Record<string, string>) =>
    fetch(new URL(path, url), {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  async function signIn(name: string): Promise<string> {
    const response = await call('/api/v1/session', { name, password: PASSWORD }, {});
    const [cookie] = response.headers.getSetCookie();
    invariant(response.status === 200 && cookie !== undefined, `${name} signs in`);
    return cookie.split(';')[0] ?? '';
  }
  return async (rosterId, { userId }, body) => {
    const signedIn = cookies.get(userId) ?? signIn(userId);
    cookies.set(userId, signedIn);
    const headers = { cookie: await signedIn, 'idempotency-key': randomUUID() };
    const response = await call(`/api/v1/rosters/${rosterId}/commands`, body, headers);
    const json: unknown = await response.json();
    if (response.status === 200)
      return { kind: 'applied', at: AppliedReply.parse(json).outcome.at };
    invariant(response.status === 409, `${body.type} is judged in time: ${response.status}`);
    return { kind: 'refused', codes: RefusedReply.parse(json).refusals.map(({ code }) => code) };
  };
}
