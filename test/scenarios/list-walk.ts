/** 一份名单走下去 — one list walked over HTTP by the people whom the default naming rule gives. */
import { DUTY_WORDS, type Role } from '../../domain/kernel/actor.ts';
import type { CaseState, RosterState } from '../../domain/kernel/state.ts';
import type { Plan, PlanStep, ProcedureId } from '../../domain/plan/plan.ts';
import { formatInstant } from '../../domain/time/instant.ts';
import type { Answer } from './county-client.ts';
import { expectRefusal, expectStatus } from './expect-answer.ts';
import type { TrainingGround } from './training-ground.ts';
import { villageFormOf } from './village-form.ts';
import { type FormWish, visitFormOf } from './visit-form.ts';

/** Who is at which level, by the names of the organisations. */
export interface Places {
  readonly village: string;
  readonly township: string;
  readonly county: string;
  /** Only where the procedure goes that high. */
  readonly city?: string;
  readonly province?: string;
  readonly nation?: string;
}

/** What is asked of the API when a list is opened. */
export interface ListWish {
  readonly procedure: ProcedureId;
  readonly packId: string;
  readonly places: Places;
  readonly villageCode: string;
  /** Who is to be found, as the API is asked for them; those whom the procedure lists, unless given. */
  readonly query?: string;
  /** Names of the heads to be listed; all who may be, unless given. */
  readonly heads?: readonly string[];
  /** 村 to be listed by a township; the one of the places, unless given. */
  readonly villageCodes?: readonly string[];
}

interface CaseView {
  readonly id: string;
  readonly headName: string;
  readonly status: string;
  readonly outcome: string | null;
  readonly blocks: readonly string[];
}

/** The parts of a list's page that walks read. */
export interface RosterView {
  readonly open: boolean;
  readonly stepKey: string;
  readonly lateMs: number;
  readonly dueAt: string | null;
  readonly cases: readonly CaseView[];
  readonly groups: readonly { readonly id: string; readonly name: string }[];
  readonly notice: { readonly endsAt: string | null; readonly words: string | null } | null;
  readonly announcement: { readonly endsAt: string | null } | null;
  readonly objections: readonly { readonly id: string; readonly kind: string }[];
  readonly state: RosterState;
  readonly plan: Plan;
}

/** Whom a procedure lists, as the API is asked for them. */
const LISTED: Readonly<Record<ProcedureId, readonly string[]>> = {
  'household-exit': ['status=poor'],
  identification: ['status=unregistered'],
  'return-to-poverty': ['status=exited'],
  'monitored-household': ['status=exited', 'status=unregistered'],
  'risk-elimination': ['monitoring=standing'],
  'elimination-rollback': ['monitoring=eliminated'],
  'monitoring-clearance': ['monitoring=standing'],
  'clear-household': ['status=poor'],
  'prior-years-rollback': ['status=exited'],
  'stable-exit-rollback': ['status=stably-exited'],
  'clear-person': ['status=poor'],
  'supplement-person': ['status=poor'],
  'adjust-new-household': ['status=poor'],
  'natural-change': ['status=poor', 'status=exited'],
  'village-exit': [],
  'function-opening': [],
};

/** 一份名单. */
export class ListWalk {
  readonly ground: TrainingGround;
  readonly wish: ListWish;
  readonly id: string;
  readonly photo: string;

  private constructor(ground: TrainingGround, wish: ListWish, id: string, photo: string) {
    this.ground = ground;
    this.wish = wish;
    this.id = id;
    this.photo = photo;
  }

