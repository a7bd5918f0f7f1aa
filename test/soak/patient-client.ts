/** 耐心的客户端 — does what a real client must: the same request with the same key until it has an answer. */
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { TRAINING_PASSWORD } from '../../scenario/default-people.ts';

/** What the API finally answered. */
export interface FinalAnswer {
  readonly status: number;
  readonly json: Readonly<Record<string, unknown>>;
}

interface Answer extends FinalAnswer {
  readonly retryAfter: string | null;
}

/** A command as its sender remembers it: what the checker holds the record against. */
export interface SentCommand {
  readonly userId: string;
  readonly rosterId: string;
  readonly key: string;
  /** Ids that 202 answers gave it. */
  readonly acceptedAs: Set<string>;
  answer: FinalAnswer | null;
}

/** Everything that was sent, and everything that should not have come back. */
export interface Journal {
  readonly commands: SentCommand[];
  readonly faults: string[];
  /** Answers by status; 0 is a broken connection. */
  readonly answers: Map<number, number>;
  longestMs: number;
  /** What was waited for so long. */
  longestWhat: string;
}

export function createJournal(): Journal {
  return { commands: [], faults: [], answers: new Map(), longestMs: 0, longestWhat: '' };
}

interface Outgoing {
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
  readonly key?: string;
}

/** One try waits this long; the API itself answers 202 after some 10 s. */
const TRY_MS_MAX = 20_000;

/** A request without an answer after this long is lost: longer than any outage of a soak. */
const ANSWER_MS_MAX = 180_000;

const AGAIN_MS = 250;

/** Signed-in people of the demo county. */
export class PatientClient {
  private readonly root: string;
  private readonly journal: Journal;
  private readonly patienceMs: number;
  private readonly cookies = new Map<string, Promise<string>>();
  private readonly userIds = new Map<string, string>();

  constructor(pageUrl: string, journal: Journal, patienceMs = ANSWER_MS_MAX) {
    this.root = `${pageUrl}/api/v1`;
    this.journal = journal;
    this.patienceMs = patienceMs;
  }

  read(who: string, path: string): Promise<FinalAnswer> {
    return this.untilAnswered(who, { method: 'GET', path });
  }

  /** A write that is no command of a list. */
  write(
    who: string,
    path: string,
    body?: unknown,
    key: string = randomUUID(),
  ): Promise<FinalAnswer> {
    return this.untilAnswered(who, { method: 'POST', path, body, key });
  }

  save(who: string, path: string, body: unknown): Promise<FinalAnswer> {
    return this.untilAnswered(who, { method: 'PUT', path, body });
  }

  /** A command of a list, kept in the journal. */
  async command(
    who: string,
    rosterId: string,
    body: unknown,
    key: string = randomUUID(),
  ): Promise<FinalAnswer> {
    await this.cookieOf(who);
    const userId = this.userIds.get(who) ?? '';
    const sent: SentCommand = { userId, rosterId, key, acceptedAs: new Set(), answer: null };
    this.journal.commands.push(sent);
    const path = `/rosters/${rosterId}/commands`;
    sent.answer = await this.untilAnswered(who, { method: 'POST', path, body, key }, sent);
    return sent.answer;
  }

  /** A photo of one pixel; the name of the file is its hash. */
  async upload(who: string, bytes: Uint8Array<ArrayBuffer>): Promise<string> {
    const form = new FormData();
    form.append('file', new Blob([bytes], { type: 'image/png' }), 'photo.png');
    const headers = { cookie: await this.cookieOf(who), 'x-gongshi': '1' };
    const response = await fetch(`${this.root}/files`, { method: 'POST', headers, body: form });
    const { hash } = (await response.json()) as { hash: string };
    return hash;
  }

  /** One try, whatever comes of it; status 0 is a broken connection. */
  async once(
    who: string,
    request: { readonly path: string; readonly body: unknown; readonly key: string },
  ): Promise<Answer> {
    return this.tryOnce(await this.cookieOf(who), { method: 'POST', ...request });
  }

