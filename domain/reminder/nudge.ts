/** 催办 — a superior pushes whoever holds the list; by hand, once a day, recorded. It decides nothing. */
import { type ActorSnapshot, DUTY_WORDS, type Duty } from '../kernel/actor.ts';
import { dutiesOn } from '../kernel/authority.ts';
import type { Refusal } from '../kernel/refusal.ts';
import type { RosterState } from '../kernel/state.ts';
import { LEVEL_WORDS, type OrgLevel } from '../organisation/org-code.ts';
import type { Plan, PlanStep } from '../plan/plan.ts';
import { endOfDay, type Instant, type PlainDate, plainDateAt } from '../time/instant.ts';
import { superiorOf } from './ladder.ts';

/** Highest first. */
const LEVELS: readonly OrgLevel[] = ['nation', 'province', 'city', 'county', 'township', 'village'];

/** Duties that push those below them, whatever the plan calls the superior. */
const PUSHERS: readonly Duty[] = ['leader', 'office', 'inspector'];

/** What a 催办 is judged by. */
export interface NudgeWish {
  readonly plan: Plan;
  readonly state: RosterState;
  readonly actor: ActorSnapshot;
  readonly chain: Readonly<Partial<Record<OrgLevel, string>>>;
  readonly at: Instant;
  /** Day of the last 催办 of this step and pass; null when there was none. */
  readonly lastOn: PlainDate | null;
}

/** Whom it goes to and for which organisation it is sent, or why not. */
export type NudgeJudgement =
  | { readonly ok: true; readonly step: PlanStep; readonly pass: number; readonly fromOrg: string }
  | { readonly ok: false; readonly refusal: Refusal };

/** 可否催办. */
export function judgeNudge(wish: NudgeWish): NudgeJudgement {
  const { plan, state, at } = wish;
  const step = plan.steps[state.stepIndex];
  if (step === undefined || state.closedAt !== null) {
    return refuse({ code: 'ALREADY-DONE', words: '名单已办结，不用催办。' });
  }
  if (state.suspension !== null) {
    return refuse({ code: 'SUSPENDED', words: '名单已中止，恢复后方可催办。' });
  }
  const fromOrg = pusherOrg(wish, step);
  if (fromOrg === undefined) return refuse(notAbove(wish, step));
  if (wish.lastOn === plainDateAt(at)) {
    const words = '本环节今天已经催办过，请明日再催。';
    return refuse({ code: 'NUDGED-TODAY', words, earliestAt: endOfDay(plainDateAt(at)) });
  }
  return { ok: true, step, pass: state.passes[String(state.stepIndex)] ?? 1, fromOrg };
}

/** The plan's superior of the holder, or one who leads at the holder's organisation or above it. */
function pusherOrg({ plan, actor, chain, at }: NudgeWish, step: PlanStep): string | undefined {
  const [holder] = step.by;
  if (holder === undefined) return undefined;
  const superior = plan.reminders === undefined ? undefined : superiorOf(plan.reminders, holder);
  return dutiesOn(actor, plainDateAt(at)).find(({ duty, level, orgCode }) => {
    if (chain[level] !== orgCode) return false;
    if (superior?.level === level && superior.duty === duty) return true;
    return PUSHERS.includes(duty) && LEVELS.indexOf(level) <= LEVELS.indexOf(holder.level);
  })?.orgCode;
}

function notAbove({ plan }: NudgeWish, step: PlanStep): Refusal {
  const [holder] = step.by;
  const above =
    holder === undefined || plan.reminders === undefined
      ? undefined
      : superiorOf(plan.reminders, holder);
  const named =
    above === undefined ? '上级' : `${LEVEL_WORDS[above.level]}${DUTY_WORDS[above.duty]}`;
  const whoClears = `${named}，或本级以上领导、领导小组办公室、督查`;
  return { code: 'NOT-YOUR-DUTY', words: `这份名单应由${whoClears}催办。`, whoClears };
}

function refuse(refusal: Refusal): NudgeJudgement {
  return { ok: false, refusal };
}
