/** Answers of the stand-in for pages beside a list: documents, comparison, clues, hand entries. */

/** The village whose clerk looks at the pages. */
export const VILLAGE = '530627101201';

/** Any file's hash. */
export const HASH = 'a'.repeat(64);

/** A refusal with everything that one may carry. */
export const REFUSAL = {
  code: 'G-03',
  words: '公示期还没有满，不能提前结束。',
  clause: '《云南省贫困对象动态管理工作方案》第三条',
  quote: '公示期不少于七天',
  missing: ['张贴照片'],
  whoClears: '村经办',
  earliestAt: '2020-09-09T00:00:00+08:00',
  cases: ['c-1'],
};

/** Pages beside the lists: documents, comparison, clues, hand entries. */
export const BESIDE = {
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
  'look-backs': {
    items: [
      {
        villageCode: '530627101002',
        villageName: '小湾村',
        exitYear: 2016,
        words: '2016年出列，现未脱贫21人，全村1000人，贫困发生率超过2%',
        clause: '关于做好动态管理工作的通知 一（一）2：“要进行回头看”',
        openedAt: '2020-09-01T09:00:00+08:00',
        finishedAt: null,
        outcome: null,
      },
    ],
    total: 1,
  },
  remedies: {
    total: 1,
    items: [
      {
        caseId: 'c-9',
        rosterId: 'r-1',
        villageCode: VILLAGE,
        villageName: '大湾村',
        headName: '毕学富',
        words: '毕学富户返贫原因为因学，不列入返贫，转为补短板事项',
        lacking: ['饮水安全', '收入低于标准'],
        openedAt: '2020-09-01T09:00:00+08:00',
        dueAt: null,
        overdue: false,
        finishedAt: null,
        outcome: null,
      },
    ],
  },
  screenings: {
    total: 1,
    items: [
      {
        id: 's-1',
        packId: 'xinwan-2022',
        villageCode: VILLAGE,
        villageName: '大湾村',
        householdId: 'h-1',
        headName: '李大山',
        screenedOn: '2020-08-30',
        finding: 'risk',
        findingWords: '有返贫致贫风险',
        risk: '住院自付六万元',
        measures: '申请大病救助',
        screeners: ['王村干'],
        followUp: 'monitored-household',
        dueAt: '2020-09-01T08:00:00+08:00',
        lateMs: 3_600_000,
        rosterId: null,
        alarmedAt: '2020-09-01T08:00:00+08:00',
      },
    ],
  },
  'screenings/rules': {
    items: [
      {
        packId: 'xinwan-2022',
        title: '第二轮集中排查',
        groups: ['其它特殊困难农户'],
        visitedBy: '2020-11-08',
        followedBy: '2020-11-15',
      },
    ],
  },
  'screenings/coverage': {
    items: [
      {
        packId: 'xinwan-2022',
        villageCode: VILLAGE,
        villageName: '大湾村',
        shall: 42,
        done: 17,
        dueAt: '2020-11-08T23:59:59+08:00',
        lateMs: 0,
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
