/** 测速用规则 — the plan of the benchmark: seven sign-offs, a notice of one second, one registration. */
import { invariant } from '../domain/invariant.ts';
import type { Plan } from '../domain/plan/plan.ts';
import { loadPacks } from '../policies/load-packs.ts';
import { resolvePlan } from '../policies/resolve-plan.ts';

/** The county in which everything happens. */
export const COUNTY = '530627';

/** Id of the pack. */
export const BENCH_PACK = 'bench';

const PACK_TEXT = `
id: ${BENCH_PACK}
version: 1
kind: bench
parent: null
title: 测速
areaCode: '${COUNTY}'
year: 2026
clauses:
  bench: { document: 测速用规则, article: 全文, quote: 只用于测速, source: PRODUCT, verified: true }
values:
  income.line: { value: 400000, verified: true, clause: bench }
  income.window: { value: { from: 2025-10-01, to: 2026-09-30 }, verified: true, clause: bench }
  income.counts: { value: { dibao: true, pension: true }, verified: true, clause: bench }
  assembly.quorum: { value: { numerator: 2, denominator: 3 }, verified: true, clause: bench }
  assembly.passing: { value: { numerator: 1, denominator: 2 }, verified: true, clause: bench }
  notice.village: { value: { amount: 1, unit: SECOND, countFirstDay: false }, verified: true, clause: bench }
  objection.days: { value: { amount: 1, unit: SECOND, countFirstDay: false }, verified: true, clause: bench }
procedures:
  household-exit:
    title: 测速
    family: registry-status
    listLevel: village
    subject: { statuses: [poor], clause: bench }
    order: { verified: true, clause: bench }
    outerDue: null
    steps:
      - key: assembly
        kind: assembly
        name: 民主评议
        by: [village/clerk]
        clause: bench
        per: village
        bases: [{ key: representatives, name: 村民代表 }]
      - key: verification
        kind: verification
        name: 入户核实
        by: [village/clerk]
        clause: bench
        signers: [村两委]
      - key: village-notice
        kind: notice
        name: 村内公示
        by: [village/clerk]
        clause: bench
        posters: [village/clerk]
        places: [{ key: village-board, name: 村委会公示栏 }]
        period: notice.village
      - key: township-review
        kind: review
        name: 乡镇审核
        by: [township/reviewer]
        clause: bench
      - key: county-decision
        kind: decision
        name: 县级审定
        by: [county/decider]
        clause: bench
      - key: registration
        kind: registration
        name: 标注脱贫
        by: [county/registry-operator]
        clause: bench
        functionKey: mark-exit
        functionName: 贫困户脱贫标注
        windowLevel: county
        reviewers: [county/entry-reviewer]
        outcome: exited
`;

/** The plan, resolved as any other. */
export function benchPlan(): Plan {
  const library = loadPacks({ extra: [{ name: `${BENCH_PACK}.yaml`, text: PACK_TEXT }] });
  const outcome = resolvePlan(library, {
    packId: BENCH_PACK,
    procedure: 'household-exit',
    areaCode: COUNTY,
    confirmations: [],
  });
  invariant(outcome.ok, 'every value of the bench pack is verified');
  return outcome.plan;
}
