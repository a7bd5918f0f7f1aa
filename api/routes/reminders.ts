/** 通知、提醒、催办、空岗: what people were told, and pushing those who hold a list. */
import { and, count, desc, eq, inArray, isNull, lt } from 'drizzle-orm';
import { z } from 'zod';
import { nudge } from '../../db/reminders/nudge.ts';
import { organisations } from '../../db/schema/organisation.ts';
import { notifications, reminders, vacancies } from '../../db/schema/reminders.ts';
import { DUTY_WORDS } from '../../domain/kernel/actor.ts';
import { ownListRoots, readableUnits } from '../area.ts';
import { defineRoute } from '../define-route.ts';
import { Id, listOf, Words } from '../json/parts.ts';
import { orgNames } from '../org-names.ts';
import { isoInstant, isoOrNull, RefusedProblem } from '../problem.ts';
import { readableRoster } from '../roster-access.ts';

const PAGE_MAX = 100;

const NotificationJson = z.strictObject({
  id: z.number().int(),
  /** reminder 提醒, escalation 升级, nudge 催办, vacancy 空岗. */
  kind: z.enum(['reminder', 'escalation', 'nudge', 'vacancy']),
  kindWords: z.string(),
  words: z.string(),
  /** The list to open; null for a 空岗. */
  rosterId: z.string().nullable(),
  unitCode: z.string(),
  unitName: z.string(),
  at: z.string(),
  readAt: z.string().nullable(),
});

type Kind = z.output<typeof NotificationJson>['kind'];

const KIND_WORDS: Readonly<Record<Kind, string>> = {
  reminder: '提醒',
  escalation: '逾期上报',
  nudge: '催办',
  vacancy: '空岗',
};

const listNotifications = defineRoute({
  method: 'get',
  path: '/notifications',
  tag: '待办',
  summary: '给您的通知，最新的在前；附未读数',
  query: z.strictObject({
    unread: z.enum(['true']).optional(),
    /** `next` of the page before. */
    before: z.coerce.number().int().positive().optional(),
    limit: z.coerce.number().int().min(1).max(PAGE_MAX).default(50),
  }),
  replies: {
    200: z.strictObject({
      items: z.array(NotificationJson),
      unread: z.number().int(),
      /** Give it as `before` for the next page; null at the end. */
      next: z.number().int().nullable(),
    }),
  },
  async handle({ deps, actor, query }) {
    const own = eq(notifications.userId, actor.userId);
    const isUnread = isNull(notifications.readAt);
    const [rows, [counted]] = await Promise.all([
      deps.db
        .select({ row: notifications, unitName: organisations.name })
        .from(notifications)
        .leftJoin(organisations, eq(organisations.code, notifications.unitCode))
        .where(
          and(
            own,
            query.unread === undefined ? undefined : isUnread,
            query.before === undefined ? undefined : lt(notifications.id, query.before),
          ),
        )
        .orderBy(desc(notifications.id))
        .limit(query.limit),
      deps.db.select({ unread: count() }).from(notifications).where(and(own, isUnread)),
    ]);
    const items = rows.map(({ row, unitName }) => ({
      id: row.id,
      kind: row.kind,
      kindWords: KIND_WORDS[row.kind as Kind],
      words: row.words,
      rosterId: row.rosterId,
      unitCode: row.unitCode,
      unitName: unitName ?? row.unitCode,
      at: isoInstant(row.at),
      readAt: isoOrNull(row.readAt),
    }));
    const next = items.length === query.limit ? (items.at(-1)?.id ?? null) : null;
    return { status: 200, body: { items, unread: counted?.unread ?? 0, next } };
  },
});

const markRead = defineRoute({
  method: 'post',
  path: '/notifications/read',
  tag: '待办',
  summary: '标记已读；不列编号即全部已读',
  body: z.strictObject({ ids: listOf(z.number().int()).optional() }),
  replies: { 200: z.strictObject({ marked: z.number().int() }) },
  async handle({ deps, actor, at, body }) {
    const marked = await deps.db
      .update(notifications)
      .set({ readAt: at })
      .where(
        and(
          eq(notifications.userId, actor.userId),
          isNull(notifications.readAt),
          body.ids === undefined ? undefined : inArray(notifications.id, [...body.ids]),
        ),
      )
      .returning({ id: notifications.id });
    return { status: 200, body: { marked: marked.length } };
  },
});

