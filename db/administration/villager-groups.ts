/** 村民小组管理. */
import { and, eq, isNull } from 'drizzle-orm';
import { refuseFutureChange } from '../../domain/organisation/administration.ts';
import { type PlainDate, plainDateAt } from '../../domain/time/instant.ts';
import type { DbOrTx } from '../import/database.ts';
import { households } from '../schema/households.ts';
import { villagerGroups } from '../schema/organisation.ts';
import { type Change, type Changed, recordChange, refused } from './record-change.ts';
import { refusePlace } from './standing.ts';

type Group = typeof villagerGroups.$inferSelect;

/** 设立小组. Names are unique among the groups of a village that stand. */
export async function createGroup(
  tx: DbOrTx,
  given: { readonly id: string; readonly villageCode: string; readonly name: string },
  change: Change,
): Promise<Changed<Group>> {
  const place = await refusePlace(tx, given.villageCode);
  if (place !== undefined) return place;
  const taken = await refuseName(tx, given.villageCode, given.name);
  if (taken !== undefined) return taken;
  const [row] = await tx.insert(villagerGroups).values(given).returning();
  if (row === undefined) throw new TypeError('an insert returns its row');
  await recordChange(tx, change, lineOf('group-created', row, null, row));
  return { ok: true, value: row };
}

/** 更名. */
export async function renameGroup(
  tx: DbOrTx,
  { groupId, name }: { readonly groupId: string; readonly name: string },
  change: Change,
): Promise<Changed<Group>> {
  const before = await standingGroup(tx, groupId);
  if (!before.ok) return before;
  const taken = await refuseName(tx, before.value.villageCode, name);
  if (taken !== undefined) return taken;
  const after = { ...before.value, name };
  await tx.update(villagerGroups).set({ name }).where(eq(villagerGroups.id, groupId));
  await recordChange(tx, change, lineOf('group-renamed', after, before.value, after));
  return { ok: true, value: after };
}

/** 撤并 — its households go to another group of the village; lists under way keep their groups. */
export async function endGroup(
  tx: DbOrTx,
  given: { readonly groupId: string; readonly intoId: string | null; readonly on: PlainDate },
  change: Change,
): Promise<Changed<Group>> {
  const { groupId, intoId, on } = given;
  const early = refuseFutureChange(on, plainDateAt(change.at));
  if (early !== undefined) return { ok: false, refusal: early };
  const before = await standingGroup(tx, groupId);
  if (!before.ok) return before;
  const count = await tx.$count(households, eq(households.groupId, groupId));
  if (intoId === null && count > 0) {
    const words = `小组还有${count}户，请指明并入哪个小组`;
    return refused('GROUP-SUCCESSOR', words, { missing: ['并入的小组'] });
  }
  if (intoId !== null) {
    const into = await standingGroup(tx, intoId);
    const isFit = into.ok && into.value.villageCode === before.value.villageCode;
    if (!isFit || intoId === groupId) {
      return refused('GROUP-SUCCESSOR', '并入的须是本村没有撤销的另一个小组');
    }
    await tx.update(households).set({ groupId: intoId }).where(eq(households.groupId, groupId));
  }
  const after = { ...before.value, validTo: on };
  await tx.update(villagerGroups).set({ validTo: on }).where(eq(villagerGroups.id, groupId));
  const moved = { ...after, intoId, households: count };
  await recordChange(tx, change, lineOf('group-ended', after, before.value, moved));
  return { ok: true, value: after };
}

async function standingGroup(tx: DbOrTx, groupId: string): Promise<Changed<Group>> {
  const [row] = await tx
    .select()
    .from(villagerGroups)
    .where(eq(villagerGroups.id, groupId))
    .for('update');
  if (row === undefined) return refused('GROUP-UNKNOWN', '没有这个村民小组');
  if (row.validTo !== null) return refused('GROUP-ENDED', `这个小组已于${row.validTo}撤销`);
  return { ok: true, value: row };
}

async function refuseName(tx: DbOrTx, villageCode: string, name: string) {
  const { villageCode: village, name: called, validTo } = villagerGroups;
  const [same] = await tx
    .select()
    .from(villagerGroups)
    .where(and(eq(village, villageCode), eq(called, name), isNull(validTo)));
  return same === undefined ? undefined : refused('GROUP-NAME-TAKEN', '本村已有同名的小组');
}

function lineOf(
  kind: 'group-created' | 'group-renamed' | 'group-ended',
  { id, villageCode }: Group,
  before: unknown,
  after: unknown,
) {
  return { kind, subject: id, orgCode: villageCode, before, after };
}
