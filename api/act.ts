/** 文书: signed once over many lists, then applied to each by a command of its own. */
import { eq } from 'drizzle-orm';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import { contentHash } from '../db/record/hash-chain.ts';
import { commandId } from '../db/record/submit-command.ts';
import { acts, actTargets } from '../db/schema/effects.ts';
import { commands, plans, rosters } from '../db/schema/record.ts';
import { invariant } from '../domain/invariant.ts';
import type { ActorSnapshot } from '../domain/kernel/actor.ts';
import type { CommandBody, CommandOutcome } from '../domain/kernel/command.ts';
import { clearCases, type RosterState } from '../domain/kernel/state.ts';
import type { Plan, PlanStep } from '../domain/plan/plan.ts';
import type { Instant } from '../domain/time/instant.ts';
import { requireRole } from './area.ts';
import type { ApiDeps } from './deps.ts';
import type { SignedAct } from './json/act.ts';
import { ApiProblem, RefusedProblem } from './problem.ts';
import { readableRoster } from './roster-access.ts';

/** What `acts.body` holds: the whole text as signed, and the request that a repetition must equal. */
interface StoredAct {
  readonly signed: SignedAct;
  readonly requestHash: string;
}

/** A list that an act covers, with what became of it there. */
export interface ActTarget {
  readonly rosterId: string;
  readonly caseIds: readonly string[];
  readonly title: string;
  readonly unitCode: string;
  readonly state: RosterState;
  readonly plan: Plan;
  readonly outcome: CommandOutcome | null;
  /** Whether its command is in the record already, judged or not. */
  readonly isSent: boolean;
}

/** An act as stored. */
export interface FoundAct {
  readonly row: typeof acts.$inferSelect;
  readonly signed: SignedAct;
  readonly targets: readonly ActTarget[];
}

/** Who signs, and when. */
export interface Signing {
  readonly actor: ActorSnapshot;
  readonly at: Instant;
  readonly idempotencyKey: string;
}

function targetKey(actId: string, rosterId: string): string {
  return `act:${actId}:${rosterId}`;
}

/** 签发 — stores the act, or finds it when the same request came before. Applies nothing. */
export async function signAct(
  db: PostgresJsDatabase,
  act: SignedAct,
  signing: Signing,
): Promise<string> {
  const { actor, at } = signing;
  const id = commandId(actor.userId, `sign-act:${signing.idempotencyKey}`);
  const requestHash = contentHash(act);
  // First of all: once applied, its lists have moved on and the checks below would fail.
  if (await isRepetition(db, id, requestHash)) return id;
  const { issuerCode, targets } = await checkTargets(db, act, signing);
  const signed: SignedAct = { ...act, targets };
  const body: StoredAct = { signed, requestHash };
  const inserted = await db.transaction(async (tx) => {
    const { kind, documentNo, documentOn, title } = act;
    const rows = await tx
      .insert(acts)
      .values({
        id,
        kind,
        issuerCode,
        documentNo,
        documentOn,
        title,
        body,
        contentHash: contentHash(signed),
        signedBy: actor.userId,
        signedAt: at,
      })
      .onConflictDoNothing()
      .returning({ id: acts.id });
    if (rows.length === 0) return false;
    await tx.insert(actTargets).values(
      targets.map(({ rosterId, caseIds }) => {
        const command = commandId(actor.userId, targetKey(id, rosterId));
        return { actId: id, rosterId, caseIds, commandId: command };
      }),
    );
    return true;
  });
  if (!inserted) await isRepetition(db, id, requestHash);
  return id;
}

/** Refuses another content under the same key. */
async function isRepetition(db: PostgresJsDatabase, id: string, hash: string): Promise<boolean> {
  const [row] = await db.select({ body: acts.body }).from(acts).where(eq(acts.id, id));
  if (row === undefined) return false;
  // Written by signAct only.
  if ((row.body as StoredAct).requestHash === hash) return true;
  throw new ApiProblem('CONFLICT', '同一次提交的内容前后不一致，请刷新页面后重新提交');
}

/** Every list stands at the act's step, is the signer's to sign, and goes on as a whole. */
async function checkTargets(db: PostgresJsDatabase, act: SignedAct, { actor, at }: Signing) {
  const issuers = new Set<string>();
  const targets: { rosterId: string; caseIds: readonly string[] }[] = [];
  const waiting: Waiting[] = [];
  for (const { rosterId, caseIds: named } of act.targets) {
    const { roster, plan } = await readableRoster(db, actor, at, rosterId);
    const step = plan.steps[roster.state.stepIndex];
    if (roster.closedAt !== null || step?.kind !== act.kind) {
      throw new ApiProblem('WRONG-STATE', `${roster.title}现在不在这一环节，不能列入本文书`);
    }
    const { unitCode } = roster;
    issuers.add(await requireRole(db, { actor, at, roles: step.by, unitCode, step, plan }));
    const caseIds = waitingCases(roster.state);
    waiting.push({ countyCode: roster.countyCode, households: caseIds.length, step, plan });
    if (named !== undefined && !isSameSet(named, caseIds)) {
      const words = `${roster.title}：文书所列的户与待办的户不一致，其余的户请先拆分`;
      throw new ApiProblem('CONFLICT', words);
    }
    targets.push({ rosterId, caseIds });
  }
  if (new Set(targets.map(({ rosterId }) => rosterId)).size < targets.length) {
    throw new ApiProblem('MALFORMED', '同一名单在文书中只能列一次');
  }
  if (act.kind === 'report') requireSums(act, waiting);
  const [issuerCode, ...others] = issuers;
  invariant(issuerCode !== undefined, 'an act has at least one target');
  if (others.length > 0) throw new ApiProblem('MALFORMED', '一件文书只能由一个单位签发');
  return { issuerCode, targets };
}

