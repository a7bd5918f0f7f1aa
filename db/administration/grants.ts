/** 授权管理 — explicit dated grants: an area, named households, or 代录 for an organisation. */
import { and, eq, inArray } from 'drizzle-orm';
import type { Duty, HeldGrant } from '../../domain/kernel/actor.ts';
import { refuseEnd } from '../../domain/organisation/administration.ts';
import { type PlainDate, plainDateAt } from '../../domain/time/instant.ts';
import type { DbOrTx } from '../import/database.ts';
import { households as registered } from '../schema/households.ts';
import { grants } from '../schema/organisation.ts';
import { refuseAdministrator } from './duties.ts';
import { type Change, type Changed, recordChange, refused } from './record-change.ts';
import { refusePerson, refusePlace } from './standing.ts';
import { unitsBelow } from './tree.ts';

type GrantRow = typeof grants.$inferSelect;

/** A grant to be given. */
export interface NewGrant {
  readonly id: string;
  readonly userId: string;
  readonly kind: HeldGrant['kind'];
  /** The area, the organisation whose papers are typed, or the one that the households belong to. */
  readonly orgCode: string;
  /** The duty that is lent; for every kind but 代录. */
  readonly duty: Duty | null;
  /** For kind `households` and for no other. */
  readonly households: readonly string[] | null;
  readonly validFrom: string;
  readonly validTo: string | null;
}

/** 授权. Nobody grants to himself, and who administers is granted nothing (docs/adr/0016). */
export async function giveGrant(
  tx: DbOrTx,
  given: NewGrant,
  change: Change,
): Promise<Changed<GrantRow>> {
  const { userId, kind, duty, households } = given;
  const person = await refusePerson(tx, userId, change.by);
  if (person !== undefined) return person;
  if ((kind === 'proxy-entry') !== (duty === null) || duty === 'administrator') {
    return refused('GRANT-DUTY', '代录授权不写岗位；其他授权须写明岗位，且不能是管理员');
  }
  if ((kind === 'households') !== (households !== null && households.length > 0)) {
    return refused('GRANT-HOUSEHOLDS', '按户授权须列出农户，其他授权不列', { missing: ['农户'] });
  }
  if (given.validTo !== null && given.validTo <= given.validFrom) {
    return refused('TERM-BACKWARDS', '终止日期应晚于开始日期');
  }
  const place = await refusePlace(tx, given.orgCode);
  if (place !== undefined) return place;
  const strange = await refuseStrangers(tx, given.orgCode, households ?? []);
  if (strange !== undefined) return strange;
  const administers = await refuseAdministrator(tx, userId, given);
  if (administers !== undefined) return administers;
  const { by: grantedBy, reason } = change;
  const [row] = await tx
    .insert(grants)
    .values({ ...given, grantedBy, reason })
    .returning();
  if (row === undefined) throw new TypeError('an insert returns its row');
  await recordChange(tx, change, {
    kind: 'grant-given',
    ...subjectOf(row),
    before: null,
    after: row,
  });
  return { ok: true, value: row };
}

/** Refuses households that are not registered in the place. */
async function refuseStrangers(tx: DbOrTx, orgCode: string, named: readonly string[]) {
  if (named.length === 0) return undefined;
  const ids = [...new Set(named)];
  const villages = await unitsBelow(tx, [orgCode]);
  const { id, villageCode } = registered;
  const known = await tx
    .select({ id })
    .from(registered)
    .where(and(inArray(id, ids), inArray(villageCode, [...villages])));
  const left = ids.length - known.length;
  if (left === 0) return undefined;
  const words = `有${left}户不是这里登记的农户，请重新选择`;
  return refused('GRANT-HOUSEHOLDS', words, { missing: ['这里登记的农户'] });
}

/** 终止授权 from a day on, today at the earliest. */
export async function endGrant(
  tx: DbOrTx,
  { grantId, on }: { readonly grantId: string; readonly on: PlainDate },
  change: Change,
): Promise<Changed<GrantRow>> {
  const [row] = await tx.select().from(grants).where(eq(grants.id, grantId)).for('update');
  if (row === undefined) return refused('GRANT-UNKNOWN', '没有这项授权');
  const refusal = refuseEnd(row, on, plainDateAt(change.at));
  if (refusal !== undefined) return { ok: false, refusal };
  return { ok: true, value: await endGrantRow(tx, row, on, change) };
}

/** Ends a row that may be ended, with its line in the record. */
export async function endGrantRow(
  tx: DbOrTx,
  before: GrantRow,
  on: PlainDate,
  change: Change,
): Promise<GrantRow> {
  const after = { ...before, validTo: on < before.validFrom ? before.validFrom : on };
  await tx.update(grants).set({ validTo: after.validTo }).where(eq(grants.id, before.id));
  await recordChange(tx, change, { kind: 'grant-ended', ...subjectOf(before), before, after });
  return after;
}

function subjectOf({ id, orgCode }: GrantRow) {
  return { subject: id, orgCode };
}
