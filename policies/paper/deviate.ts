/** 例中的户情 — the lawful paper household with what an example says is otherwise. */

import type { CountyFacts } from '../../domain/facts/county-facts.ts';
import type { EliminationForm, ReversalForm } from '../../domain/facts/elimination.ts';
import type {
  CaseFacts,
  RegistrySnapshot,
  Signature,
  SignedFinding,
  VisitForm,
} from '../../domain/facts/household-facts.ts';
import type { MonitoringEpisode, MonitoringForm } from '../../domain/facts/monitoring.ts';
import type { PersonChangeForm } from '../../domain/facts/person-change.ts';
import type { VillageFacts } from '../../domain/facts/village-facts.ts';
import { invariant } from '../../domain/invariant.ts';
import type { CaseComparison, CaseState, ComparisonMark } from '../../domain/kernel/state.ts';
import type { Plan } from '../../domain/plan/plan.ts';
import { type Instant, type PlainDate, plainDate, plainDateAt } from '../../domain/time/instant.ts';
import type { Example } from '../example-file.ts';
import {
  householdStatusOf,
  incomeOverLine,
  lawfulIncome,
  MEMBERS,
  paperRegistry,
} from './paper-household.ts';
import { paperChange } from './paper-persons.ts';

type Given = Example['given'];
type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** Only what was said: a key with no value changes nothing. */
function said<T extends object>(part: T): Defined<T> {
  const kept = Object.entries(part).filter(([, value]: [string, unknown]) => value !== undefined);
  return Object.fromEntries(kept) as Defined<T>;
}

/** The facts of a case once the example's deviations are laid over them. */
export function factsWith(facts: CaseFacts, given: Given, plan: Plan, at: Instant): CaseFacts {
  const { form, registry, otherLiveCase, village, county } = given;
  return {
    ...facts,
    ...(village !== undefined && { village: villageWith(facts.village, village) }),
    ...(county !== undefined && { county: countyWith(facts, county) }),
    ...(form === null && { form: null }),
    ...(form && { form: formWith(facts, form, plan) }),
    ...(registry === null && { registry: null }),
    ...(registry && { registry: registryWith(facts.registry, registry, plan, at) }),
    ...(otherLiveCase !== undefined && { otherLiveCase }),
  };
}

function countyWith({ county }: CaseFacts, given: Given['county']): CountyFacts {
  invariant(county?.registry != null, 'the paper county is known');
  return { registry: given === null ? null : { ...county.registry, ...given } };
}

function formWith(
  { form, registry }: CaseFacts,
  given: NonNullable<Given['form']>,
  plan: Plan,
): VisitForm {
  invariant(form !== null, 'the paper household has a form');
  const { visitors, householderSigned, application, followUpPlan, unmetStandards } = given;
  const { members: patches, overLine, security, stableIncome, helpEffective, ...rest } = given;
  const { graveCause, monitoring, elimination, reversal, persons, ...plain } = rest;
  const members = patches === undefined ? form.members : membersWith(patches);
  return {
    ...form,
    ...said(plainOf(plain)),
    members,
    ...(visitors !== undefined && { visitors: form.visitors.slice(0, visitors) }),
    ...(householderSigned === false && { householderSignature: null }),
    ...(application === false && { application: null }),
    ...(followUpPlan === false && { followUpPlan: null }),
    income:
      overLine === undefined
        ? lawfulIncome(plan, members.length)
        : incomeOverLine(plan, members.length, overLine),
    ...(security !== undefined && { security: { ...form.security, ...said(security) } }),
    ...(stableIncome !== undefined && { stableIncome: judged(form.stableIncome, stableIncome) }),
    ...(helpEffective !== undefined && {
      helpEffective: judged(form.helpEffective, helpEffective),
    }),
    ...(graveCause !== undefined && { graveCause: judged(form.graveCause ?? null, graveCause) }),
    ...(monitoring !== undefined && { monitoring: monitoringWith(form, monitoring) }),
    ...(elimination !== undefined && { elimination: eliminationWith(form, elimination) }),
    ...(reversal !== undefined && { reversal: reversalWith(form, reversal) }),
    ...(persons !== undefined && { persons: personsWith(form, registry, persons, plan) }),
    ...(unmetStandards !== undefined && {
      standards: form.standards.map(({ key, met }) => ({
        key,
        met: met && !unmetStandards.includes(key),
      })),
    }),
  };
}

