/** 组织管理 — organisations come, are renamed, move under another parent and end; lists follow them. */
import { and, eq, isNull } from 'drizzle-orm';
import { mayStandBelow, refuseFutureChange } from '../../domain/organisation/administration.ts';
import { LEVEL_WORDS, levelOf, type OrgCode, orgCode } from '../../domain/organisation/org-code.ts';
import { type PlainDate, plainDateAt } from '../../domain/time/instant.ts';
import type { DbOrTx } from '../import/database.ts';
import { rebaseLists } from '../record/rebase-lists.ts';
import { duties, grants, organisations } from '../schema/organisation.ts';
import { rosters } from '../schema/record.ts';
import { endDutyRow } from './duties.ts';
import { endGrantRow } from './grants.ts';
import { type Change, type Changed, recordChange, refused } from './record-change.ts';
import { unitsBelow } from './tree.ts';

type Organisation = typeof organisations.$inferSelect;

/** What an organisation is at its beginning. The level is the code's. */
export interface NewOrganisation {
  readonly code: OrgCode;
  /** Null for the root only. */
  readonly parentCode: string | null;
  readonly name: string;
  readonly validFrom: string;
}

/** 设立组织. A second root is refused: there is one tree. */
export async function createOrganisation(
  tx: DbOrTx,
  given: NewOrganisation,
  change: Change,
): Promise<Changed<Organisation>> {
  const { code, parentCode } = given;
  const level = levelOf(code);
  if ((await findOrganisation(tx, code)) !== undefined) {
    return refused('ORGANISATION-EXISTS', '这个区划代码已有组织，代码不能重复使用');
  }
  if (parentCode === null) {
    const [root] = await tx.select().from(organisations).where(isNull(organisations.parentCode));
    if (root !== undefined) {
      return refused('ORGANISATION-PARENT', `最高一级组织已是${root.name}，请指明上级`);
    }
  } else {
    const fault = await refuseParent(tx, code, parentCode);
    if (fault !== undefined) return fault;
  }
  const [row] = await tx
    .insert(organisations)
    .values({ ...given, level })
    .returning();
  if (row === undefined) throw new TypeError('an insert returns its row');
  await recordChange(tx, change, line('organisation-created', row, null, row));
  return { ok: true, value: row };
}

/** 更名 as of a day that has come. What was issued before keeps the old name: decisions keep their facts. */
export async function renameOrganisation(
  tx: DbOrTx,
  given: { readonly code: string; readonly name: string; readonly on: PlainDate },
  change: Change,
): Promise<Changed<Organisation>> {
  return alter(tx, { ...given, kind: 'organisation-renamed', set: { name: given.name } }, change);
}

/** 改隶 — moves an organisation with everything below it; open lists are waited for there from now on. */
export async function moveOrganisation(
  tx: DbOrTx,
  given: { readonly code: string; readonly parentCode: string; readonly on: PlainDate },
  change: Change,
): Promise<Changed<Organisation>> {
  const { code, parentCode } = given;
  const below = await unitsBelow(tx, [code]);
  if (below.includes(parentCode)) {
    return refused('ORGANISATION-PARENT', '上级不能是本组织或它的下级');
  }
  const fault = await refuseParent(tx, code, parentCode);
  if (fault !== undefined) return fault;
  const alteration = { ...given, kind: 'organisation-moved', set: { parentCode } } as const;
  const moved = await alter(tx, alteration, change);
  if (moved.ok) await rebaseLists(tx, below);
  return moved;
}

/**
 * 撤销 — ends an organisation with its duties and grants. Its open lists go on with the successor; units
 * below it are moved or ended first.
 */
export async function endOrganisation(
  tx: DbOrTx,
  given: { readonly code: string; readonly successorCode: string | null; readonly on: PlainDate },
  change: Change,
): Promise<Changed<Organisation>> {
  const { code, successorCode, on } = given;
  const [child] = await tx
    .select()
    .from(organisations)
    .where(and(eq(organisations.parentCode, code), isNull(organisations.validTo)));
  if (child !== undefined) {
    const missing = [child.name];
    return refused('ORGANISATION-HAS-UNITS', '还有下级组织，请先改隶或撤销', { missing });
  }
  const successor = await checkSuccessor(tx, code, successorCode);
  if (successor !== undefined) return successor;
  const set = { validTo: on, successorCode };
  const ended = await alter(tx, { code, on, kind: 'organisation-ended', set }, change);
  if (!ended.ok) return ended;
  await endPosts(tx, code, change);
  await rebaseLists(tx, [code]);
  return ended;
}

