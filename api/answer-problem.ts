/** Turns whatever a route throws into problem+json; only a bug or an outage is logged. */
import type { NextFunction, Request, Response } from 'express';
import type { Logger } from 'pino';
import { z } from 'zod';
import { RegistryLoadFailed } from '../activities/load-registry.ts';
import { findOutage } from '../db/outage.ts';
import { ScenarioFault } from '../scenario/faults.ts';
import {
  ApiProblem,
  type ProblemJson,
  problemJson,
  RefusedProblem,
  refusedJson,
} from './problem.ts';

/** When to come back after 503: outages are seconds to minutes, and asking costs little. */
const RETRY_AFTER_S = 3;

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
  if (body.status === 503) response.set('retry-after', String(RETRY_AFTER_S));
  response.status(body.status).type('application/problem+json').send(JSON.stringify(body));
}

function bodyOf(error: unknown): z.output<typeof ProblemJson> {
  if (error instanceof RefusedProblem) return refusedJson(error);
  return problemJson(apiProblemOf(error));
}

function apiProblemOf(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error;
  if (error instanceof ScenarioFault) return scenarioProblem(error);
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
  if (error instanceof RegistryLoadFailed) {
    return new ApiProblem('UNAVAILABLE', '登记系统（演练）没有接受数据，场景没有载入');
  }
  return outageProblemOf(error) ?? new ApiProblem('INTERNAL', '系统内部错误，请联系管理员');
}

/** Whether a lost request was taken is not known: the words promise only that repeating is harmless. */
function outageProblemOf(error: unknown): ApiProblem | undefined {
  const again = '请稍后用同一份内容再提交一次，不会重复办理';
  switch (findOutage(error)) {
    case 'away':
      return new ApiProblem('UNAVAILABLE', `数据库暂时连接不上，${again}`);
    case 'full':
      return new ApiProblem('UNAVAILABLE', '存储空间不足，内容没有保存，请联系管理员');
    case undefined:
      break;
  }
  const name = fieldOf(error, 'name');
  if (name === 'RegistryUnavailable' || name === 'RegistryAnswerUnknown') {
    return new ApiProblem('UNAVAILABLE', `登记系统暂时连接不上，${again}`);
  }
  return undefined;
}

/** Enough to begin with; `missing` has all of them. */
const FAULTS_SHOWN = 5;

function scenarioProblem({ faults }: ScenarioFault): ApiProblem {
  const missing = faults.map(({ path, words }) => `${path}：${words}`);
  const more = missing.length > FAULTS_SHOWN ? `等${missing.length}处` : '';
  const words = `${missing.slice(0, FAULTS_SHOWN).join('；')}${more}`;
  return new ApiProblem('SCENARIO-FAULTY', words, { missing });
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

function namesOf(error: unknown): readonly string[] {
  const names: string[] = [];
  for (let current = error; current instanceof Error; current = current.cause) {
    // The stack without its first lines, which hold the message.
    const frame = current.stack?.split('\n').find((line) => /^\s+at /.test(line));
    names.push(`${current.name}${frame ?? ''}`);
  }
  return names.length > 0 ? names : [typeof error];
}
