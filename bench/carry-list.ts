/** 办一份名单 — one list from its start to its end, each command sent as the API sends it. */
import { setTimeout as delay } from 'node:timers/promises';
import { eq } from 'drizzle-orm';
import { ensureRunning } from '../activities/ensure-running.ts';
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
import type { BenchSystem } from './bench-system.ts';
import { type Seam, updateSeam } from './seam.ts';

/** Sign-offs that count as household-steps; the carries to the registry come on top. */
export const SIGN_OFFS = 7;

/** What a review or decision says of a list without a doubt. */
export const PASSED = {
  opinion: '同意',
  refuse: [],
  answers: [],
  acceptLate: [],
  evidence: {},
} as const;

/** One list with those who sign. */
export interface CarriedList {
  readonly system: BenchSystem;
  /** How the sign-offs go in; launch and carries always go at the Update seam. */
  readonly seam: Seam;
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
  const rosterId = await openList(list);
  const signOffMs = await signUntilDecision(list, rosterId);
  const from = performance.now();
  await must(list, rosterId, list.people.decider, decisionOf());
  const signedAt = performance.now();
  signOffMs.push(signedAt - from);
  await carryToRegistry(list, rosterId);
  return { rosterId, signOffMs, signedAt };
}

/** 县级审定 of a list without a doubt. */
export function decisionOf(): CommandBody {
  const documentOn = plainDateAt(Date.now());
  return { ...PASSED, type: 'decide', documentNo: '测速2号', documentOn };
}

/** The first six sign-offs, with the notice run in full; returns what each took. */
export async function signUntilDecision(list: CarriedList, rosterId: string): Promise<number[]> {
  const { plan, people, village } = list;
  const { clerk, reviewer, forms } = village;
  const signOffMs: number[] = [];
  const sign = async (actor: ActorSnapshot, body: CommandBody) => {
    const from = performance.now();
    const at = await must(list, rosterId, actor, body);
    signOffMs.push(performance.now() - from);
    return at;
  };
  if (list.tryWrongActs)
    await mustNot(list, rosterId, people.decider, decisionOf(), 'OUT-OF-ORDER');
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
  return signOffMs;
}

/** 建立名单, with its workflow started. */
export async function openList({
  system,
  plan,
  village,
}: Pick<CarriedList, 'system' | 'plan' | 'village'>): Promise<string> {
  const answer = await launchRoster(system.db, {
    procedure: plan.procedure,
    packId: plan.packId,
    unitCode: village.code,
    householdIds: village.householdIds,
    actor: village.clerk,
    at: await system.clock.now(),
    plan,
    planHash: planHash(plan),
  });
  invariant(answer.ok, JSON.stringify(answer));
  const { rosterId } = answer;
  await ensureRunning(system, { rosterId, procedure: plan.procedure, open: true });
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

/**
 * Carries as many at a time as the kernel allows, all carries of the list sent together, and waits until
 * the registry's answers have closed it.
 */
export async function carryToRegistry(list: CarriedList, rosterId: string): Promise<void> {
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
  const carries: CommandBody[] = [];
  for (let from = 0; from < entries.length; from += CARRY_LIMIT) {
    const some = entries.slice(from, from + CARRY_LIMIT);
    carries.push({ type: 'carry-registrations', entries: some });
  }
  const seam = updateSeam(list.system);
  const closed = list.system.closedLists.wait(rosterId);
  await Promise.all(carries.map((body) => must({ seam }, rosterId, entryReviewer, body)));
  await closed;
}

async function rosterOf({ system }: CarriedList, rosterId: string) {
  const [row] = await system.db.select().from(rosters).where(eq(rosters.id, rosterId));
  invariant(row !== undefined, 'the list exists');
  return row;
}

type Sending = Pick<CarriedList, 'seam'>;

async function must({ seam }: Sending, rosterId: string, actor: ActorSnapshot, body: CommandBody) {
  const answer = await seam(rosterId, actor, body);
  invariant(answer.kind === 'applied', `${body.type}: ${JSON.stringify(answer)}`);
  return answer.at;
}

async function mustNot(
  { seam }: Sending,
  rosterId: string,
  actor: ActorSnapshot,
  body: CommandBody,
  code: string,
) {
  const answer = await seam(rosterId, actor, body);
  const isRefused = answer.kind === 'refused' && answer.codes.includes(code);
  invariant(isRefused, `${body.type} is refused by ${code}: ${JSON.stringify(answer)}`);
}
