/** 更换适用规则的预览: what the list's pack says now, what that would change, whether it may be adopted. */
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import { confirmationsFor } from '../db/packs/pack-confirmations.ts';
import { contentHash } from '../db/record/hash-chain.ts';
import { keepPlan } from '../db/record/keep-plan.ts';
import { loadFacts } from '../db/record/load-facts.ts';
import { explainBody } from '../domain/kernel/explain.ts';
import { factsNeeded } from '../domain/kernel/facts-need.ts';
import type { Refusal } from '../domain/kernel/refusal.ts';
import type { Plan } from '../domain/plan/plan.ts';
import { planDifferences } from '../domain/plan/plan-difference.ts';
import { plainDateAt } from '../domain/time/instant.ts';
import { type PackLibrary, packCovers } from '../policies/load-packs.ts';
import { planHash } from '../policies/plan-hash.ts';
import { resolvePlan } from '../policies/resolve-plan.ts';
import type { PlanPreview, PlanWish } from './deps.ts';
import { loadState } from './roster-access.ts';

type Resolved =
  | { readonly ok: true; readonly plan: Plan }
  | { readonly ok: false; readonly refusal: Refusal };

/** Resolves the pack of a list anew, keeps the plan, and tries the adoption dry. */
export async function previewPlan(
  db: PostgresJsDatabase,
  library: PackLibrary,
  { rosterId, actor, at }: PlanWish,
): Promise<PlanPreview> {
  const { plan, state } = await loadState(db, rosterId);
  const launchedIn = Number(plainDateAt(at).slice(0, 4));
  const resolved = await resolveAgain(db, library, { plan, unitCode: state.unitCode, launchedIn });
  if (!resolved.ok) return { ok: false, refusals: [resolved.refusal] };
  const next = resolved.plan;
  const hash = planHash(next);
  await keepPlan(db, next, hash);
  const body = { type: 'adopt-plan', planHash: hash, reason: '试算' } as const;
  const need = factsNeeded(plan, state, body);
  const facts = await loadFacts(db, { ...need, plan, unitCode: state.unitCode, body });
  return {
    ok: true,
    planHash: hash,
    packVersion: next.packVersion,
    isSame: hash === state.planHash,
    differences: planDifferences(plan, next),
    refusals: explainBody({ plan, state, facts, actor, at, sheetHash: contentHash }, body),
  };
}

/** For the same area, year and procedure: another plan than of these could not be adopted. */
async function resolveAgain(
  db: PostgresJsDatabase,
  library: PackLibrary,
  wish: { readonly plan: Plan; readonly unitCode: string; readonly launchedIn: number },
): Promise<Resolved> {
  const { unitCode, launchedIn } = wish;
  const { packId, procedure, areaCode } = wish.plan;
  if (!library.packs.has(packId) || !packCovers(library, packId, areaCode)) {
    const words = '系统中已没有本名单的规则包，不能更换';
    return { ok: false, refusal: { code: 'UNKNOWN-PACK', words, whoClears: '系统管理员' } };
  }
  const confirmations = await confirmationsFor(db, packId, unitCode);
  const request = { packId, procedure, areaCode, launchedIn, confirmations };
  const resolved = resolvePlan(library, request);
  if (resolved.ok) return resolved;
  const missing = resolved.unconfirmed.map(({ words }) => words);
  const words = '现行规则中还有未核定的值，不能更换';
  const refusal = { code: 'PLAN-UNCONFIRMED', words, missing, whoClears: '领导小组办公室' };
  return { ok: false, refusal };
}
