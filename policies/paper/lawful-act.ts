/** 例中的办法 — the lawful act of a step with what an example says is otherwise. */
import { invariant } from '../../domain/invariant.ts';
import type { CommandBody } from '../../domain/kernel/command.ts';
import { NAME_LIST } from '../../domain/kernel/steps/report.ts';
import type { PlanStep } from '../../domain/plan/plan.ts';
import type { Example } from '../example-file.ts';
import type { LawfulAct } from './paper-act.ts';
import type { PaperList } from './paper-list.ts';
import { person } from './paper-people.ts';

type Act = Example['act'];
type Meeting = Extract<CommandBody, { type: 'hold-assembly' }>;

const DAY = 86_400_000;
const MINUTE = 60_000;
/** A county that is none of the example's. */
const ELSEWHERE = '650121101001';

/** What was done before the act: a sheet hung up, a window opened, days waited. */
export function prepare(list: PaperList, step: PlanStep, act: Act): void {
  if (step.kind === 'notice' && act.draft === undefined && act.of === undefined) {
    list.postNotice();
    if (act.objection !== undefined) object(list, act.objection);
    list.now = (list.state.notice?.endsAt ?? list.now) - (act.minutesEarly ?? 0) * MINUTE;
  }
  if (step.kind === 'registration') {
    list.now = Math.max(list.now, list.state.announcement?.endsAt ?? list.now);
    if (act.window === undefined) list.openWindow();
    if (act.window === 'county') list.openWindow('county');
  }
  list.now += (act.daysLater ?? 0) * DAY;
}

function object(list: PaperList, kind: NonNullable<Act['objection']>): void {
  const clerk = list.who(list.plan.listLevel, 'clerk');
  list.must(clerk, { type: 'raise-objection', kind: 'list', words: '反映情况', channel: '电话' });
  if (kind === 'open') return;
  const objectionId = list.state.objections.at(-1)?.id ?? '';
  list.must(list.reviewer(), {
    type: 'dispose-objection',
    objectionId,
    result: 'rejected',
    words: '已调查，不成立',
    investigators: ['钱支书'],
    evidence: { investigation: ['scan'] },
  });
}

/** The act that the example tries at the step where the list stands. */
export function actOf(list: PaperList, current: PlanStep, act: Act): LawfulAct {
  const step = list.plan.steps.find(({ key }) => key === (act.of ?? current.key));
  invariant(step !== undefined, `the chain has the step ${act.of ?? ''}`);
  const [lawful] = list.lawfulActs(step);
  invariant(lawful !== undefined, 'a step asks for an act');
  const body = bodyWith(list, step, lawful.body, act);
  const { reasons } = act;
  const papers = act.papers === 'none' && 'evidence' in body ? { evidence: {} } : {};
  return {
    actor: actorWith(list, lawful, act),
    body: { ...body, ...papers, ...(reasons !== undefined && { reasons }) } as CommandBody,
  };
}

function actorWith(list: PaperList, { actor }: LawfulAct, { by, elsewhere }: Act) {
  if (elsewhere === true) {
    const [held] = actor.duties;
    invariant(held !== undefined, 'who acts holds a duty');
    return person('外地人员', ELSEWHERE.slice(0, held.orgCode.length), held.duty);
  }
  return by === undefined ? actor : list.who(by.level, by.duty);
}

function bodyWith(list: PaperList, step: PlanStep, body: CommandBody, act: Act): CommandBody {
  const { contact } = act.draft ?? {};
  const sheet = contact === undefined ? {} : { contact };
  if (step.kind === 'notice' && act.draft !== undefined) return { type: 'draft-notice', ...sheet };
  if (step.kind === 'announcement') return { type: 'draft-announcement', ...sheet };
  if (body.type === 'hold-assembly' && act.meeting !== undefined) {
    return meetingWith(body, act.meeting);
  }
  if (body.type === 'certify') return opinionsWith(body, act);
  if (body.type === 'report' && act.report !== undefined) return reportWith(body, act.report);
  if (body.type === 'carry-registrations' && act.sameOperator === true) {
    return stampedByOne(list, body);
  }
  return body;
}

function meetingWith(body: Meeting, said: NonNullable<Act['meeting']>): CommandBody {
  const { meeting, votes } = body;
  const present = said.present ?? meeting.present;
  return {
    ...body,
    meeting: {
      ...meeting,
      entitled: said.entitled ?? meeting.entitled,
      present,
      comparisonReadOut: said.readOut ?? meeting.comparisonReadOut,
      workTeamPresent: said.workTeam === false ? [] : meeting.workTeamPresent,
    },
    votes: votes.map((vote) => ({ ...vote, for: present })),
  };
}

/** The same opinions in another department's name, on another's indicator, or failing without a word. */
function opinionsWith(
  body: Extract<CommandBody, { type: 'certify' }>,
  { department, indicator, failed }: Act,
): CommandBody {
  return {
    ...body,
    ...(department !== undefined && { department }),
    opinions: body.opinions.map((opinion) => ({
      ...opinion,
      ...(indicator !== undefined && { indicator }),
      ...(failed === true && { passed: false, words: '' }),
    })),
  };
}

function reportWith(
  body: Extract<CommandBody, { type: 'report' }>,
  { why, counts, nameList }: NonNullable<Act['report']>,
): CommandBody {
  const { [NAME_LIST]: named, ...rest } = body.evidence;
  const short = body.counts.map((each) => ({ ...each, households: each.households - 1 }));
  return {
    ...body,
    why: why ?? body.why,
    counts: counts === undefined ? body.counts : counts === 'none' ? [] : short,
    evidence: nameList === 'none' || named === undefined ? rest : body.evidence,
  };
}

/** Somebody with both duties enters and reviews the same household. */
function stampedByOne(
  list: PaperList,
  body: Extract<CommandBody, { type: 'carry-registrations' }>,
): CommandBody {
  const entries = body.entries.map((entry) => {
    const both = [entry.operatorId, entry.reviewerId].flatMap(
      (id) => list.people[id]?.duties ?? [],
    );
    const { reviewerId, reviewerName } = entry;
    const one = list.people[reviewerId];
    invariant(one !== undefined, 'who stamps is known');
    list.people = { ...list.people, [reviewerId]: { ...one, duties: both } };
    return { ...entry, operatorId: reviewerId, operatorName: reviewerName };
  });
  return { ...body, entries };
}
