/** 环节编制: a step of a pack made into a step of a plan. */
import type { DueRule, PlanStep, ProcedureId } from '../domain/plan/plan.ts';
import { FUNCTION_WORDS } from '../domain/plan/registry-function.ts';
import type { ValueReader } from './confirm-values.ts';
import type { MergedRules } from './merge-lineage.ts';
import type { PackDue, PackStep } from './pack-file.ts';

/** Stands in for a value that waits for the office: such steps never leave resolvePlan. */
const PENDING = {
  period: { amount: 1, unit: 'CALENDAR', countFirstDay: false, rollToWorkday: false },
  fraction: { numerator: 1, denominator: 1 },
} as const;

const PENDING_CLAUSE = 'pending';

/** The steps of the plan; values not yet confirmed are noted in `reader`. */
export function planSteps(
  rules: MergedRules,
  reader: ValueReader,
  procedure: ProcedureId,
): PlanStep[] {
  reader.readOrder(procedure);
  return rules.procedure.steps
    .filter(({ onlyIf }) => onlyIf === undefined || reader.read(onlyIf)?.value === true)
    .map((step) => planStep(step, rules, reader));
}

/** 期限规则 as the plan holds it. */
export function dueRule(due: PackDue | null | undefined): DueRule | null {
  if (due === null || due === undefined) return null;
  return 'date' in due
    ? { kind: 'date', deadline: due.date, clauseId: due.clause }
    : {
        kind: 'period',
        rule: due.period,
        clauseId: due.clause,
        ...(due.from !== undefined && { from: due.from }),
      };
}

function planStep(step: PackStep, rules: MergedRules, reader: ValueReader): PlanStep {
  const base = {
    key: step.key,
    name: step.name,
    by: step.by,
    clauseId: step.clause,
    guards: step.guards.map(({ id, mode, clause }) => ({ id, mode, clauseId: clause })),
    evidence: step.evidence,
    due: dueRule(rules.procedure.dueBySteps[step.key]),
  };
  switch (step.kind) {
    case 'collect': {
      const visitorsMin = reader.read('collect.visitors')?.value ?? 1;
      return { ...base, kind: 'collect', visitorsMin, needsApplication: step.needsApplication };
    }
    case 'assembly':
      return { ...base, kind: 'assembly', ...assemblyParts(step, reader) };
    case 'verification':
      return { ...base, kind: 'verification', signers: step.signers };
    case 'acceptance':
      return { ...base, kind: 'acceptance', parties: step.parties };
    case 'comparison':
      return {
        ...base,
        kind: 'comparison',
        departments: reader.read('comparison.departments')?.value ?? [],
        validity: reader.read('comparison.validity')?.value ?? PENDING.period,
        ahead: step.ahead,
      };
    case 'certification':
      return { ...base, kind: 'certification', indicators: indicatorsOf(reader) };
    case 'notice': {
      const { places, posters } = step;
      const period = reader.read(step.period);
      return {
        ...base,
        kind: 'notice',
        places,
        posters,
        period: period?.value ?? PENDING.period,
        periodClauseId: period?.clauseId ?? PENDING_CLAUSE,
        ...objectionParts(reader),
      };
    }
    case 'announcement': {
      const { places, posters } = step;
      const period = reader.read('announcement.minDays');
      return {
        ...base,
        kind: 'announcement',
        places,
        posters,
        minPeriod: period?.value ?? PENDING.period,
        periodClauseId: period?.clauseId ?? PENDING_CLAUSE,
        ...objectionParts(reader),
      };
    }
    case 'registration':
      return { ...base, kind: 'registration', ...registrationParts(step) };
    case 'opening':
      return { ...base, kind: 'opening', ...openingParts(step) };
    case 'report':
      return { ...base, kind: 'report', nameList: step.nameList };
    case 'decision':
      return { ...base, kind: 'decision', ...decisionParts(step) };
    case 'review':
    case 'inspection':
      return { ...base, kind: step.kind };
  }
}

function indicatorsOf(reader: ValueReader) {
  return reader.read('village.indicators')?.value ?? [];
}

function assemblyParts(step: Extract<PackStep, { kind: 'assembly' }>, reader: ValueReader) {
  const quorum = reader.read('assembly.quorum');
  const passing = reader.read('assembly.passing');
  return {
    per: step.per,
    quorum: {
      ...(quorum?.value ?? PENDING.fraction),
      bases: step.bases,
      clauseId: quorum?.clauseId ?? PENDING_CLAUSE,
    },
    passing: {
      ...(passing?.value ?? PENDING.fraction),
      clauseId: passing?.clauseId ?? PENDING_CLAUSE,
    },
    readOut: step.readOut,
    workTeamClauseId: step.workTeam?.clause ?? null,
  };
}

function decisionParts({ template }: Extract<PackStep, { kind: 'decision' }>) {
  if (template === undefined) return {};
  const { clause: clauseId, ...words } = template;
  return { template: { ...words, clauseId } };
}

function registrationParts(step: Extract<PackStep, { kind: 'registration' }>) {
  const { functionKey, functionName, windowLevel, reviewers, outcome } = step;
  return { functionKey, functionName, windowLevel, reviewers, outcome };
}

function openingParts({ functions, closing }: Extract<PackStep, { kind: 'opening' }>) {
  return {
    functions: functions.map((key) => ({ key, name: FUNCTION_WORDS[key] })),
    closing: closing && { deadline: closing.date, clauseId: closing.clause },
  };
}

function objectionParts(reader: ValueReader) {
  const objection = reader.read('objection.days');
  return {
    objectionRule: objection?.value ?? PENDING.period,
    objectionClauseId: objection?.clauseId ?? PENDING_CLAUSE,
  };
}
