/** 户: what a list may be made of. */
import { and, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm';
import { z } from 'zod';
import { households, registrySnapshots } from '../../db/schema/households.ts';
import { villagerGroups } from '../../db/schema/organisation.ts';
import { cases } from '../../db/schema/record.ts';
import {
  findLatestEpisode,
  type MonitoringEpisode,
  type MonitoringStanding,
  standingOf,
} from '../../domain/facts/monitoring.ts';
import { grantedHouseholds, isReadable, requireReadable } from '../area.ts';
import { defineRoute } from '../define-route.ts';
import { OrgCodeJson } from '../json/parts.ts';

const MonitoringJson = z.enum(['standing', 'eliminated', 'cleared']);

const HouseholdJson = z.strictObject({
  id: z.string(),
  householdNo: z.string().nullable(),
  headName: z.string(),
  groupName: z.string(),
  memberCount: z.number(),
  status: z.string(),
  attribute: z.string(),
  /** 监测对象类别 while its risk is not eliminated. */
  monitored: z.enum(['unstable', 'edge', 'sudden']).nullable(),
  /** 监测状态 of the last episode; null for a household that never was monitored. */
  monitoring: MonitoringJson.nullable(),
  /** Procedures in which the household has a case that is not finished. */
  live: z.array(z.string()),
});

const listHouseholds = defineRoute({
  method: 'get',
  path: '/households',
  tag: '户',
  summary: '一个村的农户（不含证件号码、电话）',
  query: z.strictObject({
    village: OrgCodeJson,
    status: z
      .enum(['unregistered', 'poor', 'exited', 'stably-exited', 'returned', 'cleared'])
      .optional(),
    monitored: z.enum(['true', 'false']).optional(),
    monitoring: MonitoringJson.optional(),
  }),
  replies: { 200: z.strictObject({ items: z.array(HouseholdJson) }) },
  async handle({ deps, actor, at, query }) {
    const granted = grantedHouseholds(actor, at);
    const isWhole = granted.length === 0 || (await isReadable(deps.db, actor, at, query.village));
    if (isWhole) await requireReadable(deps.db, actor, at, query.village);
    const named = isWhole ? undefined : inArray(households.id, [...granted]);
    const { monitored } = households;
    const isMonitored =
      query.monitored && (query.monitored === 'true' ? isNotNull(monitored) : isNull(monitored));
    const inVillage = eq(households.villageCode, query.village);
    const { hash, body } = registrySnapshots;
    const episodes = sql<readonly MonitoringEpisode[] | null>`${body} -> 'monitoring'`;
    const found = await deps.db
      .select({ household: households, groupName: villagerGroups.name, episodes })
      .from(households)
      .leftJoin(registrySnapshots, eq(hash, households.snapshotHash))
      .leftJoin(villagerGroups, eq(villagerGroups.id, households.groupId))
      .where(
        and(inVillage, named, query.status && eq(households.status, query.status), isMonitored),
      )
      .orderBy(households.id);
    const rows = found
      .map((row) => ({ ...row, monitoring: monitoringOf(row.episodes) }))
      .filter(({ monitoring }) => (query.monitoring ?? monitoring) === monitoring);
    const ids = rows.map(({ household }) => household.id);
    const live = await deps.db
      .select({ subjectId: cases.subjectId, procedure: cases.procedure })
      .from(cases)
      .where(and(eq(cases.live, true), inArray(cases.subjectId, ids)));
    const items = rows.map(({ household, groupName, monitoring }) => ({
      id: household.id,
      householdNo: household.householdNo,
      headName: household.headName,
      groupName: groupName ?? '',
      memberCount: household.memberCount,
      status: household.status,
      attribute: household.attribute,
      monitored: household.monitored,
      monitoring,
      live: live.filter((row) => row.subjectId === household.id).map((row) => row.procedure),
    }));
    return { status: 200, body: { items } };
  },
});

function monitoringOf(episodes: readonly MonitoringEpisode[] | null): MonitoringStanding | null {
  const latest = findLatestEpisode(episodes ?? []);
  return latest === undefined ? null : standingOf(latest);
}

export const householdRoutes = [listHouseholds];
