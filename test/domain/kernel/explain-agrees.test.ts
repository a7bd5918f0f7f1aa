/** 为什么不能推进 tells the truth: what it calls possible is taken, what it blocks is refused by the same code. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contentHash } from '../../../db/record/hash-chain.ts';
import { invariant } from '../../../domain/invariant.ts';
import type { ActorSnapshot } from '../../../domain/kernel/actor.ts';
import type { CommandBody } from '../../../domain/kernel/command.ts';
import { decide } from '../../../domain/kernel/decide.ts';
import { dryBody } from '../../../domain/kernel/dry-body.ts';
import { explain } from '../../../domain/kernel/explain.ts';
import type { Refusal } from '../../../domain/kernel/refusal.ts';
import { activeCases } from '../../../domain/kernel/state.ts';
import { trainingPlan } from '../../policies/training-plan.ts';
import { validRegistry } from '../guards/facts-builder.ts';
import { object } from './list-acts.ts';
import { ListWalk } from './list-walk.ts';

const CHAINS = [
  ['zhenxiong-2020', 'household-exit', '2020-09-20 09:00'],
  ['zhenxiong-2020', 'identification', '2020-09-20 09:00'],
  ['kunming-2017', 'household-exit', '2017-11-02 09:00'],
  ['kunming-2017', 'identification', '2017-11-02 09:00'],
  ['shanxi-2017', 'household-exit', '2017-10-25 09:00'],
  ['shanxi-2017', 'identification', '2017-10-25 09:00'],
  ['kunming-2017', 'return-to-poverty', '2017-11-02 09:00'],
  ['zhenxiong-2020', 'monitored-household', '2020-09-20 09:00'],
  ['shanxi-2017', 'village-exit', '2017-10-25 09:00'],
] as const;

const RUNS = 25;
const RUNS_LIMIT_MS = 120_000;

const deed = fc.record({
  kind: fc.constantFrom(
    ...([
      'on',
      'on',
      'on',
      'on',
      'object',
      'object-list',
      'hit',
      'wrong-income',
      'labelled',
    ] as const),
    ...(['suspend', 'resume', 'return', 'withdraw', 'window', 'wait'] as const),
  ),
  hours: fc.constantFrom(0, 0, 1, 30, 200),
});

/** What somebody did to the list, if the rules let them. */
function doDeed(walk: ListWalk, kind: string): void {
  const county = walk.who('county', 'office');
  const [first] = activeCases(walk.state);
  switch (kind) {
    case 'object':
      return void (first && object(walk, first.id));
    case 'object-list':
      return void object(walk);
    case 'hit':
      return walk.compare(first === undefined ? [] : [first.id]);
    case 'wrong-income':
    case 'labelled': {
      if (first === undefined) return;
      const { form } = walk.household(first.id);
      // Nothing at all for an exit, a fortune for an application.
      const wage = walk.plan.procedure === 'household-exit' ? 0 : 99_000_000;
      const over =
        kind === 'labelled'
          ? { registry: validRegistry({ status: 'stably-exited' }) }
          : { form: form && { ...form, income: { ...form.income, wage } } };
      walk.caseFacts = { ...walk.caseFacts, [first.id]: walk.household(first.id, over) };
      return;
    }
    case 'suspend':
      return void walk.send(county, { type: 'suspend', reason: '核查', basis: '县办' });
    case 'resume':
      return void walk.send(county, { type: 'resume', reason: '核查完' });
    case 'return': {
      const toStep = walk.plan.steps[Math.max(0, walk.state.stepIndex - 2)]?.key ?? '';
      walk.send(walk.reviewer(), { type: 'return-cases', caseIds: null, toStep, reason: '不符' });
      return;
    }
    case 'withdraw': {
      const evidence = { withdrawal: ['scan'] };
      const caseId = first?.id ?? '';
      const body = { type: 'withdraw-case', caseId, reason: '自愿', evidence } as const;
      walk.send(walk.who('village', 'clerk'), body);
      return;
    }
    case 'window':
      return walk.openWindow();
    default:
      walk.walkTo(walk.plan.steps[walk.state.stepIndex + 1]?.key ?? 'closed');
  }
}

function tryDeed(walk: ListWalk, kind: string): void {
  if (kind === 'wait' || walk.step === 'closed') return;
  try {
    doDeed(walk, kind);
  } catch {
    // What the rules do not let happen has not happened; how far it came is a state as good as any.
  }
}

function people(walk: ListWalk): readonly ActorSnapshot[] {
  return [
    walk.who('village', 'clerk'),
    walk.who('township', 'clerk'),
    walk.who('township', 'reviewer'),
    walk.who('county', 'clerk'),
    walk.who('county', 'decider'),
    walk.who('county', 'office'),
    walk.who('county', 'entry-reviewer'),
    walk.who('county', 'inspector'),
    walk.who('county', 'department', '公安'),
    walk.who('county', 'department', '农业'),
    walk.who('village', 'work-team'),
  ];
}

