import type {
  HousingGrade,
  MemberFacts,
  RegistrySnapshot,
  Relocation,
  SecurityIndicators,
  Signature,
  VisitForm,
} from '../../../domain/facts/household-facts.ts';
import type { MonitoringClass, MonitoringForm } from '../../../domain/facts/monitoring.ts';
import type { IncomeItems } from '../../../domain/household/net-income.ts';
import type { Plan } from '../../../domain/plan/plan.ts';
import {
  type Instant,
  type PlainDate,
  plainDate,
  plainDateAt,
} from '../../../domain/time/instant.ts';
import { type EpisodeFields, episodeDraftOf, episodeFieldsFrom } from './elimination-form.ts';
import { type PersonFields, personDraftOf, personFieldsFrom } from './person-change-form.ts';
import { findingOf, type SignedText, signedText } from './signed-text.ts';

/** 采集表 as saved: what the record adds (hash, version, who compiled it) is left out. */
export type VisitFormDraft = Omit<VisitForm, 'hash' | 'version' | 'compiledBy'>;

/** What the record holds for a case: the newest form, and the registry's snapshot to start from. */
export interface CaseForm {
  readonly form: VisitForm | null;
  readonly registry: RegistrySnapshot | null;
  /** Members known to the record, also of a household that the registry does not hold. */
  readonly members: readonly Pick<MemberFacts, 'personNo' | 'name' | 'idNumber' | 'relation'>[];
  readonly headName: string;
}

interface SignatureFields {
  readonly name?: string;
  readonly role?: string;
  readonly on?: string;
  readonly scan?: readonly string[];
}

/** The fields of the page: money in yuan, files as lists, dates as text. */
export interface VisitFields extends EpisodeFields, PersonFields {
  readonly visitedOn: string;
  readonly visitors: readonly SignatureFields[];
  readonly householder: SignatureFields;
  readonly members: readonly MemberFacts[];
  readonly incomeFrom: string;
  readonly incomeTo: string;
  readonly income: IncomeItems;
  readonly security: SecurityIndicators;
  readonly housingGrade: HousingGrade | null;
  readonly relocation: Relocation;
  /** Asked of exits alone, as are the next three: what is not on the page is not among its fields. */
  readonly stableIncome?: SignedText;
  readonly helpEffective?: SignedText;
  readonly dibaoBackstop?: boolean;
  readonly followUpPlan?: readonly string[];
  readonly standards?: Readonly<Record<string, boolean | undefined>>;
  readonly cause?: string;
  readonly graveCause?: SignedText;
  readonly application?: readonly string[];
  readonly monitoring?: MonitoringFieldsValue;
}

interface MonitoringFieldsValue {
  readonly class?: MonitoringClass;
  readonly channel?: string;
  readonly foundOn?: string;
  readonly risks?: readonly string[];
  readonly hardship?: SignedText;
  readonly authorisation?: SignatureFields;
}

const FEN_PER_YUAN = 100;

function mapIncome(items: IncomeItems, change: (amount: number) => number): IncomeItems {
  const { transfer } = items;
  return {
    wage: change(items.wage),
    business: change(items.business),
    property: change(items.property),
    transfer: {
      wubao: change(transfer.wubao),
      pension: change(transfer.pension),
      ecology: change(transfer.ecology),
      dibao: change(transfer.dibao),
      familyPlanning: change(transfer.familyPlanning),
      other: change(transfer.other),
    },
    businessCost: change(items.businessCost),
  };
}

const NO_INCOME: IncomeItems = {
  wage: 0,
  business: 0,
  property: 0,
  transfer: { wubao: 0, pension: 0, ecology: 0, dibao: 0, familyPlanning: 0, other: 0 },
  businessCost: 0,
};

const UNKNOWN_SECURITY: SecurityIndicators = {
  food: null,
  clothing: null,
  water: null,
  education: null,
  medical: null,
  housing: null,
};

/** An empty member line; the first of a household is its head. */
export function emptyMember(isHead: boolean): MemberFacts {
  return {
    personNo: null,
    name: '',
    idNumber: '',
    relation: isHead ? '户主' : '',
    isHead,
    onDibao: false,
    destitute: false,
    centrallySupported: false,
  };
}

function startingMembers(
  { registry, members, headName }: CaseForm,
  { standards }: Plan,
): readonly MemberFacts[] {
  if (registry !== null && registry.members.length > 0) {
    if (standards.admittedOutOfSchool !== undefined) return registry.members;
    // No field shows the reason where the place has no list of them, and nothing unseen is signed.
    return registry.members.map(({ outOfSchool: _reason, ...member }) => member);
  }
  if (members.length === 0) return [{ ...emptyMember(true), name: headName }];
  return members.map((member) => ({ ...emptyMember(member.name === headName), ...member }));
}

function signatureFields(signature: Signature): SignatureFields {
  return { ...signature, scan: [signature.scan] };
}

