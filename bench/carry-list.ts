/** 办一份名单 — one list from its start to its end, each command sent as the API sends it. */
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { eq } from 'drizzle-orm';
import { ensureRunning } from '../activities/ensure-running.ts';
import { type CommandServices, sendCommand } from '../activities/send-command.ts';
import { launchRoster } from '../db/record/launch.ts';
import { rosters } from '../db/schema/record.ts';
import { invariant } from '../domain/invariant.ts';
import type { ActorSnapshot } from '../domain/kernel/actor.ts';
import type { CommandBody } from '../domain/kernel/command.ts';
import { CARRY_LIMIT } from '../domain/kernel/steps/registration.ts';
import type { Plan } from '../domain/plan/plan.ts';
import { plainDateAt } from '../domain/time/instant.ts';
import { planHash } from '../policies/plan-hash.ts';
import { type BenchVillage, type CountyPeople, SCAN } from './bench-county.ts';

/** Sign-offs that count as household-steps; the carries to the registry come on top. */
export const SIGN_OFFS = 7;

/** Between two looks whether a list is closed. */
const LOOK_MS = 20;

const CLOSED_MS_MAX = 300_000;

const PASSED = { opinion: '同意', refuse: [], answers: [], acceptLate: [], evidence: {} } as const;

/** One list with those who sign. */
export interface CarriedList {
  readonly services: CommandServices;
  readonly plan: Plan;
  readonly people: CountyPeople;
  readonly village: BenchVillage;
  /** Has an act tried out of order, and one too early: both must be refused. */
  readonly tryWrongActs: boolean;
}

/** What a list took. */
export interface ListTimes {
  readonly rosterId: string;
  /** Each sign-off from sending to its committed outcome, ms. */
  readonly signOffMs: readonly number[];
  /** When the seventh was committed, on performance.now(). */
  readonly signedAt: number;
}

/** Takes one list through all sign-offs and the registry; resolves when it is closed. */
export async function carryList(list: CarriedList): Promise<ListTimes> {
  const { plan, people, village } = list;
  const { clerk, reviewer, forms } = village;
  const rosterId = await start(list);
  const signOffMs: number[] = [];
  const sign = async (actor: ActorSnapshot, body: CommandBody) => {
    const from = performance.now();
    const at = await must(list, rosterId, actor, body);
    signOffMs.push(performance.now() - from);
    return at;
  };
  const decided: CommandBody = {
    ...PASSED,
    type: 'decide',
    documentNo: '测速2号',
    documentOn: plainDateAt(Date.now()),
  };
  if (list.tryWrongActs) await mustNot(list, rosterId, people.decider, decided, 'OUT-OF-ORDER');
  await sign(clerk, assemblyOf(plan, forms));
  const signers = [{ role: '村两委', name: '签字人' }];
  await sign(clerk, { type: 'verify', entries: forms, signers, evidence: {} });
  await sign(clerk, { type: 'draft-notice' });
  const closing: CommandBody = { type: 'close-notice', evidence: {} };
  // Before the posting: on a busy machine an act sent within the one second may come after it.
  if (list.tryWrongActs) await mustNot(list, rosterId, clerk, closing, 'G-03');
  await sign(clerk, { type: 'post-notice', place: 'village-board', proof: SCAN });
  const { state } = await rosterOf(list, rosterId);
  const endsAt = state.notice?.endsAt ?? null;
  invariant(endsAt !== null, 'the notice runs');
  await delay(Math.max(0, endsAt - Date.now() + 1));
  invariant((await sign(clerk, closing)) >= endsAt, 'no notice is closed before it has run');
  await sign(reviewer, { ...PASSED, type: 'review' });
  await sign(people.decider, decided);
  const signedAt = performance.now();
  await carryToRegistry(list, rosterId);
  return { rosterId, signOffMs, signedAt };
}

async function start({ services, plan, village }: CarriedList): Promise<string> {
  const answer = await launchRoster(services.db, {
    procedure: plan.procedure,
    packId: plan.packId,
    unitCode: village.code,
    householdIds: village.householdIds,
    actor: village.clerk,
    at: await services.clock.now(),
    plan,
    planHash: planHash(plan),
  });
  invariant(answer.ok, JSON.stringify(answer));
  const { rosterId } = answer;
  await ensureRunning(services, { rosterId, procedure: plan.procedure, open: true });
  return rosterId;
}

function assemblyOf(plan: Plan, forms: BenchVillage['forms']): CommandBody {
  const [step] = plan.steps;
  invariant(step?.kind === 'assembly', 'the plan begins with an assembly');
  return {
    type: 'hold-assembly',
    group: null,
    meeting: {
      heldAt: Date.now(),
      place: '村委会',
      chair: '主持人',
      recorder: '记录人',
      basis: step.quorum.bases[0]?.key ?? '',
      entitled: 30,
      present: 20,
      proxies: [],
      workTeamPresent: ['队员'],
      kinship: [],
      comparisonReadOut: false,
    },
    votes: forms.map(({ caseId }) => ({ caseId, for: 20, against: 0, abstain: 0 })),
    evidence: {},
  };
}

/** Carries as many at a time as the kernel allows, then waits until the registry's answers closed it. */
async function carryToRegistry(list: CarriedList, rosterId: string): Promise<void> {
  const { operator, entryReviewer } = list.people;
  const at = Date.now();
  const entries = list.village.forms.map(({ caseId }) => ({
    caseId,
    operatorId: operator.userId,
    operatorName: operator.name,
    operatorAt: at,
    reviewerId: entryReviewer.userId,
    reviewerName: entryReviewer.name,
    reviewerAt: at,
  }));
  for (let from = 0; from < entries.length; from += CARRY_LIMIT) {
    const some = entries.slice(from, from + CARRY_LIMIT);
    await must(list, rosterId, entryReviewer, { type: 'carry-registrations', entries: some });
  }
  const until = Date.now() + CLOSED_MS_MAX;
  while (await isOpen(list, rosterId)) {
    invariant(Date.now() < until, `${rosterId} closes in time`);
    await delay(LOOK_MS);
  }
}

async function isOpen({ services }: CarriedList, rosterId: string): Promise<boolean> {
  const { id, open } = rosters;
  const [row] = await services.db.select({ open }).from(rosters).where(eq(id, rosterId));
  return row?.open ?? true;
}

async function rosterOf({ services }: CarriedList, rosterId: string) {
  const [row] = await services.db.select().from(rosters).where(eq(rosters.id, rosterId));
  invariant(row !== undefined, 'the list exists');
  return row;
}

function send(
  { services }: CarriedList,
  rosterId: string,
  actor: ActorSnapshot,
  body: CommandBody,
) {
  const command = { rosterId, actor, idempotencyKey: randomUUID(), body };
  return sendCommand(services, command, { limitMs: 60_000 });
}

async function must(list: CarriedList, rosterId: string, actor: ActorSnapshot, body: CommandBody) {
  const answer = await send(list, rosterId, actor, body);
  invariant(answer.kind === 'applied', `${body.type}: ${JSON.stringify(answer)}`);
  return answer.outcome.at;
}

async function mustNot(
  list: CarriedList,
  rosterId: string,
  actor: ActorSnapshot,
  body: CommandBody,
  code: string,
) {
  const answer = await send(list, rosterId, actor, body);
  const codes =
    answer.kind === 'refused' ? answer.outcome.refusals.map((refusal) => refusal.code) : [];
  invariant(codes.includes(code), `${body.type} is refused by ${code}: ${JSON.stringify(answer)}`);
}