/** The dry body with everything that a form supplies: papers, signatures, votes, a document. */
function supplied(walk: ListWalk, body: CommandBody): CommandBody {
  const evidence = {
    ...walk.papers(),
    investigation: ['scan'],
    withdrawal: ['scan'],
    proof: ['scan'],
  };
  const { state } = walk;
  const active = activeCases(state);
  const passing = {
    opinion: '同意',
    answers: state.objections.map(({ id }) => ({ objectionId: id, words: '已复' })),
    acceptLate: [],
    evidence,
  };
  const whole = { ...body, ...('reason' in body && { reason: '理由' }) };
  switch (whole.type) {
    case 'verify': {
      const step = walk.plan.steps[state.stepIndex];
      const roles = step?.kind === 'verification' ? step.signers : [];
      return { ...whole, evidence, signers: roles.map((role) => ({ role, name: '签字人' })) };
    }
    case 'hold-assembly': {
      const open = active.filter(
        ({ done, groupId }) => !done && (whole.group === null || groupId === whole.group),
      );
      const votes = open.map(({ id }) => ({
        caseId: id,
        for: whole.meeting.present,
        against: 0,
        abstain: 0,
      }));
      return { ...whole, votes, evidence, reasons: { 'EXIT-ORDER': '其余户外出' } };
    }
    case 'record-acceptance':
      return { ...whole, evidence, signer: '户主' };
    case 'post-notice':
    case 'post-announcement':
    case 'remove-notice':
      return { ...whole, proof: 'photo' };
    case 'review':
      return { ...whole, ...passing };
    case 'decide':
      return { ...whole, ...passing, documentNo: '1号' };
    case 'certify':
      return { ...whole, documentNo: '1号', evidence };
    case 'carry-registrations': {
      const ready = active.filter(
        ({ status, registration }) => status === 'on-list' && registration === null,
      );
      return { ...whole, entries: ready.slice(0, 1).map(({ id }) => walk.entryOf(id)) };
    }
    case 'inspect': {
      const [labelled] = state.cases.filter(({ status }) => status === 'closed');
      const findings = labelled ? [{ caseId: labelled.id, problem: false, words: '' }] : [];
      return { ...whole, findings, evidence };
    }
    case 'dispose-objection':
      return { ...whole, words: '已查', investigators: ['钱支书'], evidence };
    case 'raise-objection':
      return { ...whole, words: '反映', channel: '电话' };
    case 'suspend':
      return { ...whole, basis: '县办' };
    case 'correct-notice':
      return { ...whole, words: '村名有误' };
    case 'explain-hit':
    case 'judge-explanation':
      return { ...whole, words: '生产用车', ...('evidence' in whole && { evidence }) };
    default:
      return 'evidence' in whole ? { ...whole, evidence } : whole;
  }
}

/** A step that closes by household is possible when it is for some: those against whom nothing stands. */
function withoutFailing(body: CommandBody, refusals: readonly Refusal[]): CommandBody {
  const failing = new Set(refusals.flatMap(({ cases = [] }) => cases));
  if (body.type !== 'verify' && body.type !== 'record-collection') return body;
  return { ...body, entries: body.entries.filter(({ caseId }) => !failing.has(caseId)) };
}

/** Where the explanation and the decision part, in words; empty when they agree. */
function disagreements(walk: ListWalk, actor: ActorSnapshot): readonly string[] {
  const { plan, state, now: at } = walk;
  const step = plan.steps[state.stepIndex];
  if (step === undefined || state.closedAt !== null) return [];
  // Stamped entries name people, whom the facts must hold.
  for (const { id } of activeCases(state)) walk.entryOf(id);
  const facts = walk.facts();
  const occasion = { plan, state, facts, actor, at };
  return explain({ ...occasion, sheetHash: contentHash }).flatMap((action) => {
    const dry = dryBody(action.type, { ...occasion, step });
    if (dry === undefined) return [`${action.type}: nothing was tried`];
    const judge = (body: CommandBody) => {
      const command = { id: 'k', actor, receivedAt: at, body };
      return decide({ plan, state, command, facts, sheetHash: contentHash });
    };
    const body = supplied(walk, dry);
    const decision = judge(body);
    const who = `${walk.step} ${actor.userId} ${action.type}`;
    const codes = decision.ok ? [] : decision.refusals.map(({ code }) => code);
    if (action.allowed) {
      if (decision.ok || judge(withoutFailing(body, decision.refusals)).ok) return [];
      return [`${who}: called possible, refused by ${codes.join()}`];
    }
    const told = action.refusals.map(({ code }) => code);
    return told.every((code) => codes.includes(code))
      ? []
      : [`${who}: blocked by ${told.join()}, judged ${codes.join() || 'taken'}`];
  });
}

/** Lives through the deeds and asks, after each, for three of the people. */
function live(walk: ListWalk, deeds: readonly { kind: string; hours: number }[], seed: number) {
  for (const [index, { kind, hours }] of deeds.entries()) {
    walk.now += hours * 3_600_000;
    tryDeed(walk, kind);
    const all = people(walk);
    const asked = [0, 1, 2].flatMap((turn) => all[(seed + index * 3 + turn) % all.length] ?? []);
    const found = asked.flatMap((actor) => disagreements(walk, actor));
    invariant(found.length === 0, found.join('; '));
  }
}

describe('为什么不能推进', () => {
  test.for(CHAINS)(
    '%s %s: explained is decided, for anybody, after whatever happened',
    { timeout: RUNS_LIMIT_MS },
    ([pack, procedure, begun]) => {
      const plan = trainingPlan(pack, procedure);
      const someDeeds = fc.array(deed, { minLength: 1, maxLength: 14 });
      const property = fc.property(someDeeds, fc.nat(), (deeds, seed) =>
        live(new ListWalk(plan, begun, { cases: 3 }), deeds, seed),
      );
      expect(() => fc.assert(property, { numRuns: RUNS })).not.toThrow();
    },
  );
});
