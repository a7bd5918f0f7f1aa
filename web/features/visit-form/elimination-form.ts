/** 风险消除、回退、清退 on the page: what was saved comes back as fields, and what is filled in is saved. */
import type {
  EliminationForm,
  EliminationWay,
  ReversalForm,
} from '../../../domain/facts/elimination.ts';
import type { RegistrySnapshot, VisitForm } from '../../../domain/facts/household-facts.ts';
import { findLatestEpisode, type MonitoringEpisode } from '../../../domain/facts/monitoring.ts';
import type { Plan } from '../../../domain/plan/plan.ts';
import { type PlainDate, plainDate } from '../../../domain/time/instant.ts';
import { findingOf, type SignedText, signedText } from './signed-text.ts';

/** 风险消除信息 as fields. */
export interface EliminationFieldsValue {
  readonly since?: string;
  readonly way?: EliminationWay;
  readonly steadySince?: string;
  readonly incomeSteady?: SignedText;
  readonly spendingSettled?: SignedText;
  readonly removedRisks?: readonly string[];
  readonly noNewRisk?: SignedText;
  readonly measures?: readonly { readonly name?: string; readonly done?: boolean }[];
}

/** 回退（清退）核实 as fields. */
export interface ReversalFieldsValue {
  readonly since?: string;
  readonly eliminatedOn?: string;
  readonly cause?: string;
  readonly found?: SignedText;
}

/** The part of the form that a plan about monitoring asks for. */
export interface EpisodeFields {
  readonly elimination?: EliminationFieldsValue;
  readonly reversal?: ReversalFieldsValue;
}

/** The episode by which the registry knows the household now. */
export function latestEpisode(registry: RegistrySnapshot | null): MonitoringEpisode | undefined {
  return findLatestEpisode(registry?.monitoring);
}

/** Fields to start from: the newest form, else the episode that the registry holds. */
export function episodeFieldsFrom(
  { form, registry }: { form: VisitForm | null; registry: RegistrySnapshot | null },
  { standards }: Plan,
): EpisodeFields {
  const known = latestEpisode(registry);
  const start = {
    ...(known && { since: known.since }),
    ...(known?.eliminatedOn && { eliminatedOn: known.eliminatedOn }),
  };
  const { elimination, reversal } = form ?? {};
  return {
    ...(standards.elimination !== undefined && {
      elimination: elimination ? eliminationFields(elimination) : { ...start, measures: [] },
    }),
    ...(standards.reversalCauses !== undefined && {
      reversal: reversal ? reversalFields(reversal) : start,
    }),
  };
}

function eliminationFields(form: EliminationForm): EliminationFieldsValue {
  const { incomeSteady, spendingSettled, noNewRisk, ...rest } = form;
  return {
    ...rest,
    incomeSteady: signedText(incomeSteady),
    spendingSettled: signedText(spendingSettled),
    noNewRisk: signedText(noNewRisk),
  };
}

function reversalFields({ found, eliminatedOn, ...rest }: ReversalForm): ReversalFieldsValue {
  return { ...rest, ...(eliminatedOn && { eliminatedOn }), found: signedText(found) };
}

/** What is saved; a part without its 认定时间 is none yet, and the guards say so. */
export function episodeDraftOf(
  { elimination, reversal }: EpisodeFields,
  { standards }: Plan,
  visitedOn: PlainDate,
): Pick<VisitForm, 'elimination' | 'reversal'> {
  return {
    ...(standards.elimination !== undefined && {
      elimination: eliminationOf(elimination, visitedOn),
    }),
    ...(standards.reversalCauses !== undefined && { reversal: reversalOf(reversal) }),
  };
}

function eliminationOf(
  fields: EliminationFieldsValue | undefined,
  visitedOn: PlainDate,
): EliminationForm | null {
  const { since, way, steadySince, removedRisks = [], measures = [] } = fields ?? {};
  if (!since || way === undefined) return null;
  return {
    since: plainDate(since),
    way,
    // Not said since when: steady from the visit on, which is no time yet.
    steadySince: steadySince ? plainDate(steadySince) : visitedOn,
    incomeSteady: findingOf(fields?.incomeSteady),
    spendingSettled: findingOf(fields?.spendingSettled),
    removedRisks,
    noNewRisk: findingOf(fields?.noNewRisk),
    measures: measures.flatMap(({ name = '', done = false }) =>
      name.trim() === '' ? [] : [{ name, done }],
    ),
  };
}

function reversalOf(fields: ReversalFieldsValue | undefined): ReversalForm | null {
  const { since, eliminatedOn, cause = '', found } = fields ?? {};
  if (!since || cause === '') return null;
  return {
    since: plainDate(since),
    eliminatedOn: eliminatedOn ? plainDate(eliminatedOn) : null,
    cause,
    found: findingOf(found),
  };
}
