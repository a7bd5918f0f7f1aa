/** 试算用的指令内容: bodies as complete as can be made without papers, for `explain`. */
import { formOf } from '../facts/household-facts.ts';
import type { Plan, PlanStep } from '../plan/plan.ts';
import { type Instant, plainDateAt } from '../time/instant.ts';
import type { ActorSnapshot } from './actor.ts';
import type { CommandBody, CommandType } from './command.ts';
import type { Facts } from './facts.ts';
import { activeCases, clearCases, type RosterState } from './state.ts';

/** Where and for whom an action is tried. */
export interface Occasion {
  readonly plan: Plan;
  readonly step: PlanStep;
  readonly state: RosterState;
  readonly facts: Facts;
  readonly actor: ActorSnapshot;
  readonly at: Instant;
}

/** A body as complete as can be made without papers, so that only standing reasons remain. */
export function dryBody(type: CommandType, occasion: Occasion): CommandBody | undefined {
  const { step, state, facts, at } = occasion;
  const evidence = {};
  const active = activeCases(state);
  const open = active.filter((item) => !item.done);
  // Where all are done, whoever asks hears so.
  const asked = open.length > 0 ? open : active;
  const entries = asked.map((item) => ({
    caseId: item.id,
    formHash: formOf(facts.cases[item.id])?.hash ?? '',
  }));
  switch (type) {
    case 'record-collection':
      return { type, entries, evidence };
    case 'verify':
      return { type, entries, signers: [], evidence };
    case 'record-acceptance': {
      const [first] = asked;
      return first === undefined
        ? undefined
        : { type, caseId: first.id, party: 'household', accepted: true, signer: '', evidence };
    }
    case 'hold-assembly':
    case 'record-void-assembly': {
      const meeting = dryMeeting(step, open[0]?.groupId ?? null, at, type);
      return (
        meeting &&
        (type === 'hold-assembly' ? { ...meeting, type, votes: [] } : { ...meeting, type })
      );
    }
    case 'advance':
      return { type, reason: '试算' };
    case 'draft-notice':
    case 'draft-announcement':
      return { type };
    case 'post-notice':
      return { type, place: nextPlace(step, state), proof: '' };
    case 'close-notice':
      return { type, evidence };
    case 'review':
      return { type, opinion: '', refuse: [], answers: [], acceptLate: [], evidence };
    case 'decide':
      return {
        type,
        opinion: '',
        documentNo: '',
        documentOn: plainDateAt(at),
        refuse: [],
        answers: [],
        acceptLate: [],
        evidence,
      };
    case 'report': {
      const documentOn = plainDateAt(at);
      return { type, documentNo: '', documentOn, why: '', counts: [], evidence };
    }
    case 'post-announcement':
      return { type, place: nextPlace(step, state), proof: '' };
    case 'inspect':
      return { type, findings: [], evidence };
    case 'carry-registrations':
      return { type, entries: [] };
    case 'request-comparison':
      return { type, batchId: '', caseIds: clearCases(state).map((item) => item.id) };
    default:
      return dryMove(type, occasion);
  }
}

/** Moves of the whole list, what other desks send, and objections. */
function dryMove(type: CommandType, occasion: Occasion): CommandBody | undefined {
  const { plan, state } = occasion;
  switch (type) {
    case 'open-functions':
      return dryOpening(occasion);
    case 'receive-comparison':
      return dryResult(occasion);
    case 'certify':
      return dryOpinion(occasion);
    case 'return-cases':
      return {
        type,
        caseIds: null,
        toStep: plan.steps[state.stepIndex - 1]?.key ?? '',
        reason: '',
      };
    case 'explain-hit':
    case 'judge-explanation':
      return dryHit(type, occasion);
    case 'dispose-objection':
      return dryDisposal(state);
    case 'raise-objection':
      return { type, kind: 'list', words: '', channel: '' };
    case 'suspend':
      return { type, reason: '', basis: '' };
    case 'resume':
      return { type, reason: '' };
    default:
      return dryCaseMove(type, occasion);
  }
}

/** Moves of one household or one posting, tried on the first that may be meant. */
function dryCaseMove(type: CommandType, { step, state }: Occasion): CommandBody | undefined {
  if (type === 'remove-notice') return { type, place: firstPlace(step, state), proof: '' };
  const [first] = activeCases(state);
  if (first === undefined) return undefined;
  const caseId = first.id;
  switch (type) {
    case 'split':
      return { type, caseIds: [caseId], reason: '' };
    case 'withdraw-case':
      return { type, caseId, reason: '', evidence: {} };
    case 'correct-notice':
      return { type, change: 'other', caseIds: [caseId], words: '' };
    default:
      return undefined;
  }
}

