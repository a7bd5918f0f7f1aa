/** A village of the demo county with an exit list at its assembly: what tests of the record start from. */
import { createHash } from 'node:crypto';
import { and, asc, eq } from 'drizzle-orm';
import { prepare } from '../../bin/prepare.ts';
import { openDatabase, type RecordDatabase } from '../../db/client.ts';
import { type Clock, databaseClock } from '../../db/clock.ts';
import { type LaunchAnswer, launchRoster } from '../../db/record/launch.ts';
import { loadActor } from '../../db/record/load-actor.ts';
import { files } from '../../db/schema/effects.ts';
import { households } from '../../db/schema/households.ts';
import { duties } from '../../db/schema/organisation.ts';
import { rosters } from '../../db/schema/record.ts';
import { invariant } from '../../domain/invariant.ts';
import type { ActorSnapshot, Duty } from '../../domain/kernel/actor.ts';
import type { CommandBody } from '../../domain/kernel/command.ts';
import type { Plan } from '../../domain/plan/plan.ts';
import { trainingConfirmations } from '../../policies/confirm-values.ts';
import { loadPacks } from '../../policies/load-packs.ts';
import { planHash } from '../../policies/plan-hash.ts';
import { resolvePlan } from '../../policies/resolve-plan.ts';
import { createTestDatabase } from '../harness/test-database.ts';

process.env['GONGSHI_CHAIN_KEY'] ??= 'chain key of the tests, 32 or longer';

export const VILLAGE = '530627901201';

const PACK = 'zhenxiong-2020';

/** Everything a test of one village needs. */
export interface TrainingVillage extends RecordDatabase {
  readonly databaseUrl: string;
  /** 区划代码. */
  readonly code: string;
  readonly clock: Clock;
  readonly plan: Plan;
  readonly clerk: ActorSnapshot;
  readonly householdIds: readonly string[];
  /** Hash of a file that the store holds. */
  readonly scan: string;
  readonly actor: (orgCode: string, duty: Duty) => Promise<ActorSnapshot>;
  readonly launch: (householdIds: readonly string[]) => Promise<LaunchAnswer>;
  readonly destroy: () => Promise<void>;
}

/** On a database of its own. */
export async function openTrainingVillage(): Promise<TrainingVillage> {
  const { databaseUrl, drop } = await createTestDatabase();
  await prepare({ databaseUrl, mode: 'training', dataDir: '' });
  const village = await villageOn(databaseUrl);
  const destroy = async () => {
    await village.destroy();
    await drop();
  };
  return { ...village, destroy };
}

/** On a database that a training start has prepared; `destroy` only closes the connections. */
export async function villageOn(
  databaseUrl: string,
  code: string = VILLAGE,
): Promise<TrainingVillage> {
  const record = openDatabase(databaseUrl, { max: 20 });
  const { db } = record;
  const clock = databaseClock(db);
  const outcome = resolvePlan(loadPacks(), {
    packId: PACK,
    procedure: 'household-exit',
    areaCode: '530627',
    confirmations: trainingConfirmations(PACK),
  });
  invariant(outcome.ok, 'training values are confirmed');
  const { plan } = outcome;
  const actor = async (orgCode: string, duty: Duty): Promise<ActorSnapshot> => {
    const [row] = await db
      .select()
      .from(duties)
      .where(and(eq(duties.orgCode, orgCode), eq(duties.duty, duty)));
    const found = await loadActor(db, row?.userId ?? '');
    invariant(found !== undefined, 'the demo county has such a user');
    return found;
  };
  const clerk = await actor(code, 'clerk');
  const poor = await db
    .select({ id: households.id })
    .from(households)
    .where(and(eq(households.villageCode, code), eq(households.status, 'poor')))
    .orderBy(asc(households.householdNo));
  const scan = createHash('sha256').update('scan').digest('hex');
  const file = { hash: scan, mediaType: 'image/jpeg', size: 1, originalName: 'scan.jpg' };
  await db.insert(files).values({ ...file, uploadedBy: clerk.userId, uploadedAt: 0 });
  const launch = async (householdIds: readonly string[]) =>
    launchRoster(db, {
      procedure: 'household-exit',
      packId: PACK,
      unitCode: code,
      householdIds,
      actor: clerk,
      at: await clock.now(),
      plan,
      planHash: planHash(plan),
    });
  const destroy = record.close;
  const householdIds = poor.map(({ id }) => id);
  const parts = {
    databaseUrl,
    code,
    clock,
    plan,
    clerk,
    householdIds,
    scan,
    actor,
    launch,
    destroy,
  };
  return { ...record, ...parts };
}

/** Opens a list of `size` households, from the `from`-th poor one on. */
export async function openList(village: TrainingVillage, from = 0, size = 3): Promise<string> {
  const answer = await village.launch(village.householdIds.slice(from, from + size));
  invariant(answer.ok, 'the list is opened');
  return answer.rosterId;
}

/** 流会 — the smallest command that changes a list at its assembly and may come any number of times. */
export async function voidAssembly(
  village: TrainingVillage,
  rosterId: string,
  words: string,
): Promise<CommandBody> {
  const [roster] = await village.db.select().from(rosters).where(eq(rosters.id, rosterId));
  invariant(roster !== undefined, 'the list exists');
  const [step] = village.plan.steps;
  invariant(step?.kind === 'assembly', 'the exit of the demo pack begins with an assembly');
  return {
    type: 'record-void-assembly',
    group: null,
    meeting: {
      heldAt: roster.openedAt,
      place: words,
      chair: '主持人',
      recorder: '记录人',
      basis: step.quorum.bases[0]?.key ?? '',
      entitled: 60,
      present: 12,
      proxies: [],
      workTeamPresent: ['队员'],
      kinship: [],
      comparisonReadOut: false,
    },
    evidence: Object.fromEntries(
      step.evidence.map(({ key, min }) => [key, Array.from({ length: min }, () => village.scan)]),
    ),
  };
}
