/** 事件折叠 — the only place where a roster changes. Total over the event types; never judges. */
import { invariant } from '../invariant.ts';
import type { EventBody, RosterEvent } from './event.ts';
import { evolveCases } from './evolve-cases.ts';
import { evolveSheets } from './evolve-sheets.ts';
import {
  type DecisionState,
  type LateEntryState,
  type RosterState,
  standingDecision,
} from './state.ts';

type Opened = Extract<EventBody, { type: 'roster-opened' }>;

/** Folds one event. The first event of a roster is `roster-opened`. */
export function evolve(state: RosterState | null, event: RosterEvent): RosterState {
  if (state === null) {
    invariant(event.body.type === 'roster-opened', 'a roster begins with roster-opened');
    return openedState(event, event.body);
  }
  invariant(event.seq === state.seq + 1, `event ${event.seq} after ${state.seq}`);
  invariant(event.at >= state.at, 'events do not go back in time');
  const stamped = withStamp(state, event);
  const moved = evolveSteps(stamped, event);
  return evolveSheets(evolveCases(moved, event), event);
}

function openedState(event: RosterEvent, body: Opened): RosterState {
  const { carried } = body;
  const opened = {
    rosterId: body.rosterId,
    planHash: body.planHash,
    unitCode: body.unitCode,
    batch: body.batch,
    parentId: body.parent?.rosterId ?? null,
    seq: event.seq,
    at: event.at,
    openedAt: event.at,
    outerSince: body.outerSince,
    outerDueAt: body.outerDueAt,
    stepIndex: body.stepIndex,
    stepSince: carried?.stepSince ?? event.at,
    dueAt: body.dueAt,
    dueReceipt: body.dueReceipt,
    passes: body.passes,
    suspension: null,
    suspendedMs: carried?.suspendedMs ?? 0,
    cases: body.cases,
    notice: carried?.notice ?? null,
    announcement: carried?.announcement ?? null,
    decision: carried?.decision ?? null,
    objections: carried?.objections ?? [],
    lateEntries: carried?.lateEntries ?? [],
    typists: carried?.typists ?? [],
    comparisonAsked: carried?.comparisonAsked ?? null,
    effects: [],
    childCount: 0,
    closedAt: null,
  };
  // A list opened by a late entry; a child born of one has its entry in what it carries.
  if (event.late === null || carried !== null) return opened;
  return { ...opened, lateEntries: [lateOf(opened, event)] };
}

function withStamp(state: RosterState, event: RosterEvent): RosterState {
  const typist = event.proxy?.typistId;
  const typists =
    typist === undefined || state.typists.includes(typist)
      ? state.typists
      : [...state.typists, typist];
  const lateEntries =
    event.late === null ? state.lateEntries : [...state.lateEntries, lateOf(state, event)];
  // A wake notes what the clock says: were it to count, a late entry would depend on a timer.
  const at = event.actorId === null ? state.at : event.at;
  return { ...state, seq: event.seq, at, typists, lateEntries };
}

function lateOf(state: RosterState, event: RosterEvent): LateEntryState {
  return {
    // Entries that came along from the parent list keep their numbers; no other takes one of them.
    seq: Math.max(event.seq, ...state.lateEntries.map(({ seq }) => seq + 1)),
    stepIndex: state.stepIndex,
    type: event.body.type,
    claimedAt: event.at,
    receivedAt: event.receivedAt,
    accepted: false,
    enteredBy: event.proxy?.typistId ?? event.actorId,
  };
}

function evolveSteps(state: RosterState, event: RosterEvent): RosterState {
  const { body } = event;
  switch (body.type) {
    case 'step-entered':
      return enterStep(state, event, body.stepIndex, body.dueAt, body.dueReceipt);
    case 'roster-returned': {
      const entered = enterStep(state, event, body.toStep, body.dueAt, body.dueReceipt);
      // Late entries of the steps that run again count no more; nobody has to accept them.
      const lateEntries = entered.lateEntries.filter((entry) => entry.stepIndex < body.toStep);
      const decision = standingDecision(state, body.toStep);
      const stands = <T extends { readonly stepIndex: number }>(sheet: T | null): T | null =>
        sheet !== null && sheet.stepIndex < body.toStep ? sheet : null;
      const sheets = { notice: stands(state.notice), announcement: stands(state.announcement) };
      return { ...entered, ...sheets, decision, cases: body.cases, lateEntries };
    }
    case 'suspended':
      return { ...state, suspension: { since: event.at, reason: body.reason } };
    case 'resumed': {
      const since = state.suspension?.since ?? event.at;
      return { ...state, suspension: null, suspendedMs: state.suspendedMs + (event.at - since) };
    }
    case 'reviewed':
    case 'decided': {
      const accepted = new Set(body.acceptedLate);
      const lateEntries = state.lateEntries.map((entry) =>
        accepted.has(entry.seq) ? { ...entry, accepted: true } : entry,
      );
      return { ...state, lateEntries, decision: decisionOf(state, event, body) };
    }
    case 'plan-adopted': {
      const { planHash, stepIndex, due } = body;
      return { ...state, planHash, stepIndex, ...due };
    }
    case 'clue-dated':
      return { ...state, outerSince: body.outerSince, outerDueAt: body.outerDueAt };
    case 'cases-split-off':
      return { ...state, childCount: state.childCount + 1 };
    case 'roster-closed':
      return { ...state, closedAt: event.at, dueAt: null, dueReceipt: null };
    default:
      return state;
  }
}

/** 审定文件 of the last level that passed the list; a review without a document publishes none. */
function decisionOf(
  state: RosterState,
  event: RosterEvent,
  body: Extract<EventBody, { type: 'reviewed' | 'decided' }>,
): DecisionState {
  const { documentNo } = body;
  const documentOn = body.type === 'decided' ? body.documentOn : null;
  return { stepIndex: state.stepIndex, orgCode: event.actorOrg ?? '', documentNo, documentOn };
}

function enterStep(
  state: RosterState,
  event: RosterEvent,
  stepIndex: number,
  dueAt: RosterState['dueAt'],
  dueReceipt: RosterState['dueReceipt'],
): RosterState {
  const key = String(stepIndex);
  const passes = { ...state.passes, [key]: (state.passes[key] ?? 0) + 1 };
  const cases = state.cases.map((item) => (item.done ? { ...item, done: false } : item));
  return {
    ...state,
    stepIndex,
    stepSince: event.at,
    dueAt,
    dueReceipt,
    passes,
    cases,
  };
}
