/** 评议 — a vote by a body: roll, quorum, written proxies, votes per household. Per group or village. */
import type { AssemblyStep } from '../../plan/plan.ts';
import { formatInstant } from '../../time/instant.ts';
import type { CommandRequest } from '../command.ts';
import type { Deliberation } from '../deliberation.ts';
import type { MeetingRecord, Vote } from '../event.ts';
import { afterProgress, isCompared } from '../moves.ts';
import { requireEvidence, requireGuards, requireRole, requireStep } from '../requirements.ts';
import { activeCases, type CaseState } from '../state.ts';

type Of<T extends CommandRequest['type']> = Extract<CommandRequest, { type: T }>;

/** A meeting with its quorum: passed households go on, the others are refused (评议不通过). */
export function holdAssembly(d: Deliberation, body: Of<'hold-assembly'>): void {
  const opened = openMeeting(d, body);
  if (opened === undefined) return;
  const { step, items } = opened;
  checkQuorum(d, step, body.meeting);
  checkProxies(d, step, body.meeting);
  checkReadOut(d, step, body.meeting, items);
  checkVotes(d, body.votes, items, body.meeting);
  if (!d.refused) requireGuards(d, step, items);
  warnAbout(d, step, body.meeting);
  if (d.refused) return;
  const { meeting, votes, evidence } = body;
  d.emit({ type: 'meeting-held', group: body.group ?? '', meeting, votes, evidence });
  settleVotes(d, step, votes, attending(meeting));
}

/** 流会 — a meeting without quorum is kept on record; it holds up only its own group. */
export function recordVoidAssembly(d: Deliberation, body: Of<'record-void-assembly'>): void {
  const opened = openMeeting(d, body);
  if (opened === undefined || d.refused) return;
  if (hasQuorum(opened.step, body.meeting)) {
    return d.refuse({
      code: 'QUORUM-MET',
      words: '到会人数已达法定比例，应按有效会议登记表决结果。',
      missing: ['表决结果'],
    });
  }
  const { meeting, evidence } = body;
  d.emit({ type: 'meeting-void', group: body.group ?? '', meeting, evidence });
}

function openMeeting(
  d: Deliberation,
  body: Of<'hold-assembly'> | Of<'record-void-assembly'>,
): { readonly step: AssemblyStep; readonly items: readonly CaseState[] } | undefined {
  const step = requireStep(d, 'assembly');
  if (step === undefined) return undefined;
  requireRole(d, step.by, step.clauseId);
  requireEvidence(d, step.evidence, body.evidence, step.clauseId);
  const { heldAt } = body.meeting;
  if (heldAt > d.at) {
    d.refuse({
      code: 'MEETING-IN-FUTURE',
      words:
        d.standing.late === null
          ? '会议时间晚于现在，会后方可登记。'
          : '会议时间晚于补登所填的办理时间，请核对两个时间。',
      clauseId: step.clauseId,
      earliestAt: heldAt,
    });
  }
  if (heldAt < d.state.stepSince) {
    const words = `会议早于上一环节办结（${formatInstant(d.state.stepSince)}），不能作为本次评议，须在其后召开。`;
    d.refuse({
      code: 'MEETING-BEFORE-STEP',
      words,
      clauseId: step.clauseId,
      earliestAt: d.state.stepSince,
    });
  }
  const items = groupCases(d, step, body.group);
  return items === undefined ? undefined : { step, items };
}

function groupCases(
  d: Deliberation,
  step: AssemblyStep,
  group: string | null,
): readonly CaseState[] | undefined {
  if ((step.per === 'village') !== (group === null)) {
    const words =
      step.per === 'village'
        ? '本次评议以行政村为单位召开。'
        : '本次评议以村民小组为单位召开，请选择小组。';
    const missing = [step.per === 'village' ? '全村的评议会' : '村民小组'];
    d.refuse({ code: 'WRONG-BODY', words, clauseId: step.clauseId, missing });
    return undefined;
  }
  const open = activeCases(d.state).filter((item) => !item.done);
  const items = group === null ? open : open.filter((item) => item.groupId === group);
  if (items.length === 0) {
    d.refuse({
      code: 'ALREADY-DONE',
      words: '没有待评议的户，或该小组已评议过。',
      clauseId: step.clauseId,
    });
    return undefined;
  }
  return items;
}

function attending(meeting: MeetingRecord): number {
  return meeting.present + meeting.proxies.length;
}

function hasQuorum(step: AssemblyStep, meeting: MeetingRecord): boolean {
  const { numerator, denominator } = step.quorum;
  return attending(meeting) * denominator >= meeting.entitled * numerator;
}

function checkQuorum(d: Deliberation, step: AssemblyStep, meeting: MeetingRecord): void {
  const { quorum } = step;
  const { clauseId } = quorum;
  if (!quorum.bases.some((basis) => basis.key === meeting.basis)) {
    d.refuse({
      code: 'G-02',
      words: '参会资格的计算口径不在规定之内。',
      clauseId,
      missing: ['参会资格口径'],
    });
  }
  const counts = [meeting.entitled, meeting.present];
  const isWhole = counts.every((count) => Number.isSafeInteger(count) && count >= 1);
  if (!isWhole || attending(meeting) > meeting.entitled) {
    return d.refuse({
      code: 'G-02',
      words: '应到人数与实到人数不符，请核对签到册。',
      clauseId,
      missing: ['签到册'],
    });
  }
  if (hasQuorum(step, meeting)) return;
  const needed = Math.ceil((meeting.entitled * quorum.numerator) / quorum.denominator);
  const words = `应到${meeting.entitled}，实到（含书面委托）${attending(meeting)}，未达到${quorum.numerator}/${quorum.denominator}（至少${needed}），会议无效，须重新召开；本次可登记为流会。`;
  d.refuse({
    code: 'G-02',
    words,
    clauseId,
    missing: [`到会人数还差${needed - attending(meeting)}`],
    whoClears: '村民委员会重新召集',
  });
}

