/** 纸上的人员变更 — one person of the paper household who comes, goes or is put right, for the plan's first reason. */
import type { MemberFacts, RegistrySnapshot } from '../../domain/facts/household-facts.ts';
import type {
  PersonChange,
  PersonChangeForm,
  PersonChangeKind,
  PersonRules,
} from '../../domain/facts/person-change.ts';
import { invariant } from '../../domain/invariant.ts';
import type { PlainDate } from '../../domain/time/instant.ts';

/** An invented newborn with a right number. */
const NEWBORN = { name: '张小六', idNumber: '530627201701010031', relation: '之子' } as const;

/** 人口编号 of the paper household's members, in their order. */
export function numbered(members: readonly MemberFacts[], householdNo: string): MemberFacts[] {
  return members.map((member, index) => ({ ...member, personNo: `${householdNo}0${index + 1}` }));
}

/** A lawful line of a kind: the newborn comes, the last member goes, the second is put right. */
export function paperChange(
  kind: PersonChangeKind,
  { reasons }: PersonRules,
  { members }: Pick<RegistrySnapshot, 'members'>,
  on: PlainDate,
): PersonChange {
  const member = kind === 'decrease' ? members.at(-1) : members[1];
  invariant(member !== undefined, 'the paper household has members');
  const { personNo, name, idNumber, relation } = member;
  const person =
    kind === 'increase' ? { personNo: null, ...NEWBORN } : { personNo, name, idNumber, relation };
  return { kind, reason: reasons[kind]?.[0] ?? '', on, ...person };
}

/** 家庭成员变更情况表 with one line of the first kind that the plan has. */
export function paperPersons(
  rules: PersonRules,
  registry: Pick<RegistrySnapshot, 'members'>,
  on: PlainDate,
): PersonChangeForm {
  const [kind] = Object.keys(rules.reasons) as PersonChangeKind[];
  invariant(kind !== undefined, 'a plan that changes persons says how');
  return { changes: [paperChange(kind, rules, registry, on)], newHead: null };
}
