import { randomUUID } from 'node:crypto';
import { count, eq } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { applyRoll, findRollPreview, previewRoll } from '../../db/import/apply-roll.ts';
import type { DbOrTx } from '../../db/import/database.ts';
import {
  households,
  members,
  registrySnapshots,
  rollImports,
  villageProfiles,
} from '../../db/schema/households.ts';
import { organisations, villagerGroups } from '../../db/schema/organisation.ts';
import { DEMO_COUNTY, makeDemoCounty } from '../../registry/demo/demo-county.ts';
import type { RegistryHousehold } from '../../registry/household.ts';
import { writeHouseholdRoll } from '../../registry/roll/write-roll.ts';
import { toSnapshot } from '../../registry/snapshot.ts';
import { createTestDatabase, type TestDatabase } from '../harness/test-database.ts';

const NOW = Date.UTC(2020, 8, 1);
const county = makeDemoCounty({ ...DEMO_COUNTY, villages: 2, householdsPerVillage: 10 });

let database: TestDatabase;
let sql: ReturnType<typeof postgres>;
let db: DbOrTx;

/** A database of its own for each test: snapshots are append-only, so none can be emptied. */
beforeEach(async () => {
  database = await createTestDatabase();
  sql = postgres(database.databaseUrl, { max: 5 });
  db = drizzle(sql);
  await db.insert(organisations).values(
    county.villages.map((village) => ({
      code: village.villageCode,
      parentCode: village.villageCode.slice(0, 9),
      level: 'village',
      name: village.name,
      validFrom: '2000-01-01',
    })),
  );
});

afterEach(async () => {
  await sql.end();
  await database.drop();
});

async function preview(roll: readonly RegistryHousehold[], at = NOW) {
  const file = await writeHouseholdRoll({
    villages: county.villages,
    households: roll,
    year: 2019,
  });
  return previewFile(file, at);
}

function previewFile(file: Buffer, at = NOW) {
  const upload = { importId: randomUUID(), file, areaCode: '530627', uploadedBy: 'user-1' };
  return previewRoll(db, { ...upload, uploadedAt: at });
}

async function rowsOf(): Promise<number[]> {
  const tables = [households, members, registrySnapshots, villageProfiles, villagerGroups];
  const counts = tables.map(
    async (table) => (await db.select({ rows: count() }).from(table))[0]?.rows,
  );
  return (await Promise.all(counts)).map((rows) => rows ?? 0);
}

async function contentOf(): Promise<unknown> {
  return {
    households: await db.select().from(households).orderBy(households.id),
    members: await db.select().from(members).orderBy(members.id),
    snapshots: await db.select().from(registrySnapshots).orderBy(registrySnapshots.hash),
    villages: await db.select().from(villageProfiles).orderBy(villageProfiles.villageCode),
  };
}

const people = county.households.flatMap((household) => household.members).length;