/** 书面委托: one absent person each, carried by somebody else, on a paper that is there. */
function checkProxies(d: Deliberation, step: AssemblyStep, { proxies }: MeetingRecord): void {
  const absent = proxies.map((proxy) => proxy.for.trim());
  const isClear = proxies.every(
    (proxy, index) =>
      absent[index] !== '' &&
      proxy.by.trim() !== '' &&
      absent.indexOf(proxy.for.trim()) === index &&
      !absent.includes(proxy.by.trim()),
  );
  if (!isClear) {
    d.refuse({
      code: 'G-02',
      words: '书面委托须写明委托人和受托人，一人只能委托一次，受托人须到会。',
      clauseId: step.quorum.clauseId,
      missing: ['书面委托'],
    });
  }
  if (proxies.some((proxy) => !d.facts.files.includes(proxy.paper))) {
    const words = '缺少委托书扫描件。';
    d.refuse({
      code: 'EVIDENCE-MISSING',
      words,
      clauseId: step.quorum.clauseId,
      missing: ['委托书'],
    });
  }
}

function checkReadOut(
  d: Deliberation,
  step: AssemblyStep,
  meeting: MeetingRecord,
  items: readonly CaseState[],
): void {
  if (step.readOut === null) return;
  const { clauseId } = step;
  if (!meeting.comparisonReadOut) {
    d.refuse({
      code: 'G-07',
      words: '比对结果须在会上公布后才能表决。',
      clauseId,
      missing: ['会上公布比对结果'],
    });
  }
  const open = items.filter((item) => !isCompared(item)).map((item) => item.id);
  if (open.length > 0) {
    d.refuse({
      code: 'G-07',
      words: '有户的部门比对尚未办结，不能评议。',
      clauseId,
      cases: open,
      missing: ['比对结果'],
    });
  }
}

function checkVotes(
  d: Deliberation,
  votes: readonly Vote[],
  items: readonly CaseState[],
  meeting: MeetingRecord,
): void {
  const open = new Set(items.map((item) => item.id));
  const named = new Set(votes.map((vote) => vote.caseId));
  const missing = [...open].filter((id) => !named.has(id));
  const foreign = votes.filter((vote) => !open.has(vote.caseId)).map((vote) => vote.caseId);
  if (missing.length > 0) {
    d.refuse({
      code: 'VOTES-INCOMPLETE',
      words: '名单上的每一户都须表决并记票。',
      cases: missing,
      missing: ['记票'],
    });
  }
  if (foreign.length > 0 || named.size !== votes.length) {
    d.refuse({
      code: 'UNKNOWN-CASE',
      words: '记票中有不在本次评议名单上的户，或同一户重复记票。',
      cases: foreign,
      missing: ['本次评议名单上每户一条记票'],
    });
  }
  const wrong = votes.filter((vote) => {
    const counts = [vote.for, vote.against, vote.abstain];
    const whole = counts.every((count) => Number.isSafeInteger(count) && count >= 0);
    return !whole || vote.for + vote.against + vote.abstain > attending(meeting);
  });
  if (wrong.length === 0) return;
  d.refuse({
    code: 'VOTES-DO-NOT-ADD-UP',
    words: `有${wrong.length}户的票数之和超过到会人数或不是整数，请核对。`,
    cases: wrong.map((vote) => vote.caseId),
    missing: ['核对后的票数'],
  });
}

function warnAbout(d: Deliberation, step: AssemblyStep, meeting: MeetingRecord): void {
  const { workTeamClauseId: clauseId } = step;
  if (clauseId !== null && meeting.workTeamPresent.every((name) => name.trim() === '')) {
    d.warn({ code: 'G-30', words: '没有驻村工作队员到会。', clauseId });
  }
  for (const { caseId, attendee, relation } of meeting.kinship) {
    d.warn({
      code: 'KINSHIP',
      words: `到会人员${attendee}是该户的${relation}，建议回避。`,
      cases: [caseId],
    });
  }
}

function settleVotes(
  d: Deliberation,
  step: AssemblyStep,
  votes: readonly Vote[],
  present: number,
): void {
  const { numerator, denominator } = step.passing;
  const passes = (vote: Vote): boolean => vote.for * denominator > present * numerator;
  const passed = votes.filter(passes).map((vote) => vote.caseId);
  const failed = votes.filter((vote) => !passes(vote)).map((vote) => vote.caseId);
  if (failed.length > 0) {
    d.emit({
      type: 'case-refused',
      caseIds: failed,
      code: 'VOTED-DOWN',
      words: '评议未通过（同意未过到会人员半数）。',
    });
  }
  if (passed.length > 0) d.emit({ type: 'case-done', caseIds: passed, forms: [] });
  afterProgress(d);
}
