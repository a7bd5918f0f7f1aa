/** 建立名单 — the first event of a list of 1..500 households, villages or counties. */
import type { Plan } from '../plan/plan.ts';
import { unitWord } from '../plan/unit-word.ts';
import type { Instant } from '../time/instant.ts';
import type { ActorSnapshot } from './actor.ts';
import { findAuthority, roleWords } from './authority.ts';
import type { LateEntry } from './command.ts';
import { type Decision, stamp } from './deliberation.ts';
import { lateFaults } from './envelope.ts';
import { evolve } from './evolve.ts';
import type { Facts } from './facts.ts';
import { dueOf } from './moves.ts';
import type { Refusal } from './refusal.ts';
import type { CaseState } from './state.ts';
import { subjectRefusal } from './subject.ts';

/** A roster holds at most this many cases; a longer list is launched in batches (第N批). */
export const CASES_PER_ROSTER_MAX = 500;

/** What a launch names. */
export interface OpenInput {
  readonly rosterId: string;
  readonly plan: Plan;
  readonly planHash: string;
  readonly unitCode: string;
  readonly batch: number;
  readonly cases: readonly {
    readonly id: string;
    readonly subjectId: string;
    readonly groupId: string | null;
  }[];
  readonly at: Instant;
  readonly receivedAt: Instant;
  readonly actor: ActorSnapshot;
  readonly facts: Facts;
  /** 补登: the list was opened on paper at `at`; the next level has to accept it as every late entry. */
  readonly late?: LateEntry | null;
}

/** Opens a list, or says why not: authority, size, subject status (G-25 and 状态). */
export function openRoster(input: OpenInput): Decision {
  const { plan, actor, facts, at } = input;
  const refusals: Refusal[] = [];
  const roles = [{ level: plan.listLevel, duty: 'clerk' as const }];
  const subjects = input.cases.map(({ subjectId }) => subjectId);
  const matter = { clauseId: plan.subjectClauseId, subjects };
  const authority = findAuthority(actor, roles, facts, at, matter);
  if (!authority.ok) refusals.push(authority.refusal);
  if (input.cases.length < 1 || input.cases.length > CASES_PER_ROSTER_MAX) {
    const unit = unitWord(plan);
    const words = `一份名单应有1至${CASES_PER_ROSTER_MAX}${unit}。`;
    const missing = [`1至${CASES_PER_ROSTER_MAX}${unit}`];
    refusals.push({ code: 'LIST-SIZE', words, clauseId: plan.subjectClauseId, missing });
  }
  const late = input.late ?? null;
  if (late !== null) {
    refusals.push(...lateFaults(plan.lateEntry, late, input.receivedAt, facts.files));
  }
  refusals.push(...subjectRefusals(input));
  const first = plan.steps[0];
  const due = dueOf(first?.due ?? null, at, plan);
  const outer = dueOf(plan.outerDue, at, plan);
  for (const each of [due, outer]) {
    if ('missingYear' in each) refusals.push(missingYear(each.missingYear));
  }
  if (refusals.length > 0 || 'missingYear' in due || 'missingYear' in outer) {
    const whoClears = roles.map((role) => roleWords(role, facts)).join('或');
    return { ok: false, at, refusals: refusals.map((refusal) => ({ whoClears, ...refusal })) };
  }
  const actorOrg = authority.ok ? authority.orgCode : null;
  const standing = { at, receivedAt: input.receivedAt, actor, actorOrg, late, proxy: null };
  const event = stamp(1, standing, {
    type: 'roster-opened',
    rosterId: input.rosterId,
    planHash: input.planHash,
    unitCode: input.unitCode,
    batch: input.batch,
    parent: null,
    cases: input.cases.map(newCase),
    stepIndex: 0,
    passes: { 0: 1 },
    outerSince: at,
    outerDueAt: outer.dueAt,
    ...due,
    carried: null,
  });
  return {
    ok: true,
    at,
    events: [event],
    state: evolve(null, event),
    warnings: [],
    children: [],
    sheets: [],
  };
}

function missingYear(year: number): Refusal {
  return {
    code: 'CALENDAR-YEAR-MISSING',
    words: `适用规则中没有${year}年的节假日安排，不能计算期限。`,
    missing: [`${year}年节假日安排`],
    whoClears: '领导小组办公室',
  };
}

function subjectRefusals({ plan, cases, facts }: OpenInput): readonly Refusal[] {
  const refusals: Refusal[] = [];
  const seen = new Set<string>();
  for (const item of cases) {
    const known = facts.cases[item.id];
    const named =
      known?.county?.registry?.name ??
      known?.village?.registry?.name ??
      known?.registry?.headName ??
      `该${unitWord(plan)}`;
    const misplaced = subjectRefusal(plan, facts, item.id);
    if (misplaced !== null) refusals.push(misplaced);
    const other = known?.otherLiveCase ?? null;
    if (plan.family !== null && (other !== null || seen.has(item.subjectId))) {
      const where = other === null ? '在本名单中写了两次' : '已有在办事项';
      const words = `${named}${where}，不能同时进入两份名单。`;
      refusals.push({
        code: 'G-25',
        words,
        clauseId: plan.subjectClauseId,
        cases: [item.id],
        missing: [
          other === null ? `每${unitWord(plan)}只写一次` : `另一份名单的办件${other}办结或撤回`,
        ],
      });
    }
    seen.add(item.subjectId);
  }
  return refusals;
}

function newCase(item: OpenInput['cases'][number]): CaseState {
  return {
    ...item,
    status: 'on-list',
    done: false,
    blocks: [],
    formHash: null,
    accepted: { household: false, helper: false },
    comparison: null,
    noticeEndsAt: null,
    registration: null,
    outcome: null,
    finding: null,
  };
}
