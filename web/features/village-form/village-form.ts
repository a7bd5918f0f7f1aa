import type { Signature } from '../../../domain/facts/household-facts.ts';
import type { VillageForm, VillageSnapshot } from '../../../domain/facts/village-facts.ts';
import { indicatorsOf } from '../../../domain/guards/village-exit.ts';
import type { Plan } from '../../../domain/plan/plan.ts';
import { type Instant, plainDate, plainDateAt } from '../../../domain/time/instant.ts';

/** 申报表 as saved: what the record adds (hash, version, who compiled it) is left out. */
export type VillageFormDraft = Omit<VillageForm, 'hash' | 'version' | 'compiledBy'>;

/** What the record holds for a case: the newest form, and the village as it now stands. */
export interface KnownVillage {
  readonly form: VillageForm | null;
  readonly registry: VillageSnapshot | null;
}

/** One signature as a page holds it. */
interface SignatureFields {
  readonly name?: string;
  readonly on?: string;
  readonly scan?: readonly string[];
}

/** The fields of the page: files as lists, dates as text, answers by key. */
export interface VillageFields {
  readonly filledOn: string;
  readonly persons?: number | null;
  readonly definition?: string;
  readonly countedOn: string;
  readonly met: Readonly<Record<string, boolean | null | undefined>>;
  readonly words: Readonly<Record<string, string | undefined>>;
  readonly listed: boolean | null;
  readonly moved: boolean | null;
  /** In the order of the roles that sign. */
  readonly signatures: readonly SignatureFields[];
}

/** Who signs under this plan: 村两委, 驻村工作队. */
export function signersOf(plan: Plan): readonly string[] {
  return plan.steps.flatMap((step) => (step.kind === 'verification' ? step.signers : []));
}

/** Whether this plan asks for 整自然村搬迁 (GV3). */
export function asksRelocation(plan: Plan): boolean {
  return plan.steps.some(({ guards }) => guards.some(({ id }) => id === 'GV3'));
}

/** Fields to start from: the newest form, else nothing but today. */
export function fieldsFrom({ form }: KnownVillage, plan: Plan, now: Instant): VillageFields {
  const today = plainDateAt(now);
  const { denominators = [] } = plan.standards.village ?? {};
  const definition = form?.denominator.definition ?? denominators[0];
  return {
    filledOn: form?.filledOn ?? today,
    persons: form?.denominator.persons ?? null,
    ...(definition !== undefined && { definition }),
    countedOn: form?.denominator.on ?? today,
    met: Object.fromEntries(form?.indicators.map(({ key, met }) => [key, met]) ?? []),
    words: Object.fromEntries(form?.indicators.map(({ key, words }) => [key, words]) ?? []),
    listed: form?.relocation.listed ?? null,
    moved: form?.relocation.moved ?? null,
    signatures: signersOf(plan).map((role) => {
      const signed = form?.signatures.find((each) => each.role === role);
      return signed === undefined
        ? { on: today }
        : { name: signed.name, on: signed.on, scan: [signed.scan] };
    }),
  };
}

/** The form as it is saved: every indicator of the plan, signatures only where there is a scan. */
export function draftOf(fields: VillageFields, plan: Plan): VillageFormDraft {
  const filledOn = plainDate(fields.filledOn);
  return {
    subject: 'village',
    filledOn,
    denominator: {
      persons: fields.persons ?? 0,
      definition: fields.definition ?? '',
      on: plainDate(fields.countedOn),
    },
    indicators: indicatorsOf(plan).map(({ key }) => ({
      key,
      met: fields.met[key] ?? null,
      words: fields.words[key]?.trim() ?? '',
    })),
    relocation: { listed: fields.listed, moved: fields.moved },
    signatures: signersOf(plan).flatMap((role, index): Signature[] => {
      const { name = '', on, scan = [] } = fields.signatures[index] ?? {};
      const hash = scan[0];
      if (name.trim() === '' || hash === undefined) return [];
      return [{ name: name.trim(), role, on: on ? plainDate(on) : filledOn, scan: hash }];
    }),
  };
}
