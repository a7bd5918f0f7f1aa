/** 变更人员 — what single persons who come, go or are put right make of a household (policy.md §12, §13.1). */
import { type PersonChange, personOf } from '../domain/facts/person-change.ts';
import { checkIdNumber } from '../domain/household/id-number.ts';
import type { EntryRefusalCode, PersonWrite } from './entry.ts';
import { HEAD_RELATION, type RegistryHousehold, type RegistryMember } from './household.ts';

/** Why the persons are not changed. */
interface NotChanged {
  readonly code: EntryRefusalCode;
  readonly words: string;
}

/** The household with the persons of a write changed, all of them or, with the reason, none. */
export function changedHousehold(
  household: RegistryHousehold,
  { changes, newHead, year }: PersonWrite,
): RegistryHousehold | NotChanged {
  if (household.status === 'cleared') {
    return { code: 'wrong_status', words: '本户已清退，不能变更成员' };
  }
  let next = household;
  for (const change of changes) {
    const changed = withChange(next, change, year);
    if ('code' in changed) return changed;
    next = changed;
  }
  const members = next.members.map((member) =>
    newHead !== null && personOf(member.idNumber) === personOf(newHead.idNumber)
      ? { ...member, relation: HEAD_RELATION }
      : member,
  );
  const heads = members.filter(({ relation }) => relation === HEAD_RELATION);
  if (heads.length === 1) return { ...next, members };
  return { code: 'no_head', words: '变更后每户应当有且只有一名户主' };
}

function withChange(
  household: RegistryHousehold,
  change: PersonChange,
  year: number,
): RegistryHousehold | NotChanged {
  const { members } = household;
  const { kind, name, relation, personNo } = change;
  const idNumber = change.idNumber.toUpperCase();
  const member = findMember(members, change);
  const kept = (personNo: string | null) => [
    ...(household.personChanges ?? []),
    { ...change, idNumber, personNo, year },
  ];
  if (kind === 'increase') {
    if (member !== undefined) {
      return { code: 'duplicate_person', words: `${name}已是本户成员，不能再增加` };
    }
    const given = nextPersonNo(household);
    const added = { personNo: given, name, idNumber, relation, details: readOff(idNumber) };
    return { ...household, members: [...members, added], personChanges: kept(given) };
  }
  if (member === undefined) {
    return { code: 'not_member', words: `${name}不是本户成员，不能减少或更正` };
  }
  const details = { ...member.details, ...readOff(idNumber) };
  const corrected = { ...member, name, idNumber, relation, details };
  const left =
    kind === 'decrease'
      ? members.filter((each) => each !== member)
      : members.map((each) => (each === member ? corrected : each));
  return { ...household, members: left, personChanges: kept(member.personNo ?? personNo) };
}

/** 性别 and 出生日期 are read off the number, as the national system does. */
function readOff(idNumber: string): Readonly<Record<string, string>> {
  const check = checkIdNumber(idNumber);
  return check.ok ? { 性别: check.sex, 出生日期: check.birthOn } : {};
}

function findMember(
  members: readonly RegistryMember[],
  { personNo, idNumber, kind }: PersonChange,
): RegistryMember | undefined {
  const byNo = members.find((each) => personNo !== null && each.personNo === personNo);
  if (kind === 'correct') return byNo;
  return members.find((each) => personOf(each.idNumber) === personOf(idNumber));
}

/** 人口编号 is 户编号 and two figures; one that was given is never given again. */
function nextPersonNo({ householdNo, members, personChanges = [] }: RegistryHousehold): string {
  const given = [...members, ...personChanges].flatMap(({ personNo }) =>
    personNo?.startsWith(householdNo) === true ? [Number(personNo.slice(householdNo.length))] : [],
  );
  return `${householdNo}${String(Math.max(0, ...given) + 1).padStart(2, '0')}`;
}
