import { createHash } from 'node:crypto';
import { configure } from 'safe-stable-stringify';
import type { MemberFacts, RegistrySnapshot } from '../domain/facts/household-facts.ts';
import { parseLabourSkill } from '../domain/household/labour.ts';
import { invariant } from '../domain/invariant.ts';
import type { Instant } from '../domain/time/instant.ts';
import {
  findHead,
  HEAD_RELATION,
  type NewRegistryHousehold,
  type RegistryHousehold,
  type RegistryMember,
} from './household.ts';

const canonicalize = configure({ strict: true, circularValue: Error });

/**
 * 户快照 of what the registry said of a household at `asOf`. The hash is SHA-256 over the canonical
 * JSON of everything but `asOf` and itself: the same facts read twice are one snapshot.
 */
export function toSnapshot(household: RegistryHousehold, asOf: Instant): RegistrySnapshot {
  const head = findHead(household);
  invariant(head !== undefined, 'a registered household has a head');
  const content: Omit<RegistrySnapshot, 'asOf' | 'hash'> = {
    householdNo: household.householdNo,
    headName: head.name,
    status: household.status,
    identifiedYear: household.identifiedYear,
    exitYear: household.exitYear,
    attribute: household.attribute,
    security: household.security,
    housingGrade: household.housingGrade,
    relocation: household.relocation,
    memberCount: household.members.length,
    members: household.members.map((member) => toMemberFacts(household, member)),
    // Left out where there is none: what was read before monitoring keeps its hash.
    ...(household.monitoring !== undefined && { monitoring: household.monitoring }),
  };
  return { ...content, asOf, hash: snapshotHash(content) };
}

/** 家庭成员 as the guards read them. */
export function toMemberFacts(
  household: NewRegistryHousehold,
  member: RegistryMember,
): MemberFacts {
  const destitute = member.details['是否特困供养人员'] === '是';
  const labour = parseLabourSkill(member.details['劳动技能']);
  const outOfSchool = member.details['失学或辍学原因']?.trim() ?? '';
  return {
    personNo: member.personNo,
    name: member.name,
    idNumber: member.idNumber,
    relation: member.relation,
    isHead: member.relation === HEAD_RELATION,
    onDibao: member.details['是否享受低保'] === '是',
    destitute,
    // The person table has no column for it; the household's 供养方式 says it of its 特困 members.
    centrallySupported: destitute && household.supportMode === 'central',
    ...(labour !== undefined && { labour }),
    ...(outOfSchool !== '' && { outOfSchool }),
  };
}

/** Hash under which a snapshot is kept. */
export function snapshotHash(content: Omit<RegistrySnapshot, 'asOf' | 'hash'>): string {
  const text = canonicalize(content);
  invariant(text !== undefined, 'a snapshot is JSON');
  return createHash('sha256').update(text).digest('hex');
}
