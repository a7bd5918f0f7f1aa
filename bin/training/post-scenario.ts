/** 载入场景 over the API, as any administrator would. */
import { z } from 'zod';
import { TRAINING_ADMINISTRATOR, TRAINING_PASSWORD } from '../../scenario/default-people.ts';
import { StartFailure } from '../embedded/start-failure.ts';

/** Bigger than any load takes; a hanging one is told of. */
const LOAD_MS_MAX = 120_000;

const Problem = z.object({ title: z.string(), detail: z.string(), missing: z.array(z.string()) });

const Loaded = z.object({
  title: z.string(),
  now: z.string(),
  packId: z.string(),
  villages: z.array(z.object({ name: z.string(), households: z.number() })),
  people: z.array(z.object({ name: z.string(), password: z.string(), words: z.string() })),
  unconfirmed: z.array(z.object({ path: z.string(), words: z.string() })),
});

/** What the instance holds after the load. */
export type LoadedScenario = z.output<typeof Loaded>;

/** Signs in as the training administrator and loads `text` (YAML). Fails with what the API said. */
export async function postScenario(pageUrl: string, text: string): Promise<LoadedScenario> {
  const root = `${pageUrl}/api/v1`;
  const credentials = { name: TRAINING_ADMINISTRATOR, password: TRAINING_PASSWORD };
  const session = await send(`${root}/session`, 'application/json', JSON.stringify(credentials));
  if (session.status !== 200) throw failure('不能登录', session.json);
  const cookie = session.cookies.map((line) => line.split(';')[0]).join('; ');
  const loaded = await send(`${root}/scenario`, 'application/yaml', text, cookie);
  if (loaded.status !== 200) throw failure('场景没有载入', loaded.json);
  return Loaded.parse(loaded.json);
}

async function send(url: string, type: string, body: string, cookie = '') {
  const headers = { 'content-type': type, 'x-gongshi': '1', cookie };
  const signal = AbortSignal.timeout(LOAD_MS_MAX);
  const response = await fetch(url, { method: 'POST', headers, body, signal });
  const json: unknown = await response.json();
  return { status: response.status, json, cookies: response.headers.getSetCookie() };
}

function failure(what: string, json: unknown): StartFailure {
  const problem = Problem.safeParse(json);
  if (!problem.success) return new StartFailure(what);
  const { title, detail, missing } = problem.data;
  const lines = missing.length > 0 ? missing : [detail];
  return new StartFailure([`${what}:${title}`, ...lines.map((line) => `  ${line}`)].join('\n'));
}
