import type { Page } from 'playwright-core';
import type { CaseFacts } from '../../domain/facts/household-facts.ts';
import { invariant } from '../../domain/invariant.ts';
import type { ActorSnapshot } from '../../domain/kernel/actor.ts';
import { openRoster } from '../../domain/kernel/open.ts';
import type { RosterState } from '../../domain/kernel/state.ts';
import type { Plan } from '../../domain/plan/plan.ts';
import { trainingPlan } from '../policies/training-plan.ts';
import { BESIDE, HASH, REFUSAL, VILLAGE } from './stand-in-answers.ts';
import { OFFICE } from './stand-in-office.ts';
import { PAPER, sheetBodies } from './stand-in-sheets.ts';

const NOW = Date.parse('2020-09-01T09:00:00+08:00');

const CLERK: ActorSnapshot = {
  userId: 'u-1',
  name: '王村委',
  duties: [
    {
      orgCode: VILLAGE,
      level: 'village',
      orgName: '大湾村',
      duty: 'clerk',
      department: null,
      validFrom: '2020-01-01',
      validTo: null,
    },
    {
      orgCode: VILLAGE,
      level: 'village',
      orgName: '大湾村',
      duty: 'administrator',
      department: null,
      validFrom: '2020-01-01',
      validTo: null,
    },
    {
      orgCode: '530627',
      level: 'county',
      orgName: '镇雄县',
      duty: 'office',
      department: null,
      validFrom: '2020-01-01',
      validTo: null,
    },
  ],
  grants: [],
};

function factsOf(caseId: string): CaseFacts {
  return {
    caseId,
    subjectId: `h-${caseId}`,
    form: null,
    otherLiveCase: null,
    registry: {
      asOf: NOW,
      hash: HASH,
      householdNo: '5306271012010001',
      headName: '李大山',
      status: 'poor',
      identifiedYear: 2014,
      exitYear: null,
      attribute: 'ordinary',
      security: {
        food: true,
        clothing: true,
        water: true,
        education: true,
        medical: true,
        housing: true,
      },
      housingGrade: 'B',
      relocation: { listed: false, occupied: false },
      memberCount: 1,
      members: [],
    },
  };
}

function openedState(plan: Plan): RosterState {
  const ids = ['c-1', 'c-2', 'c-3'];
  const opened = openRoster({
    rosterId: 'r-1',
    plan,
    planHash: HASH,
    unitCode: VILLAGE,
    batch: 1,
    cases: ids.map((id) => ({ id, subjectId: `h-${id}`, groupId: 'g-1' })),
    at: NOW,
    receivedAt: NOW,
    actor: CLERK,
    facts: {
      cases: Object.fromEntries(ids.map((id) => [id, factsOf(id)])),
      files: [],
      chain: { village: VILLAGE, township: '530627101', county: '530627' },
      orgNames: {},
      windows: [],
      people: {},
      groups: [{ id: 'g-1', name: '一组' }],
      plans: {},
      ordinaryPoorOutside: 0,
      training: true,
    },
  });
  invariant(opened.ok, 'the stand-in list opens');
  return opened.state;
}

/** Where the stand-in list stands: the first step of a kind. */
export interface StandIn {
  readonly stepKind: string;
  readonly actionType: string;
}

function rosterBody({ stepKind }: StandIn) {
  const plan =
    stepKind === 'report'
      ? trainingPlan('hunan-2018', 'clear-household')
      : trainingPlan('zhenxiong-2020', 'household-exit');
  const stepIndex = plan.steps.findIndex(({ kind }) => kind === stepKind);
  const state = { ...openedState(plan), stepIndex };
  const names = ['李大山', '张桂花', '陈永福'];
  const subjects = state.cases.map(({ id }, index) => ({
    caseId: id,
    headName: names[index],
    groupName: '一组',
    memberCount: index + 2,
    formHash: index === 0 ? HASH : null,
  }));
  return {
    id: 'r-1',
    title: plan.title,
    unitName: '大湾村',
    countyCode: '530627',
    lateMs: 0,
    registrations: [],
    state,
    plan,
    subjects,
    groups: [{ id: 'g-1', name: '一组' }],
  };
}

function actionsBody({ actionType }: StandIn) {
  return {
    actions: [
      { type: actionType, words: '办理本环节', allowed: true, refusals: [], needs: [] },
      { type: 'close-notice', words: '结束公示', allowed: false, refusals: [REFUSAL], needs: [] },
    ],
  };
}

