/** 管理记录的对象 — whom or what a change was about, in the words of its own line. */
import { DUTY_WORDS, type Duty } from '../domain/kernel/actor.ts';

/** The parts of a line that name its subject. */
interface ChangeLine {
  readonly subject: string;
  readonly orgCode: string;
  readonly before: unknown;
  readonly after: unknown;
}

function fieldsOf({ before, after }: ChangeLine): Readonly<Record<string, unknown>> {
  const asFields = (value: unknown) => (typeof value === 'object' && value !== null ? value : {});
  return { ...asFields(before), ...asFields(after) };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The person whom a line is about, if it is about one: a duty and a grant name theirs. */
export function personOf(line: ChangeLine): string {
  return textOf(fieldsOf(line)['userId']) ?? line.subject;
}

/** 李村干，大田村经办; 大田村; 第一村民小组，大田村. Names as they are now: people and places keep theirs. */
export function subjectWords(
  line: ChangeLine,
  names: {
    readonly people: ReadonlyMap<string, string>;
    readonly places: ReadonlyMap<string, string>;
  },
): string {
  const fields = fieldsOf(line);
  const place = names.places.get(line.orgCode) ?? line.orgCode;
  const person = names.people.get(personOf(line)) ?? textOf(fields['displayName']);
  const duty = textOf(fields['duty']);
  const post = duty === undefined ? '' : (textOf(fields['department']) ?? DUTY_WORDS[duty as Duty]);
  if (person !== undefined) return `${person}，${place}${post}`;
  const name = textOf(fields['name']);
  return name === undefined || name === place ? place : `${name}，${place}`;
}