/** What a list adds to a report. */
interface Waiting {
  readonly countyCode: string;
  readonly households: number;
  readonly step: PlanStep;
  readonly plan: Plan;
}

/** G-20: 到县统计数据 of a report are the sums of the lists that it covers, county by county. */
function requireSums(
  { counts }: Extract<SignedAct, { kind: 'report' }>,
  lists: readonly Waiting[],
): void {
  const sums = new Map<string, number>();
  for (const { countyCode, households } of lists) {
    sums.set(countyCode, (sums.get(countyCode) ?? 0) + households);
  }
  const said = new Map(counts.map(({ countyCode, households }) => [countyCode, households]));
  const codes = [...new Set([...sums.keys(), ...said.keys()])].sort();
  const wrong = codes.filter((code) => (sums.get(code) ?? 0) !== (said.get(code) ?? 0));
  const [first] = lists;
  if (wrong.length === 0 || first === undefined) return;
  const missing = wrong.map(
    (code) => `${code}：名单${sums.get(code) ?? 0}户，报告${said.get(code) ?? 0}户`,
  );
  const words = '报告的到县统计数据与所列名单不一致。';
  const { clauseId } = first.step;
  throw new RefusedProblem([{ code: 'G-20', words, clauseId, missing }], first.plan.clauses);
}

function waitingCases(state: RosterState): readonly string[] {
  return clearCases(state).map(({ id }) => id);
}

function isSameSet(some: readonly string[], others: readonly string[]): boolean {
  const set = new Set(some);
  return set.size === others.length && others.every((id) => set.has(id));
}

/** The list has changed since the act was signed: it no longer covers what it would pass. */
export function hasChanged(target: ActTarget): boolean {
  return !target.isSent && !isSameSet(target.caseIds, waitingCases(target.state));
}

/** The act with every list it covers; NOT-FOUND for an unknown one. */
export async function findAct(db: PostgresJsDatabase, actId: string): Promise<FoundAct> {
  const [row] = await db.select().from(acts).where(eq(acts.id, actId));
  if (row === undefined) throw new ApiProblem('NOT-FOUND', '没有这件文书');
  const rows = await db
    .select({ target: actTargets, roster: rosters, plan: plans.body, command: commands })
    .from(actTargets)
    .innerJoin(rosters, eq(rosters.id, actTargets.rosterId))
    .innerJoin(plans, eq(plans.hash, rosters.planHash))
    .leftJoin(commands, eq(commands.id, actTargets.commandId))
    .where(eq(actTargets.actId, actId))
    .orderBy(actTargets.rosterId);
  const targets = rows.map(({ target, roster, plan, command }) => ({
    rosterId: roster.id,
    caseIds: target.caseIds ?? [],
    title: roster.title,
    unitCode: roster.unitCode,
    state: roster.state,
    plan,
    outcome: command?.outcome ?? null,
    isSent: command !== null,
  }));
  return { row, signed: (row.body as StoredAct).signed, targets };
}

/** After this the rest stays pending and is applied by asking again. */
const APPLY_MS_MAX = 10_000;

/** 执行文书 — applies what is pending, list after list; what was judged before is not sent again. */
export async function applyAct(deps: ApiDeps, actId: string, actor: ActorSnapshot): Promise<void> {
  const { row, signed, targets } = await findAct(deps.db, actId);
  if (row.signedBy !== actor.userId) {
    const words = '文书由签发人本人继续办理';
    throw new ApiProblem('NOT-YOUR-DUTY', words, { whoClears: '签发人' });
  }
  const until = Date.now() + APPLY_MS_MAX;
  const pending = targets.filter((target) => target.outcome === null && !hasChanged(target));
  for (const { rosterId } of pending) {
    if (Date.now() > until) return;
    const idempotencyKey = targetKey(actId, rosterId);
    const body = commandOf(actId, signed);
    await deps.engine.sendCommand({ rosterId, actor, idempotencyKey, body });
  }
}

function commandOf(actId: string, signed: SignedAct): CommandBody {
  const { opinion, evidence, documentNo, documentOn } = signed;
  const act = { actId, documentNo, documentOn };
  if (signed.kind === 'report') {
    const { why, counts } = signed;
    const paper = { documentNo: signed.documentNo, documentOn: signed.documentOn };
    return { type: 'report', ...paper, why, counts, evidence, act };
  }
  const base = { opinion, evidence, act, refuse: [], answers: [], acceptLate: [] };
  return signed.kind === 'review'
    ? { ...base, type: 'review' }
    : { ...base, type: 'decide', documentNo: signed.documentNo, documentOn: signed.documentOn };
}
