/** 导入方案 — what applying a roll would write and what it would change; reads only. */
import { isDeepStrictEqual } from 'node:util';
import type { RegistrySnapshot } from '../../domain/facts/household-facts.ts';
import { findOpenEpisode } from '../../domain/facts/monitoring.ts';
import { invariant } from '../../domain/invariant.ts';
import type { Instant } from '../../domain/time/instant.ts';
import { findHead, type RegistryHousehold } from '../../registry/household.ts';
import { toSnapshot } from '../../registry/snapshot.ts';
import { groupIdOf, householdIdOf, personIdOf } from './import-ids.ts';
import type { HouseholdRow, KnownHouseholds, MemberRow } from './known-households.ts';

/** New, changed and unchanged rows. */
export interface ChangeCounts {
  readonly created: number;
  readonly changed: number;
  readonly unchanged: number;
}

/** 户迁移: a household whose registering village is another one now. */
export interface MovedHousehold {
  readonly householdNo: string;
  readonly fromVillage: string;
  readonly toVillage: string;
}

/** 人员变动: a member who is listed in another household now. */
export interface MovedMember {
  readonly personNo: string;
  readonly name: string;
  readonly fromHouseholdNo: string | null;
  readonly toHouseholdNo: string;
}

/** 减少人员: a member whom the registry no longer lists; removed when applied. */
export interface VanishedMember {
  readonly personNo: string;
  readonly name: string;
  readonly householdNo: string;
}

/** What a person should look at before applying. */
export interface RollChanges {
  readonly households: ChangeCounts;
  readonly members: ChangeCounts;
  readonly movedHouseholds: readonly MovedHousehold[];
  readonly movedMembers: readonly MovedMember[];
  readonly vanishedMembers: readonly VanishedMember[];
  /** 户编号 of the villages' households that the roll does not name; they stay as they are. */
  readonly vanishedHouseholds: readonly string[];
  /** 户编号 given to households that were applicants here. */
  readonly adoptedApplicants: readonly string[];
}

/** The rows to write, and what they change. */
export interface RollPlan {
  readonly households: readonly HouseholdRow[];
  readonly members: readonly MemberRow[];
  readonly removedMemberIds: readonly string[];
  readonly snapshots: readonly { readonly householdId: string; readonly body: RegistrySnapshot }[];
  readonly groups: readonly {
    readonly id: string;
    readonly villageCode: string;
    readonly name: string;
  }[];
  readonly changes: RollChanges;
}

/** 名册的导入方案 against what is known. */
export function planRoll(
  roll: readonly RegistryHousehold[],
  known: KnownHouseholds,
  asOf: Instant,
): RollPlan {
  const draft = new Draft(known, asOf);
  for (const household of roll) draft.add(household);
  return draft.finish(roll);
}

class Draft {
  readonly known: KnownHouseholds;
  readonly asOf: Instant;
  readonly households: HouseholdRow[] = [];
  readonly members: MemberRow[] = [];
  readonly snapshots: { householdId: string; body: RegistrySnapshot }[] = [];
  readonly groups = new Map<string, { id: string; villageCode: string; name: string }>();
  readonly movedHouseholds: MovedHousehold[] = [];
  readonly movedMembers: MovedMember[] = [];
  readonly adoptedApplicants: string[] = [];
  readonly householdCounts = { created: 0, changed: 0, unchanged: 0 };
  readonly memberCounts = { created: 0, changed: 0, unchanged: 0 };

  constructor(known: KnownHouseholds, asOf: Instant) {
    this.known = known;
    this.asOf = asOf;
  }

