/** 接口: route, schemas and documentation are one value, so none of them can fall behind another. */
import type { Request, Response } from 'express';
import { z } from 'zod';
import type { ActorSnapshot } from '../domain/kernel/actor.ts';
import type { Instant } from '../domain/time/instant.ts';
import { actorOf } from './actor.ts';
import type { ApiDeps } from './deps.ts';
import { ApiProblem } from './problem.ts';
import { requireStorable } from './storable-text.ts';

/** Nothing may be given: the default of params, query and body. */
const Nothing = z.strictObject({});
type Nothing = typeof Nothing;

/** Actor of open routes. */
const NOBODY: ActorSnapshot = { userId: '', name: '', duties: [], grants: [] };

/** What a handler gets: everything checked, the actor from the session. */
export interface RouteContext<P, Q, B> {
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  readonly deps: ApiDeps;
  /** Business time at which the request came. */
  readonly at: Instant;
  readonly actor: ActorSnapshot;
  readonly request: Request;
  readonly response: Response;
}

/** What a handler answers; null = it has answered the response itself (a file, an empty body). */
export type RouteReply = { readonly status: number; readonly body: unknown } | null;

interface RouteSpec<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> {
  readonly method: 'get' | 'post' | 'put' | 'delete';
  /** Below /api/v1, with :names. */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  /** Status → schema of the answer. */
  readonly replies: Readonly<Record<number, z.ZodType>>;
  readonly needsIdempotencyKey?: true;
  /** A repetition with the key of the first request gets its answer; one without a key is new. */
  readonly takesIdempotencyKey?: true;
  /** Open to those who are not signed in; the actor is then nobody. */
  readonly open?: true;
  /** May be asked before a one-time password was changed. */
  readonly withOneTimePassword?: true;
  /** The body is multipart and read by the handler. */
  readonly upload?: true;
  /** The handler checks the body itself, since it can say more about its faults. */
  readonly ownCheck?: true;
  /** The answer is text/event-stream and stays open. */
  readonly stream?: true;
  readonly handle: (
    context: RouteContext<z.output<P>, z.output<Q>, z.output<B>>,
  ) => Promise<RouteReply>;
}

/** A route as it is mounted and documented. */
export interface Route {
  readonly method: 'get' | 'post' | 'put' | 'delete';
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly params: z.ZodType;
  readonly query: z.ZodType;
  readonly body: z.ZodType | null;
  readonly replies: Readonly<Record<number, z.ZodType>>;
  readonly needsIdempotencyKey: boolean;
  readonly takesIdempotencyKey: boolean;
  readonly open: boolean;
  readonly upload: boolean;
  readonly ownCheck: boolean;
  readonly stream: boolean;
  readonly run: (deps: ApiDeps, request: Request, response: Response) => Promise<void>;
}

/** Couples a handler with its schemas. Whatever does not fit them is refused before it runs. */
export function defineRoute<
  P extends z.ZodType = Nothing,
  Q extends z.ZodType = Nothing,
  B extends z.ZodType = Nothing,
>(spec: RouteSpec<P, Q, B>): Route {
  const params: z.ZodType = spec.params ?? Nothing;
  const query: z.ZodType = spec.query ?? Nothing;
  const body: z.ZodType = spec.body ?? Nothing;
  return {
    method: spec.method,
    path: spec.path,
    tag: spec.tag,
    summary: spec.summary,
    params,
    query,
    body: spec.body ?? null,
    replies: spec.replies,
    needsIdempotencyKey: spec.needsIdempotencyKey ?? false,
    takesIdempotencyKey: spec.takesIdempotencyKey ?? false,
    open: spec.open ?? false,
    upload: spec.upload ?? false,
    ownCheck: spec.ownCheck ?? false,
    stream: spec.stream ?? false,
    async run(deps, request, response) {
      // Sign-in first: whoever is not signed in learns nothing about what a body should be.
      const withOneTimePassword = spec.withOneTimePassword ?? false;
      const actor =
        spec.open === true ? NOBODY : await actorOf(deps.db, request, { withOneTimePassword });
      if (spec.needsIdempotencyKey === true) idempotencyKeyOf(request);
      if (spec.takesIdempotencyKey === true) findIdempotencyKey(request);
      requireStorable(request.params, request.query, request.body);
      const checkedBody = (): unknown => {
        if (spec.upload === true) return {};
        return spec.ownCheck === true ? request.body : body.parse(request.body ?? {});
      };
      const reply = await spec.handle({
        // The schemas are those of the type parameters, or `Nothing` where a part was left out.
        params: params.parse(request.params) as z.output<P>,
        query: query.parse(request.query) as z.output<Q>,
        body: checkedBody() as z.output<B>,
        deps,
        at: await deps.now(),
        actor,
        request,
        response,
      });
      if (reply !== null) response.status(reply.status).json(reply.body);
    },
  };
}

const KEY_SHAPE = /^[\w.:-]{8,100}$/;

/** 防重复提交的编号 from the header; undefined when missing, refused when malformed. */
export function findIdempotencyKey(request: Request): string | undefined {
  return request.get('idempotency-key') === undefined ? undefined : idempotencyKeyOf(request);
}

/** 防重复提交的编号 from the header; refused when missing or malformed. */
export function idempotencyKeyOf(request: Request): string {
  const key = request.get('idempotency-key');
  if (key === undefined || !KEY_SHAPE.test(key)) {
    throw new ApiProblem(
      'IDEMPOTENCY-KEY-MISSING',
      '请求须带 Idempotency-Key（8 至 100 位字母、数字或 . : - _）',
      { missing: ['Idempotency-Key'] },
    );
  }
  return key;
}