function dryOpening({ at }: Occasion): CommandBody {
  const documentOn = plainDateAt(at);
  const whenever = { opensAt: null, closesAt: null };
  return { type: 'open-functions', documentNo: '', documentOn, ...whenever, evidence: {} };
}

function dryResult({ plan, actor, at }: Occasion): CommandBody | undefined {
  const step = plan.steps.find(({ kind }) => kind === 'comparison');
  if (step?.kind !== 'comparison') return undefined;
  const own = actor.duties.find((held) => step.departments.includes(held.department ?? ''));
  return {
    type: 'receive-comparison',
    batchId: '',
    department: own?.department ?? step.departments[0] ?? '',
    receiptId: '',
    dataOn: plainDateAt(at),
    results: [],
  };
}

/** Everything that the asker's department has to certify here; of another, what the first one has. */
function dryOpinion({ step, state, actor, at }: Occasion): CommandBody | undefined {
  if (step.kind !== 'certification') return undefined;
  const { indicators } = step;
  const held = new Set(actor.duties.map(({ department }) => department));
  const department =
    indicators.find((each) => held.has(each.department))?.department ??
    indicators[0]?.department ??
    '';
  const opinions = activeCases(state).flatMap(({ id: caseId }) =>
    indicators
      .filter((each) => each.department === department)
      .map(({ key }) => ({ caseId, indicator: key, passed: true, words: '' })),
  );
  const documentOn = plainDateAt(at);
  return { type: 'certify', department, documentNo: '', documentOn, opinions, evidence: {} };
}

/** 疑点 of the first household and department that the act is for. */
function dryHit(
  type: 'explain-hit' | 'judge-explanation',
  { plan, state }: Occasion,
): CommandBody | undefined {
  const step = plan.steps.find(({ kind }) => kind === 'comparison');
  const departments = step?.kind === 'comparison' ? step.departments : [];
  const wanted = type === 'explain-hit' ? ['hit', 'explained'] : ['explained'];
  for (const { id: caseId, comparison } of activeCases(state)) {
    const index = (comparison?.marks ?? []).findIndex((mark) => wanted.includes(mark));
    const department = departments[index];
    if (department === undefined) continue;
    return type === 'explain-hit'
      ? { type, caseId, department, words: '', evidence: {} }
      : { type, caseId, department, accepted: true, words: '' };
  }
  return undefined;
}

function dryDisposal(state: RosterState): CommandBody | undefined {
  const first = state.objections.find(({ disposal }) => disposal === null);
  if (first === undefined) return undefined;
  const { id: objectionId } = first;
  const open = { words: '', investigators: [], evidence: {} };
  return { type: 'dispose-objection', objectionId, result: 'rejected', ...open };
}

/** Everybody is there; of a meeting that failed, one of many. */
function dryMeeting(step: PlanStep, groupId: string | null, at: Instant, type: CommandType) {
  if (step.kind !== 'assembly') return undefined;
  const { quorum } = step;
  const isVoid = type === 'record-void-assembly';
  const entitled = quorum.denominator * (isVoid ? 100 : 1);
  const meeting = {
    heldAt: at,
    place: '',
    chair: '',
    recorder: '',
    basis: quorum.bases[0]?.key ?? '',
    entitled,
    present: isVoid ? 1 : entitled,
    proxies: [],
    workTeamPresent: [],
    kinship: [],
    comparisonReadOut: true,
  };
  const group = step.per === 'group' ? groupId : null;
  return { group, meeting, evidence: {} };
}

function nextPlace(step: PlanStep, state: RosterState): string {
  if (step.kind !== 'notice' && step.kind !== 'announcement') return '';
  const sheet = step.kind === 'notice' ? state.notice : state.announcement;
  const posted = new Set((sheet?.postings ?? []).map((item) => item.place));
  return (step.places.find((place) => !posted.has(place.key)) ?? step.places[0])?.key ?? '';
}

function firstPlace(step: PlanStep, state: RosterState): string {
  const posted = state.notice?.postings.find(({ removedAt }) => removedAt === null);
  if (posted !== undefined) return posted.place;
  return step.kind === 'notice' ? (step.places[0]?.key ?? '') : '';
}
