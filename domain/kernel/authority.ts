/**
 * 职权 — whether somebody may act: a duty at the level the plan names, at the organisation that stands
 * above the list in the tree, held on the day of the act, or an explicit grant over that area.
 */
import { LEVEL_WORDS } from '../organisation/org-code.ts';
import { type Instant, parsePlainDate, plainDateAt, startOfDay } from '../time/instant.ts';
import {
  type ActorSnapshot,
  DUTY_WORDS,
  type HeldDuty,
  type HeldGrant,
  type Role,
} from './actor.ts';
import type { Facts } from './facts.ts';
import type { Refusal } from './refusal.ts';

/** 村经办, 县审定 … as a clerk says it. */
export function roleWords(role: Role, facts: Facts): string {
  const code = facts.chain[role.level];
  const org =
    code === undefined
      ? LEVEL_WORDS[role.level]
      : (facts.orgNames[code] ?? LEVEL_WORDS[role.level]);
  return `${org}${DUTY_WORDS[role.duty]}`;
}

/** The organisation for which the actor holds one of the roles over this list, or why not. */
export type Authority =
  | { readonly ok: true; readonly orgCode: string; readonly role: Role }
  | { readonly ok: false; readonly refusal: Refusal };

/** 核对职权 for acting on a list at an instant. */
export function findAuthority(
  actor: ActorSnapshot,
  roles: readonly Role[],
  facts: Facts,
  at: Instant,
  clauseId?: string,
): Authority {
  const today = plainDateAt(at);
  const held = dutiesOn(actor, today);
  for (const role of roles) {
    const orgCode = facts.chain[role.level];
    if (orgCode === undefined) continue;
    const own = held.some((duty) => isRole(duty, role) && duty.orgCode === orgCode);
    const holdsRole = held.some((duty) => isRole(duty, role));
    const lent = holdsRole && actor.grants.some((grant) => covers(grant, role, facts, today));
    if (own || lent) {
      return { ok: true, orgCode, role };
    }
  }
  const refusal = authorityRefusal(held, roles, facts, clauseId);
  const earliestAt = beginsAt(actor, roles, facts, today);
  return { ok: false, refusal: earliestAt === null ? refusal : { ...refusal, earliestAt } };
}

/** When a duty that would do begins, if it has been given but not begun. */
function beginsAt(
  actor: ActorSnapshot,
  roles: readonly Role[],
  facts: Facts,
  today: string,
): Instant | null {
  const begins = actor.duties
    .filter((duty) => roles.some((role) => isRole(duty, role)))
    .filter((duty) => Object.values(facts.chain).includes(duty.orgCode))
    .flatMap(({ validFrom }) => (validFrom > today ? (parsePlainDate(validFrom) ?? []) : []));
  return begins.length === 0 ? null : Math.min(...begins.map(startOfDay));
}

/** 在任岗位 of a person on a day. */
export function dutiesOn(actor: ActorSnapshot, day: string): readonly HeldDuty[] {
  return actor.duties.filter((duty) => holdsOn(duty, day));
}

function holdsOn(
  item: { readonly validFrom: string; readonly validTo: string | null },
  day: string,
): boolean {
  return item.validFrom <= day && (item.validTo === null || day < item.validTo);
}

function isRole(duty: HeldDuty, role: Role): boolean {
  return duty.duty === role.duty && duty.level === role.level;
}

/** An area grant lends a role the actor holds elsewhere; it never makes a role nor lifts it a level. */
function covers(grant: HeldGrant, role: Role, facts: Facts, today: string): boolean {
  const inArea = Object.values(facts.chain).includes(grant.orgCode);
  return grant.kind === 'area' && grant.duty === role.duty && inArea && holdsOn(grant, today);
}

function authorityRefusal(
  held: readonly HeldDuty[],
  roles: readonly Role[],
  facts: Facts,
  clauseId: string | undefined,
): Refusal {
  const who = roles.map((role) => roleWords(role, facts)).join('或');
  const base = {
    missing: [`${who}办理`],
    whoClears: who,
    ...(clauseId === undefined ? {} : { clauseId }),
  };
  if (held.some((duty) => roles.some((role) => isRole(duty, role)))) {
    return { code: 'NOT-YOUR-AREA', words: `这份名单不在您的辖区，应由${who}办理。`, ...base };
  }
  if (held.some((duty) => roles.some((role) => role.level === duty.level))) {
    return { code: 'NOT-YOUR-DUTY', words: `您没有办理此环节的岗位，应由${who}办理。`, ...base };
  }
  return { code: 'NOT-YOUR-LEVEL', words: `此环节不由您这一级签字，应由${who}办理。`, ...base };
}