async function checkSuccessor(tx: DbOrTx, code: string, successorCode: string | null) {
  if (successorCode === null) {
    const open = await tx.$count(rosters, and(eq(rosters.unitCode, code), eq(rosters.open, true)));
    if (open === 0) return undefined;
    const words = `还有${open}份名单没有办结，请指明由哪个组织承接`;
    return refused('ORGANISATION-SUCCESSOR', words, { missing: ['承接单位'] });
  }
  const successor = await findOrganisation(tx, successorCode);
  const isSameLevel = successor?.level === levelOf(orgCode(code));
  if (
    successor !== undefined &&
    successor.validTo === null &&
    isSameLevel &&
    successorCode !== code
  )
    return undefined;
  return refused('ORGANISATION-SUCCESSOR', '承接单位须是同级的、没有撤销的另一个组织');
}

/** 岗位、授权 at an organisation end with it. */
async function endPosts(tx: DbOrTx, code: string, change: Change): Promise<void> {
  const today = plainDateAt(change.at);
  const held = await tx.select().from(duties).where(eq(duties.orgCode, code));
  for (const row of held.filter(({ validTo }) => validTo === null || today < validTo)) {
    await endDutyRow(tx, row, today, change);
  }
  const given = await tx.select().from(grants).where(eq(grants.orgCode, code));
  for (const row of given.filter(({ validTo }) => validTo === null || today < validTo)) {
    await endGrantRow(tx, row, today, change);
  }
}

type Alteration = {
  readonly code: string;
  readonly on: PlainDate;
  readonly kind: 'organisation-renamed' | 'organisation-moved' | 'organisation-ended';
  readonly set: Partial<Pick<Organisation, 'name' | 'parentCode' | 'validTo' | 'successorCode'>>;
};

async function alter(
  tx: DbOrTx,
  { code, on, kind, set }: Alteration,
  change: Change,
): Promise<Changed<Organisation>> {
  const early = refuseFutureChange(on, plainDateAt(change.at));
  if (early !== undefined) return { ok: false, refusal: early };
  const before = await findOrganisation(tx, code);
  if (before === undefined) return refused('ORGANISATION-UNKNOWN', '没有这个组织');
  if (before.validTo !== null) {
    return refused('ORGANISATION-ENDED', `${before.name}已于${before.validTo}撤销，不能再变动`);
  }
  if (on < before.validFrom) {
    return refused('CHANGE-BEFORE-BEGINNING', `${before.name}自${before.validFrom}起才设立`);
  }
  const [row] = await tx
    .update(organisations)
    .set(set)
    .where(eq(organisations.code, code))
    .returning();
  if (row === undefined) throw new TypeError('an update of a locked row returns it');
  await recordChange(tx, change, line(kind, row, before, { ...row, on }));
  return { ok: true, value: row };
}

/** Locked, so that two changes of one organisation come one after the other. */
async function findOrganisation(tx: DbOrTx, code: string): Promise<Organisation | undefined> {
  const [row] = await tx
    .select()
    .from(organisations)
    .where(eq(organisations.code, code))
    .for('update');
  return row;
}

async function refuseParent(tx: DbOrTx, code: string, parentCode: string) {
  const parent = await findOrganisation(tx, parentCode);
  if (parent === undefined || parent.validTo !== null) {
    return refused('ORGANISATION-PARENT', '上级组织不存在或已撤销');
  }
  const level = levelOf(orgCode(code));
  const upper = levelOf(orgCode(parentCode));
  if (mayStandBelow(level, upper)) return undefined;
  const words = `${LEVEL_WORDS[level]}组织不能设在${LEVEL_WORDS[upper]}组织之下`;
  return refused('ORGANISATION-PARENT', words);
}

function line(
  kind: Alteration['kind'] | 'organisation-created',
  { code }: Organisation,
  before: unknown,
  after: unknown,
) {
  return { kind, subject: code, orgCode: code, before, after };
}
