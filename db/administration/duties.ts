/** 岗位管理 — who does what at which organisation, from one day until another. */
import { and, eq, ne } from 'drizzle-orm';
import { DUTY_WORDS, type Duty } from '../../domain/kernel/actor.ts';
import { overlap, refuseEnd, type Term } from '../../domain/organisation/administration.ts';
import { type PlainDate, plainDateAt } from '../../domain/time/instant.ts';
import type { DbOrTx } from '../import/database.ts';
import { duties, grants } from '../schema/organisation.ts';
import { type Change, type Changed, recordChange, refused } from './record-change.ts';
import { refusePerson, refusePlace } from './standing.ts';
import { unitsAbove } from './tree.ts';

type DutyRow = typeof duties.$inferSelect;

/** A duty to be given. */
export interface NewDuty {
  readonly id: string;
  readonly userId: string;
  readonly orgCode: string;
  readonly duty: Duty;
  /** 部门 as the pack names it; for duty `department` and for no other. */
  readonly department: string | null;
  readonly validFrom: string;
  readonly validTo: string | null;
}

/**
 * 任岗. Nobody gives a duty to himself, and who administers holds no other duty nor grant on any day
 * (docs/adr/0016): the administrator of a place must not decide there.
 */
export async function giveDuty(
  tx: DbOrTx,
  given: NewDuty,
  change: Change,
): Promise<Changed<DutyRow>> {
  const { userId, orgCode, duty, department } = given;
  const person = await refusePerson(tx, userId, change.by);
  if (person !== undefined) return person;
  if ((duty === 'department') !== (department !== null)) {
    const words = '部门岗位须写明是哪个部门，其他岗位不写部门';
    return refused('DUTY-DEPARTMENT', words, { missing: ['部门'] });
  }
  if (given.validTo !== null && given.validTo <= given.validFrom) {
    return refused('TERM-BACKWARDS', '终止日期应晚于开始日期');
  }
  const place = await refusePlace(tx, orgCode);
  if (place !== undefined) return place;
  const conflict = await refuseTogether(tx, given);
  if (conflict !== undefined) return conflict;
  const [row] = await tx.insert(duties).values(given).returning();
  if (row === undefined) throw new TypeError('an insert returns its row');
  await recordChange(tx, change, {
    kind: 'duty-given',
    ...subjectOf(row),
    before: null,
    after: row,
  });
  return { ok: true, value: row };
}

/** 免岗 from a day on, today at the earliest. The last administrator of a place stays. */
export async function endDuty(
  tx: DbOrTx,
  { dutyId, on }: { readonly dutyId: string; readonly on: PlainDate },
  change: Change,
): Promise<Changed<DutyRow>> {
  const [row] = await tx.select().from(duties).where(eq(duties.id, dutyId)).for('update');
  if (row === undefined) return refused('DUTY-UNKNOWN', '没有这个岗位');
  const refusal = refuseEnd(row, on, plainDateAt(change.at));
  if (refusal !== undefined) return { ok: false, refusal };
  const last = await refuseLastAdministrator(tx, row, on);
  if (last !== undefined) return last;
  return { ok: true, value: await endDutyRow(tx, row, on, change) };
}

/** Ends a row that may be ended, with its line in the record. */
export async function endDutyRow(
  tx: DbOrTx,
  before: DutyRow,
  on: PlainDate,
  change: Change,
): Promise<DutyRow> {
  const after = { ...before, validTo: on < before.validFrom ? before.validFrom : on };
  await tx.update(duties).set({ validTo: after.validTo }).where(eq(duties.id, before.id));
  await recordChange(tx, change, { kind: 'duty-ended', ...subjectOf(before), before, after });
  return after;
}

/** The same duty twice, or administration beside anything else. */
async function refuseTogether(tx: DbOrTx, given: NewDuty) {
  const held = (await tx.select().from(duties).where(eq(duties.userId, given.userId))).filter(
    (row) => overlap(row, given),
  );
  const isSame = (row: DutyRow) =>
    row.orgCode === given.orgCode && row.duty === given.duty && row.department === given.department;
  if (held.some(isSame)) return refused('DUTY-HELD', '此人在这段时间已任这个岗位');
  const isAdministrator = given.duty === 'administrator';
  const other = held.find((row) => (row.duty === 'administrator') !== isAdministrator);
  if (other !== undefined)
    return refuseBoth(DUTY_WORDS[isAdministrator ? (other.duty as Duty) : 'administrator']);
  if (!isAdministrator) return undefined;
  const granted = await tx.select().from(grants).where(eq(grants.userId, given.userId));
  return granted.some((row) => overlap(row, given)) ? refuseBoth('授权') : undefined;
}

function refuseBoth(other: string) {
  const words = `管理员不能同时有其他岗位或授权（此人已有：${other}），请另用一个人`;
  return refused('ADMINISTRATOR-ONLY', words, { whoClears: '另一个人' });
}

/** Whether somebody administers on some day of a term: then no grant goes with it. */
export async function refuseAdministrator(tx: DbOrTx, userId: string, term: Term) {
  const held = await tx
    .select()
    .from(duties)
    .where(and(eq(duties.userId, userId), eq(duties.duty, 'administrator')));
  return held.some((row) => overlap(row, term)) ? refuseBoth('管理员') : undefined;
}

/** Somebody else must go on administering at the place or above it, else nobody could ever again. */
export async function refuseLastAdministrator(tx: DbOrTx, row: DutyRow, on: PlainDate) {
  if (row.duty !== 'administrator') return undefined;
  const above = await unitsAbove(tx, [row.orgCode]);
  const others = await tx
    .select()
    .from(duties)
    .where(and(eq(duties.duty, 'administrator'), ne(duties.userId, row.userId)));
  const goesOn = others.some(
    (other) =>
      above.includes(other.orgCode) &&
      other.validFrom <= on &&
      (other.validTo === null || on < other.validTo),
  );
  if (goesOn) return undefined;
  return refused('LAST-ADMINISTRATOR', '这是这里最后一位管理员，请先任命另一位', {
    missing: ['另一位管理员'],
  });
}

function subjectOf({ id, orgCode }: DutyRow) {
  return { subject: id, orgCode };
}
