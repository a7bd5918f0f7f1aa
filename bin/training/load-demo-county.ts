/** 演练数据 — the demo county with its people, rules and clock; loaded once, before anything starts. */
import { hash } from '@node-rs/argon2';
import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { v5 as uuidv5 } from 'uuid';
import type { DbOrTx } from '../../db/import/database.ts';
import { saveRegistryHouseholds, saveVillageProfiles } from '../../db/import/save-households.ts';
import { businessClock, packConfirmations } from '../../db/schema/effects.ts';
import { households, members } from '../../db/schema/households.ts';
import { duties, organisations, users, villagerGroups } from '../../db/schema/organisation.ts';
import { invariant } from '../../domain/invariant.ts';
import { plainDate, startOfDay } from '../../domain/time/instant.ts';
import { trainingConfirmations } from '../../policies/confirm-values.ts';
import { loadPacks } from '../../policies/load-packs.ts';
import { DEMO_COUNTY, type DemoCounty, makeDemoCounty } from '../../registry/demo/demo-county.ts';
import { findHead, type NewRegistryHousehold } from '../../registry/household.ts';
import { saveHousehold, saveVillage } from '../../registry/store.ts';
import { createTables } from '../../registry/tables.ts';
import { type DemoOrganisation, makeDemoUsers, TRAINING_PASSWORD } from './demo-users.ts';

const ID_SPACE = '6f3a2f0e-52c4-5b7d-8a52-530627000001';

const HOUR_MS = 3_600_000;

/** 2020-09-01 08:00: the campaign of the demo county's pack lies before it. */
const TRAINING_START = startOfDay(plainDate('2020-09-01')) + 8 * HOUR_MS;

/** First day on which training organisations and duties stand: before every act of the packs. */
const SINCE = '2014-01-01';

const COUNTY_PACK = 'zhenxiong-2020';

/** Any number; two starts at once must not both load. */
const LOAD_LOCK = 530_627_003;

/** Organisations of the demo county, the nation first. */
export function demoOrganisations(
  county: DemoCounty,
): (DemoOrganisation & { parentCode: string | null })[] {
  const [first] = county.villages;
  invariant(first !== undefined, 'the county has villages');
  const { countyCode } = county;
  const provinceCode = countyCode.slice(0, 2);
  const cityCode = countyCode.slice(0, 4);
  return [
    { code: '0', level: 'nation', name: '全国', parentCode: null },
    { code: provinceCode, level: 'province', name: first.provinceName, parentCode: '0' },
    { code: cityCode, level: 'city', name: first.cityName, parentCode: provinceCode },
    { code: countyCode, level: 'county', name: first.countyName, parentCode: cityCode },
    ...county.townships.map(({ code, name }) => {
      return { code, level: 'township' as const, name, parentCode: countyCode };
    }),
    ...county.villages.map(({ villageCode, name }) => {
      const parentCode = villageCode.slice(0, 9);
      return { code: villageCode, level: 'village' as const, name, parentCode };
    }),
  ];
}

/** Loads everything in one transaction unless it is there. False when it was. */
export async function loadDemoCounty(databaseUrl: string): Promise<boolean> {
  const plain = postgres(databaseUrl, { max: 1, onnotice: () => {} });
  const mapped = postgres(databaseUrl, { max: 1, onnotice: () => {} });
  const db = drizzle(mapped);
  try {
    await plain`select pg_advisory_lock(${LOAD_LOCK})`;
    if ((await db.select().from(businessClock)).length > 0) return false;
    const county = makeDemoCounty(DEMO_COUNTY);
    // The registry's own tables first: were this to die here, the next start loads both again.
    await createTables(plain);
    for (const village of county.villages) await saveVillage(plain, village);
    for (const household of county.households) await saveHousehold(plain, household);
    await db.transaction((tx) => saveCounty(tx, county));
    return true;
  } finally {
    await plain.end({ timeout: 5 });
    await mapped.end({ timeout: 5 });
  }
}

async function saveCounty(tx: DbOrTx, county: DemoCounty): Promise<void> {
  const places = demoOrganisations(county);
  await tx.insert(organisations).values(places.map((place) => ({ ...place, validFrom: SINCE })));
  await saveRegistryHouseholds(tx, county.households, { asOf: TRAINING_START, source: 'demo' });
  await saveVillageProfiles(tx, county.villages);
  await saveApplicants(tx, county.applicants);
  await saveUsers(tx, places, county.countyCode, trainingDepartments());
  await saveConfirmations(tx);
  const offsetMs = TRAINING_START - Date.now();
  await tx.insert(businessClock).values({ id: 1, offsetMs, training: true });
}

/** Households that the registry does not hold and that may apply. */
async function saveApplicants(tx: DbOrTx, applicants: readonly NewRegistryHousehold[]) {
  const groups = await tx.select().from(villagerGroups);
  for (const applicant of applicants) {
    const head = findHead(applicant);
    invariant(head !== undefined, 'an applicant has a head');
    const { villageCode, groupName, naturalVillage, phone, attribute } = applicant;
    const id = uuidv5(`applicant/${head.idNumber}`, ID_SPACE);
    const isOwn = (group: (typeof groups)[number]) =>
      group.villageCode === villageCode && group.name === groupName;
    await tx.insert(households).values({
      id,
      villageCode,
      residenceCode: villageCode,
      groupId: groups.find(isOwn)?.id ?? null,
      naturalVillage,
      headName: head.name,
      headIdNumber: head.idNumber,
      memberCount: applicant.members.length,
      phone,
      attribute,
    });
    const rows = applicant.members.map((member) => ({
      ...member,
      id: uuidv5(`person/${member.idNumber}`, ID_SPACE),
      householdId: id,
    }));
    await tx.insert(members).values(rows);
  }
}

/** 部门 of the demo county as its pack's confirmed values name them. */
export function trainingDepartments(): string[] {
  const found = trainingConfirmations(COUNTY_PACK).find(
    ({ path }) => path === 'comparison.departments',
  )?.value;
  return Array.isArray(found) ? found.filter((item) => typeof item === 'string') : [];
}

async function saveUsers(
  tx: DbOrTx,
  places: readonly DemoOrganisation[],
  countyCode: string,
  departments: readonly string[],
): Promise<void> {
  const made = makeDemoUsers(places, countyCode, departments);
  // One hash for all: they share the password that the start page prints anyway.
  const passwordHash = await hash(TRAINING_PASSWORD);
  await tx.insert(users).values(
    made.map(({ id, signInName, displayName, orgCode }) => ({
      id,
      signInName,
      displayName,
      orgCode,
      passwordHash,
    })),
  );
  await tx.insert(duties).values(
    made.map(({ id, orgCode, duty, department }) => ({
      id: uuidv5(`duty/${id}`, ID_SPACE),
      userId: id,
      orgCode,
      duty,
      department,
      validFrom: SINCE,
    })),
  );
}

/** A training instance comes with the values of every pack confirmed for training, and says so. */
async function saveConfirmations(tx: DbOrTx): Promise<void> {
  for (const { pack } of loadPacks().packs.values()) {
    if (pack.year === null) continue;
    const { id: packId, areaCode } = pack;
    const rows = trainingConfirmations(packId).map(
      ({ path, value, documentNo, documentOn, by }) => ({
        id: uuidv5(`confirmation/${packId}/${path}`, ID_SPACE),
        packId,
        areaCode,
        path,
        value,
        documentNo,
        documentOn,
        confirmedBy: by,
        confirmedAt: TRAINING_START,
      }),
    );
    if (rows.length > 0) await tx.insert(packConfirmations).values(rows);
  }
}