const ROW = {
  title: '镇雄县贫困户退出',
  procedure: 'household-exit',
  unitCode: VILLAGE,
  unitName: '大湾村',
  batch: 1,
  stepKey: 'village-notice',
  stepName: '村级公示',
  stepKind: 'notice',
  caseCount: 3,
  openCases: 3,
  blockedCases: 1,
  heads: ['李大山', '张桂花', '陈永福'],
  dueAt: '2020-08-29T00:00:00+08:00',
  lateMs: 4 * 86_400_000,
  restsUntil: '2020-09-09T00:00:00+08:00',
  suspended: false,
  closed: false,
};

const PLACE = {
  code: VILLAGE,
  name: '大湾村',
  level: 'village',
  total: 10,
  done: 4,
  lists: 1,
  late: 1,
};

function bodies(standIn: StandIn): Readonly<Record<string, unknown>> {
  const row = { ...ROW, id: 'r-1' };
  const facets = {
    steps: [{ key: ROW.stepKey, name: ROW.stepName, lists: 1 }],
    units: [{ code: VILLAGE, name: '大湾村', lists: 1 }],
  };
  return {
    ...BESIDE,
    ...OFFICE,
    session: {
      userId: CLERK.userId,
      name: CLERK.name,
      duties: CLERK.duties,
      mustChangePassword: false,
    },
    clock: { now: NOW, training: true, nextEventAt: null },
    inbox: {
      items: [{ ...ROW, rosterId: 'r-1', words: '办理村级公示' }],
      total: 1,
      late: 1,
      facets,
    },
    rosters: { items: [row], total: 1, late: 1 },
    'rosters/r-1': rosterBody(standIn),
    'rosters/r-1/why': actionsBody(standIn),
    ...sheetBodies,
    'cases/c-1/form': {
      form: null,
      registry: factsOf('c-1').registry,
      members: [
        { personNo: null, name: '李大山', idNumber: '53062719700101001X', relation: '户主' },
      ],
      headName: '李大山',
    },
    organisations: {
      items: [
        { code: '530627', parentCode: null, level: 'county', name: '镇雄县' },
        { code: VILLAGE, parentCode: '530627', level: 'village', name: '大湾村' },
      ],
    },
    households: {
      items: [
        {
          id: 'h-1',
          householdNo: null,
          headName: '李大山',
          groupName: '一组',
          memberCount: 3,
          status: 'poor',
          attribute: 'ordinary',
          live: [],
          monitored: null,
          monitoring: null,
        },
      ],
    },
    windows: { items: [] },
    progress: {
      path: [
        { code: '530627', name: '镇雄县' },
        { code: VILLAGE, name: '大湾村' },
      ],
      own: [PLACE],
      children: [PLACE],
      late: [row],
      desks: [
        {
          holder: VILLAGE,
          duty: 'clerk',
          words: '大湾村经办',
          people: ['王村委'],
          lists: 1,
          late: 1,
        },
      ],
    },
    'training/sign-ins': {
      password: 'training',
      people: [
        {
          signInName: '大湾村经办',
          displayName: '王村委',
          orgCode: VILLAGE,
          orgName: '大湾村',
          post: '经办',
        },
      ],
    },
    notifications: {
      items: [
        {
          id: 1,
          kind: 'reminder',
          kindWords: '提醒',
          words: '村级公示还有两天到期',
          rosterId: 'r-1',
          unitCode: VILLAGE,
          unitName: '大湾村',
          at: '2020-09-01T08:00:00+08:00',
          readAt: null,
        },
      ],
      unread: 1,
      next: null,
    },
    'rosters/r-1/hits': {
      items: [
        {
          caseId: 'c-1',
          department: '公安',
          dataOn: '2020-09-01',
          name: '李大山',
          relation: '户主',
          detail: '名下有三轮车',
        },
      ],
    },
    'rosters/r-1/events': {
      items: [
        {
          seq: 1,
          at: '2020-09-01T08:00:00+08:00',
          receivedAt: '2020-09-01T08:00:00+08:00',
          actorName: '徐红梅',
          late: null,
          proxy: null,
          warnings: [],
          body: { type: 'suspended', reason: '汛期停办', basis: '镇汛〔2020〕3号' },
        },
      ],
    },
    'rosters/r-1/signers': { granted: true, items: [] },
  };
}

/** Answers the page's reads with a village clerk's data, so that a page is seen without a system. */
export async function standInForApi(page: Page, standIn: StandIn): Promise<void> {
  const known = bodies(standIn);
  await page.route('**/api/v1/**', (route) => {
    const path = new URL(route.request().url()).pathname.replace('/api/v1/', '');
    if (path.endsWith('/paper')) return route.fulfill({ contentType: 'text/html', body: PAPER });
    const body = known[path];
    const status = body === undefined ? 404 : 200;
    const answer = body ?? { title: '没有找到', detail: path, refusals: [] };
    return route.fulfill({ status, json: answer });
  });
}
