/** 人员变更 — what a form says of single persons of a household, and what the registry keeps of it (policy.md §12, §13.1). */
import type { PlainDate } from '../time/instant.ts';

/** 变更种类. */
export type PersonChangeKind =
  | 'increase' // 增加
  | 'decrease' // 减少
  | 'correct'; // 信息更正

/** 变更种类 as users read them. */
export const PERSON_CHANGE_WORDS: Readonly<Record<PersonChangeKind, string>> = {
  increase: '增加',
  decrease: '减少',
  correct: '信息更正',
};

/** 一人的变更: a line of 《家庭成员自然增加情况表》《自然减少情况表》. */
export interface PersonChange {
  readonly kind: PersonChangeKind;
  /** 变更原因, by its word in the pack. */
  readonly reason: string;
  /** 变更时间: the day of the birth, the death, the move. */
  readonly on: PlainDate;
  /** 人口编号; null for who has none yet. */
  readonly personNo: string | null;
  /** As the person is to stand in the registry, or as who leaves stood there. */
  readonly name: string;
  readonly idNumber: string;
  readonly relation: string;
}

/** 家庭成员变更情况表. */
export interface PersonChangeForm {
  readonly changes: readonly PersonChange[];
  /** 变更后的户主; null where the head stays. */
  readonly newHead: { readonly name: string; readonly idNumber: string } | null;
}

/** 变更记录 as the registry keeps it beside the members; nothing of it is deleted. */
export interface RecordedChange extends PersonChange {
  readonly year: number;
}

/** 人员变更: which changes of persons a procedure makes, and for which reasons. */
export interface PersonRules {
  readonly reasons: Readonly<Partial<Record<PersonChangeKind, readonly string[]>>>;
  /** Reasons that divide or join the household: what else is under way for it is sent back. */
  readonly returns: readonly string[];
}

/** The first 18 characters of a number are the person (§15.4). */
export function personOf(idNumber: string): string {
  return idNumber.toUpperCase().slice(0, 18);
}

/** What a household shows of its persons, in the registry or on its exported roll. */
export interface ShownPersons {
  readonly members?: readonly Pick<PersonChange, 'name' | 'idNumber' | 'relation'>[] | undefined;
  readonly personChanges?: readonly RecordedChange[] | undefined;
}

/** Whether a change is there: in what is kept of changes, or (a roll keeps none) by the members. */
export function showsChange(
  { members = [], personChanges = [] }: ShownPersons,
  change: PersonChange,
): boolean {
  const person = personOf(change.idNumber);
  const isKept = personChanges.some(
    ({ kind, reason, on, idNumber }) =>
      kind === change.kind &&
      reason === change.reason &&
      on === change.on &&
      personOf(idNumber) === person,
  );
  if (isKept || personChanges.length > 0) return isKept;
  const member = members.find((each) => personOf(each.idNumber) === person);
  if (change.kind === 'decrease') return member === undefined;
  if (change.kind === 'increase') return member !== undefined;
  return member?.name === change.name && member.relation === change.relation;
}
