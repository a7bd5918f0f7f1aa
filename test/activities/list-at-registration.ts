/** A list that waits for its registry's answer, for tests of the reconciler. */
import { eq } from 'drizzle-orm';
import { prepareEntry } from '../../activities/registry/entry-journal.ts';
import { RecordWrites } from '../../db/record/record-writes.ts';
import { households } from '../../db/schema/households.ts';
import { rosters } from '../../db/schema/record.ts';
import { invariant } from '../../domain/invariant.ts';
import { stamp } from '../../domain/kernel/deliberation.ts';
import { evolve } from '../../domain/kernel/evolve.ts';
import type { RosterState } from '../../domain/kernel/state.ts';
import type { TrainingVillage } from './training-village.ts';

/** Stands for the real list at its registration, with one effect carried and not yet answered. */
export async function listAtRegistration(village: TrainingVillage, rosterId: string) {
  const [row] = await village.db.select().from(rosters).where(eq(rosters.id, rosterId));
  invariant(row !== undefined, 'the list exists');
  const stepIndex = village.plan.steps.findIndex(({ kind }) => kind === 'registration');
  const [item] = row.state.cases;
  invariant(item !== undefined && stepIndex > 0, 'the plan registers');
  const standing: RosterState = { ...row.state, stepIndex };
  const nobody = { at: row.state.at, receivedAt: row.state.at, actor: null, actorOrg: null };
  const entry = {
    caseId: item.id,
    operatorId: 'operator',
    operatorName: '录入',
    operatorAt: row.state.at,
    reviewerId: 'reviewer',
    reviewerName: '复核',
    reviewerAt: row.state.at,
  };
  const effectId = `${rosterId}-e1`;
  const event = stamp(
    row.seq + 1,
    { ...nobody, late: null, proxy: null },
    { type: 'registration-sent', effectId, windowId: 'w1', entries: [entry] },
  );
  const state = evolve(standing, event);
  const cause = { commandId: null, actor: null, planHash: row.planHash, factsHash: null };
  const writes = new RecordWrites();
  const headHash = writes.addEvents(rosterId, row.headHash, [event], cause);
  await writes.write(village.db, row.state.at);
  const at = { stepKind: 'registration', stepKey: 'registration', seq: state.seq };
  const change = { ...at, state, headHash };
  await village.db.update(rosters).set(change).where(eq(rosters.id, rosterId));
  return { rosterId, effectId, item };
}

/** 户编号 of a case's household. */
export async function householdNoOf(village: TrainingVillage, subjectId: string): Promise<string> {
  const [row] = await village.db.select().from(households).where(eq(households.id, subjectId));
  invariant(row?.householdNo != null, 'the registry holds the household');
  return row.householdNo;
}

/** The entry's row of the effect's one household, before anything is sent. */
export async function prepare(
  village: TrainingVillage,
  at: Awaited<ReturnType<typeof listAtRegistration>>,
  adapter: 'http' | 'manual' = 'http',
): Promise<string> {
  const householdNo = await householdNoOf(village, at.item.subjectId);
  return prepareEntry(
    village.db,
    {
      caseId: at.item.id,
      rosterId: at.rosterId,
      effectId: at.effectId,
      windowId: 'w1',
      adapter,
      write: { functionKey: 'mark-exit', householdNo, year: 2020 },
      level: 'county',
      operatorId: 'operator',
      reviewerId: 'reviewer',
    },
    await village.clock.now(),
  );
}
