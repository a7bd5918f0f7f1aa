/** 只凭所需事实 — what the record loads for a command must be all that its judgement reads. */
import { isDeepStrictEqual } from 'node:util';
import { invariant } from '../../../domain/invariant.ts';
import { decide } from '../../../domain/kernel/decide.ts';
import type { Facts } from '../../../domain/kernel/facts.ts';
import { type FactsNeed, factsNeeded } from '../../../domain/kernel/facts-need.ts';
import { requireWhole } from './whole-refusal.ts';

/** As `decide`, which must answer the same when it is given only the facts that `factsNeeded` names; its refusals are whole. */
export const judgedByNeed: typeof decide = (input) => {
  const { plan, state, command } = input;
  const decision = decide(input);
  requireWhole(decision, plan);
  const facts = onlyNeeded(input.facts, factsNeeded(plan, state, command.body));
  const isSame = isDeepStrictEqual(decide({ ...input, facts }), decision);
  invariant(isSame, `${command.body.type} is judged by the facts it needs`);
  return decision;
};

/** The facts as the record would load them. */
export function onlyNeeded(facts: Facts, need: FactsNeed): Facts {
  const needed = new Set(need.cases.map(({ id }) => id));
  const known = Object.entries(facts.cases).filter(([id]) => needed.has(id));
  const { monitoringScale, ...rest } = facts;
  return {
    ...rest,
    ...(need.monitoringScale && monitoringScale !== undefined && { monitoringScale }),
    cases: Object.fromEntries(known),
    groups: need.groups ? facts.groups : [],
    windows: need.windows ? facts.windows : [],
    ordinaryPoorOutside: need.ordinaryPoorOutside ? facts.ordinaryPoorOutside : null,
  };
}
