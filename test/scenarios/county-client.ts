/** People of a training county at their browsers: the public API only, as any client would use it. */
import { randomUUID } from 'node:crypto';
import { png } from './png.ts';

const PASSWORD = 'yanlian2020';

/** What the API answered. */
export interface Answer {
  readonly status: number;
  // biome-ignore lint: answers are read by the tests that know their shape
  readonly json: Readonly<Record<string, never>> & Record<string, unknown>;
}

/** Signed-in people, each with a cookie of their own. */
export class CountyClient {
  private readonly root: string;
  private readonly cookies = new Map<string, string>();

  constructor(url: string) {
    this.root = `${url}/api/v1`;
  }

  /** A request; its key only where one is given. */
  async call(
    who: string,
    method: string,
    path: string,
    body?: unknown,
    key?: string,
  ): Promise<Answer> {
    if (!this.cookies.has(who)) await this.signIn(who);
    return this.request(who, method, path, body, key);
  }

  /** A command; the key is new each time unless given. */
  async command(
    who: string,
    rosterId: string,
    body: unknown,
    key: string = randomUUID(),
  ): Promise<Answer> {
    if (!this.cookies.has(who)) await this.signIn(who);
    return this.request(who, 'POST', `/rosters/${rosterId}/commands`, body, key);
  }

  /** After a reset nobody is signed in any more. */
  forgetEverybody(): void {
    this.cookies.clear();
  }

  /** Sends YAML, as an author would with curl. */
  async yaml(who: string, path: string, text: string): Promise<Answer> {
    const cookie = this.cookies.get(who) ?? '';
    const headers = { 'X-Gongshi': '1', 'Content-Type': 'application/yaml', cookie };
    const response = await fetch(`${this.root}${path}`, { method: 'POST', headers, body: text });
    return { status: response.status, json: JSON.parse(await response.text()) };
  }

  async signIn(who: string): Promise<Answer> {
    return this.request(who, 'POST', '/session', { name: who, password: PASSWORD });
  }

  /** Uploads a photo of one pixel whose content differs by label. */
  async photo(who: string, label: string): Promise<string> {
    if (!this.cookies.has(who)) await this.signIn(who);
    const form = new FormData();
    form.append('file', new Blob([png(label)], { type: 'image/png' }), 'photo.png');
    const headers = { cookie: this.cookies.get(who) ?? '', 'X-Gongshi': '1' };
    const response = await fetch(`${this.root}/files`, { method: 'POST', headers, body: form });
    const answer = (await response.json()) as { hash: string };
    return answer.hash;
  }

  private async request(
    who: string,
    method: string,
    path: string,
    body?: unknown,
    key?: string,
  ): Promise<Answer> {
    const headers: Record<string, string> = {
      'X-Gongshi': '1',
      cookie: this.cookies.get(who) ?? '',
    };
    if (body !== undefined) headers['Content-Type'] = 'application/json';
    if (key !== undefined) headers['Idempotency-Key'] = key;
    const init = body === undefined ? {} : { body: JSON.stringify(body) };
    const response = await fetch(`${this.root}${path}`, { method, headers, ...init });
    const set = response.headers.getSetCookie();
    if (set.length > 0) this.cookies.set(who, set.map((line) => line.split(';')[0]).join('; '));
    const text = await response.text();
    return { status: response.status, json: text === '' ? {} : JSON.parse(text) };
  }
}
