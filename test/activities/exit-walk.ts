/** An exit list of the training village from its assembly to the registry, by the record and the engine. */
import { eq, inArray } from 'drizzle-orm';
import { advanceClock } from '../../activities/advance-clock.ts';
import { type CommandServices, sendCommand } from '../../activities/send-command.ts';
import { saveVisitForm } from '../../db/record/visit-forms.ts';
import { registryWindows } from '../../db/schema/effects.ts';
import { households, registrySnapshots } from '../../db/schema/households.ts';
import { cases, rosters } from '../../db/schema/record.ts';
import { invariant } from '../../domain/invariant.ts';
import type { ActorSnapshot } from '../../domain/kernel/actor.ts';
import type { CommandBody } from '../../domain/kernel/command.ts';
import { plainDateAt } from '../../domain/time/instant.ts';
import type { RegistryWindow } from '../../registry/window.ts';
import { validForm, wagesOf } from '../domain/guards/facts-builder.ts';
import type { TrainingVillage } from './training-village.ts';

/** Walks lists of one village; every act goes the way of the API. */
export class ExitWalk {
  readonly village: TrainingVillage;
  readonly services: CommandServices;
  private keys = 0;

  private get county(): string {
    return this.village.code.slice(0, 6);
  }

  constructor(village: TrainingVillage, services: CommandServices) {
    this.village = village;
    this.services = services;
  }

  /** Poor households of the village in whose data nothing stands against the label. */
  async readyHouseholds() {
    const rows = await this.village.db
      .select({ id: households.id, body: registrySnapshots.body })
      .from(households)
      .innerJoin(registrySnapshots, eq(registrySnapshots.hash, households.snapshotHash))
      .where(inArray(households.id, [...this.village.householdIds]));
    return rows.filter(({ body }) => {
      const isSecure = Object.values(body.security).every((held) => held === true);
      const isHoused = body.housingGrade === 'A' || body.housingGrade === 'B';
      return isSecure && isHoused && (!body.relocation.listed || body.relocation.occupied);
    });
  }

  async rosterOf(rosterId: string) {
    const [row] = await this.village.db.select().from(rosters).where(eq(rosters.id, rosterId));
    invariant(row !== undefined, 'the list exists');
    return row;
  }

  /** A busy machine may answer that the command is kept: then the same one is sent until it is judged. */
  async must(rosterId: string, actor: ActorSnapshot, body: CommandBody): Promise<void> {
    this.keys += 1;
    const command = { rosterId, actor, idempotencyKey: `k${this.keys}`, body };
    let answer = await sendCommand(this.services, command);
    while (answer.kind === 'accepted') answer = await sendCommand(this.services, command);
    invariant(answer.kind === 'applied', `${body.type}: ${JSON.stringify(answer)}`);
  }

  async moveTo(instant: number | null): Promise<void> {
    invariant(instant !== null, 'the list has a wake');
    const moved = await advanceClock(this.services, { findTo: async () => instant + 1 });
    invariant(moved.kind === 'moved', 'the village trains');
  }

  /** Papers for every requirement of the step at which the list stands. */
  async papers(rosterId: string) {
    const { stepKey } = await this.rosterOf(rosterId);
    const step = this.village.plan.steps.find(({ key }) => key === stepKey);
    return Object.fromEntries((step?.evidence ?? []).map(({ key }) => [key, [this.village.scan]]));
  }

  async saveForms(rosterId: string) {
    const listed = await this.village.db.select().from(cases).where(eq(cases.rosterId, rosterId));
    const { standards } = this.village.plan;
    const forms = await this.readyHouseholds();
    const saved = listed.map(async ({ id, subjectId }) => {
      const known = forms.find((household) => household.id === subjectId);
      invariant(known !== undefined, 'a listed household is ready');
      const { from: incomeFrom, to: incomeTo } = standards.incomeWindow;
      const { members, relocation } = known.body;
      const income = wagesOf(standards.incomeLineFen * 2 * members.length);
      const filled = validForm({ income, members, relocation, incomeFrom, incomeTo });
      const { hash: _hash, version: _version, ...form } = filled;
      const answer = await saveVisitForm(this.village.db, { caseId: id, form, savedBy: 'x' });
      return { caseId: id, formHash: answer?.hash ?? '' };
    });
    return Promise.all(saved);
  }

