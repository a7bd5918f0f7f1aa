import { expect } from 'vitest';
import type { Answer } from './county-client.ts';

/** The answer has this status; else its whole body is shown, and what was asked. */
export function expectStatus(answer: Answer, status: number, asked: unknown = ''): void {
  const shown = `${JSON.stringify(asked)} → ${JSON.stringify(answer.json)}`;
  expect(answer.status, shown).toBe(status);
}

/** The rules refused by this code, in Chinese. */
export function expectRefusal({ status, json }: Answer, code: string): void {
  expect({ status, code: json['code'] }, JSON.stringify(json)).toEqual({ status: 409, code });
  expect(String(json['detail'])).toMatch(/\p{Script=Han}/u);
}

/** Every refusal carries all that a reader needs: code, Chinese, clause, what is missing or when, and who. */
export function expectWhole(answer: Answer, code: string): Answer['json'] {
  const { status, json } = answer;
  expect({ status, code: json['code'] }, JSON.stringify(json)).toEqual({ status: 409, code });
  for (const refusal of json['refusals'] as unknown as Record<string, unknown>[]) {
    const shown = JSON.stringify(refusal);
    expect(String(refusal['words']), shown).toMatch(/\p{Script=Han}/u);
    expect(String(refusal['clause']), shown).toMatch(/^《.+》/);
    expect(String(refusal['whoClears']), shown).toMatch(/\p{Script=Han}/u);
  }
  return json;
}
