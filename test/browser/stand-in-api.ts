import type { Page } from 'playwright-core';
import type { CaseFacts } from '../../domain/facts/household-facts.ts';
import { invariant } from '../../domain/invariant.ts';
import type { ActorSnapshot } from '../../domain/kernel/actor.ts';
import { openRoster } from '../../domain/kernel/open.ts';
import type { RosterState } from '../../domain/kernel/state.ts';
import type { Plan } from '../../domain/plan/plan.ts';
import { trainingPlan } from '../policies/training-plan.ts';

const VILLAGE = '530627101201';
const NOW = Date.parse('2020-09-01T09:00:00+08:00');
const HASH = 'a'.repeat(64);

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
  const plan = trainingPlan('zhenxiong-2020', 'household-exit');
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
  const groups = [{ id: 'g-1', name: '一组' }];
  const title = plan.title;
  const lateMs = 0;
  const registrations: never[] = [];
  return {
    id: 'r-1',
    title,
    unitName: '大湾村',
    lateMs,
    registrations,
    state,
    plan,
    subjects,
    groups,
  };
}

function actionsBody({ actionType }: StandIn) {
  const refusal = {
    code: 'G-03',
    words: '公示期还没有满，不能提前结束。',
    clause: '《云南省贫困对象动态管理工作方案》第三条',
    missing: ['张贴照片'],
    whoClears: '村经办',
    earliestAt: '2020-09-09T00:00:00+08:00',
    cases: ['c-1'],
  };
  return {
    actions: [
      { type: actionType, words: '办理本环节', allowed: true, refusals: [], needs: [] },
      { type: 'close-notice', words: '结束公示', allowed: false, refusals: [refusal], needs: [] },
    ],
  };
}

const ROW = {
  title: '镇雄县贫困户退出',
  unitName: '大湾村',
  stepName: '村级公示',
  caseCount: 3,
  dueAt: '2020-08-29T00:00:00+08:00',
  lateMs: 4 * 86_400_000,
};

function bodies(standIn: StandIn): Readonly<Record<string, unknown>> {
  const row = { ...ROW, id: 'r-1', batch: 1, closed: false };
  return {
    session: { userId: CLERK.userId, name: CLERK.name, duties: CLERK.duties },
    clock: { now: NOW, training: true, nextEventAt: null },
    inbox: { items: [{ ...ROW, rosterId: 'r-1', words: '办理村级公示' }] },
    rosters: { items: [row] },
    'rosters/r-1': rosterBody(standIn),
    'rosters/r-1/why': actionsBody(standIn),
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
    packs: {
      items: [
        {
          id: 'zhenxiong-2020',
          title: '镇雄县二〇二〇年度',
          areaCode: '530627',
          year: 2020,
          procedures: ['household-exit', 'identification'],
          unverified: [],
        },
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
        },
      ],
    },
    windows: { items: [] },
    progress: {
      items: [
        {
          unitCode: VILLAGE,
          unitName: '大湾村',
          procedure: 'household-exit',
          packId: 'zhenxiong-2020',
          total: 10,
          buckets: { assembly: 6, exited: 4 },
        },
      ],
      open: 1,
      late: [row],
      desks: [{ words: '大湾村经办', rosters: 1, late: 1 }],
    },
  };
}

/** Answers the page's reads with a village clerk's data, so that a page is seen without a system. */
export async function standInForApi(page: Page, standIn: StandIn): Promise<void> {
  const known = bodies(standIn);
  await page.route('**/api/v1/**', (route) => {
    const path = new URL(route.request().url()).pathname.replace('/api/v1/', '');
    const body = known[path];
    const status = body === undefined ? 404 : 200;
    const answer = body ?? { title: '没有找到', detail: path, refusals: [] };
    return route.fulfill({ status, json: answer });
  });
}
