/** A list of one household, launched into the record of an API test. */
import { launchRoster } from '../../db/record/launch.ts';
import { loadActor } from '../../db/record/load-actor.ts';
import { households, registrySnapshots } from '../../db/schema/households.ts';
import { invariant } from '../../domain/invariant.ts';
import { planHash } from '../../policies/plan-hash.ts';
import { validRegistry } from '../domain/guards/facts-builder.ts';
import { trainingPlan } from '../policies/training-plan.ts';
import { NOW, type startApi } from './running-api.ts';

/** Launches it as a clerk of the unit; the id is the list's. */
export async function launchList(
  { db }: Pick<Awaited<ReturnType<typeof startApi>>, 'db'>,
  unitCode: string,
  userId: string,
  headName = '王户主',
): Promise<string> {
  process.env['GONGSHI_CHAIN_KEY'] = 'key of a test';
  const plan = trainingPlan('zhenxiong-2020', 'household-exit');
  const id = `h-${headName}-${unitCode}`;
  const body = validRegistry();
  const snapshot = { hash: id, householdId: id, asOf: new Date(NOW), source: 'test', body };
  await db.insert(registrySnapshots).values(snapshot);
  await db.insert(households).values({
    id,
    villageCode: unitCode,
    residenceCode: unitCode,
    headName,
    headIdNumber: '539999195209220019',
    memberCount: 1,
    snapshotHash: id,
    status: 'poor',
  });
  const actor = await loadActor(db, userId);
  invariant(actor !== undefined, 'the clerk exists');
  const { packId, procedure } = plan;
  const list = { procedure, packId, unitCode, householdIds: [id], actor, at: NOW };
  const launched = await launchRoster(db, { ...list, plan, planHash: planHash(plan) });
  invariant(launched.ok, JSON.stringify(launched));
  return launched.rosterId;
}