const listReminders = defineRoute({
  method: 'get',
  path: '/rosters/:rosterId/reminders',
  tag: '名单',
  summary: '本名单的提醒、升级和催办：何时，通知了谁',
  params: z.strictObject({ rosterId: Id }),
  replies: {
    200: z.strictObject({
      items: z.array(
        z.strictObject({
          kind: z.enum(['reminder', 'escalation', 'nudge']),
          kindWords: z.string(),
          words: z.string(),
          at: z.string(),
          dueAt: z.string().nullable(),
          /** How the day was counted, in one sentence; null for a 催办. */
          receiptWords: z.string().nullable(),
          told: z.array(z.strictObject({ words: z.string(), people: z.number().int() })),
        }),
      ),
    }),
  },
  async handle({ deps, actor, at, params }) {
    await readableRoster(deps.db, actor, at, params.rosterId);
    const [rows, names] = await Promise.all([
      deps.db
        .select()
        .from(reminders)
        .where(eq(reminders.rosterId, params.rosterId))
        .orderBy(desc(reminders.firesAt), reminders.term, reminders.rung),
      orgNames(deps.db),
    ]);
    const items = rows.map((row) => ({
      kind: row.kind,
      kindWords: KIND_WORDS[row.kind as Kind],
      words: row.words,
      at: isoInstant(row.firesAt),
      dueAt: isoOrNull(row.dueAt),
      receiptWords: row.receipt?.words ?? null,
      told: row.told.map(({ orgCode, duty, department, people }) => ({
        words: `${names.get(orgCode) ?? orgCode}${department ?? DUTY_WORDS[duty]}`,
        people,
      })),
    }));
    return { status: 200, body: { items } };
  },
});

const nudgeRoster = defineRoute({
  method: 'post',
  path: '/rosters/:rosterId/nudges',
  tag: '名单',
  summary: '催办：上级催当前经办人，同一环节每日一次',
  params: z.strictObject({ rosterId: Id }),
  body: z.strictObject({ words: Words.default('请尽快办理') }),
  replies: { 201: z.strictObject({ people: z.number().int() }) },
  async handle({ deps, actor, at, params, body }) {
    const { plan } = await readableRoster(deps.db, actor, at, params.rosterId);
    const answer = await nudge(deps.db, { rosterId: params.rosterId, actor, ...body, at });
    if (!answer.ok) throw new RefusedProblem([answer.refusal], plan.clauses);
    return { status: 201, body: { people: answer.people } };
  },
});

const listVacancies = defineRoute({
  method: 'get',
  path: '/vacancies',
  tag: '待办',
  summary: '管辖范围内的空岗：有名单等待、却没有人在岗的岗位',
  replies: {
    200: z.strictObject({
      items: z.array(
        z.strictObject({
          orgCode: z.string(),
          orgName: z.string(),
          words: z.string(),
          since: z.string(),
          /** 已报: the organisation above that was told; null when nobody there could be. */
          toldName: z.string().nullable(),
        }),
      ),
    }),
  },
  async handle({ deps, actor, at }) {
    const [roots, units, names] = await Promise.all([
      ownListRoots(deps.db, actor, at),
      readableUnits(deps.db, actor, at),
      orgNames(deps.db),
    ]);
    const counties = [...new Set(roots.map((code) => code.slice(0, 6)))];
    const rows =
      counties.length === 0
        ? []
        : await deps.db
            .select()
            .from(vacancies)
            .where(and(inArray(vacancies.countyCode, counties), isNull(vacancies.endedAt)))
            .orderBy(vacancies.foundAt, vacancies.id);
    const own = new Set(units);
    const items = rows
      .filter(({ orgCode }) => own.has(orgCode))
      .map(({ orgCode, words, foundAt, toldOrg }) => ({
        orgCode,
        orgName: names.get(orgCode) ?? orgCode,
        words,
        since: isoInstant(foundAt),
        toldName: toldOrg === null ? null : (names.get(toldOrg) ?? toldOrg),
      }));
    return { status: 200, body: { items } };
  },
});

export const reminderRoutes = [
  listNotifications,
  markRead,
  listReminders,
  nudgeRoster,
  listVacancies,
];
