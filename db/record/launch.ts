import { and, eq, inArray, isNull, max, sql } from 'drizzle-orm';
import { invariant } from '../../domain/invariant.ts';
import type { ActorSnapshot } from '../../domain/kernel/actor.ts';
import type { LateEntry } from '../../domain/kernel/command.ts';
import { openRoster } from '../../domain/kernel/open.ts';
import type { Refusal } from '../../domain/kernel/refusal.ts';
import type { Plan, ProcedureId } from '../../domain/plan/plan.ts';
import { unitWord } from '../../domain/plan/unit-word.ts';
import type { Instant } from '../../domain/time/instant.ts';
import type { DbOrTx } from '../import/database.ts';
import { households } from '../schema/households.ts';
import { organisations } from '../schema/organisation.ts';
import { rosters } from '../schema/record.ts';
import { insertRoster } from './apply-command.ts';
import { keepPlan } from './keep-plan.ts';
import { answerScreenings } from './keep-screenings.ts';
import { findKeyedRequest, type KeyedRequest, keepKeyedRequest } from './keyed-requests.ts';
import { loadFacts } from './load-facts.ts';
import { RecordWrites } from './record-writes.ts';

/** What is to be listed, for which village, under which rules. */
export interface Launch {
  readonly procedure: ProcedureId;
  readonly packId: string;
  readonly unitCode: string;
  readonly householdIds?: readonly string[];
  /** 村, where the procedure lists villages. */
  readonly villageCodes?: readonly string[];
  /** 县, where it lists counties. */
  readonly countyCodes?: readonly string[];
  readonly actor: ActorSnapshot;
  readonly at: Instant;
  readonly plan: Plan;
  /** 补登 of a list that was opened on paper before. */
  readonly late?: LateEntry;
  /** Content hash of `plan`. */
  readonly planHash: string;
  /** What the client sent, so that a repetition finds the list; left out when it gave no key. */
  readonly request?: KeyedRequest;
}

/** Id of the list, or why there is none. */
export type LaunchAnswer =
  | { readonly ok: true; readonly rosterId: string }
  | { readonly ok: false; readonly refusals: readonly Refusal[] };

/**
 * 建立名单 — opens a list in one transaction; the same request again gives the same list. The workflow is started afterwards by `ensureRunning`; if
 * the caller dies in between, the next start of the system does it.
 */
export async function launchRoster(db: DbOrTx, launch: Launch): Promise<LaunchAnswer> {
  invariant(launch.plan.procedure === launch.procedure, 'the plan is for this procedure');
  invariant(launch.plan.packId === launch.packId, 'the plan comes from this pack');
  try {
    return await db.transaction((tx) => openInTransaction(tx, launch));
  } catch (error) {
    // Another list took one of the subjects between our look and our write.
    if (!breaksOneLiveCase(error)) throw error;
    const words = `名单中有${unitWord(launch.plan)}刚刚列入另一份名单，请刷新后重新选择`;
    const { subjectClauseId: clauseId } = launch.plan;
    const missing = ['另一份名单办结或撤回'];
    return { ok: false, refusals: [{ code: 'G-25', words, clauseId, missing }] };
  }
}

/** An opening judges its subjects alone. */
const OPENING_NEED = {
  body: null,
  groups: false,
  windows: false,
  otherLists: true,
  ordinaryPoorOutside: false,
  monitoringScale: false,
} as const;

const REUSED_WORDS = '同一次提交的内容前后不一致，请刷新页面后重新提交';