  /** Follows the changes while `work` runs, as a page does: connects anew whenever the stream ends. */
  async follow(who: string, work: (heard: () => string) => Promise<void>): Promise<void> {
    const stop = new AbortController();
    let text = '';
    const following = (async () => {
      while (!stop.signal.aborted) {
        const headers = { cookie: await this.cookieOf(who) };
        const { signal } = stop;
        const stream = await fetch(`${this.root}/events`, { headers, signal }).catch(() => null);
        const reader = stream?.body?.pipeThrough(new TextDecoderStream()).getReader();
        for (;;) {
          const part = await reader?.read().catch(() => undefined);
          if (part === undefined || part.done) break;
          text += part.value;
        }
        await delay(AGAIN_MS);
      }
    })();
    await work(() => text).finally(() => stop.abort());
    await following;
  }

  private async untilAnswered(
    who: string,
    request: Outgoing,
    sent?: SentCommand,
  ): Promise<FinalAnswer> {
    const from = Date.now();
    while (Date.now() - from < this.patienceMs) {
      const answer = await this.tryOnce(await this.cookieOf(who), request);
      this.count(answer, request);
      if (answer.status === 202) sent?.acceptedAs.add(String(answer.json['commandId']));
      const isFinal = answer.status !== 0 && answer.status !== 202 && answer.status < 500;
      if (isFinal) {
        this.noteWait(Date.now() - from, request);
        return answer;
      }
      await delay(AGAIN_MS);
    }
    this.journal.faults.push(`${request.method} ${request.path} was never answered`);
    return { status: 0, json: {} };
  }

  private noteWait(ms: number, { method, path }: Outgoing): void {
    if (ms < this.journal.longestMs) return;
    this.journal.longestMs = ms;
    this.journal.longestWhat = `${method} ${path}`;
  }

  private count({ status, json }: FinalAnswer, request: Outgoing): void {
    const { answers, faults } = this.journal;
    answers.set(status, (answers.get(status) ?? 0) + 1);
    if (status >= 500 && status !== 503) {
      faults.push(`${request.method} ${request.path} → ${status} ${JSON.stringify(json)}`);
    }
  }

  private async tryOnce(cookie: string, { method, path, body, key }: Outgoing): Promise<Answer> {
    const headers: Record<string, string> = { cookie, 'x-gongshi': '1' };
    if (body !== undefined) headers['content-type'] = 'application/json';
    if (key !== undefined) headers['idempotency-key'] = key;
    try {
      const response = await fetch(`${this.root}${path}`, {
        method,
        headers,
        signal: AbortSignal.timeout(TRY_MS_MAX),
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      const retryAfter = response.headers.get('retry-after');
      if (response.status === 503 && retryAfter === null) {
        this.journal.faults.push(`${method} ${path} → 503 without Retry-After`);
      }
      return { status: response.status, json: text === '' ? {} : JSON.parse(text), retryAfter };
    } catch {
      // Whatever broke the connection: whether the request was taken is not known.
      return { status: 0, json: {}, retryAfter: null };
    }
  }

  private cookieOf(who: string): Promise<string> {
    const known = this.cookies.get(who) ?? this.signIn(who);
    this.cookies.set(who, known);
    return known;
  }

  private async signIn(who: string): Promise<string> {
    for (;;) {
      const response = await fetch(`${this.root}/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ name: who, password: TRAINING_PASSWORD }),
        signal: AbortSignal.timeout(TRY_MS_MAX),
      }).catch(() => undefined);
      if (response?.status === 200) {
        const { userId } = (await response.json()) as { userId?: string };
        this.userIds.set(who, String(userId));
        return response.headers
          .getSetCookie()
          .map((line) => line.split(';')[0])
          .join('; ');
      }
      if (response !== undefined && response.status < 500) {
        throw new Error(`${who} cannot sign in: ${response.status}`);
      }
      await delay(AGAIN_MS);
    }
  }
}
