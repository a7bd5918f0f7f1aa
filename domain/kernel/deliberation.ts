/**
 * 审议 — the working paper of one decision: what is judged, the reasons against, the events so far.
 * Local to one call of `decide`; the outside sees only its result.
 */
import { invariant } from '../invariant.ts';
import type { Plan, PlanStep } from '../plan/plan.ts';
import { type UnitWord, unitWord } from '../plan/unit-word.ts';
import type { FrozenSheet, PostedSheet, SheetHash } from '../sheet/posted-sheet.ts';
import type { Instant } from '../time/instant.ts';
import type { ActorSnapshot } from './actor.ts';
import { roleWords } from './authority.ts';
import type { Command, CommandBody } from './command.ts';
import type { EventBody, RosterEvent } from './event.ts';
import { evolve } from './evolve.ts';
import type { Facts } from './facts.ts';
import type { Refusal, Warning } from './refusal.ts';
import type { LateStamp, ProxyStamp } from './stamps.ts';
import type { RosterState } from './state.ts';

/** A child list born of a split. */
export interface Child {
  readonly rosterId: string;
  readonly state: RosterState;
  readonly events: readonly RosterEvent[];
}

/** 决定 — refused with every reason found, or applied with its events. */
export type Decision =
  | { readonly ok: false; readonly at: Instant; readonly refusals: readonly Refusal[] }
  | {
      readonly ok: true;
      readonly at: Instant;
      readonly events: readonly RosterEvent[];
      readonly state: RosterState;
      readonly warnings: readonly Warning[];
      readonly children: readonly Child[];
      /** Sheets that the decision froze: kept by hash beside the events that name them. */
      readonly sheets: readonly FrozenSheet[];
    };

/** What one decision is made of. */
export interface DecideInput {
  readonly plan: Plan;
  readonly state: RosterState;
  readonly command: Command;
  readonly facts: Facts;
  /** Names the sheets that the command freezes. */
  readonly sheetHash: SheetHash;
}

/** Who acts in law, who typed, and when it counts. */
export interface Standing {
  readonly at: Instant;
  readonly receivedAt: Instant;
  readonly actor: ActorSnapshot | null;
  readonly actorOrg: string | null;
  readonly late: LateStamp | null;
  readonly proxy: ProxyStamp | null;
}

/** Stamps an event body as the next event of a state. */
export function stamp(seq: number, standing: Standing, body: EventBody): RosterEvent {
  return {
    seq,
    at: standing.at,
    receivedAt: standing.receivedAt,
    actorId: standing.actor?.userId ?? null,
    actorName: standing.actor?.name ?? null,
    actorOrg: standing.actorOrg,
    late: standing.late,
    proxy: standing.proxy,
    warnings: [],
    body,
  };
}

/** One decision in the making. */
export class Deliberation {
  readonly plan: Plan;
  readonly facts: Facts;
  readonly command: Command;
  readonly refusals: Refusal[] = [];
  readonly warnings: Warning[] = [];
  readonly events: RosterEvent[] = [];
  readonly children: Child[] = [];
  readonly sheets: FrozenSheet[] = [];
  readonly #hashOf: SheetHash;
  state: RosterState;
  standing: Standing;

  constructor({ plan, state, command, facts, sheetHash }: DecideInput) {
    this.#hashOf = sheetHash;
    this.plan = plan;
    this.state = state;
    this.command = command;
    this.facts = facts;
    const at = Math.max(command.receivedAt, state.at);
    const { actor, receivedAt } = command;
    this.standing = { at, receivedAt, actor, actorOrg: null, late: null, proxy: null };
  }

  get body(): CommandBody {
    return this.command.body;
  }

  get at(): Instant {
    return this.standing.at;
  }

  /** The step the list stands at. */
  get step(): PlanStep {
    const step = this.plan.steps[this.state.stepIndex];
    invariant(step !== undefined, 'an open list stands at a step');
    return step;
  }

  /** 户 or 村, as the words of a refusal name what is listed. */
  get unit(): UnitWord {
    return unitWord(this.plan);
  }

  get refused(): boolean {
    return this.refusals.length > 0;
  }

  /** Adds a reason against; where it names no clause and nobody, those of the step the list stands at. */
  refuse(refusal: Refusal): void {
    const { step } = this;
    const whoClears = step.by.map((role) => roleWords(role, this.facts)).join('或');
    this.refusals.push({ clauseId: step.clauseId, whoClears, ...refusal });
  }

  warn(warning: Warning): void {
    this.warnings.push(warning);
  }

  /** Adds the next event and folds it, so that what follows judges the changed list. */
  emit(body: EventBody): RosterEvent {
    const event = stamp(this.state.seq + 1, this.standing, body);
    this.append(event);
    return event;
  }

  append(event: RosterEvent): void {
    this.state = evolve(this.state, event);
    this.events.push(event);
  }

  /** Names a sheet by its content; it is kept if the decision is taken. */
  freeze(sheet: PostedSheet): string {
    const hash = this.#hashOf(sheet);
    this.sheets.push({ hash, sheet });
    return hash;
  }

  /** The result: refusals win over everything; warnings are kept on the first event. */
  decision(): Decision {
    if (this.refused) return { ok: false, at: this.at, refusals: this.refusals };
    const first = this.events.find((event) => event.actorId !== null);
    invariant(first !== undefined, 'an accepted command causes an event');
    const events = this.events.map((event) =>
      event === first ? { ...event, warnings: this.warnings } : event,
    );
    const { at, state, warnings, children, sheets } = this;
    return { ok: true, at, events, state, warnings, children, sheets };
  }
}
