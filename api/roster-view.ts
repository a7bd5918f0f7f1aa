/** 名单页 — what one list shows: its step rail, its cases by head's name, what is up and what is open. */
import { desc, eq, sql } from 'drizzle-orm';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import { isAnyOf } from '../db/record/any-of.ts';
import { registrationRows } from '../db/schema/effects.ts';
import { households, visitForms } from '../db/schema/households.ts';
import { organisations, villagerGroups } from '../db/schema/organisation.ts';
import type { CaseState, CaseStatus, RosterState, SheetState } from '../domain/kernel/state.ts';
import type { Plan } from '../domain/plan/plan.ts';
import type { Instant } from '../domain/time/instant.ts';
import { type Clauses, clauseWords, isoInstant, isoOrNull } from './problem.ts';
import type { ReadableRoster } from './roster-access.ts';
import { lateness } from './roster-rows.ts';

/** 办件状态 as users read it. */
export const STATUS_WORDS: Readonly<Record<CaseStatus, string>> = {
  'on-list': '在名单上',
  blocked: '暂缓',
  refused: '未通过',
  withdrawn: '已撤回',
  diverted: '已转办',
  'split-off': '已另列名单',
  closed: '已办结',
};

/** One household of a list; no ID number, phone, account, health or cause. */
interface Subject {
  readonly caseId: string;
  readonly householdId: string;
  readonly headName: string;
  readonly groupName: string;
  readonly memberCount: number;
  readonly formHash: string | null;
  readonly formVersion: number | null;
}

/** The whole page of one list. */
export async function rosterView(db: PostgresJsDatabase, row: ReadableRoster, at: Instant) {
  const { roster, plan } = row;
  const { state } = roster;
  const [subjects, groups, [unit], stamps] = await Promise.all([
    subjectsOf(db, state, plan.subject),
    groupsOf(db, roster.unitCode),
    db.select().from(organisations).where(eq(organisations.code, roster.unitCode)),
    stampsOf(db, state),
  ]);
  const byCase = new Map(subjects.map((subject) => [subject.caseId, subject]));
  return {
    id: roster.id,
    title: roster.title,
    procedure: roster.procedure,
    packId: roster.packId,
    unitCode: roster.unitCode,
    countyCode: roster.countyCode,
    unitName: unit?.name ?? roster.unitCode,
    batch: roster.batch,
    parentId: roster.parentId,
    open: roster.open,
    seq: roster.seq,
    steps: stepRail(plan, state),
    stepKey: roster.stepKey,
    dueAt: isoOrNull(state.dueAt),
    dueWords: state.dueReceipt?.words ?? null,
    lateMs: roster.open ? lateness(state.dueAt, roster.suspendedAt ?? at) : 0,
    outerDueAt: isoOrNull(state.outerDueAt),
    cases: state.cases.map((item) => caseView(item, byCase.get(item.id))),
    notice: sheetView(plan.clauses, state.notice),
    announcement: sheetView(plan.clauses, state.announcement),
    objections: state.objections,
    lateEntries: state.lateEntries,
    registrations: stamps,
    subjects,
    groups,
    state,
    plan,
  };
}

function stepRail(plan: Plan, state: RosterState) {
  const current = state.closedAt === null ? state.stepIndex : plan.steps.length;
  return plan.steps.map((step, index) => ({
    key: step.key,
    kind: step.kind,
    name: step.name,
    state: index < current ? 'done' : index === current ? 'current' : 'ahead',
    clause: clauseWords(plan.clauses, step.clauseId),
  }));
}

function caseView(item: CaseState, subject: Subject | undefined) {
  return {
    id: item.id,
    subjectId: item.subjectId,
    headName: subject?.headName ?? '',
    groupName: subject?.groupName ?? '',
    memberCount: subject?.memberCount ?? 0,
    status: item.status,
    statusWords: STATUS_WORDS[item.status],
    done: item.done,
    blocks: item.blocks.map(({ words }) => words),
    outcome: item.outcome,
    finding: item.finding,
    formHash: subject?.formHash ?? null,
    noticeEndsAt: isoOrNull(item.noticeEndsAt),
    registryNo: item.registration?.registryNo ?? null,
  };
}