  /** Asks for the list; the answer of the API, whatever it is. */
  static async ask(ground: TrainingGround, wish: ListWish): Promise<Answer> {
    const { places, villageCode, procedure, packId, heads } = wish;
    if (procedure === 'village-exit') {
      const body = { procedure, packId, unitCode: villageCode.slice(0, 9) };
      const { villageCodes = [villageCode] } = wish;
      const clerk = `${places.township}经办`;
      return ground.county.call(clerk, 'POST', '/rosters', { ...body, villageCodes });
    }
    const queries = wish.query === undefined ? LISTED[procedure] : [wish.query];
    const clerk = `${places.village}经办`;
    const items: { id: string; headName: string }[] = [];
    for (const query of queries) {
      const path = `/households?village=${villageCode}&${query}`;
      const found = await ground.county.call(clerk, 'GET', path);
      items.push(...(found.json['items'] as unknown as { id: string; headName: string }[]));
    }
    const listed = items.filter(({ headName }) => heads?.includes(headName) ?? true);
    const householdIds = listed.map(({ id }) => id);
    const body = { procedure, packId, unitCode: villageCode, householdIds };
    return ground.county.call(clerk, 'POST', '/rosters', body);
  }

  /** Opens a list. */
  static async open(ground: TrainingGround, wish: ListWish): Promise<ListWalk> {
    const answer = await ListWalk.ask(ground, wish);
    expectStatus(answer, 201);
    return ListWalk.resume(ground, wish, String(answer.json['id']));
  }

  /** Goes on with a list that is there. */
  static async resume(ground: TrainingGround, wish: ListWish, id: string): Promise<ListWalk> {
    const place = wish.procedure === 'village-exit' ? 'township' : 'village';
    const photo = await ground.county.photo(`${wish.places[place]}经办`, '演练附件');
    return new ListWalk(ground, wish, id, photo);
  }

  /** Sign-in name of whoever holds a role over the list. */
  who({ level, duty }: Role): string {
    return `${this.wish.places[level] ?? ''}${DUTY_WORDS[duty]}`;
  }

  get clerk(): string {
    const level = this.wish.procedure === 'village-exit' ? 'township' : 'village';
    return this.who({ level, duty: 'clerk' });
  }

  async view(): Promise<RosterView> {
    const answer = await this.ground.county.call(this.clerk, 'GET', `/rosters/${this.id}`);
    expectStatus(answer, 200);
    return answer.json as unknown as RosterView;
  }

  /** The step at which the list stands, with who acts in it. */
  async step(): Promise<{ view: RosterView; step: PlanStep; actor: string }> {
    const view = await this.view();
    const step = view.plan.steps.find(({ key }) => key === view.stepKey);
    const [role] = step?.by ?? [];
    if (step === undefined || role === undefined) throw new Error(`no step ${view.stepKey}`);
    return { view, step, actor: this.who(role) };
  }

  /** A command; the answer of the API, whatever it is. */
  send(who: string, body: object): Promise<Answer> {
    return this.ground.county.command(who, this.id, body);
  }

  /** A command that the rules take. */
  async act(who: string, body: object): Promise<void> {
    expectStatus(await this.send(who, body), 200, body);
  }

  /** A command that the rules refuse by this code; its problem. */
  async refused(who: string, body: object, code: string): Promise<Answer['json']> {
    const answer = await this.send(who, body);
    expectRefusal(answer, code);
    return answer.json;
  }

  /** Papers for everything that the step asks for. */
  evidence(step: PlanStep): Record<string, readonly string[]> {
    return Object.fromEntries(step.evidence.map(({ key }) => [key, [this.photo]]));
  }

  /** Cases still on the list. */
  async live(): Promise<readonly CaseState[]> {
    const { state } = await this.view();
    return state.cases.filter(({ status }) => status === 'on-list' || status === 'blocked');
  }

  /** Id of the case of a head. */
  async caseOf(headName: string): Promise<string> {
    const { cases } = await this.view();
    const found = cases.find((item) => item.headName === headName);
    if (found === undefined) throw new Error(`${headName} is not on the list`);
    return found.id;
  }

