/** 纸上的名单 — a real plan, invented people, no engine and no database: a list walked step by step. */
import type { CaseFacts } from '../../domain/facts/household-facts.ts';
import type { MonitoringScale } from '../../domain/facts/monitoring.ts';
import { invariant } from '../../domain/invariant.ts';
import type { ActorSnapshot, Duty } from '../../domain/kernel/actor.ts';
import type { CommandBody } from '../../domain/kernel/command.ts';
import { type Child, type Decision, decide } from '../../domain/kernel/decide.ts';
import type { Facts } from '../../domain/kernel/facts.ts';
import { openRoster } from '../../domain/kernel/open.ts';
import { activeCases, type RosterState } from '../../domain/kernel/state.ts';
import { NAME_LIST } from '../../domain/kernel/steps/report.ts';
import type { OrgLevel } from '../../domain/organisation/org-code.ts';
import type { AssemblyStep, Plan, PlanStep } from '../../domain/plan/plan.ts';
import type { FrozenSheet } from '../../domain/sheet/posted-sheet.ts';
import { plainDate, plainDateAt } from '../../domain/time/instant.ts';
import { digestOf } from '../plan-hash.ts';
import type { LawfulAct, NewCase } from './paper-act.ts';
import { paperCounty } from './paper-county.ts';
import { paperHousehold } from './paper-household.ts';
import { paperMeeting } from './paper-meeting.ts';
import { at, person } from './paper-people.ts';
import { certifiedBy, paperVillage } from './paper-village.ts';

const DAY = 86_400_000;

const GROUPS = ['一', '二'].map((word, index) => ({ id: `g${index + 1}`, name: `${word}组` }));

const PAPERS = { household: paperHousehold, village: paperVillage, county: paperCounty } as const;

const DOCUMENT_NO = '领导小组〔示例〕60号';

/** 一份名单 in the making; every command goes through `decide`. */
export class PaperList {
  readonly plan: Plan;
  readonly village: string;
  judge: typeof decide = decide;
  state: RosterState;
  now: number;
  children: Child[] = [];
  caseFacts: Record<string, CaseFacts> = {};
  windows: Facts['windows'] = [];
  people: Record<string, ActorSnapshot> = {};
  plans: Facts['plans'] = {};
  ordinaryPoorOutside = 0;
  monitoringScale: MonitoringScale = { registered: 1000, monitored: 10 };
  files: string[] = ['scan', 'photo'];
  sheets: FrozenSheet[] = [];

  constructor(
    plan: Plan,
    start: string,
    options: { cases?: number; over?: Partial<CaseFacts> } = {},
  ) {
    this.plan = plan;
    this.village = `${plan.areaCode}101001`;
    this.now = at(start);
    const cases = Array.from({ length: options.cases ?? 2 }, (_, index) => ({
      id: `c${index + 1}`,
      subjectId: `h${index + 1}`,
      groupId: `g${(index % 2) + 1}`,
    }));
    for (const item of cases) this.caseFacts[item.id] = this.household(item.id, options.over);
    const opened = this.open(cases);
    invariant(opened.ok, JSON.stringify(opened));
    this.state = opened.state;
  }

  /** 发起 of a list of these cases by the clerk of its level, now and with the facts as they are. */
  open(cases: readonly NewCase[], actor = this.who(this.plan.listLevel, 'clerk')): Decision {
    return openRoster({
      rosterId: 'list-1',
      plan: this.plan,
      planHash: 'plan-1',
      unitCode: this.code(this.plan.listLevel),
      batch: 1,
      cases,
      at: this.now,
      receivedAt: this.now,
      actor,
      facts: this.facts(),
    });
  }

  /** Facts under which the plan's guards hold. */
  household(caseId: string, over: Partial<CaseFacts> = {}): CaseFacts {
    const visitedOn = plainDate(`${this.plan.year}-09-01`);
    const paper = PAPERS[this.plan.subject ?? 'household'];
    return { ...paper(this.plan, caseId, visitedOn, this.now), ...over };
  }

