/** Writes what the registry said of households: the one way in, for rolls, the demo load and the port. */
import { inArray, sql } from 'drizzle-orm';
import type { Instant } from '../../domain/time/instant.ts';
import type { RegistryHousehold, RegistryVillage } from '../../registry/household.ts';
import { households, members, registrySnapshots, villageProfiles } from '../schema/households.ts';
import { villagerGroups } from '../schema/organisation.ts';
import type { DbOrTx } from './database.ts';
import { inChunks, loadKnown } from './known-households.ts';
import { planRoll, type RollChanges, type RollPlan } from './roll-plan.ts';

/** One writer at a time, so that two imports of one village do not interleave. */
const IMPORT_LOCK = 530_627_002;

/**
 * 写入户籍数据 — upserts households (by 户编号), members (by 人口编号), groups and snapshots in one
 * transaction. Repeating it changes nothing. Returns what it changed.
 */
export async function saveRegistryHouseholds(
  db: DbOrTx,
  roll: readonly RegistryHousehold[],
  { asOf, source }: { asOf: Instant; source: string },
): Promise<RollChanges> {
  return db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${IMPORT_LOCK})`);
    const plan = planRoll(roll, await loadKnown(tx, roll), asOf);
    await savePlan(tx, plan, source);
    return plan.changes;
  });
}

/** 写入村信息. */
export async function saveVillageProfiles(
  db: DbOrTx,
  villages: readonly RegistryVillage[],
): Promise<void> {
  for (const chunk of inChunks(villages, 500)) {
    await db
      .insert(villageProfiles)
      .values(
        chunk.map(({ villageCode, isPoorVillage, details }) => ({
          villageCode,
          isPoorVillage: isPoorVillage ? '是' : '否',
          details,
        })),
      )
      .onConflictDoUpdate({
        target: villageProfiles.villageCode,
        set: { isPoorVillage: sql`excluded.is_poor_village`, details: sql`excluded.details` },
      });
  }
}

async function savePlan(tx: DbOrTx, plan: RollPlan, source: string): Promise<void> {
  for (const chunk of inChunks(plan.groups)) {
    await tx.insert(villagerGroups).values(chunk).onConflictDoNothing();
  }
  for (const chunk of inChunks(plan.households)) {
    await tx
      .insert(households)
      .values(chunk)
      .onConflictDoUpdate({ target: households.id, set: HOUSEHOLD_SET });
  }
  for (const chunk of inChunks(plan.removedMemberIds)) {
    await tx.delete(members).where(inArray(members.id, chunk));
  }
  for (const chunk of inChunks(plan.members)) {
    await tx
      .insert(members)
      .values(chunk)
      .onConflictDoUpdate({ target: members.id, set: MEMBER_SET });
  }
  for (const chunk of inChunks(plan.snapshots)) {
    await tx
      .insert(registrySnapshots)
      .values(
        chunk.map(({ householdId, body }) => ({
          hash: body.hash,
          householdId,
          asOf: new Date(body.asOf),
          source,
          body,
        })),
      )
      .onConflictDoNothing();
  }
}

const HOUSEHOLD_SET = {
  householdNo: sql`excluded.household_no`,
  villageCode: sql`excluded.village_code`,
  residenceCode: sql`excluded.residence_code`,
  groupId: sql`excluded.group_id`,
  naturalVillage: sql`excluded.natural_village`,
  headName: sql`excluded.head_name`,
  headIdNumber: sql`excluded.head_id_number`,
  memberCount: sql`excluded.member_count`,
  phone: sql`excluded.phone`,
  snapshotHash: sql`excluded.snapshot_hash`,
  status: sql`excluded.status`,
  attribute: sql`excluded.attribute`,
  monitored: sql`excluded.monitored`,
};

const MEMBER_SET = {
  householdId: sql`excluded.household_id`,
  personNo: sql`excluded.person_no`,
  name: sql`excluded.name`,
  idNumber: sql`excluded.id_number`,
  relation: sql`excluded.relation`,
  details: sql`excluded.details`,
};
