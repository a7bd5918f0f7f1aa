/** 接口 — the one place that speaks HTTP. Addresses are relative to /api/v1; bodies are JSON. */
import type { Warning } from '../domain/kernel/refusal.ts';
import { newKey } from './request-key.ts';

const BASE = '/api/v1';

/** 问题说明 — an answer of the API that is not a success, in words for the user. */
export interface Problem {
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly refusals: readonly ShownRefusal[];
}

/** A refusal as the API sends it: clause in words, instants in RFC 3339. */
export interface ShownRefusal {
  readonly code: string;
  readonly words: string;
  readonly clause: string | null;
  /** The clause's own words. */
  readonly quote: string | null;
  readonly missing: readonly string[];
  readonly whoClears: string | null;
  readonly earliestAt: string | null;
  readonly cases: readonly string[];
}

/** Thrown by reads, so that a page shows the words instead of data. */
export class ProblemError extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.detail || problem.title);
    this.problem = problem;
  }
}

/** 处理结果 as a form shows it. `pending` = 已收到，尚未生效; asking again with the same key is safe. */
export type CommandAnswer =
  | { readonly kind: 'applied'; readonly warnings: readonly Warning[] }
  | { readonly kind: 'pending'; readonly words: string }
  | { readonly kind: 'refused'; readonly problem: Problem };

const UNREACHABLE: Problem = {
  status: 0,
  title: '连接不上服务器',
  detail: '连接不上服务器，内容没有丢失，请稍后再提交一次。',
  refusals: [],
};

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isRefusal(value: unknown): value is ShownRefusal {
  return isObject(value) && typeof value['code'] === 'string' && typeof value['words'] === 'string';
}

/** The API's own problems spell their one reason out in the outer fields. */
function outerRefusal(fields: Record<string, unknown>): readonly ShownRefusal[] {
  const outer = { ...fields, words: fields['detail'], cases: [] };
  return isRefusal(outer) && Array.isArray(outer.missing) ? [outer] : [];
}

/** What single lists refused of something sent to many. */
function partRefusals(body: unknown): readonly ShownRefusal[] {
  const parts =
    isObject(body) && Array.isArray(body['parts']) ? body['parts'].filter(isObject) : [];
  return parts.flatMap(({ refusals }) =>
    Array.isArray(refusals) ? refusals.filter(isRefusal) : [],
  );
}

function problemOf(status: number, body: unknown): Problem {
  const fields = isObject(body) ? body : {};
  const listed = Array.isArray(fields['refusals']) ? fields['refusals'].filter(isRefusal) : [];
  const text = (key: string, instead: string): string =>
    typeof fields[key] === 'string' && fields[key] !== '' ? fields[key] : instead;
  return {
    status,
    title: text('title', '没有办成'),
    detail: text('detail', '没有办成，请稍后再试。'),
    refusals: listed.length > 0 ? listed : outerRefusal(fields),
  };
}

async function readBody(response: Response): Promise<unknown> {
  const text = await response.text();
  if (text === '') return null;
  const type = response.headers.get('content-type') ?? '';
  return type.includes('json') ? (JSON.parse(text) as unknown) : null;
}

/** Status and parsed body; a server that cannot be reached is status 0. */
async function send(path: string, init: RequestInit): Promise<{ status: number; body: unknown }> {
  const response = await fetch(`${BASE}${path}`, { credentials: 'same-origin', ...init }).catch(
    () => null,
  );
  if (response === null) return { status: 0, body: UNREACHABLE };
  return { status: response.status, body: await readBody(response) };
}

function requestOf(method: string, body: unknown, key?: string): RequestInit {
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  if (key !== undefined) headers['idempotency-key'] = key;
  return { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) };
}

function succeeded<T>(status: number, body: unknown): T {
  if (status >= 200 && status < 300) return body as T;
  throw new ProblemError(status === 0 ? UNREACHABLE : problemOf(status, body));
}

/** Reads a resource. Throws ProblemError, with status 401 when nobody is signed in. */
export async function read<T>(path: string): Promise<T> {
  const { status, body } = await send(path, { method: 'GET' });
  return succeeded<T>(status, body);
}

/** Writes to a resource that is no roster command. Throws ProblemError. */
export async function write<T>(
  method: 'POST' | 'PUT' | 'DELETE',
  path: string,
  content?: unknown,
  key?: string,
): Promise<T> {
  const { status, body } = await send(path, requestOf(method, content, key));
  return succeeded<T>(status, body);
}

const unanswered = new Map<string, string>();

/**
 * POST of something to be made once: sent again after a lost answer, the same content carries the same
 * key, so that nothing is made twice. Throws ProblemError.
 */
export async function writeOnce<T>(path: string, content: unknown): Promise<T> {
  const attempt = `${path} ${JSON.stringify(content)}`;
  const key = unanswered.get(attempt) ?? newKey();
  unanswered.set(attempt, key);
  const { status, body } = await send(path, requestOf('POST', content, key));
  if (status !== 0 && status < 500) unanswered.delete(attempt);
  return succeeded<T>(status, body);
}

/** Sends something that is judged by law. A refusal is a value; `key` makes a repetition harmless. */
export async function submit(path: string, content: unknown, key: string): Promise<CommandAnswer> {
  const { status, body } = await send(path, requestOf('POST', content, key));
  if (status === 0) return { kind: 'refused', problem: UNREACHABLE };
  if (status === 202) {
    const words = isObject(body) && typeof body['words'] === 'string' ? body['words'] : '';
    return { kind: 'pending', words };
  }
  if (status < 200 || status >= 300) return { kind: 'refused', problem: problemOf(status, body) };
  const refusals = partRefusals(body);
  if (refusals.length > 0) {
    const title = '有的名单没有办成';
    return { kind: 'refused', problem: { status, title, detail: title, refusals } };
  }
  const outcome = isObject(body) && isObject(body['outcome']) ? body['outcome'] : {};
  const warnings = Array.isArray(outcome['warnings']) ? outcome['warnings'] : [];
  return { kind: 'applied', warnings: warnings as readonly Warning[] };
}

/** Uploads one file, with what else the form says. Throws ProblemError. */
export async function upload<T>(
  path: string,
  file: Blob,
  name: string,
  fields: Readonly<Record<string, string>> = {},
): Promise<T> {
  const form = new FormData();
  for (const [key, value] of Object.entries(fields)) form.append(key, value);
  form.append('file', file, name);
  const { status, body } = await send(path, {
    method: 'POST',
    headers: { 'x-gongshi': 'page' },
    body: form,
  });
  return succeeded<T>(status, body);
}

/** Uploads a photo or scan and returns its content hash. Throws ProblemError. */
export async function uploadFile(file: Blob, name: string): Promise<string> {
  return (await upload<{ readonly hash: string }>('/files', file, name)).hash;
}
