/** 决定 — judges one command against plan, state and facts. Pure; the same inputs give the same answer. */
import type { CommandBody, CommandType } from './command.ts';
import { type DecideInput, type Decision, Deliberation } from './deliberation.ts';
import { settleEnvelope } from './envelope.ts';
import { adoptPlan } from './steps/adopt-plan.ts';
import { draftAnnouncement, postAnnouncement } from './steps/announcement.ts';
import { holdAssembly, recordVoidAssembly } from './steps/assembly.ts';
import { recordAcceptance, recordCollection, verify } from './steps/case-paced.ts';
import { certify } from './steps/certification.ts';
import {
  explainHit,
  judgeExplanation,
  receiveComparison,
  requestComparison,
} from './steps/comparison.ts';
import {
  advance,
  resume,
  returnCases,
  returnDivided,
  split,
  suspend,
  withdrawCase,
} from './steps/list-moves.ts';
import {
  closeNotice,
  correctNotice,
  draftNotice,
  postNotice,
  removeNotice,
} from './steps/notice.ts';
import { disposeObjection, raiseObjection } from './steps/objection.ts';
import { openFunctions } from './steps/opening.ts';
import { carryRegistrations, inspect, reportRegistrations } from './steps/registration.ts';
import { report } from './steps/report.ts';
import { decideList, review } from './steps/review.ts';
import { dueWakes } from './wake.ts';

export type { Child, DecideInput, Decision } from './deliberation.ts';

/** What a suspended list still takes: what happens to it on the wall, by others and in the registry. */
const WHILE_SUSPENDED: readonly CommandType[] = [
  'resume',
  'raise-objection',
  'remove-notice',
  'report-registrations',
  'return-divided',
];

/**
 * Judges a command at `max(receivedAt, last event)` after folding the wakes due before it, so that the
 * answer never depends on whether a timer fired in time.
 */
export function decide(input: DecideInput): Decision {
  const { state, command } = input;
  const d = new Deliberation(input);
  if (state.closedAt !== null) {
    const words = '这份名单已办结，不能再办理；需要时另建名单。';
    d.refuse({ code: 'CLOSED', words });
    return d.decision();
  }
  settleEnvelope(d);
  if (d.refused) return d.decision();
  for (const event of dueWakes(d.state, d.at)) d.append(event);
  if (d.state.suspension !== null && !WHILE_SUSPENDED.includes(command.body.type)) {
    const words = `名单已中止（${d.state.suspension.reason}），恢复后方可办理。`;
    d.refuse({
      code: 'SUSPENDED',
      words,
      missing: ['恢复名单'],
      whoClears: '县领导小组办公室或乡镇审核',
    });
    return d.decision();
  }
  judge(d, command.body);
  return d.decision();
}

function judge(d: Deliberation, body: CommandBody): void {
  switch (body.type) {
    case 'record-collection':
      return recordCollection(d, body);
    case 'hold-assembly':
      return holdAssembly(d, body);
    case 'record-void-assembly':
      return recordVoidAssembly(d, body);
    case 'verify':
      return verify(d, body);
    case 'record-acceptance':
      return recordAcceptance(d, body);
    case 'request-comparison':
      return requestComparison(d, body);
    case 'receive-comparison':
      return receiveComparison(d, body);
    case 'explain-hit':
      return explainHit(d, body);
    case 'judge-explanation':
      return judgeExplanation(d, body);
    case 'certify':
      return certify(d, body);
    case 'draft-notice':
      return draftNotice(d, body);
    case 'post-notice':
      return postNotice(d, body);
    case 'remove-notice':
      return removeNotice(d, body);
    case 'correct-notice':
      return correctNotice(d, body);
    case 'close-notice':
      return closeNotice(d, body);
    default:
      return judgeLater(d, body);
  }
}

type Later = Exclude<
  CommandBody,
  {
    type:
      | 'record-collection'
      | 'hold-assembly'
      | 'record-void-assembly'
      | 'verify'
      | 'record-acceptance'
      | 'request-comparison'
      | 'receive-comparison'
      | 'explain-hit'
      | 'judge-explanation'
      | 'certify'
      | 'draft-notice'
      | 'post-notice'
      | 'remove-notice'
      | 'correct-notice'
      | 'close-notice';
  }
>;

/** The second half of the table, so that neither half outgrows a page. */
function judgeLater(d: Deliberation, body: Later): void {
  switch (body.type) {
    case 'raise-objection':
      return raiseObjection(d, body);
    case 'dispose-objection':
      return disposeObjection(d, body);
    case 'review':
      return review(d, body);
    case 'decide':
      return decideList(d, body);
    case 'report':
      return report(d, body);
    case 'open-functions':
      return openFunctions(d, body);
    case 'draft-announcement':
      return draftAnnouncement(d, body);
    case 'post-announcement':
      return postAnnouncement(d, body);
    case 'carry-registrations':
      return carryRegistrations(d, body);
    case 'report-registrations':
      return reportRegistrations(d, body);
    case 'inspect':
      return inspect(d, body);
    case 'return-cases':
      return returnCases(d, body);
    case 'return-divided':
      return returnDivided(d, body);
    case 'advance':
      return advance(d, body);
    case 'split':
      return split(d, body);
    case 'withdraw-case':
      return withdrawCase(d, body);
    case 'suspend':
      return suspend(d, body);
    case 'resume':
      return resume(d, body);
    case 'adopt-plan':
      return adoptPlan(d, body);
  }
}