describe('花名册导入', () => {
  test('preview counts and writes nothing; apply writes households, members, snapshots, villages', async () => {
    const { importId, changes, errors } = await preview(county.households);
    expect(errors).toEqual([]);
    expect(changes.households).toEqual({ created: 20, changed: 0, unchanged: 0 });
    expect(changes.members).toEqual({ created: people, changed: 0, unchanged: 0 });
    expect(await rowsOf()).toEqual([0, 0, 0, 0, 0]);
    expect(await applyRoll(db, importId, NOW)).toMatchObject({ ok: true, repeated: false });
    expect((await rowsOf()).slice(0, 4)).toEqual([20, people, 20, 2]);
    const [household] = county.households;
    if (household === undefined) throw new Error('the county has households');
    const [row] = await db
      .select()
      .from(households)
      .where(eq(households.householdNo, household.householdNo));
    const snapshot = toSnapshot(household, NOW);
    expect(row).toMatchObject({
      villageCode: household.villageCode,
      status: household.status,
      snapshotHash: snapshot.hash,
      memberCount: household.members.length,
    });
    const [stored] = await db
      .select()
      .from(registrySnapshots)
      .where(eq(registrySnapshots.hash, snapshot.hash));
    expect(stored?.body).toEqual(snapshot);
    expect(await findRollPreview(db, importId)).toMatchObject({ appliedAt: NOW });
  });

  test('the same roll again, and the same import again → nothing changes', async () => {
    const first = await preview(county.households);
    await applyRoll(db, first.importId, NOW);
    const before = await contentOf();
    const second = await preview(county.households, NOW + 86_400_000);
    expect(second.changes).toMatchObject({
      households: { created: 0, changed: 0, unchanged: 20 },
      members: { created: 0, changed: 0, unchanged: people },
      vanishedMembers: [],
      vanishedHouseholds: [],
    });
    await applyRoll(db, second.importId, NOW);
    expect(await applyRoll(db, second.importId, NOW)).toMatchObject({ ok: true, repeated: true });
    expect(await contentOf()).toEqual(before);
  });

  test('a roll with one error → applied not at all', async () => {
    const [household, ...others] = county.households;
    if (household === undefined) throw new Error('the county has households');
    const faulty = {
      ...household,
      villageCode: county.villages[0]?.villageCode ?? '',
      members: household.members.map((member) => ({ ...member, idNumber: '123' })),
    };
    const { importId, errors } = await preview([faulty, ...others]);
    expect(errors.map((error) => error.code)).toContain('id-length');
    expect(await applyRoll(db, importId, NOW)).toMatchObject({
      ok: false,
      code: 'import_has_errors',
    });
    expect(await rowsOf()).toEqual([0, 0, 0, 0, 0]);
  });

  test('a failure in the middle of applying → nothing half applied', async () => {
    const { importId } = await preview(county.households);
    await sql.unsafe(
      `alter table village_profiles add constraint broken check (village_code = '')`,
    );
    await expect(applyRoll(db, importId, NOW)).rejects.toThrow('village_profiles');
    await sql.unsafe('alter table village_profiles drop constraint broken');
    expect(await rowsOf()).toEqual([0, 0, 0, 0, 0]);
    expect(await applyRoll(db, importId, NOW)).toMatchObject({ ok: true, repeated: false });
  });

  test('a moved household, a moved and a vanished member, a vanished household → said, then done', async () => {
    await applyRoll(db, (await preview(county.households)).importId, NOW);
    const [moving, from, to, gone] = county.households.filter((each) => each.members.length > 2);
    if (!moving || !from || !to || !gone) throw new Error('the county has four such households');
    const otherVillage = county.villages.find((each) => each.villageCode !== moving.villageCode);
    const [mover, leaver] = from.members.filter((member) => member.relation !== '户主');
    if (!otherVillage || !mover || !leaver) throw new Error('the household has two such members');
    const next = county.households.flatMap((each) => {
      if (each === moving) return [{ ...each, villageCode: otherVillage.villageCode }];
      if (each === from) {
        return [
          { ...each, members: each.members.filter((one) => one !== mover && one !== leaver) },
        ];
      }
      if (each === to)
        return [{ ...each, members: [...each.members, { ...mover, relation: '其他' }] }];
      return each === gone ? [] : [each];
    });
    const { importId, changes } = await preview(next);
    expect(changes).toMatchObject({
      households: { created: 0, changed: 3, unchanged: 16 },
      movedHouseholds: [
        {
          householdNo: moving.householdNo,
          fromVillage: moving.villageCode,
          toVillage: otherVillage.villageCode,
        },
      ],
      movedMembers: [
        {
          personNo: mover.personNo,
          fromHouseholdNo: from.householdNo,
          toHouseholdNo: to.householdNo,
        },
      ],
      vanishedMembers: [{ personNo: leaver.personNo, householdNo: from.householdNo }],
      vanishedHouseholds: [gone.householdNo],
    });
    await applyRoll(db, importId, NOW);
    expect((await rowsOf()).slice(0, 2)).toEqual([20, people - 1]);
    const [moved] = await db
      .select({ householdNo: households.householdNo })
      .from(members)
      .innerJoin(households, eq(households.id, members.householdId))
      .where(eq(members.personNo, mover.personNo ?? ''));
    expect(moved).toEqual({ householdNo: to.householdNo });
  });

  test('an applicant that the registry now holds keeps its id and gets its 户编号', async () => {
    const [household] = county.households;
    const head = household?.members[0];
    if (household === undefined || head === undefined) throw new Error('a household with a head');
    await db.insert(households).values({
      id: 'applicant-1',
      villageCode: household.villageCode,
      residenceCode: '530627999',
      headName: head.name,
      headIdNumber: head.idNumber,
      memberCount: 1,
    });
    await db.insert(members).values({
      id: 'collected-1',
      householdId: 'applicant-1',
      name: head.name,
      idNumber: head.idNumber,
      relation: '户主',
      details: {},
    });
    const { importId, changes } = await preview(county.households);
    expect(changes.adoptedApplicants).toEqual([household.householdNo]);
    await applyRoll(db, importId, NOW);
    const [row] = await db.select().from(households).where(eq(households.id, 'applicant-1'));
    expect(row).toMatchObject({ householdNo: household.householdNo, residenceCode: '530627999' });
    const [person] = await db.select().from(members).where(eq(members.id, 'collected-1'));
    expect(person).toMatchObject({ personNo: head.personNo });
  });

  test('a village outside the uploader’s area → an error, nothing applied', async () => {
    const file = await writeHouseholdRoll({ ...county, year: 2019 });
    const area = county.villages[0]?.villageCode.slice(0, 9) ?? '';
    const upload = { importId: randomUUID(), file, areaCode: area, uploadedBy: 'user-1' };
    const { errors } = await previewRoll(db, { ...upload, uploadedAt: NOW });
    expect(errors.map((error) => error.code)).toContain('village-unknown');
    expect(await applyRoll(db, upload.importId, NOW)).toMatchObject({ ok: false });
  });

  test('what is no roll is stored with its error; an unknown import → import_not_found', async () => {
    const { importId, errors } = await previewFile(Buffer.from('hello'));
    expect(errors).toMatchObject([{ code: 'not-xlsx' }]);
    expect(await applyRoll(db, importId, NOW)).toMatchObject({ code: 'import_has_errors' });
    expect(await applyRoll(db, randomUUID(), NOW)).toMatchObject({ code: 'import_not_found' });
    const [row] = await db.select().from(rollImports).where(eq(rollImports.id, importId));
    expect(row?.appliedAt).toBeNull();
  });
});
