/** What the database knows of the households of a roll, before it is applied. */
import { and, eq, inArray, isNull, like } from 'drizzle-orm';
import { findHead, type RegistryHousehold } from '../../registry/household.ts';
import { households, members } from '../schema/households.ts';
import { organisations, villagerGroups } from '../schema/organisation.ts';
import type { DbOrTx } from './database.ts';

/** Row of `households`. */
export type HouseholdRow = typeof households.$inferSelect;

/** Row of `members`. */
export type MemberRow = typeof members.$inferSelect;

/** Rows found by what the registry calls them. */
export interface KnownHouseholds {
  readonly byNo: ReadonlyMap<string, HouseholdRow>;
  /** Households without 户编号 by head: applicants that the registry may now hold. */
  readonly applicantByHead: ReadonlyMap<string, HouseholdRow>;
  readonly byId: ReadonlyMap<string, HouseholdRow>;
  readonly membersByPersonNo: ReadonlyMap<string, MemberRow>;
  readonly membersOf: ReadonlyMap<string, readonly MemberRow[]>;
  /** Registered households of the roll's villages that the roll does not name. */
  readonly vanished: readonly HouseholdRow[];
  /** Group id by `village/name`. */
  readonly groups: ReadonlyMap<string, string>;
}

/** PostgreSQL takes 65,535 parameters; rows of one statement stay far below. */
const CHUNK = 2_000;

/** `items` in pieces that one statement can take. */
export function inChunks<T>(items: readonly T[], size = CHUNK): T[][] {
  const chunks: T[][] = [];
  for (let start = 0; start < items.length; start += size) {
    chunks.push(items.slice(start, start + size));
  }
  return chunks;
}

/** Codes of the villages within an area. */
export async function listVillageCodes(db: DbOrTx, areaCode: string): Promise<Set<string>> {
  const rows = await db
    .select({ code: organisations.code })
    .from(organisations)
    .where(and(eq(organisations.level, 'village'), like(organisations.code, `${areaCode}%`)));
  return new Set(rows.map((row) => row.code));
}

/** Reads everything that applying `roll` may touch. */
export async function loadKnown(
  db: DbOrTx,
  roll: readonly RegistryHousehold[],
): Promise<KnownHouseholds> {
  const numbers = roll.map((household) => household.householdNo);
  const heads = roll.flatMap((household) => findHead(household)?.idNumber ?? []);
  const people = roll.flatMap((household) =>
    household.members.flatMap((member) => member.personNo ?? []),
  );
  const villages = [...new Set(roll.map((household) => household.villageCode))];
  const byNo = await gather(numbers, (chunk) =>
    db.select().from(households).where(inArray(households.householdNo, chunk)),
  );
  const applicants = await gather(heads, (chunk) =>
    db
      .select()
      .from(households)
      .where(and(inArray(households.headIdNumber, chunk), isNull(households.householdNo))),
  );
  const known = [...byNo, ...applicants];
  const ownMembers = await gather(
    known.map((row) => row.id),
    (chunk) => db.select().from(members).where(inArray(members.householdId, chunk)),
  );
  const namedMembers = await gather(people, (chunk) =>
    db.select().from(members).where(inArray(members.personNo, chunk)),
  );
  const inVillages = await gather(villages, (chunk) =>
    db.select().from(households).where(inArray(households.villageCode, chunk)),
  );
  const named = new Set(numbers);
  const groups = await gather(villages, (chunk) =>
    db.select().from(villagerGroups).where(inArray(villagerGroups.villageCode, chunk)),
  );
  // A member that moves here comes from a household that the roll may not name.
  const formerIds = namedMembers.map((row) => row.householdId);
  const former = await gather([...new Set(formerIds)], (chunk) =>
    db.select().from(households).where(inArray(households.id, chunk)),
  );
  return {
    byNo: new Map(byNo.map((row) => [row.householdNo ?? '', row])),
    applicantByHead: new Map(applicants.map((row) => [row.headIdNumber, row])),
    byId: new Map([...known, ...former].map((row) => [row.id, row])),
    membersByPersonNo: new Map(namedMembers.map((row) => [row.personNo ?? '', row])),
    membersOf: groupMembers(ownMembers),
    vanished: inVillages.filter((row) => row.householdNo !== null && !named.has(row.householdNo)),
    groups: new Map(groups.map((row) => [`${row.villageCode}/${row.name}`, row.id])),
  };
}

async function gather<K, R>(
  keys: readonly K[],
  read: (chunk: K[]) => PromiseLike<R[]>,
): Promise<R[]> {
  const found: R[] = [];
  for (const chunk of inChunks(keys)) found.push(...(await read(chunk)));
  return found;
}

function groupMembers(rows: readonly MemberRow[]): Map<string, MemberRow[]> {
  const groups = new Map<string, MemberRow[]>();
  for (const row of rows) {
    const group = groups.get(row.householdId);
    if (group === undefined) groups.set(row.householdId, [row]);
    else group.push(row);
  }
  return groups;
}