  /** Saves the form of a case; its hash. */
  async saveForm(caseId: string, wish: FormWish = {}): Promise<string> {
    const { county } = this.ground;
    const { plan } = await this.view();
    if (plan.subject === 'village') return this.saveVillageForm(caseId);
    const known = await county.call(this.clerk, 'GET', `/cases/${caseId}/form`);
    const on = formatInstant(await this.ground.now()).slice(0, 10);
    const { procedure } = this.wish;
    const form = visitFormOf({ plan, procedure, known: known.json, on, scan: this.photo }, wish);
    const saved = await county.call(this.clerk, 'PUT', `/cases/${caseId}/form`, form);
    expectStatus(saved, 200);
    return String(saved.json['hash']);
  }

  /** Saves the form of a village, everything met unless said otherwise; its hash. */
  async saveVillageForm(caseId: string, change: object = {}): Promise<string> {
    const { plan } = await this.view();
    const on = formatInstant(await this.ground.now()).slice(0, 10);
    const form = { ...villageFormOf(plan, on, this.photo), ...change };
    const path = `/cases/${caseId}/village-form`;
    const saved = await this.ground.county.call(this.clerk, 'PUT', path, form);
    expectStatus(saved, 200);
    return String(saved.json['hash']);
  }

  /** 评议 of the village, or of one group. */
  async meetingOf(group: string | null, change: object = {}): Promise<object> {
    const { step } = await this.step();
    const live = await this.live();
    const cases = live.filter((item) => group === null || item.groupId === group);
    const basis = step.kind === 'assembly' ? step.quorum.bases[0]?.key : '';
    const meeting = {
      heldAt: await this.ground.now(),
      place: '村委会',
      chair: '王主任',
      recorder: '李文书',
      basis,
      entitled: 30,
      present: 25,
      proxies: [],
      workTeamPresent: ['赵队员'],
      kinship: [],
      comparisonReadOut: step.kind === 'assembly' && step.readOut !== null,
      ...change,
    };
    const votes = cases.map(({ id }) => ({ caseId: id, for: 25, against: 0, abstain: 0 }));
    return { type: 'hold-assembly', group, meeting, votes, evidence: this.evidence(step) };
  }

  /** The clock moves to the next thing that happens. */
  nextEvent(): Promise<string> {
    return this.ground.advance({ to: 'next-event' });
  }

  /** 申请 of 登记 by operator and reviewer; what each answered. */
  async register(caseId: string): Promise<Answer> {
    const { county } = this.ground;
    const { plan } = await this.view();
    const step = plan.steps.find(({ kind }) => kind === 'registration');
    if (step?.kind !== 'registration') throw new Error('the plan registers');
    const operator = this.who(atCounty(step.by));
    const reviewer = this.who(atCounty(step.reviewers));
    const path = `/cases/${caseId}/registration`;
    // Entered before and refused at the confirmation: then it waits, and 409 says so.
    await county.call(operator, 'POST', `${path}/enter`);
    return county.call(reviewer, 'POST', `${path}/confirm`);
  }

  /** 开放功能 by the county's office. */
  async openWindow(functionKey: string): Promise<void> {
    const office = this.who({ level: 'county', duty: 'office' });
    const unitCode = this.wish.villageCode.slice(0, 6);
    const body = { functionKey, unitCode, documentNo: '演练开通1号' };
    const answer = await this.ground.county.call(office, 'POST', '/windows', body);
    expectStatus(answer, 201);
  }

  /** Status and outcome of every head, once the registry has answered for all on the list. */
  async outcomes(): Promise<Record<string, string>> {
    const { cases } = await this.view();
    return Object.fromEntries(
      cases.map(({ headName, status, outcome }) => [
        headName,
        outcome === null ? status : `${status} ${outcome}`,
      ]),
    );
  }
}

/** The county's of several levels that may enter or confirm, else the one that the plan names. */
function atCounty(roles: readonly Role[]): Role {
  const role = roles.find(({ level }) => level === 'county') ?? roles[0];
  if (role === undefined) throw new Error('somebody registers');
  return role;
}
