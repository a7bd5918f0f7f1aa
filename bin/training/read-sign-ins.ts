/** 演练登录名单 — read from the record, so that it is right after a scenario and a changed password too. */
import { verify } from '@node-rs/argon2';
import { asc, eq, isNull } from 'drizzle-orm';
import { openDatabase } from '../../db/client.ts';
import type { DbOrTx } from '../../db/import/database.ts';
import { duties, organisations, users } from '../../db/schema/organisation.ts';
import { DUTY_WORDS, type Duty } from '../../domain/kernel/actor.ts';
import { TRAINING_PASSWORD } from '../../scenario/default-people.ts';
import type { SignIn } from '../../scenario/sign-ins.ts';

/**
 * Who can sign in with the training password: everybody of one village, its township and its county,
 * enough to walk a list from end to end, and the administrators.
 */
export async function readSignIns(databaseUrl: string): Promise<SignIn[]> {
  const { db, close } = openDatabase(databaseUrl, { max: 1 });
  try {
    const chain = await firstChain(db);
    const rows = await db
      .select({ user: users, held: duties, place: organisations })
      .from(duties)
      .innerJoin(users, eq(users.id, duties.userId))
      .innerJoin(organisations, eq(organisations.code, duties.orgCode))
      .where(isNull(users.disabledAt))
      .orderBy(asc(users.signInName), asc(duties.id));
    const shown = rows.filter(
      ({ held }) => chain.includes(held.orgCode) || held.duty === 'administrator',
    );
    const usual = await hashesOfUsualPassword(shown.map(({ user }) => user.passwordHash));
    const rank = (code: string): number => [...chain, ''].indexOf(chain.includes(code) ? code : '');
    return shown
      .filter(({ user }) => usual.has(user.passwordHash))
      .sort((a, b) => rank(a.held.orgCode) - rank(b.held.orgCode))
      .map(({ user, held: { duty, department }, place }) => ({
        name: user.signInName,
        password: TRAINING_PASSWORD,
        words: `${place.name} ${department ?? ''}${DUTY_WORDS[duty as Duty]}`,
      }));
  } finally {
    await close();
  }
}

/** The first village by code, its township and its county. */
async function firstChain(db: DbOrTx): Promise<string[]> {
  const all = await db.select().from(organisations).orderBy(asc(organisations.code));
  const parents = new Map(all.map(({ code, parentCode }) => [code, parentCode]));
  const levels = new Map(all.map(({ code, level }) => [code, level]));
  const chain: string[] = [];
  let next = all.find(({ level }) => level === 'village')?.code ?? null;
  while (next !== null && ['village', 'township', 'county'].includes(levels.get(next) ?? '')) {
    chain.push(next);
    next = parents.get(next) ?? null;
  }
  return chain;
}

/** People made together share one hash, so few are verified. */
async function hashesOfUsualPassword(hashes: readonly string[]): Promise<Set<string>> {
  const distinct = [...new Set(hashes)];
  const isUsual = await Promise.all(distinct.map((hash) => verify(hash, TRAINING_PASSWORD)));
  return new Set(distinct.filter((_, index) => isUsual[index]));
}
