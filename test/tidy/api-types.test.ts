import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { apiTypes } from '../../bin/api-types.ts';

const FILE = 'web/generated/api.ts';

function formatted(text: string): string {
  const given = ['biome', 'format', `--stdin-file-path=${FILE}`];
  return execFileSync('npx', given, { input: text, encoding: 'utf8' });
}

test('the page’s types are those of the routes: run `npm run api:types` when this fails', () => {
  expect(readFileSync(FILE, 'utf8')).toBe(formatted(apiTypes()));
});

test('the check bites: an answer without a field is another file', () => {
  const text = apiTypes().replace('readonly "total": number', '');
  expect(formatted(text)).not.toBe(readFileSync(FILE, 'utf8'));
});
