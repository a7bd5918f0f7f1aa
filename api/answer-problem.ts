/** Turns whatever a route throws into problem+json; only a bug or an outage is logged. */
import type { NextFunction, Request, Response } from 'express';
import type { Logger } from 'pino';
import { z } from 'zod';
import {
  ApiProblem,
  type ProblemJson,
  problemJson,
  RefusedProblem,
  refusedJson,
} from './problem.ts';

/** Codes of the driver and of PostgreSQL for a database that is away, starting or shutting down. */
const AWAY =
  /^(ECONNREFUSED|ECONNRESET|CONNECT_TIMEOUT|CONNECTION_(CLOSED|ENDED|DESTROYED)|57P0[1-3])$/;

/** Error handler of the application. */
export function answerProblem(
  log: Logger,
  error: unknown,
  request: Request,
  response: Response,
  next: NextFunction,
): void {
  if (response.headersSent) {
    next(error);
    return;
  }
  const body = bodyOf(error);
  // Names only: messages of the driver may quote a row.
  if (body.status >= 500) log.error({ method: request.method, error: namesOf(error) });
  response.status(body.status).type('application/problem+json').send(JSON.stringify(body));
}

function bodyOf(error: unknown): z.output<typeof ProblemJson> {
  if (error instanceof RefusedProblem) return refusedJson(error);
  return problemJson(apiProblemOf(error));
}

function apiProblemOf(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error;
  if (error instanceof z.ZodError) {
    const places = [...new Set(error.issues.flatMap(placesOf))];
    const where = places.filter((place) => place !== '').join('、');
    const words = where === '' ? '内容的格式不对' : `这些项目不符合要求：${where}`;
    return new ApiProblem('MALFORMED', words, { missing: places });
  }
  const kind = fieldOf(error, 'type');
  if (kind === 'entity.parse.failed')
    return new ApiProblem('MALFORMED-JSON', '内容不是有效的 JSON');
  if (kind === 'entity.too.large') return new ApiProblem('TOO-LARGE', '内容超过大小限制');
  if (kind === 'charset.unsupported' || kind === 'encoding.unsupported') {
    return new ApiProblem('CONTENT-TYPE', '不接受这种编码');
  }
  const status = fieldOf(error, 'status');
  if (error instanceof URIError || status === 400)
    return new ApiProblem('MALFORMED', '地址无法读取');
  if (isAway(error)) return new ApiProblem('UNAVAILABLE', '数据库暂时连接不上，内容没有提交');
  return new ApiProblem('INTERNAL', '系统内部错误，请联系管理员');
}

/** Unknown fields are named themselves; everything else by its path. */
function placesOf(issue: z.core.$ZodIssue): readonly string[] {
  const path = issue.path.map(String);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => [...path, key].join('.'));
  }
  return [path.join('.')];
}

function fieldOf(error: unknown, name: string): unknown {
  return typeof error === 'object' && error !== null ? Reflect.get(error, name) : undefined;
}

function isAway(error: unknown): boolean {
  for (let current = error; current instanceof Error; current = current.cause) {
    if (AWAY.test(String(fieldOf(current, 'code')))) return true;
  }
  return false;
}

function namesOf(error: unknown): readonly string[] {
  const names: string[] = [];
  for (let current = error; current instanceof Error; current = current.cause) {
    // The stack without its first lines, which hold the message.
    const frame = current.stack?.split('\n').find((line) => /^\s+at /.test(line));
    names.push(`${current.name}${frame ?? ''}`);
  }
  return names.length > 0 ? names : [typeof error];
}