  code(level: OrgLevel): string {
    const length = { village: 12, township: 9, county: 6, city: 4, province: 2, nation: 1 }[level];
    return level === 'nation' ? '0' : this.village.slice(0, length);
  }

  who(level: OrgLevel, duty: Duty, department: string | null = null): ActorSnapshot {
    return person(`${level}-${duty}${department ?? ''}`, this.code(level), duty, department);
  }

  facts(): Facts {
    const all: OrgLevel[] = ['village', 'township', 'county', 'city', 'province', 'nation'];
    const levels = all.slice(all.indexOf(this.plan.listLevel));
    return {
      cases: this.caseFacts,
      files: this.files,
      chain: Object.fromEntries(levels.map((level) => [level, this.code(level)])),
      orgNames: {},
      windows: this.windows,
      people: this.people,
      groups: GROUPS,
      plans: this.plans,
      ordinaryPoorOutside: this.ordinaryPoorOutside,
      monitoringScale: this.monitoringScale,
      training: false,
    };
  }

  get step(): string {
    if (this.state.closedAt !== null) return 'closed';
    return this.plan.steps[this.state.stepIndex]?.key ?? '';
  }

  /** Judges a command now; an accepted one moves the list. */
  send(actor: ActorSnapshot, body: CommandBody): Decision {
    const { plan, state } = this;
    const command = { id: `k${state.seq}`, actor, receivedAt: this.now, body };
    const known = { facts: this.facts(), sheetHash: digestOf };
    const decision = this.judge({ plan, state, command, ...known });
    if (decision.ok) {
      this.sheets.push(...decision.sheets);
      this.state = decision.state;
      this.children.push(...decision.children);
    }
    return decision;
  }

  /** As `send`, for commands that the story expects to be taken. */
  must(actor: ActorSnapshot, body: CommandBody): Decision {
    const decision = this.send(actor, body);
    invariant(decision.ok, `${body.type} at ${this.step}: ${JSON.stringify(decision)}`);
    return decision;
  }

  days(count: number): void {
    this.now += count * DAY;
  }

  minutes(count: number): void {
    this.now += count * 60_000;
  }

  /** Papers for every requirement of the current step. */
  papers(): Record<string, string[]> {
    const step = this.plan.steps[this.state.stepIndex];
    return Object.fromEntries((step?.evidence ?? []).map((use) => [use.key, ['scan']]));
  }

  meeting(over: Record<string, unknown> = {}, step = this.plan.steps[this.state.stepIndex]) {
    invariant(step?.kind === 'assembly', 'the list stands at an assembly');
    return { ...paperMeeting(step, this.now), ...over };
  }

  /** Holds whatever assembly the step asks for, everybody in favour. */
  assemble(): void {
    invariant(this.plan.steps[this.state.stepIndex]?.kind === 'assembly', 'at an assembly');
    for (const { actor, body } of this.lawfulActs()) this.must(actor, body);
  }

  /** Drafts and posts the notice of the current step at every place; the period starts now. */
  postNotice(): void {
    const step = this.plan.steps[this.state.stepIndex];
    invariant(step?.kind === 'notice', 'the list stands at a notice');
    const role = step.by[0];
    invariant(role !== undefined, 'a step has a role');
    this.must(this.who(role.level, role.duty), { type: 'draft-notice' });
    for (const place of step.places) {
      const poster = step.posters[0] ?? role;
      this.must(this.who(poster.level, poster.duty), {
        type: 'post-notice',
        place: place.key,
        proof: 'photo',
      });
    }
  }

  closeNotice(): Decision {
    const role = this.plan.steps[this.state.stepIndex]?.by[0];
    invariant(role !== undefined, 'a step has a role');
    return this.send(this.who(role.level, role.duty), {
      type: 'close-notice',
      evidence: this.papers(),
    });
  }

