/** 复算 — walks the events of a bundle and judges each cause again with today's kernel and guards. */
import { decide } from '../../domain/kernel/decide.ts';
import type { RosterEvent } from '../../domain/kernel/event.ts';
import { evolve } from '../../domain/kernel/evolve.ts';
import type { Facts } from '../../domain/kernel/facts.ts';
import { openRoster } from '../../domain/kernel/open.ts';
import type { RosterState } from '../../domain/kernel/state.ts';
import { dueWakes, nextWake } from '../../domain/kernel/wake.ts';
import type { Plan } from '../../domain/plan/plan.ts';
import { fromStoredFacts, isSnapshotWhole, type StoredFacts } from './facts-store.ts';
import { findDifference } from './find-difference.ts';
import { canonicalText, contentHash } from './hash-chain.ts';
import type { BundleCommand, BundleEvent, BundleFault, RosterBundle } from './roster-bundle.ts';
import { isFormWhole } from './visit-forms.ts';

/** What the rules give at one place of the record. */
interface Judged {
  readonly events: readonly RosterEvent[];
  readonly state: RosterState;
  readonly actor: BundleEvent['actor'];
}

/** Why the walk ends: thrown and caught inside this file only. */
class Stop extends Error {
  readonly fault: BundleFault;

  constructor(seq: number | null, words: string) {
    super(words);
    this.fault = { seq, words };
  }
}

/** One walk over the events that stand in sequence. */
export class Rerun {
  readonly bundle: RosterBundle;
  readonly rows: readonly BundleEvent[];
  reproduced = 0;
  openedBySplit = false;

  constructor(bundle: RosterBundle, rows: readonly BundleEvent[]) {
    this.bundle = bundle;
    this.rows = rows;
  }

  /** The first difference, or null. */
  run(): BundleFault | null {
    try {
      this.walk();
      return null;
    } catch (error) {
      if (error instanceof Stop) return error.fault;
      // Altered content need not have the shape that the kernel relies on.
      const seq = this.reproduced + 1;
      return { seq, words: `第${seq}号事件不能复算：指令或判断依据的内容不成形。` };
    }
  }

  private walk(): void {
    let state: RosterState | null = null;
    for (let row = this.rows[0]; row !== undefined; row = this.rows[this.reproduced]) {
      const judged: Judged = this.judge(state, row);
      for (const event of judged.events) {
        const stored = this.rows[this.reproduced];
        // The rest was cut off, which the other answer says.
        if (stored === undefined) return;
        compare(stored, { ...row, event, ...causeOf(event, judged) });
        this.reproduced += 1;
      }
      state = judged.state;
    }
    const { head } = this.bundle;
    if (this.reproduced !== head.seq) return;
    if (canonicalText(state) !== canonicalText(head.state)) {
      throw new Stop(null, '全部事件复算后的名单状态与名单登记的状态不符。');
    }
  }

  private judge(state: RosterState | null, row: BundleEvent): Judged {
    if (state === null) return this.judgeOpening(row);
    if (row.commandId === null) return judgeWake(state, row);
    return this.judgeCommand(state, row, row.commandId);
  }

  private judgeOpening(row: BundleEvent): Judged {
    const { seq, actor, event } = row;
    const { body } = event;
    if (body.type !== 'roster-opened') throw new Stop(seq, '第1号事件不是建立名单。');
    if (body.parent !== null) {
      this.openedBySplit = true;
      return { events: [event], state: evolve(null, event), actor };
    }
    if (actor === null) throw new Stop(seq, '第1号事件没有经办人。');
    const { rosterId } = this.bundle;
    const { unitCode, batch } = body;
    const cases = body.cases.map(({ id, subjectId, groupId }) => ({ id, subjectId, groupId }));
    const named = { rosterId, unitCode, batch, cases, actor, planHash: row.planHash };
    const { at, receivedAt } = event;
    const known = { plan: this.planOf(row.planHash, seq), facts: this.factsOf(row) };
    const decision = openRoster({ ...named, ...known, at, receivedAt, late: event.late });
    if (!decision.ok) throw new Stop(seq, refusedWords(seq, decision.refusals));
    return { ...decision, actor };
  }

