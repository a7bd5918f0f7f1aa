/** 一份名单 — a village's or a township's list and what its people do with it, each act told as it happens. */
import { randomUUID } from 'node:crypto';
import { and, asc, eq, gt, inArray, sql } from 'drizzle-orm';
import { ensureRunning } from '../../activities/ensure-running.ts';
import { sendCommand } from '../../activities/send-command.ts';
import { tellAllNow } from '../../activities/tell-run.ts';
import type { DbOrTx } from '../../db/import/database.ts';
import { launchRoster } from '../../db/record/launch.ts';
import { loadActor } from '../../db/record/load-actor.ts';
import { households, registrySnapshots } from '../../db/schema/households.ts';
import { duties, organisations } from '../../db/schema/organisation.ts';
import { cases, events, rosters } from '../../db/schema/record.ts';
import { invariant } from '../../domain/invariant.ts';
import type { ActorSnapshot, Duty } from '../../domain/kernel/actor.ts';
import type { CommandBody } from '../../domain/kernel/command.ts';
import type { Plan } from '../../domain/plan/plan.ts';
import { PROCEDURE_WORDS } from '../../domain/sheet/sheet-words.ts';
import { formatInstant } from '../../domain/time/instant.ts';
import { planHash } from '../../policies/plan-hash.ts';
import type { Stage } from './stage.ts';
import { type Say, sayAct, sayEvents, sayRefusals } from './timeline.ts';

/** From midnight to the hour at which offices open. */
export const OFFICE_OPENS_AFTER_MS = 9 * 3_600_000;

/** Everything that the villages of one rehearsal share. */
export interface Campaign {
  readonly stage: Stage;
  readonly plan: Plan;
  readonly say: Say;
  /** Hash of the one file that stands for every photo and paper. */
  readonly scan: string;
}

/** A listed household or village. */
export interface Listed {
  readonly caseId: string;
  /** Id of the household, code of the village. */
  readonly householdId: string;
  readonly name: string;
}

/** The user who holds a duty at an organisation of the demo county. */
export async function findActor(
  { stage }: Campaign,
  orgCode: string,
  duty: Duty,
  department: string | null = null,
): Promise<ActorSnapshot> {
  const { db } = stage.services;
  const held = await db
    .select()
    .from(duties)
    .where(and(eq(duties.orgCode, orgCode), eq(duties.duty, duty)));
  const row = held.find((each) => each.department === department);
  const found = await loadActor(db, row?.userId ?? '');
  invariant(found !== undefined, 'the demo county has such a user');
  return found;
}

/** Ids of poor households of a village in whose data nothing stands against the label, in order of number. */
export async function findReady({ stage }: Campaign, villageCode: string, size: number) {
  const rows = await stage.services.db
    .select({ id: households.id, body: registrySnapshots.body })
    .from(households)
    .innerJoin(registrySnapshots, eq(registrySnapshots.hash, households.snapshotHash))
    .where(and(eq(households.villageCode, villageCode), eq(households.status, 'poor')))
    .orderBy(asc(households.householdNo));
  const ready = rows.filter(({ body }) => {
    const isSecure = Object.values(body.security).every((held) => held === true);
    const isHoused = body.housingGrade === 'A' || body.housingGrade === 'B';
    return isSecure && isHoused && (!body.relocation.listed || body.relocation.occupied);
  });
  invariant(ready.length >= size, 'the village has enough ready households');
  return ready.slice(0, size).map(({ id }) => id);
}

/** Households or villages of a list, by name. */
async function listedOf(db: DbOrTx, rosterId: string): Promise<Listed[]> {
  return db
    .select({
      caseId: cases.id,
      householdId: cases.subjectId,
      name: sql<string>`coalesce(${households.headName}, ${organisations.name}, '')`,
    })
    .from(cases)
    .leftJoin(households, eq(households.id, cases.subjectId))
    .leftJoin(organisations, eq(organisations.code, cases.subjectId))
    .where(eq(cases.rosterId, rosterId))
    .orderBy(asc(cases.id));
}

/** A list on its way; `told` is the last event that the timeline has shown. */
export class VillageWalk {
  readonly campaign: Campaign;
  readonly village: { readonly code: string; readonly name: string };
  readonly rosterId: string;
  readonly listed: readonly Listed[];
  private told = 0;

  private constructor(
    campaign: Campaign,
    village: { readonly code: string; readonly name: string },
    rosterId: string,
    listed: readonly Listed[],
  ) {
    this.campaign = campaign;
    this.village = village;
    this.rosterId = rosterId;
    this.listed = listed;
  }

  /** Opens the list and starts its workflow. */
  static async open(
    campaign: Campaign,
    village: { readonly code: string; readonly name: string },
    subjectIds: readonly string[],
  ): Promise<VillageWalk> {
    const { stage, plan, say } = campaign;
    const { db, clock } = stage.services;
    const at = await clock.now();
    const answer = await launchRoster(db, {
      procedure: plan.procedure,
      packId: plan.packId,
      unitCode: village.code,
      ...(plan.subject === 'village' ? { villageCodes: subjectIds } : { householdIds: subjectIds }),
      actor: await findActor(campaign, village.code, 'clerk'),
      at,
      plan,
      planHash: planHash(plan),
    });
    invariant(answer.ok, 'the list is opened');
    const { rosterId } = answer;
    await ensureRunning(stage.services, { rosterId, procedure: plan.procedure, open: true });
    const rows = await listedOf(db, rosterId);
    sayAct(
      say,
      at,
      village.name,
      `建立「${PROCEDURE_WORDS[plan.procedure].name}」名单：${rows.map(({ name }) => name).join('、')}`,
    );
    const walk = new VillageWalk(campaign, village, rosterId, rows);
    await walk.tellEvents();
    return walk;
  }

