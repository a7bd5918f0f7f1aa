import { formatInstant } from '../../domain/time/instant.ts';
import { canonicalText } from './hash-chain.ts';

/** What a clerk calls the parts of an event; deeper places are named as in the file. */
const PART_WORDS: Readonly<Record<string, string>> = {
  'event.at': '生效时间',
  'event.receivedAt': '收到时间',
  'event.actorId': '经办人',
  'event.actorName': '经办人姓名',
  'event.actorOrg': '经办单位',
  actor: '经办人身份',
  planHash: '适用规则',
  factsHash: '判断依据',
  commandId: '指令',
};

/** Epoch milliseconds of our century are shown as times. */
const INSTANT_MIN = 946_684_800_000;

/** 差异 — where a stored value first departs from the expected one, in Chinese; null when it does not. */
export function findDifference(stored: unknown, expected: unknown): string | null {
  return differenceAt(JSON.parse(textOf(stored)), JSON.parse(textOf(expected)), '');
}

function differenceAt(stored: unknown, expected: unknown, path: string): string | null {
  if (textOf(stored) === textOf(expected)) return null;
  if (isObject(stored) && isObject(expected)) {
    const keys = [...new Set([...Object.keys(stored), ...Object.keys(expected)])];
    for (const key of keys) {
      const below = path === '' ? key : `${path}.${key}`;
      const found = differenceAt(stored[key], expected[key], below);
      if (found !== null) return found;
    }
  }
  const place = PART_WORDS[path] ?? path;
  return `“${place}”记录为${shown(stored)}，复算为${shown(expected)}。`;
}

/** Missing and null are told apart from every other value, not from each other. */
function textOf(value: unknown): string {
  return canonicalText(value ?? null);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function shown(value: unknown): string {
  if (value === undefined || value === null) return '（无）';
  if (typeof value === 'number' && value > INSTANT_MIN) {
    return `${formatInstant(value, { seconds: true })}（${value}毫秒）`;
  }
  const text = typeof value === 'string' ? value : textOf(value);
  return text.length > 60 ? `${text.slice(0, 60)}……` : text;
}