  async holdAssembly(rosterId: string, caseIds: readonly string[]) {
    const [step] = this.village.plan.steps;
    invariant(step?.kind === 'assembly', 'the exit begins with an assembly');
    await this.must(rosterId, this.village.clerk, {
      type: 'hold-assembly',
      group: null,
      meeting: {
        heldAt: await this.village.clock.now(),
        place: '村委会',
        chair: '主持人',
        recorder: '记录人',
        basis: step.quorum.bases[0]?.key ?? '',
        entitled: 30,
        present: 20,
        proxies: [],
        workTeamPresent: ['队员'],
        kinship: [],
        comparisonReadOut: true,
      },
      votes: caseIds.map((caseId) => ({ caseId, for: 20, against: 0, abstain: 0 })),
      evidence: await this.papers(rosterId),
    });
  }

  async verifyAndAccept(rosterId: string) {
    const step = this.village.plan.steps.find(({ kind }) => kind === 'verification');
    invariant(step?.kind === 'verification', 'the exit verifies');
    const entries = await this.saveForms(rosterId);
    const signers = step.signers.map((role) => ({ role, name: '签字人' }));
    const evidence = await this.papers(rosterId);
    await this.must(rosterId, this.village.clerk, { type: 'verify', entries, signers, evidence });
    const party = 'household' as const;
    for (const { caseId } of entries) {
      const signed = { caseId, party, accepted: true, signer: '户主' };
      const paper = await this.papers(rosterId);
      await this.must(rosterId, this.village.clerk, {
        type: 'record-acceptance',
        ...signed,
        evidence: paper,
      });
    }
  }

  async runNotice(rosterId: string) {
    const { scan, clerk } = this.village;
    await this.must(rosterId, clerk, { type: 'draft-notice' });
    const place = 'village-board';
    await this.must(rosterId, clerk, { type: 'post-notice', place, proof: scan });
    const { nextWakeAt } = await this.rosterOf(rosterId);
    await this.moveTo(nextWakeAt);
    const after = await this.rosterOf(rosterId);
    invariant(
      after.nextWakeAt !== nextWakeAt,
      'the end of the notice is noted before the move answers',
    );
    await this.must(rosterId, clerk, {
      type: 'close-notice',
      evidence: await this.papers(rosterId),
    });
  }

  async reviewAndAnnounce(rosterId: string) {
    const { scan, clerk, actor } = this.village;
    const passed = { opinion: '同意', refuse: [], answers: [], acceptLate: [] };
    const reviewer = await actor(this.village.code.slice(0, 9), 'reviewer');
    const evidence = await this.papers(rosterId);
    await this.must(rosterId, reviewer, { type: 'review', ...passed, evidence });
    const documentOn = plainDateAt(await this.village.clock.now());
    await this.must(rosterId, await actor(this.county, 'decider'), {
      ...passed,
      type: 'decide',
      documentNo: '镇扶组字〔2020〕60号',
      documentOn,
      evidence: await this.papers(rosterId),
    });
    const place = 'village-board';
    await this.must(rosterId, await actor(this.county, 'clerk'), { type: 'draft-announcement' });
    await this.must(rosterId, clerk, { type: 'post-announcement', place, proof: scan });
    await this.moveTo((await this.rosterOf(rosterId)).nextWakeAt);
  }

  /** Opens the window and carries stamped rows; `port` is told of the window at that instant. */
  async carry(
    rosterId: string,
    caseIds: readonly string[],
    openWindow: (window: RegistryWindow) => Promise<void>,
  ) {
    const { db, clock, actor } = this.village;
    const at = await clock.now();
    const office = { openedBy: 'office', documentNo: '演练〔2020〕1号', closesAt: null };
    const window = {
      id: 'w1',
      unitCode: this.county,
      functionKey: 'mark-exit',
      opensAt: at,
      ...office,
    };
    await db.insert(registryWindows).values(window);
    await openWindow({ ...window, functionKey: 'mark-exit', level: 'county' });
    const operator = await actor(this.county, 'registry-operator');
    const reviewer = await actor(this.county, 'entry-reviewer');
    const entries = caseIds.map((caseId) => ({
      caseId,
      operatorId: operator.userId,
      operatorName: operator.name,
      operatorAt: at,
      reviewerId: reviewer.userId,
      reviewerName: reviewer.name,
      reviewerAt: at,
    }));
    await this.must(rosterId, reviewer, { type: 'carry-registrations', entries });
  }

  /** Everything before the registry: assembly, verification, acceptance, notice, review, decision, 公告. */
  async walkToRegistration(rosterId: string, caseIds: readonly string[]): Promise<void> {
    await this.holdAssembly(rosterId, caseIds);
    await this.verifyAndAccept(rosterId);
    await this.runNotice(rosterId);
    await this.reviewAndAnnounce(rosterId);
  }
}