function sheetView(clauses: Clauses, sheet: SheetState | null) {
  if (sheet === null) return null;
  return {
    sheet: sheet.sheet,
    postings: sheet.postings.map((posting) => ({
      place: posting.place,
      postedAt: isoInstant(posting.postedAt),
      removedAt: isoOrNull(posting.removedAt),
    })),
    startsAt: isoOrNull(sheet.startsAt),
    endsAt: isoOrNull(sheet.endsAt),
    words: sheet.receipt?.words ?? null,
    clause: clauseWords(clauses, sheet.receipt?.clauseId),
    earliestCloseAt: isoOrNull(sheet.endsAt),
  };
}

async function subjectsOf(
  db: PostgresJsDatabase,
  state: RosterState,
  subject: Plan['subject'],
): Promise<readonly Subject[]> {
  const caseIds = state.cases.map(({ id }) => id);
  const subjectIds = state.cases.map(({ subjectId }) => subjectId);
  if (caseIds.length === 0) return [];
  const [people, forms] = await Promise.all([
    subject === undefined ? householdsOf(db, subjectIds) : unitsOf(db, subjectIds),
    db
      .selectDistinctOn([visitForms.caseId], {
        caseId: visitForms.caseId,
        hash: visitForms.hash,
        version: visitForms.version,
      })
      .from(visitForms)
      .where(isAnyOf(visitForms.caseId, caseIds))
      .orderBy(visitForms.caseId, desc(visitForms.version)),
  ]);
  const byId = new Map(people.map((person) => [person.id, person]));
  const formOf = new Map(forms.map((form) => [form.caseId, form]));
  return state.cases.map((item) => ({
    caseId: item.id,
    householdId: item.subjectId,
    headName: byId.get(item.subjectId)?.headName ?? '',
    groupName: byId.get(item.subjectId)?.groupName ?? '',
    memberCount: byId.get(item.subjectId)?.memberCount ?? 0,
    formHash: formOf.get(item.id)?.hash ?? null,
    formVersion: formOf.get(item.id)?.version ?? null,
  }));
}

function householdsOf(db: PostgresJsDatabase, ids: string[]) {
  return db
    .select({
      id: households.id,
      headName: households.headName,
      memberCount: households.memberCount,
      groupName: villagerGroups.name,
    })
    .from(households)
    .leftJoin(villagerGroups, eq(villagerGroups.id, households.groupId))
    .where(isAnyOf(households.id, ids));
}

/** 村 by name, with the persons whom the registry knows there. */
function unitsOf(db: PostgresJsDatabase, codes: string[]) {
  return db
    .select({
      id: organisations.code,
      headName: organisations.name,
      memberCount: sql<number>`coalesce(sum(${households.memberCount}), 0)::int`,
      groupName: sql<string>`''`,
    })
    .from(organisations)
    .leftJoin(households, eq(households.villageCode, organisations.code))
    .where(isAnyOf(organisations.code, codes))
    .groupBy(organisations.code, organisations.name);
}

function groupsOf(db: PostgresJsDatabase, villageCode: string) {
  return db
    .select({ id: villagerGroups.id, name: villagerGroups.name })
    .from(villagerGroups)
    .where(eq(villagerGroups.villageCode, villageCode))
    .orderBy(villagerGroups.id);
}

/** 登记确认 of the list's households: who entered, who confirmed, whether it has been carried. */
async function stampsOf(db: PostgresJsDatabase, state: RosterState) {
  const caseIds = state.cases.map(({ id }) => id);
  if (caseIds.length === 0) return [];
  const rows = await db
    .select()
    .from(registrationRows)
    .where(isAnyOf(registrationRows.caseId, caseIds))
    .orderBy(registrationRows.caseId, registrationRows.effectNo);
  return rows.map(({ caseId, effectNo, operatorName, reviewerName, carriedAt }) => ({
    caseId,
    effectNo,
    operatorName,
    reviewerName,
    carriedAt: isoOrNull(carriedAt),
  }));
}
