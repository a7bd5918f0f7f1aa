import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { apiTypes } from '../../bin/api-types.ts';

const FILE = 'web/generated/api.ts';

/** Without what a formatter may add or take away. */
function bare(text: string): string {
  return text.replaceAll(/[\s"'();|,]/g, '');
}

test('the page’s types are those of the routes: run `npm run api:types` when this fails', () => {
  expect(bare(readFileSync(FILE, 'utf8'))).toBe(bare(apiTypes()));
});

test('the check bites: an answer without a field is another file', () => {
  const other = apiTypes().replace('readonly "total": number', '');
  expect(bare(readFileSync(FILE, 'utf8'))).not.toBe(bare(other));
});
