import type { Page } from 'playwright-core';
import type { CaseFacts } from '../../domain/facts/household-facts.ts';
import { invariant } from '../../domain/invariant.ts';
import type { ActorSnapshot } from '../../domain/kernel/actor.ts';
import { openRoster } from '../../domain/kernel/open.ts';
import type { RosterState } from '../../domain/kernel/state.ts';
import type { Plan } from '../../domain/plan/plan.ts';
import { trainingPlan } from '../policies/training-plan.ts';
import { PAPER, sheetBodies } from './stand-in-sheets.ts';

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
  return {
    id: 'r-1',
    title: plan.title,
    unitName: '大湾村',
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

const REFUSAL = {
  code: 'G-03',
  words: '公示期还没有满，不能提前结束。',
  clause: '《云南省贫困对象动态管理工作方案》第三条',
  quote: '公示期不少于七天',
  missing: ['张贴照片'],
  whoClears: '村经办',
  earliestAt: '2020-09-09T00:00:00+08:00',
  cases: ['c-1'],
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

/** Pages beside the lists: documents, comparison, clues, hand entries. */
const BESIDE = {
  acts: {
    total: 1,
    items: [
      {
        id: 'a-1',
        kind: 'decision',
        title: '关于审定脱贫户的通知',
        documentNo: '镇扶组字〔2020〕60号',
        documentOn: '2020-09-01',
        issuerName: '镇雄县',
        signerName: '王审定',
        signedAt: '2020-09-01T09:00:00+08:00',
        lists: 3,
        applied: 1,
        refused: 1,
        pending: 1,
      },
    ],
  },
  'acts/a-1': {
    id: 'a-1',
    kind: 'decision',
    title: '关于审定脱贫户的通知',
    documentNo: '镇扶组字〔2020〕60号',
    documentOn: '2020-09-01',
    opinion: '同意',
    issuerCode: '530627',
    signedBy: 'u-9',
    signedAt: '2020-09-01T09:00:00+08:00',
    contentHash: HASH,
    targets: [
      {
        rosterId: 'r-1',
        title: '大湾村名单',
        caseIds: ['c-1'],
        state: 'refused',
        words: '不予受理',
        refusals: [REFUSAL],
      },
      {
        rosterId: 'r-2',
        title: '河坝村名单',
        caseIds: ['c-2'],
        state: 'pending',
        words: '待办理',
        refusals: [],
      },
    ],
  },
  clues: {
    total: 1,
    items: [
      {
        id: 'o-1',
        villageCode: VILLAGE,
        villageName: '大湾村',
        rosterId: 'r-1',
        words: '周大明：住危房，没有评上',
        raisedAt: '2020-09-01T09:00:00+08:00',
        dueAt: '2020-09-08T00:00:00+08:00',
        lateMs: 0,
        closedAt: null,
        outcome: null,
      },
    ],
  },
  worklist: {
    total: 1,
    items: [
      {
        entryId: 'e-1',
        rosterId: 'r-1',
        caseId: 'c-1',
        unitName: '大湾村',
        headName: '李大山',
        groupName: '一组',
        functionKey: 'mark-exit',
        waitsFor: 'operator',
        entered: null,
        disputes: ['系统中没有这一户'],
      },
    ],
  },
  'comparison-batches': {
    items: [
      {
        id: 'b-1',
        countyCode: '530627',
        procedure: 'identification',
        title: '2020年数据比对',
        departments: ['公安', '住建'],
        createdAt: '2020-09-01T09:00:00+08:00',
        persons: 12,
        cases: 4,
        receipts: [
          {
            department: '公安',
            dataOn: '2020-09-01',
            validUntil: '2020-11-30T24:00:00+08:00',
            returnedAt: '2020-09-02T09:00:00+08:00',
          },
        ],
        waitingFor: ['住建'],
      },
    ],
  },
};

function bodies(standIn: StandIn): Readonly<Record<string, unknown>> {
  const row = { ...ROW, id: 'r-1' };
  const facets = {
    steps: [{ key: ROW.stepKey, name: ROW.stepName, lists: 1 }],
    units: [{ code: VILLAGE, name: '大湾村', lists: 1 }],
  };
  return {
    ...BESIDE,
    session: { userId: CLERK.userId, name: CLERK.name, duties: CLERK.duties },
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
