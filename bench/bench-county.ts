/** 测速县 — villages with poor households, one list each, and the people who sign. */
import { hash } from '@node-rs/argon2';
import type { CommandServices } from '../activities/send-command.ts';
import { loadActor } from '../db/record/load-actor.ts';
import { visitFormHash } from '../db/record/visit-forms.ts';
import { files, registryWindows } from '../db/schema/effects.ts';
import { households, registrySnapshots, visitForms } from '../db/schema/households.ts';
import { duties, organisations, users } from '../db/schema/organisation.ts';
import { invariant } from '../domain/invariant.ts';
import type { ActorSnapshot, Duty } from '../domain/kernel/actor.ts';
import { snapshotHash } from '../registry/snapshot.ts';
import { validForm, validRegistry } from '../test/domain/guards/facts-builder.ts';
import { COUNTY } from './bench-plan.ts';

type Db = CommandServices['db'];

const FROM = '2010-01-01';

/** Everybody's, for the HTTP seam; hashed once, since the hash is made to be slow. */
export const PASSWORD = 'bench-password';

const passwordHash = await hash(PASSWORD);

/** Hash of a file that the store holds. */
export const SCAN = 'a'.repeat(64);

/** Those of the county who sign on every list. */
export interface CountyPeople {
  readonly decider: ActorSnapshot;
  readonly operator: ActorSnapshot;
  readonly entryReviewer: ActorSnapshot;
}

/** A village whose households are to be carried through; its list is not yet opened. */
export interface BenchVillage {
  readonly code: string;
  readonly clerk: ActorSnapshot;
  readonly reviewer: ActorSnapshot;
  readonly householdIds: readonly string[];
  /** Form of each case the list will have. */
  readonly forms: readonly { readonly caseId: string; readonly formHash: string }[];
}

/** The county, its people, an open window and one file. */
export async function seedCounty(db: Db): Promise<CountyPeople> {
  const unit = { level: 'county', name: '测速县', validFrom: FROM };
  await db.insert(organisations).values({ code: COUNTY, ...unit });
  const file = { hash: SCAN, mediaType: 'image/jpeg', size: 1, originalName: 'scan.jpg' };
  await db.insert(files).values({ ...file, uploadedBy: 'bench', uploadedAt: 0 });
  await db.insert(registryWindows).values({
    id: 'w1',
    functionKey: 'mark-exit',
    unitCode: COUNTY,
    opensAt: 0,
    openedBy: 'bench',
    documentNo: '测速1号',
  });
  return {
    decider: await seedPerson(db, COUNTY, 'decider'),
    operator: await seedPerson(db, COUNTY, 'registry-operator'),
    entryReviewer: await seedPerson(db, COUNTY, 'entry-reviewer'),
  };
}

async function seedPerson(db: Db, orgCode: string, duty: Duty): Promise<ActorSnapshot> {
  const id = `${orgCode}-${duty}`;
  const user = { id, signInName: id, displayName: id, orgCode, passwordHash };
  await db.insert(users).values(user);
  await db.insert(duties).values({ id, userId: id, orgCode, duty, validFrom: FROM });
  const actor = await loadActor(db, id);
  invariant(actor !== undefined, 'the user was just made');
  return actor;
}

/** A township of `count` villages with `size` poor households each. `ordinal` is new each time. */
export async function seedVillages(
  db: Db,
  { ordinal, count, size }: { ordinal: number; count: number; size: number },
): Promise<BenchVillage[]> {
  const township = `${COUNTY}${100 + ordinal}`;
  const place = { validFrom: FROM, name: township };
  const upper = { code: township, parentCode: COUNTY, level: 'township', ...place };
  await db.insert(organisations).values(upper);
  const reviewer = await seedPerson(db, township, 'reviewer');
  const villages: BenchVillage[] = [];
  for (let index = 1; index <= count; index += 1) {
    const code = `${township}${String(index).padStart(3, '0')}`;
    const lower = { code, parentCode: township, level: 'village', ...place };
    await db.insert(organisations).values(lower);
    const clerk = await seedPerson(db, code, 'clerk');
    villages.push({ code, clerk, reviewer, ...(await seedHouseholds(db, code, size)) });
  }
  return villages;
}

/** Households as the registry holds them, each visited: its case's id is known before the launch. */
async function seedHouseholds(db: Db, villageCode: string, size: number) {
  const numbers = Array.from({ length: size }, (_, index) => String(index + 1).padStart(3, '0'));
  const ids = numbers.map((number) => `${villageCode}-${number}`);
  const { hash: _hash, version, ...form } = validForm();
  const forms = numbers.map((number) => {
    const caseId = `${villageCode}-household-exit-2026-01-c${number}`;
    return { caseId, formHash: visitFormHash(caseId, form) };
  });
  const snapshots = ids.map((id) => {
    const { hash: _hash, asOf, ...content } = validRegistry({ householdNo: `no-${id}` });
    return { ...content, asOf, hash: snapshotHash(content) };
  });
  await db.insert(households).values(
    ids.map((id, index) => ({
      id,
      householdNo: `no-${id}`,
      villageCode,
      residenceCode: villageCode,
      headName: '张三',
      headIdNumber: id,
      memberCount: 3,
      snapshotHash: snapshots[index]?.hash ?? '',
      status: 'poor',
    })),
  );
  await db.insert(registrySnapshots).values(
    snapshots.map((body, index) => {
      const { hash } = body;
      return { hash, householdId: ids[index] ?? '', asOf: new Date(), source: 'bench', body };
    }),
  );
  await db.insert(visitForms).values(
    forms.map(({ caseId, formHash: hash }) => {
      const body = { ...form, hash, version };
      return { caseId, version, hash, body, savedBy: 'bench', savedAt: new Date() };
    }),
  );
  return { householdIds: ids, forms };
}