const HARDSHIP: SignedFinding = { holds: true, signer: '王村干', reason: '住院自付三万元' };

function monitoringWith(
  form: VisitForm,
  given: NonNullable<NonNullable<Given['form']>['monitoring']> | null,
): MonitoringForm | null {
  if (given === null || form.monitoring == null) return null;
  const { hardship, authorisation, ...rest } = given;
  return {
    ...form.monitoring,
    ...said(rest),
    ...(hardship !== undefined && { hardship: judged(HARDSHIP, hardship) }),
    ...(authorisation !== undefined && {
      authorisation: authorisedBy(form.monitoring.authorisation ?? null, authorisation),
    }),
  };
}

function eliminationWith(
  form: VisitForm,
  given: NonNullable<NonNullable<Given['form']>['elimination']> | null,
): EliminationForm | null {
  const { elimination: known } = form;
  if (given === null || known == null) return null;
  const { incomeSteady, spendingSettled, noNewRisk, ...rest } = given;
  return {
    ...known,
    ...said(rest),
    ...(incomeSteady !== undefined && { incomeSteady: judged(known.incomeSteady, incomeSteady) }),
    ...(spendingSettled !== undefined && {
      spendingSettled: judged(known.spendingSettled, spendingSettled),
    }),
    ...(noNewRisk !== undefined && { noNewRisk: judged(known.noNewRisk, noNewRisk) }),
  };
}

function reversalWith(
  form: VisitForm,
  given: NonNullable<NonNullable<Given['form']>['reversal']> | null,
): ReversalForm | null {
  const { reversal: known } = form;
  if (given === null || known == null) return null;
  const { found, ...rest } = given;
  return {
    ...known,
    ...said(rest),
    ...(found !== undefined && { found: judged(known.found, found) }),
  };
}

function personsWith(
  form: VisitForm,
  registry: RegistrySnapshot | null,
  given: NonNullable<NonNullable<Given['form']>['persons']> | null,
  { persons: rules }: Plan,
): PersonChangeForm | null {
  const { persons: known } = form;
  if (given === null || known == null) return null;
  const { changes, newHead } = given;
  invariant(rules !== undefined && registry !== null, 'persons of a household that is held');
  return {
    changes:
      changes?.map(({ kind, ...rest }) => ({
        ...paperChange(kind, rules, registry, form.visitedOn),
        ...said(rest),
      })) ?? known.changes,
    newHead: newHead === undefined ? known.newHead : newHead,
  };
}

/** The village with what the example says is otherwise; null: the registry or the form has none. */
function villageWith(
  facts: VillageFacts | undefined,
  { registry, form, openSheets }: NonNullable<Given['village']>,
): VillageFacts {
  invariant(facts?.registry != null && facts.form !== null, 'the paper village is whole');
  const { unmet = [], open = [], leftOut = [], denominator, relocation, ...plain } = form ?? {};
  const indicators = facts.form.indicators
    .filter(({ key }) => !leftOut.includes(key))
    .map((each) => ({
      ...each,
      met: open.includes(each.key) ? null : each.met === true && !unmet.includes(each.key),
    }));
  return {
    ...(openSheets !== undefined && { openSheets }),
    registry: registry === null ? null : { ...facts.registry, ...said(registry ?? {}) },
    form:
      form === null
        ? null
        : {
            ...facts.form,
            ...said(signed(plain)),
            indicators,
            denominator: { ...facts.form.denominator, ...said(denominator ?? {}) },
            relocation: { ...facts.form.relocation, ...said(relocation ?? {}) },
          },
  };
}