/** Fields to start from: the newest form, else what the registry says, else nothing. */
export function fieldsFrom(known: CaseForm, plan: Plan, now: Instant): VisitFields {
  const { form, registry } = known;
  const today = plainDateAt(now);
  const window = plan.standards.incomeWindow;
  const standards = form?.standards.map(({ key, met }) => [key, met] as const) ?? [];
  return {
    visitedOn: form?.visitedOn ?? today,
    visitors: form?.visitors.map(signatureFields) ?? [{ on: today }, { on: today }],
    householder: form?.householderSignature
      ? signatureFields(form.householderSignature)
      : { name: known.headName, role: '户主', on: today },
    members: form?.members ?? startingMembers(known, plan),
    incomeFrom: form?.incomeFrom ?? window.from,
    incomeTo: form?.incomeTo ?? window.to,
    income: mapIncome(form?.income ?? NO_INCOME, (fen) => fen / FEN_PER_YUAN),
    security: form?.security ?? registry?.security ?? UNKNOWN_SECURITY,
    housingGrade: form?.housingGrade ?? registry?.housingGrade ?? null,
    relocation: form?.relocation ?? registry?.relocation ?? { listed: false, occupied: false },
    stableIncome: signedText(form?.stableIncome ?? null),
    helpEffective: signedText(form?.helpEffective ?? null),
    graveCause: signedText(form?.graveCause ?? null),
    dibaoBackstop: form?.dibaoBackstop ?? false,
    standards: Object.fromEntries(standards),
    ...(form?.followUpPlan && { followUpPlan: [form.followUpPlan] }),
    ...(form?.application && { application: [form.application] }),
    cause: form?.cause ?? '',
    ...(form?.monitoring && {
      monitoring: monitoringFields(form.monitoring, known.headName, today),
    }),
    ...episodeFieldsFrom(known, plan),
    ...personFieldsFrom(form, plan),
  };
}

function signatureOf(fields: SignatureFields, today: PlainDate): Signature | null {
  const { name = '', role = '', on, scan = [] } = fields;
  const hash = scan[0];
  if (name === '' || hash === undefined) return null;
  return { name, role, on: on ? plainDate(on) : today, scan: hash };
}

function monitoringFields(
  { hardship, authorisation, ...rest }: MonitoringForm,
  headName: string,
  today: PlainDate,
): MonitoringFieldsValue {
  const signed = authorisation ? signatureFields(authorisation) : unsigned(headName, today);
  return { ...rest, hardship: signedText(hardship), authorisation: signed };
}

function unsigned(name: string, on: PlainDate): SignatureFields {
  return { name, role: '户主', on };
}

/** Null while no class is chosen: there is no such part of the form yet. */
function monitoringOf(
  fields: MonitoringFieldsValue | undefined,
  visitedOn: PlainDate,
): MonitoringForm | null {
  if (fields?.class === undefined) return null;
  const { channel = '', foundOn, risks = [] } = fields;
  return {
    class: fields.class,
    channel,
    foundOn: foundOn ? plainDate(foundOn) : visitedOn,
    risks,
    hardship: findingOf(fields.hardship),
    authorisation: signatureOf(fields.authorisation ?? {}, visitedOn),
  };
}

/** The form as it is saved: money in fen, signatures only where there is a scan. */
export function draftOf(fields: VisitFields, plan: Plan): VisitFormDraft {
  const visitedOn = plainDate(fields.visitedOn);
  return {
    visitedOn,
    visitors: fields.visitors.flatMap((visitor) => {
      const signature = signatureOf(visitor, visitedOn);
      return signature === null ? [] : [signature];
    }),
    householderSignature: signatureOf(fields.householder, visitedOn),
    members: fields.members,
    incomeFrom: plainDate(fields.incomeFrom),
    incomeTo: plainDate(fields.incomeTo),
    income: mapIncome(fields.income, (yuan) => Math.round(yuan * FEN_PER_YUAN)),
    security: fields.security,
    housingGrade: fields.housingGrade,
    relocation: fields.relocation,
    stableIncome: findingOf(fields.stableIncome),
    helpEffective: findingOf(fields.helpEffective),
    dibaoBackstop: fields.dibaoBackstop ?? false,
    followUpPlan: fields.followUpPlan?.[0] ?? null,
    standards: plan.standards.exitStandards.map(({ key }) => ({
      key,
      met: fields.standards?.[key] === true,
    })),
    cause: fields.cause?.trim() || null,
    ...(plan.standards.admittedReturnCauses !== undefined && {
      graveCause: findingOf(fields.graveCause),
    }),
    application: fields.application?.[0] ?? null,
    ...(plan.standards.monitoring !== undefined && {
      monitoring: monitoringOf(fields.monitoring, visitedOn),
    }),
    ...episodeDraftOf(fields, plan, visitedOn),
    ...personDraftOf(fields, plan, visitedOn),
  };
}