  /** The list as the record holds it. */
  async roster() {
    const { db } = this.campaign.stage.services;
    const [row] = await db.select().from(rosters).where(eq(rosters.id, this.rosterId));
    invariant(row !== undefined, 'the list exists');
    return row;
  }

  /** Cases that are still on the list. */
  async liveCases(): Promise<Listed[]> {
    const { db } = this.campaign.stage.services;
    const rows = await db.select().from(cases).where(eq(cases.rosterId, this.rosterId));
    const live = new Set(rows.filter((row) => row.live).map(({ id }) => id));
    return this.listed.filter(({ caseId }) => live.has(caseId));
  }

  /** Papers for every requirement of the step at which the list stands. */
  async papers(): Promise<Record<string, readonly string[]>> {
    const { stepKey } = await this.roster();
    const step = this.campaign.plan.steps.find(({ key }) => key === stepKey);
    const { scan } = this.campaign;
    return Object.fromEntries((step?.evidence ?? []).map(({ key }) => [key, [scan]]));
  }

  /** An act that the rules let through. */
  async act(orgCode: string, duty: Duty, words: string, body: CommandBody): Promise<void> {
    const actor = await findActor(this.campaign, orgCode, duty);
    const isTaken = await this.send(actor, words, body);
    invariant(isTaken, `the rehearsal's act is taken: ${body.type}`);
  }

  /** An act that the rules refuse; the timeline says why. */
  async fail(orgCode: string, duty: Duty, words: string, body: CommandBody): Promise<void> {
    const actor = await findActor(this.campaign, orgCode, duty);
    const isTaken = await this.send(actor, words, body);
    invariant(!isTaken, `the rehearsal's act is refused: ${body.type}`);
  }

  /** Lets time pass until the list's next wake; its own workflow notes it, nobody calls. */
  async awaitWake(): Promise<void> {
    const { nextWakeAt } = await this.roster();
    const { skip, services } = this.campaign.stage;
    // Without one it woke already, while time passed for another list.
    if (nextWakeAt !== null) {
      // The workflow wakes up to a second late, each list by another part of it.
      const leftMs = nextWakeAt - (await services.clock.now()) + 1_500;
      // Skipped time outruns what a run is told a moment later.
      await tellAllNow(services);
      if (leftMs > 0) await skip(leftMs);
      await this.until((row) => row.nextWakeAt !== nextWakeAt);
    }
    const words = '期满，流程自动唤醒';
    sayAct(this.campaign.say, await services.clock.now(), this.village.name, words);
    await this.tellEvents();
  }

  /** Like `awaitWake`, and on to the hour at which offices open. */
  async awaitMorning(): Promise<void> {
    await this.awaitWake();
    await this.campaign.stage.skip(OFFICE_OPENS_AFTER_MS);
  }

  /** Until the record says so; the workflow works on its own. */
  async until(isSo: (row: Awaited<ReturnType<VillageWalk['roster']>>) => boolean): Promise<void> {
    const giveUpAt = Date.now() + 20_000;
    while (!isSo(await this.roster())) {
      invariant(Date.now() < giveUpAt, 'the workflow moves the list by itself');
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** Tells what the record noted since the last time. */
  async tellEvents(): Promise<void> {
    const { stage, say, plan } = this.campaign;
    const rows = await stage.services.db
      .select()
      .from(events)
      .where(and(eq(events.rosterId, this.rosterId), gt(events.seq, this.told)))
      .orderBy(asc(events.seq));
    this.told = rows.at(-1)?.seq ?? this.told;
    const bodies = rows.map(({ body }) => body);
    sayEvents(say, plan, bodies, (caseId) => this.nameOf(caseId));
  }

  /** Statuses of the listed households in the record, in the order of the list. */
  async labels() {
    const ids = this.listed.map(({ householdId }) => householdId);
    const { db } = this.campaign.stage.services;
    const rows = await db.select().from(households).where(inArray(households.id, ids));
    return this.listed.map(({ name, householdId }) => {
      const found = rows.find(({ id }) => id === householdId);
      return { name, status: found?.status ?? null, monitored: found?.monitored ?? null };
    });
  }

  private nameOf(caseId: string): string {
    return this.listed.find((item) => item.caseId === caseId)?.name ?? caseId;
  }

  /** False when refused; the timeline then says why. */
  async send(actor: ActorSnapshot, words: string, body: CommandBody): Promise<boolean> {
    const { stage, say, plan } = this.campaign;
    const at = await stage.services.clock.now();
    const { dueAt } = await this.roster();
    const late = dueAt !== null && at > dueAt ? `【逾期：应于${formatInstant(dueAt)}前办结】` : '';
    sayAct(say, at, this.village.name, `${words}${late}`);
    const { rosterId } = this;
    const command = { rosterId, actor, idempotencyKey: randomUUID(), body };
    const answer = await sendCommand(stage.services, command);
    invariant(answer.kind !== 'accepted', 'the engine answers in time');
    if (answer.kind === 'refused') sayRefusals(say, plan, answer.outcome.refusals);
    else await this.tellEvents();
    return answer.kind === 'applied';
  }
}