  private judgeCommand(state: RosterState, row: BundleEvent, id: string): Judged {
    const { seq } = row;
    const command = this.bundle.commands.find((given) => given.id === id);
    if (command === undefined) throw new Stop(seq, `第${seq}号事件没有对应的指令。`);
    const { actor, body, receivedAt } = command;
    if (contentHash(body) !== command.bodyHash) {
      throw new Stop(seq, `第${seq}号事件的指令内容与其校验值不符。`);
    }
    const plan = this.planOf(state.planHash, seq);
    const facts = this.factsOf(row);
    const decision = decide({
      plan,
      state,
      command: { id, actor, body, receivedAt },
      facts,
      sheetHash: contentHash,
    });
    if (!decision.ok) throw new Stop(seq, refusedWords(seq, decision.refusals));
    for (const { hash } of decision.sheets) this.checkSheet(hash, seq);
    const { at, warnings, events } = decision;
    const children = decision.children.map((child) => child.rosterId);
    const range = { fromSeq: state.seq + 1, toSeq: decision.state.seq };
    const outcome = { kind: 'applied', ...range, at, warnings, children };
    const difference = findDifference(command.outcome, outcome);
    // An altered event says more than the altered answer to its command.
    if (difference !== null && this.holdsSame(events)) throw new Stop(seq, outcomeWords(command));
    return { events, state: decision.state, actor };
  }

  /** The paper's twin, if it was kept: a missing one is the other answer's. */
  private checkSheet(hash: string, seq: number): void {
    const sheet = this.bundle.sheets[hash];
    if (sheet === undefined || contentHash(sheet) === hash) return;
    throw new Stop(seq, `第${seq}号事件的公示表与其校验值不符。`);
  }

  private holdsSame(events: readonly RosterEvent[]): boolean {
    return events.every((event, index) => {
      const stored = this.rows[this.reproduced + index];
      return stored === undefined || findDifference(stored.event, event) === null;
    });
  }

  private planOf(hash: string, seq: number): Plan {
    const plan = this.bundle.plans[hash];
    if (plan === undefined) throw new Stop(seq, `第${seq}号事件的适用规则不在文件中。`);
    if (contentHash(plan) === hash) return plan;
    throw new Stop(seq, `第${seq}号事件的适用规则与其校验值不符。`);
  }

  private factsOf({ seq, factsHash }: BundleEvent): Facts {
    const stored = this.bundle.facts[factsHash ?? ''];
    if (stored === undefined) throw new Stop(seq, `第${seq}号事件的判断依据不在文件中。`);
    const isSame = contentHash(stored) === factsHash && this.holdsPapers(stored);
    if (!isSame) throw new Stop(seq, `第${seq}号事件的判断依据与其校验值不符。`);
    const facts = fromStoredFacts(stored, {
      snapshot: (hash) => this.bundle.snapshots[hash],
      form: (hash) => this.bundle.forms[hash],
    });
    if (facts === undefined) throw new Stop(seq, `第${seq}号事件所依据的农户材料不在文件中。`);
    return facts;
  }

  /** Whether the snapshots and forms in the bundle are those that the facts refer to. */
  private holdsPapers({ cases }: StoredFacts): boolean {
    return Object.entries(cases).every(([caseId, { registry, form }]) => {
      const snapshot = this.bundle.snapshots[registry?.hash ?? ''];
      const visited = this.bundle.forms[form ?? ''];
      return (
        (snapshot === undefined || isSnapshotWhole(snapshot, registry)) &&
        (visited === undefined || (visited.hash === form && isFormWhole(caseId, visited)))
      );
    });
  }
}

function judgeWake(state: RosterState, { seq }: BundleEvent): Judged {
  const wakeAt = nextWake(state);
  const [event] = wakeAt === null ? [] : dueWakes(state, wakeAt);
  if (event === undefined) throw new Stop(seq, `第${seq}号事件没有指令，当时也没有到期的事项。`);
  return { events: [event], state: evolve(state, event), actor: null };
}

/** A wake noted on the way to a command is nobody's act. */
function causeOf(
  event: RosterEvent,
  { state, actor }: Judged,
): Pick<BundleEvent, 'actor' | 'planHash'> {
  return { actor: event.actorId === null ? null : actor, planHash: state.planHash };
}

/** Sequence, hash and rules version are no result of judging. */
function compare(stored: BundleEvent, expected: BundleEvent): void {
  const { seq } = stored;
  const same = { seq, hash: stored.hash, rulesVersion: stored.rulesVersion };
  const difference = findDifference(stored, { ...expected, ...same });
  if (difference !== null) throw new Stop(seq, `第${seq}号事件与复算结果不符：${difference}`);
}

function refusedWords(seq: number, refusals: readonly { readonly words: string }[]): string {
  return `第${seq}号事件按当时的依据复算应不予受理：${refusals.map(({ words }) => words).join('')}`;
}

function outcomeWords({ id }: BundleCommand): string {
  return `指令${id}记录的处理结果与复算结果不符。`;
}
