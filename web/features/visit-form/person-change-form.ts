/** 家庭成员变更 on the page: what was saved comes back as fields, and what is filled in is saved. */
import type { VisitForm } from '../../../domain/facts/household-facts.ts';
import type {
  PersonChange,
  PersonChangeForm,
  PersonChangeKind,
} from '../../../domain/facts/person-change.ts';
import type { Plan } from '../../../domain/plan/plan.ts';
import { type PlainDate, plainDate } from '../../../domain/time/instant.ts';

/** 一人的变更 as fields. */
export interface PersonChangeFields {
  readonly kind?: PersonChangeKind;
  readonly reason?: string;
  readonly on?: string;
  readonly personNo?: string | null;
  readonly name?: string;
  readonly idNumber?: string;
  readonly relation?: string;
}

/** The part of the form that a plan about persons asks for. */
export interface PersonFields {
  readonly persons?: {
    readonly changes?: readonly PersonChangeFields[];
    readonly newHead?: PersonChangeForm['newHead'];
  };
}

/** Fields to start from: the newest form, else one empty line. */
export function personFieldsFrom(form: VisitForm | null, { persons }: Plan): PersonFields {
  if (persons === undefined) return {};
  return { persons: form?.persons ?? { changes: [{}], newHead: null } };
}

/** What is saved; a line without its kind is none yet. */
export function personDraftOf(
  { persons: fields }: PersonFields,
  { persons }: Plan,
  visitedOn: PlainDate,
): Pick<VisitForm, 'persons'> {
  if (persons === undefined) return {};
  const { changes = [], newHead } = fields ?? {};
  return {
    persons: {
      changes: changes.flatMap((line) => lineOf(line, visitedOn)),
      newHead: newHead ?? null,
    },
  };
}

function lineOf(line: PersonChangeFields, visitedOn: PlainDate): PersonChange[] {
  const { kind, reason = '', on, personNo, name = '', idNumber = '', relation = '' } = line;
  if (kind === undefined) return [];
  return [
    {
      kind,
      reason,
      on: on ? plainDate(on) : visitedOn,
      // Who comes has no number yet, whoever was chosen before.
      personNo: kind === 'increase' ? null : (personNo ?? null),
      name,
      idNumber,
      relation,
    },
  ];
}
