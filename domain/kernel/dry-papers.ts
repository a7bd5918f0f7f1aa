/** 试算用的材料: what a form supplies — papers, signatures, votes, a document — put into a dry body. */
import { plainDateAt } from '../time/instant.ts';
import type { ActorSnapshot, Role } from './actor.ts';
import type { CommandBody } from './command.ts';
import type { Occasion } from './dry-body.ts';
import type { Evidence, StampedEntry } from './event.ts';
import type { Facts } from './facts.ts';
import { activeCases, type CaseState } from './state.ts';
import { NAME_LIST } from './steps/report.ts';

/** Stands for every scan and photo of a trial; never stored. */
const PAPER = 'dry-run-paper';
const NAME = '试算';

/** The facts of a trial: its paper is there, and so are the two people of a stamped entry. */
export function factsWithPapers(facts: Facts, occasion: Occasion): Facts {
  const { operator, reviewer } = stampers(occasion);
  return {
    ...facts,
    files: [...facts.files, PAPER],
    people: { ...facts.people, [operator.userId]: operator, [reviewer.userId]: reviewer },
  };
}

/** The body as somebody would send it who has everything that the form asks for. */
export function withPapers(body: CommandBody, occasion: Occasion): CommandBody {
  const { step, state } = occasion;
  const evidence = evidenceOf(occasion);
  switch (body.type) {
    case 'hold-assembly': {
      const { meeting, group } = body;
      const votes = activeCases(state)
        .filter(({ done, groupId }) => !done && (group === null || groupId === group))
        .map(({ id }) => ({ caseId: id, for: meeting.present, against: 0, abstain: 0 }));
      return { ...body, votes, evidence };
    }
    case 'verify': {
      const roles = step.kind === 'verification' ? step.signers : [];
      return { ...body, evidence, signers: roles.map((role) => ({ role, name: NAME })) };
    }
    case 'record-acceptance':
      return { ...body, evidence, signer: NAME };
    case 'post-notice':
    case 'remove-notice':
    case 'post-announcement':
      return { ...body, proof: PAPER };
    case 'certify':
      return { ...body, documentNo: NAME, evidence };
    case 'review':
      return { ...body, ...passing(occasion) };
    case 'decide':
      return { ...body, ...passing(occasion), documentNo: NAME };
    case 'report': {
      const { county = '' } = occasion.facts.chain;
      const counts = [{ countyCode: county, households: activeCases(state).length }];
      const named = { ...evidence, [NAME_LIST]: [PAPER] };
      return { ...body, documentNo: NAME, why: NAME, counts, evidence: named };
    }
    case 'open-functions':
      return { ...body, documentNo: NAME, evidence };
    case 'carry-registrations':
      return { ...body, entries: firstEntry(occasion) };
    case 'inspect':
      return { ...body, findings: firstFinding(state.cases), evidence };
    default:
      return withWords(body, evidence);
  }
}

/** Moves, objections and explanations want words, and some of them a paper. */
function withWords(body: CommandBody, evidence: Evidence): CommandBody {
  return {
    ...body,
    ...('evidence' in body && { evidence }),
    ...('reason' in body && { reason: NAME }),
    ...('basis' in body && { basis: NAME }),
    ...('words' in body && { words: NAME }),
    ...('channel' in body && { channel: NAME }),
    ...('investigators' in body && { investigators: [NAME] }),
  };
}

/** Every paper that the step or a move may ask for. */
function evidenceOf({ step }: Occasion): Evidence {
  const keys = [...step.evidence.map(({ key }) => key), 'investigation', 'withdrawal', 'proof'];
  const most = Math.max(1, ...step.evidence.map(({ min }) => min));
  const papers = Array.from({ length: most }, () => PAPER);
  return Object.fromEntries(keys.map((key) => [key, papers]));
}

/** Late objections are answered, late entries accepted: both are the reviewer's to write. */
function passing(occasion: Occasion) {
  const { objections, lateEntries } = occasion.state;
  return {
    opinion: NAME,
    answers: objections.map(({ id }) => ({ objectionId: id, words: NAME })),
    acceptLate: lateEntries.filter(({ accepted }) => !accepted).map(({ seq }) => seq),
    evidence: evidenceOf(occasion),
  };
}

/** One household that nothing keeps from being carried, else whichever comes first. */
function firstEntry(occasion: Occasion): readonly StampedEntry[] {
  const { state, at } = occasion;
  const active = activeCases(state);
  const ready = active.find(
    ({ blocks, registration }) =>
      blocks.length === 0 && (registration === null || registration.state === 'refused'),
  );
  const chosen = ready ?? active[0];
  if (chosen === undefined) return [];
  const { operator, reviewer } = stampers(occasion);
  return [
    {
      caseId: chosen.id,
      operatorId: operator.userId,
      operatorName: operator.name,
      operatorAt: at,
      reviewerId: reviewer.userId,
      reviewerName: reviewer.name,
      reviewerAt: at,
    },
  ];
}

function firstFinding(cases: readonly CaseState[]) {
  const labelled = cases.find(({ status }) => status === 'closed');
  return labelled === undefined ? [] : [{ caseId: labelled.id, problem: false, words: '' }];
}

/** Two people who hold the duties of a stamped entry here. */
function stampers({ step, at, facts }: Occasion) {
  const isEntered = step.kind === 'registration';
  const holder = (userId: string, roles: readonly Role[]): ActorSnapshot => {
    const duties = roles.flatMap((role) => {
      const orgCode = facts.chain[role.level];
      const term = { department: null, validFrom: plainDateAt(at), validTo: null };
      return orgCode === undefined ? [] : [{ ...role, orgCode, orgName: NAME, ...term }];
    });
    return { userId, name: NAME, duties, grants: [] };
  };
  return {
    operator: holder('dry-run-operator', isEntered ? step.by : []),
    reviewer: holder('dry-run-reviewer', isEntered ? step.reviewers : []),
  };
}
