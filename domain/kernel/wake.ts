/**
 * 到点 — instants at which a list has something to note. A wake makes nothing true: the period's end is
 * computed; the event only records that it has passed, with the instant at which it did.
 */
import { invariant } from '../invariant.ts';
import type { Instant } from '../time/instant.ts';
import { stamp } from './deliberation.ts';
import type { EventBody, RosterEvent } from './event.ts';
import { evolve } from './evolve.ts';
import type { RosterState } from './state.ts';

interface Wake {
  readonly at: Instant;
  readonly body: EventBody;
}

function findWake(state: RosterState): Wake | null {
  if (state.closedAt !== null) return null;
  const { notice, announcement, stepIndex } = state;
  const wakes: Wake[] = [];
  if (
    notice !== null &&
    notice.stepIndex === stepIndex &&
    notice.endsAt !== null &&
    !notice.endNoted
  ) {
    wakes.push({ at: notice.endsAt, body: { type: 'notice-ended' } });
  }
  if (announcement !== null && announcement.endsAt !== null && !announcement.endNoted) {
    wakes.push({ at: announcement.endsAt, body: { type: 'announcement-ended' } });
  }
  return wakes.toSorted((a, b) => a.at - b.at)[0] ?? null;
}

/** The next instant at which the list has something to note; null when it only waits for people. */
export function nextWake(state: RosterState): Instant | null {
  const wake = findWake(state);
  return wake === null ? null : Math.max(wake.at, state.at);
}

/** Events of every wake due at or before `at`, in the order of their instants. */
export function dueWakes(state: RosterState, at: Instant): readonly RosterEvent[] {
  const events: RosterEvent[] = [];
  let current = state;
  for (let wake = findWake(current); wake !== null && wake.at <= at; wake = findWake(current)) {
    const instant = Math.max(wake.at, current.at);
    const nobody = {
      at: instant,
      receivedAt: instant,
      actor: null,
      actorOrg: null,
      late: null,
      proxy: null,
    };
    const event = stamp(current.seq + 1, nobody, wake.body);
    current = evolve(current, event);
    events.push(event);
    invariant(events.length <= 16, 'a list has few wakes');
  }
  return events;
}
