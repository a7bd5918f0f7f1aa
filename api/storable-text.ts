/** 可保存的文字 — what the record cannot keep as text is refused at the edge, whatever field it is in. */
import { ApiProblem } from './problem.ts';

/** PostgreSQL keeps neither NUL nor half of a character. */
const UNSTORABLE = /\0|\p{Surrogate}/u;

/** Refuses a request with such text, naming its places; keys count as well as values. */
export function requireStorable(...parts: readonly unknown[]): void {
  const places = [...new Set(parts.flatMap((part) => placesIn(part, '')))];
  if (places.length === 0) return;
  const where = places.filter((place) => place !== '').join('、');
  const words = `含有无法保存的字符（空字符或残缺的字）${where === '' ? '' : `：${where}`}`;
  throw new ApiProblem('MALFORMED', words, { missing: places });
}

function placesIn(value: unknown, place: string): string[] {
  if (typeof value === 'string') return UNSTORABLE.test(value) ? [place] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    // A key that cannot be kept is not repeated in the answer.
    if (UNSTORABLE.test(key)) return [place];
    return placesIn(inner, place === '' ? key : `${place}.${key}`);
  });
}