function signed({
  isSigned,
  filledOn,
}: {
  isSigned?: boolean | undefined;
  filledOn?: PlainDate | undefined;
}) {
  return { filledOn, ...(isSigned === false && { signatures: [] }) };
}

function authorisedBy(
  signed: Signature | null,
  how: 'none' | 'no-scan' | 'tomorrow',
): Signature | null {
  if (how === 'none' || signed === null) return null;
  return how === 'no-scan' ? { ...signed, scan: '' } : { ...signed, on: plainDate('2100-01-01') };
}

/** What the form takes over as it is written. */
function plainOf(given: NonNullable<Given['form']>) {
  const { visitedOn, incomeFrom, incomeTo, housingGrade, relocation, dibaoBackstop, cause } = given;
  return { visitedOn, incomeFrom, incomeTo, housingGrade, relocation, dibaoBackstop, cause };
}

function membersWith(patches: NonNullable<NonNullable<Given['form']>['members']>) {
  return patches.map((patch, index) => {
    const member = MEMBERS[index];
    invariant(member !== undefined, `the paper household has ${MEMBERS.length} members`);
    const { labour = member.labour, ...rest } = patch;
    return { ...member, ...said(rest), labour: labour ?? undefined };
  });
}

function judged(finding: SignedFinding | null, holds: boolean | null): SignedFinding | null {
  if (holds === null || finding === null) return null;
  return holds ? { ...finding, holds } : { ...finding, holds, reason: '' };
}

function registryWith(
  registry: RegistrySnapshot | null,
  given: NonNullable<Given['registry']>,
  plan: Plan,
  at: Instant,
): RegistrySnapshot {
  const status = householdStatusOf(plan);
  const known = registry ?? paperRegistry(at, status === undefined ? {} : { status });
  const { security, monitored, labour, ...rest } = given;
  const since = plainDateAt(known.asOf);
  return {
    ...known,
    ...said(rest),
    ...(monitored !== undefined && { monitoring: episodesOf(monitored, since) }),
    ...(labour !== undefined && { members: known.members.map((each) => ({ ...each, labour })) }),
    security: { ...known.security, ...said(security ?? {}) },
  };
}

function episodesOf(
  monitored: NonNullable<NonNullable<Given['registry']>['monitored']> | null,
  since: PlainDate,
): readonly MonitoringEpisode[] {
  if (monitored === null) return [];
  const { class: named, eliminated, cleared } = monitored;
  const eliminatedOn = eliminated ? since : null;
  const ended = cleared ? { clearedOn: since } : {};
  return [{ class: named, since, risks: ['因病'], eliminatedOn, ...ended }];
}

/** The case once the example's deviations are laid over it. */
export function caseWith(item: CaseState, given: Given, plan: Plan, at: Instant): CaseState {
  const { accepted, comparison, uncertified } = given;
  const open = (uncertified ?? []).map((key) => [key, false] as const);
  return {
    ...item,
    ...(accepted !== undefined && { accepted: { ...item.accepted, ...said(accepted) } }),
    ...(uncertified !== undefined && {
      certified: { ...item.certified, ...Object.fromEntries(open) },
    }),
    ...(comparison !== undefined && { comparison: comparisonOf(comparison, plan, at) }),
  };
}

/** One department's mark as given, the others clear; all of them in force now. */
function comparisonOf(
  first: NonNullable<Given['comparison']>,
  plan: Plan,
  at: Instant,
): CaseComparison | null {
  if (first === 'none') return null;
  const departments = plan.steps.flatMap((step) =>
    step.kind === 'comparison' ? step.departments : [],
  );
  const marks = departments.map((_, index): ComparisonMark => (index === 0 ? first : 'clear'));
  return { marks, ends: marks.map(() => at) };
}