  add(household: RegistryHousehold): void {
    const head = findHead(household);
    invariant(head !== undefined, 'a parsed household has a head');
    const { householdNo, villageCode } = household;
    const registered = this.known.byNo.get(householdNo);
    const applicant = this.known.applicantByHead.get(head.idNumber);
    const old = registered ?? applicant;
    const id = old?.id ?? householdIdOf(householdNo);
    if (registered === undefined && applicant !== undefined)
      this.adoptedApplicants.push(householdNo);
    if (old !== undefined && old.villageCode !== villageCode) {
      this.movedHouseholds.push({
        householdNo,
        fromVillage: old.villageCode,
        toVillage: villageCode,
      });
    }
    const body = toSnapshot(household, this.asOf);
    const livesElsewhere = old !== undefined && old.residenceCode !== old.villageCode;
    const row: HouseholdRow = {
      id,
      householdNo,
      villageCode,
      residenceCode: livesElsewhere ? old.residenceCode : villageCode,
      groupId: this.groupIdOf(villageCode, household.groupName),
      naturalVillage: household.naturalVillage,
      headName: head.name,
      headIdNumber: head.idNumber,
      memberCount: household.members.length,
      phone: household.phone,
      snapshotHash: body.hash,
      status: household.status,
      attribute: household.attribute,
      monitored: findOpenEpisode(household.monitoring)?.class ?? null,
    };
    this.households.push(row);
    this.snapshots.push({ householdId: id, body });
    count(this.householdCounts, old, row);
    this.addMembers(id, household);
  }

  private groupIdOf(villageCode: string, name: string | null): string | null {
    if (name === null) return null;
    const key = `${villageCode}/${name}`;
    const id = this.known.groups.get(key) ?? groupIdOf(villageCode, name);
    this.groups.set(key, { id, villageCode, name });
    return id;
  }

  private addMembers(householdId: string, household: RegistryHousehold): void {
    const own = this.known.membersOf.get(householdId) ?? [];
    for (const member of household.members) {
      const { personNo } = member;
      invariant(personNo !== null, 'the registry numbers its people');
      const numbered = this.known.membersByPersonNo.get(personNo);
      const collected = own.find(
        (row) => row.personNo === null && row.idNumber === member.idNumber,
      );
      const old = numbered ?? collected;
      if (numbered !== undefined && numbered.householdId !== householdId) {
        this.movedMembers.push({
          personNo,
          name: member.name,
          fromHouseholdNo: this.known.byId.get(numbered.householdId)?.householdNo ?? null,
          toHouseholdNo: household.householdNo,
        });
      }
      const row: MemberRow = {
        id: old?.id ?? personIdOf(personNo),
        householdId,
        personNo,
        name: member.name,
        idNumber: member.idNumber,
        relation: member.relation,
        details: member.details,
      };
      this.members.push(row);
      count(this.memberCounts, old, row);
    }
  }

  finish(roll: readonly RegistryHousehold[]): RollPlan {
    const kept = new Set(this.members.map((row) => row.id));
    const vanished: (VanishedMember & { id: string })[] = [];
    roll.forEach((household, index) => {
      const id = this.households[index]?.id ?? '';
      for (const { id: memberId, personNo, name } of this.known.membersOf.get(id) ?? []) {
        // One that was collected here and has no number yet is not the registry's to remove.
        if (personNo === null || kept.has(memberId)) continue;
        vanished.push({ id: memberId, personNo, name, householdNo: household.householdNo });
      }
    });
    return {
      households: this.households,
      members: this.members,
      removedMemberIds: vanished.map((member) => member.id),
      snapshots: this.snapshots,
      groups: [...this.groups.values()],
      changes: {
        households: this.householdCounts,
        members: this.memberCounts,
        movedHouseholds: this.movedHouseholds,
        movedMembers: this.movedMembers,
        vanishedMembers: vanished.map(({ id: _id, ...member }) => member),
        vanishedHouseholds: this.known.vanished.flatMap((row) => row.householdNo ?? []),
        adoptedApplicants: this.adoptedApplicants,
      },
    };
  }
}

function count<Row>(
  counts: { created: number; changed: number; unchanged: number },
  old: Row | undefined,
  next: Row,
): void {
  if (old === undefined) counts.created += 1;
  else if (isDeepStrictEqual(old, next)) counts.unchanged += 1;
  else counts.changed += 1;
}
