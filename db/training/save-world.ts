/** 写入演练数据 — a training world as rows of an empty record. */
import { hash } from '@node-rs/argon2';
import { eq } from 'drizzle-orm';
import { v5 as uuidv5 } from 'uuid';
import { invariant } from '../../domain/invariant.ts';
import { findHead } from '../../registry/household.ts';
import type { DbOrTx } from '../import/database.ts';
import { applicantIdOf, groupIdOf } from '../import/import-ids.ts';
import { inChunks } from '../import/known-households.ts';
import { saveRegistryHouseholds, saveVillageProfiles } from '../import/save-households.ts';
import { businessClock, packConfirmations, packs, registryWindows } from '../schema/effects.ts';
import { households, members } from '../schema/households.ts';
import { duties, grants, organisations, users, villagerGroups } from '../schema/organisation.ts';
import type { TrainingPerson, TrainingWorld } from './training-world.ts';

const ID_SPACE = '6f3a2f0e-52c4-5b7d-8a52-530627000001';

/** Writes everything in the caller's transaction. The record must be empty. */
export async function saveWorld(tx: DbOrTx, world: TrainingWorld): Promise<void> {
  for (const chunk of inChunks(world.organisations)) {
    await tx.insert(organisations).values(chunk.map((place) => ({ ...place })));
  }
  const groups = world.groups.map((group) => {
    return { ...group, id: groupIdOf(group.villageCode, group.name) };
  });
  for (const chunk of inChunks(groups)) await tx.insert(villagerGroups).values(chunk);
  const { clockAt } = world;
  await saveRegistryHouseholds(tx, world.households, { asOf: clockAt, source: 'training' });
  await saveVillageProfiles(tx, world.villages);
  await saveApplicants(tx, world);
  for (const [id, residenceCode] of Object.entries(world.residences)) {
    await tx.update(households).set({ residenceCode }).where(eq(households.id, id));
  }
  await savePeople(tx, world.people);
  for (const chunk of inChunks(world.windows)) {
    await tx.insert(registryWindows).values(chunk.map(({ level: _level, ...window }) => window));
  }
  for (const chunk of inChunks(world.packs)) {
    await tx.insert(packs).values(chunk.map((pack) => ({ ...pack, loadedBy: 'training' })));
  }
  await saveConfirmations(tx, world);
  const offsetMs = clockAt - Date.now();
  await tx.insert(businessClock).values({ id: 1, offsetMs, training: true });
}

async function saveApplicants(tx: DbOrTx, { applicants }: TrainingWorld): Promise<void> {
  const rows = applicants.map((applicant) => {
    const head = findHead(applicant);
    invariant(head !== undefined, 'an applicant has a head');
    const { villageCode, groupName, naturalVillage, phone, attribute } = applicant;
    return {
      id: applicantIdOf(head.idNumber),
      villageCode,
      residenceCode: villageCode,
      groupId: groupName === null ? null : groupIdOf(villageCode, groupName),
      naturalVillage,
      headName: head.name,
      headIdNumber: head.idNumber,
      memberCount: applicant.members.length,
      phone,
      attribute,
      people: applicant.members,
    };
  });
  for (const chunk of inChunks(rows)) {
    await tx.insert(households).values(chunk.map(({ people: _people, ...row }) => row));
  }
  const people = rows.flatMap(({ id: householdId, people: all }) =>
    all.map((member) => ({
      ...member,
      id: uuidv5(`person/${householdId}/${member.idNumber}`, ID_SPACE),
      householdId,
    })),
  );
  for (const chunk of inChunks(people)) await tx.insert(members).values(chunk);
}

async function savePeople(tx: DbOrTx, people: readonly TrainingPerson[]): Promise<void> {
  // One hash for all who share a password: it is printed on the start page anyway.
  const words = [...new Set(people.map(({ password }) => password))];
  const hashes = new Map(
    await Promise.all(words.map(async (word) => [word, await hash(word)] as const)),
  );
  const rows = people.map(({ id, signInName, displayName, orgCode, password, disabled }) => ({
    id,
    signInName,
    displayName,
    orgCode,
    passwordHash: hashes.get(password) ?? '',
    disabledAt: disabled ? new Date() : null,
  }));
  for (const chunk of inChunks(rows)) await tx.insert(users).values(chunk);
  const held = people.flatMap(({ id: userId, duties: own }) =>
    own.map((duty, index) => ({
      ...duty,
      id: uuidv5(`duty/${userId}/${index}`, ID_SPACE),
      userId,
    })),
  );
  for (const chunk of inChunks(held)) await tx.insert(duties).values(chunk);
  const granted = people.flatMap(({ id: userId, grants: own }) =>
    own.map((grant, index) => ({
      ...grant,
      id: uuidv5(`grant/${userId}/${index}`, ID_SPACE),
      userId,
    })),
  );
  for (const chunk of inChunks(granted)) await tx.insert(grants).values(chunk);
}

async function saveConfirmations(tx: DbOrTx, world: TrainingWorld): Promise<void> {
  const rows = world.confirmations.map((confirmation, index) => {
    const { packId, areaCode, path, value, documentNo, documentOn, by } = confirmation;
    return {
      // The engine reads them by instant, then id: of two for one path the later one counts.
      id: `training-${String(index).padStart(5, '0')}`,
      packId,
      areaCode,
      path,
      value,
      documentNo,
      documentOn,
      confirmedBy: by,
      confirmedAt: world.clockAt,
    };
  });
  for (const chunk of inChunks(rows)) await tx.insert(packConfirmations).values(chunk);
}