  compare(hit: readonly string[] = []): void {
    const step = this.plan.steps.find((item) => item.kind === 'comparison');
    invariant(step?.kind === 'comparison', 'the plan compares');
    const caseIds = activeCases(this.state).map((item) => item.id);
    this.must(this.who('county', 'clerk'), { type: 'request-comparison', batchId: 'b1', caseIds });
    for (const department of step.departments) {
      const results = caseIds.map((caseId) => ({
        caseId,
        hit: hit.includes(caseId) && department === step.departments[0],
      }));
      this.must(this.who('county', 'department', department), {
        type: 'receive-comparison',
        batchId: 'b1',
        department,
        receiptId: `r-${department}`,
        dataOn: plainDateAt(this.now),
        results,
      });
    }
  }

  reviewer() {
    const role = this.plan.steps[this.state.stepIndex]?.by[0];
    invariant(role !== undefined, 'a step has a role');
    return this.who(role.level, role.duty);
  }

  pass(over: Partial<Extract<CommandBody, { type: 'review' }>> = {}): Decision {
    const [act] = this.lawfulActs();
    invariant(act !== undefined, 'a review or a decision is one act');
    const { type } = act.body;
    return this.send(act.actor, { ...act.body, ...over, type } as CommandBody);
  }

  announce(): void {
    const step = this.plan.steps[this.state.stepIndex];
    invariant(step?.kind === 'announcement', 'the list stands at an announcement');
    this.must(this.reviewer(), { type: 'draft-announcement' });
    for (const place of step.places) {
      const poster = step.posters[0];
      invariant(poster !== undefined, 'somebody posts');
      this.must(this.who(poster.level, poster.duty), {
        type: 'post-announcement',
        place: place.key,
        proof: 'photo',
      });
    }
  }

  openWindow(level?: OrgLevel): void {
    const step = this.plan.steps.find((item) => item.kind === 'registration');
    invariant(step?.kind === 'registration', 'the plan registers');
    const unitCode = this.code(level ?? step.windowLevel);
    this.windows = [
      { id: 'w1', functionKey: step.functionKey, unitCode, opensAt: 0, closesAt: null },
    ];
  }

  entryOf(caseId: string, over: Record<string, unknown> = {}) {
    const operator = this.registrant('by', 'registry-operator');
    const reviewer = this.registrant('reviewers', 'entry-reviewer');
    for (const each of [operator, reviewer]) this.people = { ...this.people, [each.userId]: each };
    return {
      caseId,
      operatorId: operator.userId,
      operatorName: operator.name,
      operatorAt: this.now,
      reviewerId: reviewer.userId,
      reviewerName: reviewer.name,
      reviewerAt: this.now,
      ...over,
    };
  }

  /** Who enters or confirms: the county's where the plan lets it, else the level that the plan names. */
  private registrant(side: 'by' | 'reviewers', duty: Duty): ActorSnapshot {
    const step = this.plan.steps.find((item) => item.kind === 'registration');
    const roles = step?.kind === 'registration' ? step[side] : [];
    const role = roles.find(({ level }) => level === 'county') ?? roles[0];
    return this.who(role?.level ?? 'county', duty);
  }

  carry(caseIds: readonly string[], over: Record<string, unknown> = {}): Decision {
    const entries = caseIds.map((caseId) => this.entryOf(caseId, over));
    return this.send(this.registrant('reviewers', 'entry-reviewer'), {
      type: 'carry-registrations',
      entries,
    });
  }

  /** Does what the current step asks for in the plainest lawful way, until `key` or the end. */
  walkTo(key: string): void {
    for (let moves = 0; this.step !== key && this.step !== 'closed'; moves += 1) {
      invariant(moves < 30, `the walk to ${key} ends; stuck at ${this.step}`);
      this.walkStep();
      this.minutes(10);
    }
  }

  private walkStep(): void {
    switch (this.plan.steps[this.state.stepIndex]?.kind) {
      case 'comparison':
        return this.compare();
      case 'notice':
        this.postNotice();
        this.now = this.state.notice?.endsAt ?? this.now;
        return invariant(this.closeNotice().ok, 'a notice that has run out closes');
      case 'announcement':
        return this.announce();
      case 'registration':
        return this.register();
      default:
        for (const { actor, body } of this.lawfulActs()) this.must(actor, body);
    }
  }

