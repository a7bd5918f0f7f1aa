/** 证件号码的遮盖: who may read of a household seldom needs the whole numbers of its members. */

const HEAD = 6;
const TAIL = 4;
const SHORTEST = HEAD + TAIL + 1;
const COVER = '*';

/** First six and last four characters; what is too short to keep something back is covered whole. */
export function maskIdNumber(idNumber: string): string {
  const { length } = idNumber;
  if (length < SHORTEST) return COVER.repeat(length);
  return `${idNumber.slice(0, HEAD)}${COVER.repeat(length - HEAD - TAIL)}${idNumber.slice(-TAIL)}`;
}

/** Whether it is a covered number; no real one has the cover in it. */
export function isMaskedIdNumber(text: string): boolean {
  return text.includes(COVER);
}

interface Person {
  readonly name: string;
  readonly idNumber: string;
}

/**
 * The whole number of a person whose covered one was given, from those known of the household. Undefined
 * when nobody or more than one of them fits: then the number has to be written out.
 */
export function findCovered(
  { name, idNumber }: Person,
  known: readonly Person[],
): string | undefined {
  const fitting = new Set(
    known
      .filter((person) => person.name === name && maskIdNumber(person.idNumber) === idNumber)
      .map((person) => person.idNumber),
  );
  const [only, ...others] = fitting;
  return others.length === 0 ? only : undefined;
}
