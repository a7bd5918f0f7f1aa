import type { ReactElement } from 'react';
import { instantWords } from './instant-words.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** How late something is, in days or hours. Empty when it is not. */
export function latenessWords(lateMs: number): string {
  if (lateMs <= 0) return '';
  if (lateMs < HOUR_MS) return '逾期不足1小时';
  if (lateMs < DAY_MS) return `逾期${Math.floor(lateMs / HOUR_MS)}小时`;
  return `逾期${Math.floor(lateMs / DAY_MS)}天`;
}

interface DueWordsProps {
  readonly dueAt: string | number | null;
  readonly lateMs: number;
}

/** 时限 and by how much it is missed. */
export function DueWords({ dueAt, lateMs }: DueWordsProps): ReactElement {
  return (
    <span>
      {dueAt === null ? '无时限' : instantWords(dueAt)}
      {lateMs > 0 && <strong className="late"> {latenessWords(lateMs)}</strong>}
    </span>
  );
}
