/** 管理记录与查阅记录, for inspectors (督查) of the area; administrators see their own changes there too. */
import { and, desc, eq, inArray, lt } from 'drizzle-orm';
import { z } from 'zod';
import { CHANGE_WORDS, type ChangeKind } from '../../db/administration/record-change.ts';
import { unitsBelow } from '../../db/administration/tree.ts';
import { readLog } from '../../db/schema/effects.ts';
import { administrationLog, users } from '../../db/schema/organisation.ts';
import type { Duty } from '../../domain/kernel/actor.ts';
import { dutiesAt } from '../actor.ts';
import { personOf, subjectWords } from '../change-words.ts';
import { defineRoute, type RouteContext } from '../define-route.ts';
import type { ApiDeps } from '../deps.ts';
import { READING_WORDS, type ReadingKind } from '../id-numbers.ts';
import { ChangeJson } from '../json/administration.ts';
import { orgNames } from '../org-names.ts';
import { ApiProblem, isoInstant } from '../problem.ts';

const PAGE = 100;

/** Pages run backwards: `before` is the smallest id of the page before. */
const Page = z.strictObject({ before: z.coerce.number().int().min(1).optional() });

/** Units of the areas where one of these duties is held. */
async function unitsAs(
  { deps, actor, at }: RouteContext<unknown, unknown, unknown>,
  allowed: readonly Duty[],
): Promise<readonly string[]> {
  const roots = dutiesAt(actor, at).filter(({ duty }) => allowed.includes(duty));
  if (roots.length === 0) {
    throw new ApiProblem('NOT-YOUR-DUTY', '此项记录由督查查阅', { whoClears: '督查' });
  }
  return unitsBelow(
    deps.db,
    roots.map(({ orgCode }) => orgCode),
  );
}

/** Names by account. */
async function peopleNamed({ db }: ApiDeps, ids: readonly string[]) {
  const rows = await db
    .select({ id: users.id, name: users.displayName })
    .from(users)
    .where(inArray(users.id, [...new Set(ids)]));
  return new Map(rows.map(({ id, name }) => [id, name]));
}

const changes = defineRoute({
  method: 'get',
  path: '/administration/changes',
  tag: '管理',
  summary: '管理记录：谁、何时、变动前后；由督查查阅，管理员可看本辖区的',
  query: Page,
  replies: { 200: z.strictObject({ items: z.array(ChangeJson) }) },
  async handle(context) {
    const units = await unitsAs(context, ['inspector', 'administrator']);
    const { deps, query } = context;
    const { id, orgCode, changedBy } = administrationLog;
    const rows = await deps.db
      .select({ line: administrationLog, name: users.displayName })
      .from(administrationLog)
      .leftJoin(users, eq(users.id, changedBy))
      .where(
        and(
          inArray(orgCode, [...units]),
          query.before === undefined ? undefined : lt(id, query.before),
        ),
      )
      .orderBy(desc(id))
      .limit(PAGE);
    const people = await peopleNamed(
      deps,
      rows.map(({ line }) => personOf(line)),
    );
    const places = await orgNames(deps.db);
    const items = rows.map(({ line, name }) => ({
      ...line,
      subjectWords: subjectWords(line, { people, places }),
      // Written from the union by recordChange only.
      words: CHANGE_WORDS[line.kind as ChangeKind],
      changedByName: name,
      changedAt: isoInstant(line.changedAt),
      recordedAt: isoInstant(line.recordedAt.getTime()),
    }));
    return { status: 200, body: { items } };
  },
});

const ReadingJson = z.strictObject({
  id: z.number(),
  userId: z.string(),
  name: z.string(),
  orgCode: z.string(),
  what: z.string(),
  words: z.string(),
  reference: z.string(),
  recordedAt: z.string(),
});

const readings = defineRoute({
  method: 'get',
  path: '/readings',
  tag: '管理',
  summary: '查阅记录：辖区内的人看过哪些个人信息；由督查查阅',
  query: Page,
  replies: { 200: z.strictObject({ items: z.array(ReadingJson) }) },
  async handle(context) {
    const units = await unitsAs(context, ['inspector']);
    const { deps, query } = context;
    const rows = await deps.db
      .select({ line: readLog, name: users.displayName, orgCode: users.orgCode })
      .from(readLog)
      .innerJoin(users, eq(users.id, readLog.userId))
      .where(
        and(
          inArray(users.orgCode, [...units]),
          query.before === undefined ? undefined : lt(readLog.id, query.before),
        ),
      )
      .orderBy(desc(readLog.id))
      .limit(PAGE);
    const items = rows.map(({ line, name, orgCode }) => ({
      ...line,
      // Written by logReading only.
      words: READING_WORDS[line.what as ReadingKind],
      name,
      orgCode,
      recordedAt: isoInstant(line.recordedAt.getTime()),
    }));
    return { status: 200, body: { items } };
  },
});

export const administrationLogRoutes = [changes, readings];
