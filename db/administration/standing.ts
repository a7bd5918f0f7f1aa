/** 现状 — whether the place and the person that a change names are there at all. */
import { eq } from 'drizzle-orm';
import type { DbOrTx } from '../import/database.ts';
import { organisations, users } from '../schema/organisation.ts';
import { refused } from './record-change.ts';

/** Why nothing can be given at this organisation; undefined when it stands. */
export async function refusePlace(tx: DbOrTx, orgCode: string) {
  const [place] = await tx.select().from(organisations).where(eq(organisations.code, orgCode));
  if (place === undefined) return refused('ORGANISATION-UNKNOWN', '没有这个组织');
  if (place.validTo !== null) {
    return refused('ORGANISATION-ENDED', `${place.name}已于${place.validTo}撤销`);
  }
  return undefined;
}

/** Why nothing can be given to this person by that one; undefined when it can. */
export async function refusePerson(tx: DbOrTx, userId: string, by: string) {
  const [user] = await tx.select().from(users).where(eq(users.id, userId));
  if (user === undefined) return refused('USER-UNKNOWN', '没有这个用户');
  if (user.disabledAt !== null) return refused('USER-ENDED', '这个账号已停用');
  if (userId !== by) return undefined;
  const whoClears = '另一位管理员';
  return refused('OWN-DUTY', '不能给自己任岗或授权，应由另一位管理员办理', { whoClears });
}
