import { formatInstant, type Instant, parseInstant } from '../../../domain/time/instant.ts';

/** An instant of the wire, RFC 3339 or milliseconds, as a user reads it; midnight is 24:00. */
export function instantWords(wire: string | number | null): string {
  if (wire === null) return '—';
  const instant = typeof wire === 'number' ? wire : parseInstant(wire);
  return instant === undefined ? String(wire) : formatInstant(instant, { endOfDay: true });
}

/** What a field of local date and time holds ('2020-09-01T09:30'), in China's one zone. */
export function localInstant(text: string): Instant | undefined {
  return parseInstant(`${text}:00+08:00`);
}

/** The same the other way, to fill such a field. */
export function localText(instant: Instant): string {
  return formatInstant(instant).replace(' ', 'T');
}
