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

/** What is to be done, as far as authority depends on it. */
export interface Matter {
  /** Text that a refusal cites. */
  readonly clauseId?: string | undefined;
  /** Households that the act concerns: who was granted them all may do it without having the area. */
  readonly subjects?: readonly string[];
}

/** 核对职权 for acting on a list at an instant. */
export function findAuthority(
  actor: ActorSnapshot,
  roles: readonly Role[],
  facts: Facts,
  at: Instant,
  { clauseId, subjects = [] }: Matter = {},
): Authority {
  const today = plainDateAt(at);
  const held = dutiesOn(actor, today);
  for (const role of roles) {
    const orgCode = facts.chain[role.level];
    if (orgCode === undefined) continue;
    const own = held.some((duty) => isRole(duty, role) && duty.orgCode === orgCode);
    const holdsRole = held.some((duty) => isRole(duty, role));
    const lent = holdsRole && isLent(actor, role, facts, today, subjects);
    if (own || lent) {
      return { ok: true, orgCode, role };
    }
  }
  const named = roles.flatMap((role) => [...householdsLent(actor, role, facts, today)]);
  const left = subjects.filter((subject) => !named.includes(subject)).length;
  const isPart = left > 0 && left < subjects.length;
  const refusal = authorityRefusal(held, roles, facts, clauseId, isPart ? left : 0);
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

/** A grant lends a role the actor holds elsewhere; it never makes a role nor lifts it a level. */
function isLent(
  actor: ActorSnapshot,
  role: Role,
  facts: Facts,
  today: string,
  subjects: readonly string[],
): boolean {
  if (lentHere(actor, role, facts, today).some(({ kind }) => kind === 'area')) return true;
  const named = householdsLent(actor, role, facts, today);
  return subjects.length > 0 && subjects.every((subject) => named.has(subject));
}

/** 按户授权: the households over which the role is lent. */
function householdsLent(
  actor: ActorSnapshot,
  role: Role,
  facts: Facts,
  today: string,
): ReadonlySet<string> {
  const grants = lentHere(actor, role, facts, today).filter(({ kind }) => kind === 'households');
  return new Set(grants.flatMap(({ households }) => households ?? []));
}

/** Grants of the role, good today, for a place at or above the list. */
function lentHere(actor: ActorSnapshot, role: Role, facts: Facts, today: string) {
  const places = Object.values(facts.chain);
  return actor.grants.filter(
    (grant: HeldGrant) =>
      grant.duty === role.duty && places.includes(grant.orgCode) && holdsOn(grant, today),
  );
}

function authorityRefusal(
  held: readonly HeldDuty[],
  roles: readonly Role[],
  facts: Facts,
  clauseId: string | undefined,
  left: number,
): Refusal {
  const who = roles.map((role) => roleWords(role, facts)).join('或');
  const base = {
    missing: [`${who}办理`],
    whoClears: who,
    ...(clauseId === undefined ? {} : { clauseId }),
  };
  if (left > 0) {
    const words = `您只获授权办理其中一部分农户，还有${left}户应由${who}办理。`;
    return { code: 'NOT-YOUR-AREA', words, ...base };
  }
  if (held.some((duty) => roles.some((role) => isRole(duty, role)))) {
    return { code: 'NOT-YOUR-AREA', words: `这份名单不在您的辖区，应由${who}办理。`, ...base };
  }
  if (held.some((duty) => roles.some((role) => role.level === duty.level))) {
    return { code: 'NOT-YOUR-DUTY', words: `您没有办理此环节的岗位，应由${who}办理。`, ...base };
  }
  return { code: 'NOT-YOUR-LEVEL', words: `此环节不由您这一级签字，应由${who}办理。`, ...base };
}
