/** 纸上的人 — invented office-holders and the instants of a story, for lists that are walked on paper. */
import { invariant } from '../../domain/invariant.ts';
import type { ActorSnapshot, Duty } from '../../domain/kernel/actor.ts';
import { levelOf, orgCode } from '../../domain/organisation/org-code.ts';
import { parseInstant } from '../../domain/time/instant.ts';

/** An instant of the story, '2020-10-01 09:00' in Asia/Shanghai. */
export function at(text: string): number {
  const instant = parseInstant(`${text.replace(' ', 'T')}:00+08:00`);
  invariant(instant !== undefined, `${text} is an instant`);
  return instant;
}

/** Somebody with one duty at one organisation. */
export function person(
  userId: string,
  code: string,
  duty: Duty,
  department: string | null = null,
): ActorSnapshot {
  const held = {
    orgCode: code,
    level: levelOf(orgCode(code)),
    orgName: code,
    duty,
    department,
    validFrom: '2010-01-01',
    validTo: null,
  };
  return { userId, name: userId, duties: [held], grants: [] };
}