  /** 合规的办法 — what somebody with the duty does, in one go, to close this step of the plan. */
  lawfulActs(step: PlanStep | undefined = this.plan.steps[this.state.stepIndex]): LawfulAct[] {
    invariant(step !== undefined, 'the list is open');
    const [role] = step.by;
    invariant(role !== undefined, 'a step is somebody’s');
    const actor = this.who(role.level, role.duty);
    const open = activeCases(this.state);
    const evidence = Object.fromEntries(step.evidence.map((use) => [use.key, ['scan']]));
    const entries = open.map(({ id }) => ({ caseId: id, formHash: `form-${id}` }));
    const passing = { opinion: '同意', refuse: [], answers: [], acceptLate: [], evidence };
    const paper = { documentNo: DOCUMENT_NO, documentOn: plainDateAt(this.now), evidence };
    const act = (body: CommandBody): LawfulAct[] => [{ actor, body }];
    switch (step.kind) {
      case 'collect':
        return act({ type: 'record-collection', entries, evidence });
      case 'assembly':
        return this.meetings(step).map((body) => ({ actor, body: { ...body, evidence } }));
      case 'verification': {
        const signers = step.signers.map((each) => ({ role: each, name: '签字人' }));
        return act({ type: 'verify', entries, signers, evidence });
      }
      case 'acceptance': {
        const accepted = { type: 'record-acceptance', accepted: true, signer: '户主' } as const;
        return open.flatMap(({ id: caseId }) =>
          step.parties.flatMap(({ key: party }) => act({ ...accepted, caseId, party, evidence })),
        );
      }
      case 'comparison': {
        const caseIds = open.map(({ id }) => id);
        return act({ type: 'request-comparison', batchId: 'b1', caseIds });
      }
      case 'certification':
        return certifiedBy(step, open, this.now).map((body) => ({
          actor: this.who('county', 'department', body.department),
          body: { ...body, evidence },
        }));
      case 'notice':
        return act({ type: 'close-notice', evidence });
      case 'review':
        return act({ type: 'review', ...passing });
      case 'decision':
        return act({ type: 'decide', ...passing, ...paper });
      case 'report': {
        const counts = [{ countyCode: this.code('county'), households: open.length }];
        const named = step.nameList ? { ...evidence, [NAME_LIST]: ['scan'] } : evidence;
        return act({ type: 'report', ...paper, why: '识别错误', counts, evidence: named });
      }
      case 'opening':
        return act({ type: 'open-functions', ...paper, opensAt: null, closesAt: null });
      case 'announcement':
        return act({ type: 'draft-announcement' });
      case 'registration': {
        const stamped = open.map((item) => this.entryOf(item.id));
        const reviewer = this.registrant('reviewers', 'entry-reviewer');
        return [{ actor: reviewer, body: { type: 'carry-registrations', entries: stamped } }];
      }
      case 'inspection': {
        const findings = [{ caseId: 'c1', problem: false, words: '' }];
        return act({ type: 'inspect', findings, evidence });
      }
    }
  }

  private meetings(step: AssemblyStep) {
    const open = activeCases(this.state);
    const groups = step.per === 'village' ? [null] : [...new Set(open.map((item) => item.groupId))];
    return groups.map((group) => {
      const votes = open
        .filter((item) => group === null || item.groupId === group)
        .map((item) => ({ caseId: item.id, for: 20, against: 0, abstain: 0 }));
      return { type: 'hold-assembly', group, meeting: this.meeting({}, step), votes } as const;
    });
  }

  private register(): void {
    this.openWindow();
    this.now = Math.max(this.now, this.state.announcement?.endsAt ?? this.now);
    const caseIds = activeCases(this.state).map((item) => item.id);
    const sent = this.carry(caseIds);
    invariant(sent.ok, JSON.stringify(sent));
    const effectId = this.state.effects.at(-1)?.id ?? '';
    const system = { userId: 'system', name: '系统', duties: [], grants: [] };
    const answers = caseIds.map((caseId) => ({
      caseId,
      result: 'accepted' as const,
      registryNo: `no-${caseId}`,
    }));
    this.must(system, { type: 'report-registrations', effectId, answers });
  }
}
