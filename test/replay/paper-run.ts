/** A list on paper carried by a real workflow: rules are the kernel's, time and people are invented. */
import { drainRoster, type Engine } from '../../activities/drain-roster.ts';
import { invariant } from '../../domain/invariant.ts';
import { evolve } from '../../domain/kernel/evolve.ts';
import { skeletonOf } from '../../domain/kernel/skeleton.ts';
import { dueWakes, nextWake } from '../../domain/kernel/wake.ts';
import {
  progressedSignal,
  type RosterActivities,
  type RosterProgress,
} from '../../workflows/contracts/roster.ts';
import type { ListWalk } from '../domain/kernel/list-walk.ts';

/** So short before a wake the timer is set, that it fires while the recorder waits. */
const BEFORE_WAKE_MS = 200;

const WAIT_LIMIT_MS = 15_000;

const SYSTEM = { userId: 'system', name: '系统', duties: [], grants: [] };

/** Resolves once `holds`; throws when that takes too long. */
async function until(holds: () => boolean, words: string): Promise<void> {
  const giveUpAt = Date.now() + WAIT_LIMIT_MS;
  while (!holds()) {
    invariant(Date.now() < giveUpAt, `${words} in time`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** One list and its workflow. Every move of the list is followed by a word to it, as commands are. */
export class PaperRun {
  readonly rosterId: string;
  readonly walk: ListWalk;
  private readonly engine: Engine;
  /** Whether the run is told where the list stands (ADR 0024), instead of being asked to look. */
  isTold = false;

  constructor(rosterId: string, walk: ListWalk, engine: Engine) {
    this.rosterId = rosterId;
    this.walk = walk;
    this.engine = engine;
  }

  /** What the worker's activities answer for this list. */
  readonly activities: RosterActivities = {
    applyCommands: async () => {
      const { walk } = this;
      for (const event of dueWakes(walk.state, walk.now)) walk.state = evolve(walk.state, event);
      return this.progress();
    },
    writeRegistry: async () => {
      const effect = this.walk.state.effects.find(({ settled }) => !settled);
      invariant(effect !== undefined, 'an effect waits for its answers');
      const effectId = effect.id;
      const answers = this.walk.state.cases
        .filter(({ status }) => status !== 'split-off')
        .map(({ id }) => ({ caseId: id, result: 'accepted' as const, registryNo: `no-${id}` }));
      this.walk.must(SYSTEM, { type: 'report-registrations', effectId, answers });
      return { reported: true };
    },
  };

  private progress(): RosterProgress {
    const { plan, state, now } = this.walk;
    const wakeAt = nextWake(state);
    return {
      ...skeletonOf(plan, state),
      rosterId: this.rosterId,
      procedure: plan.procedure,
      unitCode: state.unitCode,
      dueAt: state.dueAt,
      wakeInMs: wakeAt === null ? null : Math.max(0, wakeAt - now),
      steps: plan.steps.map((step) => step.name),
      stepIndex: state.stepIndex,
    };
  }

  async drain(): Promise<void> {
    const { procedure } = this.walk.plan;
    if (this.isTold) await this.tell();
    else await drainRoster(this.engine, { rosterId: this.rosterId, procedure }, WAIT_LIMIT_MS);
  }

  private async tell(): Promise<void> {
    const run = this.engine.client.workflow.getHandle(this.rosterId);
    const told = await this.activities.applyCommands({ rosterId: this.rosterId });
    await run.signal(progressedSignal, told);
    // A query is answered after what was signalled before it.
    await run.query('__temporal_workflow_metadata');
  }

  /** Lets the list's next wake come by the workflow's own timer; nobody drains. */
  async sleepToWake(): Promise<void> {
    const wakeAt = nextWake(this.walk.state);
    invariant(wakeAt !== null, 'the list has a wake');
    this.walk.now = wakeAt - BEFORE_WAKE_MS;
    await this.drain();
    this.walk.now = wakeAt;
    await until(() => nextWake(this.walk.state) !== wakeAt, 'the timer fires');
  }

  /** Does what the current step asks for and drains; a period runs out by its timer. */
  async takeStep(): Promise<void> {
    const { walk } = this;
    const { steps } = walk.plan;
    const kind = steps[walk.state.stepIndex]?.kind;
    if (kind === 'notice') {
      walk.postNotice();
      await this.drain();
      await this.endNotice();
    } else if (kind === 'registration') {
      await this.register();
    } else {
      walk.walkTo(steps[walk.state.stepIndex + 1]?.key ?? 'closed');
      await this.drain();
    }
  }

  /** From a posted sheet to a closed period. */
  async endNotice(): Promise<void> {
    await this.sleepToWake();
    invariant(this.walk.closeNotice().ok, 'a notice that has run out closes');
    await this.drain();
  }

  private async register(): Promise<void> {
    const { walk } = this;
    const { stepIndex } = walk.state;
    if (nextWake(walk.state) !== null) await this.sleepToWake();
    walk.openWindow();
    const open = walk.state.cases.filter(({ status }) => status === 'on-list');
    invariant(walk.carry(open.map(({ id }) => id)).ok, 'the rows are taken');
    await this.drain();
    const hasMoved = () => walk.step === 'closed' || walk.state.stepIndex !== stepIndex;
    await until(hasMoved, 'the registry answers');
    walk.minutes(10);
  }

  /** Steps until the list stands at `key`, or is `closed`. */
  async walkTo(key: string): Promise<void> {
    for (let moves = 0; this.walk.step !== key; moves += 1) {
      invariant(moves < 30 && this.walk.step !== 'closed', `the walk reaches ${key}`);
      await this.takeStep();
    }
  }
}