async function openInTransaction(tx: DbOrTx, launch: Launch): Promise<LaunchAnswer> {
  const { plan, planHash, unitCode, procedure, actor, request, late = null } = launch;
  const at = Math.min(late?.claimedAt ?? launch.at, launch.at);
  const earlier = request === undefined ? null : await findKeyedRequest(tx, request);
  if (earlier?.kind === 'done') return { ok: true, rosterId: earlier.result };
  if (earlier?.kind === 'conflict') return refuse('IDEMPOTENCY-KEY-REUSED', REUSED_WORDS);
  const subjects = await findSubjects(tx, launch);
  if ('refusals' in subjects) return subjects;
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext(${`${unitCode}:${procedure}`}))`);
  const batch = await nextBatch(tx, launch);
  const rosterId = `${unitCode}-${procedure}-${plan.year}-${String(batch).padStart(2, '0')}`;
  const listed = [...subjects].map(([subjectId, groupId], index) => ({
    id: `${rosterId}-c${String(index + 1).padStart(3, '0')}`,
    subjectId,
    groupId,
  }));
  const factCases = listed.map(({ id, subjectId }) => ({ id, subjectId, formHash: null }));
  const need = { ...OPENING_NEED, proofs: late === null ? [] : [late.proof] };
  const facts = await loadFacts(tx, { ...need, plan, unitCode, cases: factCases });
  const times = { at, receivedAt: launch.at, late };
  const opening = { rosterId, plan, planHash, unitCode, batch, cases: listed, ...times };
  const decision = openRoster({ ...opening, actor, facts });
  if (!decision.ok) return { ok: false, refusals: decision.refusals };
  await keepPlan(tx, plan, planHash);
  const writes = new RecordWrites();
  const { state, events } = decision;
  const { chain } = facts;
  const cause = { commandId: null, actor, factsHash: writes.addFacts(facts) };
  await insertRoster(tx, { rosterId, plan, state, events, chain, cause, writes });
  await writes.write(tx, launch.at);
  const subjectIds = [...subjects.keys()];
  await answerScreenings(tx, { rosterId, procedure, subjectIds, at: launch.at });
  if (request !== undefined) await keepKeyedRequest(tx, request, rosterId);
  return { ok: true, rosterId };
}

type Refused = Extract<LaunchAnswer, { ok: false }>;

/**
 * 办理对象 with their groups, each once; a list of villages takes those of its township, one of counties
 * those of its city, or the county whose own list it is.
 */
async function findSubjects(
  tx: DbOrTx,
  { plan, unitCode, householdIds = [], villageCodes = [], countyCodes = [] }: Launch,
): Promise<Map<string, string | null> | Refused> {
  const { subject, subjectClauseId: clauseId } = plan;
  const named = { household: householdIds, village: villageCodes, county: countyCodes };
  const ids = [...new Set(named[subject ?? 'household'])];
  const known =
    subject === undefined
      ? await findGroups(tx, ids)
      : await findUnitsOf(tx, plan, { unitCode, codes: ids });
  if (ids.every((id) => known.has(id))) {
    return new Map(ids.map((id) => [id, known.get(id) ?? null]));
  }
  if (subject === 'village') {
    const words = '名单中有不属于本乡镇的村，请重新选择';
    const missing = ['本乡镇的村'];
    const whoClears = '乡镇经办（选择本乡镇的村）';
    const refusal = { code: 'UNKNOWN-VILLAGE', words, clauseId, missing, whoClears };
    return { ok: false, refusals: [refusal] };
  }
  if (subject === 'county') {
    const words = '名单中有不属于申请单位的县，请重新选择';
    const missing = ['申请单位所辖的县'];
    const whoClears = '申请单位经办（选择所辖的县）';
    const refusal = { code: 'UNKNOWN-COUNTY', words, clauseId, missing, whoClears };
    return { ok: false, refusals: [refusal] };
  }
  const words = '名单中有系统里没有的农户，请刷新后重选';
  const missing = ['系统中的农户（先导入花名册）'];
  const whoClears = '县、乡镇经办（导入花名册）';
  return { ok: false, refusals: [{ code: 'UNKNOWN-HOUSEHOLD', words, missing, whoClears }] };
}

/** Villages or counties that belong to the list's unit, or are the unit whose own list it is. */
async function findUnitsOf(
  tx: DbOrTx,
  { subject, listLevel }: Plan,
  { unitCode, codes }: { readonly unitCode: string; readonly codes: string[] },
): Promise<Map<string, null>> {
  if (codes.length === 0 || subject === undefined) return new Map();
  const { code, parentCode, level } = organisations;
  const belongs = subject === listLevel ? eq(code, unitCode) : eq(parentCode, unitCode);
  const rows = await tx
    .select({ code })
    .from(organisations)
    .where(and(inArray(code, codes), belongs, eq(level, subject)));
  return new Map(rows.map((row) => [row.code, null]));
}

async function findGroups(tx: DbOrTx, ids: string[]): Promise<Map<string, string | null>> {
  if (ids.length === 0) return new Map();
  const { id, groupId } = households;
  const rows = await tx.select({ id, groupId }).from(households).where(inArray(id, ids));
  return new Map(rows.map((row) => [row.id, row.groupId]));
}

async function nextBatch(tx: DbOrTx, { unitCode, procedure, plan }: Launch): Promise<number> {
  const [row] = await tx
    .select({ last: max(rosters.batch) })
    .from(rosters)
    .where(
      and(
        eq(rosters.unitCode, unitCode),
        eq(rosters.procedure, procedure),
        eq(rosters.year, plan.year),
        isNull(rosters.parentId),
      ),
    );
  return (row?.last ?? 0) + 1;
}

function refuse(code: string, words: string): LaunchAnswer {
  return { ok: false, refusals: [{ code, words }] };
}

const UNIQUE_VIOLATION = '23505';

/** Drizzle wraps the driver's error, so the chain of causes is walked. */
function breaksOneLiveCase(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ('code' in cause && cause.code === UNIQUE_VIOLATION) {
      return 'constraint_name' in cause && cause.constraint_name === 'cases_one_live_per_family';
    }
  }
  return false;
}
