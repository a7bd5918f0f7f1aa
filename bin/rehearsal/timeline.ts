/** 时间线 — what a rehearsal prints: acts, date receipts, refusals with their clauses, labels. */
import { clauseWords } from '../../api/problem.ts';
import type { RosterEvent } from '../../domain/kernel/event.ts';
import type { Refusal } from '../../domain/kernel/refusal.ts';
import type { Plan } from '../../domain/plan/plan.ts';
import { formatInstant, type Instant } from '../../domain/time/instant.ts';

/** Takes one line of the timeline. */
export type Say = (line: string) => void;

const INDENT = ' '.repeat('2020-10-05 09:00  '.length);

/** `2020-10-05 09:00  大田村  …` */
export function sayAct(say: Say, at: Instant, place: string, words: string): void {
  say(`${formatInstant(at)}  ${place}  ${words}`);
}

/** Every refusal with its code, its clause and what would clear it. */
export function sayRefusals(say: Say, plan: Plan, refusals: readonly Refusal[]): void {
  for (const { code, words, clauseId, missing, whoClears, earliestAt } of refusals) {
    say(`${INDENT}✗ 不予受理（${code}）：${words}`);
    const clause = clauseWords(plan.clauses, clauseId);
    if (clause !== null) say(`${INDENT}  依据：${clause}`);
    if (missing !== undefined && missing.length > 0) say(`${INDENT}  还缺：${missing.join('、')}`);
    if (whoClears !== undefined) say(`${INDENT}  由谁解决：${whoClears}`);
    if (earliestAt !== undefined) say(`${INDENT}  最早可办：${formatInstant(earliestAt)}`);
  }
}

/** What the events say of dates and of households that leave the list. */
export function sayEvents(
  say: Say,
  plan: Plan,
  events: readonly RosterEvent[],
  nameOf: (caseId: string) => string,
): void {
  for (const { body, at } of events) {
    const words = wordsOf(body, plan, nameOf);
    if (words !== null) say(`${INDENT}→ ${words}${body.type.endsWith('-ended') ? stamp(at) : ''}`);
  }
}

function stamp(at: Instant): string {
  return `（${formatInstant(at, { endOfDay: true })}）`;
}

function wordsOf(
  body: RosterEvent['body'],
  plan: Plan,
  nameOf: (caseId: string) => string,
): string | null {
  switch (body.type) {
    case 'step-entered': {
      const name = plan.steps[body.stepIndex]?.name ?? '';
      const due = body.dueAt === null ? '' : `，应于${formatInstant(body.dueAt)}前办结`;
      return `进入「${name}」${due}`;
    }
    case 'notice-period-started':
      return `公示期计算单：${body.receipt.words}`;
    case 'announcement-started':
      return `公告期计算单：${body.receipt.words}`;
    case 'notice-ended':
      return '公示期届满';
    case 'announcement-ended':
      return '公告期届满';
    case 'case-blocked':
    case 'case-refused':
      return `${body.caseIds.map(nameOf).join('、')}：${body.words}`;
    case 'case-withdrawn':
      return `${body.caseIds.map(nameOf).join('、')}退出名单：${body.reason}`;
    case 'roster-closed':
      return '名单办结';
    default:
      return null;
  }
}
