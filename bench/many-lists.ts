/** 多村一次 — a decision over many villages' lists, and the launch of a county's lists. */
import { eq } from 'drizzle-orm';
import { acts, actTargets } from '../db/schema/effects.ts';
import { rosters } from '../db/schema/record.ts';
import { invariant } from '../domain/invariant.ts';
import type { CommandBody } from '../domain/kernel/command.ts';
import { COUNTY } from './bench-plan.ts';
import { carryToRegistry, decisionOf, openList, signUntilDecision } from './carry-list.ts';
import { type Bench, freshVillages } from './measure-lists.ts';
import { updateSeam } from './seam.ts';

/** 20 lists of 100: 2,000 households. */
const ACT_LISTS = 20;
const LAUNCH_LISTS = 100;
const SIZE = 100;

/** What a village's clerks do at once when a county launches. */
const LAUNCHERS = 20;

/** Milliseconds from the first command of a county's decision document to the last list decided. */
export async function measureBulkAct(bench: Bench): Promise<number> {
  const seam = updateSeam(bench.system);
  const villages = await freshVillages(bench, ACT_LISTS, SIZE);
  const waiting = await Promise.all(
    villages.map(async (village) => {
      const list = { ...bench, seam, village, tryWrongActs: false };
      const rosterId = await openList(list);
      await signUntilDecision(list, rosterId);
      return { list, rosterId };
    }),
  );
  const rosterIds = waiting.map(({ rosterId }) => rosterId);
  const act = await signAct(bench, `act-${villages[0]?.code ?? ''}`, rosterIds);
  const from = performance.now();
  const answers = await Promise.all(
    waiting.map(({ rosterId }) => seam(rosterId, bench.people.decider, { ...decisionOf(), act })),
  );
  const elapsedMs = performance.now() - from;
  invariant(
    answers.every(({ kind }) => kind === 'applied'),
    `every list is decided: ${JSON.stringify(answers.find(({ kind }) => kind !== 'applied'))}`,
  );
  await Promise.all(waiting.map(({ list, rosterId }) => carryToRegistry(list, rosterId)));
  return elapsedMs;
}

/** The signed document that a decision over many lists is carried by. */
async function signAct({ system, people }: Bench, actId: string, rosterIds: readonly string[]) {
  const { documentNo, documentOn } = decisionOf() as Extract<CommandBody, { type: 'decide' }>;
  await system.db.insert(acts).values({
    id: actId,
    kind: 'decision',
    issuerCode: COUNTY,
    documentNo,
    documentOn,
    title: '测速审定',
    body: {},
    contentHash: actId,
    signedBy: people.decider.userId,
    signedAt: Date.now(),
  });
  await system.db
    .insert(actTargets)
    .values(rosterIds.map((rosterId) => ({ actId, rosterId, commandId: `${actId}:${rosterId}` })));
  return { actId, documentNo, documentOn };
}

/** Milliseconds to open a hundred villages' lists of a hundred, each with its workflow running. */
export async function measureLaunch(bench: Bench): Promise<number> {
  const villages = await freshVillages(bench, LAUNCH_LISTS, SIZE);
  const opened: string[] = [];
  let next = 0;
  const from = performance.now();
  const call = async () => {
    for (let village = villages[next]; village !== undefined; village = villages[next]) {
      next += 1;
      opened.push(await openList({ ...bench, village }));
    }
  };
  await Promise.all(Array.from({ length: LAUNCHERS }, call));
  const elapsedMs = performance.now() - from;
  for (const rosterId of opened) {
    const { db, client } = bench.system;
    const [row] = await db.select().from(rosters).where(eq(rosters.id, rosterId));
    invariant(
      row?.open === true && row.openCases === SIZE,
      `${rosterId} is open with all its cases`,
    );
    const { status } = await client.workflow.getHandle(rosterId).describe();
    invariant(status.name === 'RUNNING', `${rosterId} has a run`);
  }
  return elapsedMs;
}
