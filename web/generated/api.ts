/** Written by `npm run api:types` from the schemas of the routes; do not edit. */

/** 接口答复, by method and path. */
export interface Answers {
  /** 登录；连续失败五次锁定十分钟 */
  readonly 'POST /session': {
    readonly userId: string;
    readonly name: string;
    readonly mustChangePassword: boolean;
    readonly duties: readonly {
      readonly orgCode: string;
      readonly level: string;
      readonly orgName: string;
      readonly duty: string;
      readonly department: string | null;
      readonly validFrom: string;
      readonly validTo: string | null;
      readonly words: string;
    }[];
  };
  /** 当前用户和岗位 */
  readonly 'GET /session': {
    readonly userId: string;
    readonly name: string;
    readonly mustChangePassword: boolean;
    readonly duties: readonly {
      readonly orgCode: string;
      readonly level: string;
      readonly orgName: string;
      readonly duty: string;
      readonly department: string | null;
      readonly validFrom: string;
      readonly validTo: string | null;
      readonly words: string;
    }[];
  };
  /** 退出登录 */
  readonly 'DELETE /session': { readonly ok: boolean };
  /** 修改口令（新口令至少八位）；本人在别处的登录随即失效 */
  readonly 'PUT /session/password': { readonly ok: boolean };
  /** 演练模式下可选的身份和共同的口令；正式模式下为空 */
  readonly 'GET /training/sign-ins': {
    readonly password: string | null;
    readonly people: readonly {
      readonly signInName: string;
      readonly displayName: string;
      readonly orgCode: string;
      readonly orgName: string;
      readonly post: string;
    }[];
  };
  /** 等您办理的名单，最急的在前，分页；可按单位、环节、逾期筛选 */
  readonly 'GET /inbox': {
    readonly items: readonly {
      readonly title: string;
      readonly procedure: string;
      readonly unitCode: string;
      readonly unitName: string;
      readonly batch: number;
      readonly stepKey: string;
      readonly stepName: string;
      readonly stepKind: string;
      readonly caseCount: number;
      readonly openCases: number;
      readonly blockedCases: number;
      readonly heads: readonly string[];
      readonly dueAt: string | null;
      readonly lateMs: number;
      readonly restsUntil: string | null;
      readonly suspended: boolean;
      readonly closed: boolean;
      readonly rosterId: string;
      readonly words: string;
    }[];
    readonly total: number;
    readonly late: number;
    readonly facets: {
      readonly steps: readonly {
        readonly key: string;
        readonly name: string;
        readonly lists: number;
      }[];
      readonly units: readonly {
        readonly code: string;
        readonly name: string;
        readonly lists: number;
      }[];
    };
  };
  /** 已过时限的名单，最迟的在前，分页 */
  readonly 'GET /overdue': {
    readonly items: readonly {
      readonly id: string;
      readonly title: string;
      readonly procedure: string;
      readonly unitCode: string;
      readonly unitName: string;
      readonly batch: number;
      readonly stepKey: string;
      readonly stepName: string;
      readonly stepKind: string;
      readonly caseCount: number;
      readonly openCases: number;
      readonly blockedCases: number;
      readonly heads: readonly string[];
      readonly dueAt: string | null;
      readonly lateMs: number;
      readonly restsUntil: string | null;
      readonly suspended: boolean;
      readonly closed: boolean;
    }[];
    readonly total: number;
  };
  /** 一个单位的应办、已办，谁误期，压在谁手里，以及它的下级各自如何 */
  readonly 'GET /progress': {
    readonly path: readonly { readonly code: string; readonly name: string }[];
    readonly own: readonly {
      readonly code: string;
      readonly name: string;
      readonly level: string;
      readonly total: number;
      readonly done: number;
      readonly lists: number;
      readonly late: number;
    }[];
    readonly children: readonly {
      readonly code: string;
      readonly name: string;
      readonly level: string;
      readonly total: number;
      readonly done: number;
      readonly lists: number;
      readonly late: number;
    }[];
    readonly desks: readonly {
      readonly holder: string;
      readonly duty: string;
      readonly words: string;
      readonly people: readonly string[];
      readonly lists: number;
      readonly late: number;
    }[];
    readonly late: readonly {
      readonly id: string;
      readonly title: string;
      readonly procedure: string;
      readonly unitCode: string;
      readonly unitName: string;
      readonly batch: number;
      readonly stepKey: string;
      readonly stepName: string;
      readonly stepKind: string;
      readonly caseCount: number;
      readonly openCases: number;
      readonly blockedCases: number;
      readonly heads: readonly string[];
      readonly dueAt: string | null;
      readonly lateMs: number;
      readonly restsUntil: string | null;
      readonly suspended: boolean;
      readonly closed: boolean;
    }[];
  };
  /** 管辖范围内的名单，最急的在前，分页；可按单位、环节、逾期、压在谁手里筛选 */
  readonly 'GET /rosters': {
    readonly items: readonly {
      readonly id: string;
      readonly title: string;
      readonly procedure: string;
      readonly unitCode: string;
      readonly unitName: string;
      readonly batch: number;
      readonly stepKey: string;
      readonly stepName: string;
      readonly stepKind: string;
      readonly caseCount: number;
      readonly openCases: number;
      readonly blockedCases: number;
      readonly heads: readonly string[];
      readonly dueAt: string | null;
      readonly lateMs: number;
      readonly restsUntil: string | null;
      readonly suspended: boolean;
      readonly closed: boolean;
    }[];
    readonly total: number;
    readonly late: number;
  };
  /** 发起名单 */
  readonly 'POST /rosters': { readonly id: string };
  /** 一个名单：环节、办件、公示、异议、补登 */
  readonly 'GET /rosters/:rosterId': Readonly<Record<string, unknown>>;
  /** 为什么不能推进：每件可办之事，能不能办，为什么 */
  readonly 'GET /rosters/:rosterId/why': {
    readonly actions: readonly {
      readonly type: string;
      readonly words: string;
      readonly allowed: boolean;
      readonly refusals: readonly {
        readonly code: string;
        readonly words: string;
        readonly clause: string | null;
        readonly quote: string | null;
        readonly missing: readonly string[];
        readonly whoClears: string | null;
        readonly earliestAt: string | null;
        readonly cases: readonly string[];
      }[];
      readonly needs: readonly string[];
    }[];
  };
  /** 办理经过，先发生的在前；可以只要最近几条 */
  readonly 'GET /rosters/:rosterId/events': {
    readonly items: readonly Readonly<Record<string, unknown>>[];
  };
  /** 保存贫困村退出申报表；每次保存是新的一版，办结环节时按校验值引用 */
  readonly 'PUT /cases/:caseId/village-form': { readonly hash: string; readonly version: number };
  /** 最近一版申报表，以及系统中该村的未脱贫人数、户数和没有办结的脱贫退出 */
  readonly 'GET /cases/:caseId/village-form': Readonly<Record<string, unknown>>;
  /** 预览：现在定稿会得到的公示表、公告表或更正表，和不能张贴的原因；不改变任何内容 */
  readonly 'POST /rosters/:rosterId/sheets/preview': {
    readonly hash: string;
    readonly sheet: Readonly<Record<string, unknown>>;
    readonly refusals: readonly {
      readonly code: string;
      readonly words: string;
      readonly clause: string | null;
      readonly quote: string | null;
      readonly missing: readonly string[];
      readonly whoClears: string | null;
      readonly earliestAt: string | null;
      readonly cases: readonly string[];
    }[];
    readonly paper: string;
  };
  /** 名单已定稿的公示表、更正表和公告表，先定稿的在前 */
  readonly 'GET /rosters/:rosterId/sheets': {
    readonly items: readonly {
      readonly hash: string;
      readonly kind: string;
      readonly title: string;
      readonly subtitle: string;
      readonly code: string;
      readonly statusWords: string;
      readonly draftedAt: string;
      readonly postings: readonly { readonly place: string; readonly postedAt: string }[];
      readonly periodWords: string | null;
    }[];
  };
  /** 一份定稿的内容，核对码和张贴情况 */
  readonly 'GET /rosters/:rosterId/sheets/:hash': {
    readonly hash: string;
    readonly kind: string;
    readonly title: string;
    readonly subtitle: string;
    readonly code: string;
    readonly statusWords: string;
    readonly draftedAt: string;
    readonly postings: readonly { readonly place: string; readonly postedAt: string }[];
    readonly periodWords: string | null;
    readonly sheet: Readonly<Record<string, unknown>>;
  };
  /** 一份定稿的打印页（A4，自带样式） */
  readonly 'GET /rosters/:rosterId/sheets/:hash/paper': unknown;
  /** 核对：纸上二维码与登记是否一致 */
  readonly 'GET /sheets/check': {
    readonly agrees: boolean;
    readonly words: string;
    readonly rosterId: string | null;
    readonly sheet: Readonly<Record<string, unknown>> | null;
  };
  /** 给您的通知，最新的在前；附未读数 */
  readonly 'GET /notifications': {
    readonly items: readonly {
      readonly id: number;
      readonly kind: 'reminder' | 'escalation' | 'nudge' | 'vacancy';
      readonly kindWords: string;
      readonly words: string;
      readonly rosterId: string | null;
      readonly unitCode: string;
      readonly unitName: string;
      readonly at: string;
      readonly readAt: string | null;
    }[];
    readonly unread: number;
    readonly next: number | null;
  };
  /** 标记已读；不列编号即全部已读 */
  readonly 'POST /notifications/read': { readonly marked: number };
  /** 本名单的提醒、升级和催办：何时，通知了谁 */
  readonly 'GET /rosters/:rosterId/reminders': {
    readonly items: readonly {
      readonly kind: 'reminder' | 'escalation' | 'nudge';
      readonly kindWords: string;
      readonly words: string;
      readonly at: string;
      readonly dueAt: string | null;
      readonly receiptWords: string | null;
      readonly told: readonly { readonly words: string; readonly people: number }[];
    }[];
  };
  /** 催办：上级催当前经办人，同一环节每日一次 */
  readonly 'POST /rosters/:rosterId/nudges': { readonly people: number };
  /** 管辖范围内的空岗：有名单等待、却没有人在岗的岗位 */
  readonly 'GET /vacancies': {
    readonly items: readonly {
      readonly orgCode: string;
      readonly orgName: string;
      readonly words: string;
      readonly since: string;
      readonly toldName: string | null;
    }[];
  };
  /** 谁应在何时前办什么：即将到期、逾期、严重逾期，最急的在前 */
  readonly 'GET /deadlines': {
    readonly items: readonly {
      readonly rosterId: string;
      readonly title: string;
      readonly procedure: string;
      readonly unitCode: string;
      readonly unitName: string;
      readonly who: string;
      readonly stepKey: string;
      readonly stepName: string;
      readonly dueAt: string;
      readonly lateMs: number;
      readonly grade: 'long-overdue' | 'overdue' | 'due-soon';
      readonly gradeWords: string;
      readonly openCases: number;
      readonly suspended: boolean;
    }[];
    readonly counts: Readonly<Record<string, number>>;
    readonly next: string | null;
  };
  /** 名单变动（server-sent events）：ready 表示开始接收，应重新读取；roster 为 {rosterId, seq}；只含管辖范围内的名单 */
  readonly 'GET /events': string;
  /** 对名单办理一件事；200 已生效，202 已收到尚未生效，409 不予受理 */
  readonly 'POST /rosters/:rosterId/commands': {
    readonly outcome: Readonly<Record<string, unknown>>;
    readonly roster: Readonly<Record<string, unknown>>;
  };
  /** 指令的处理结果 */
  readonly 'GET /commands/:commandId': Readonly<Record<string, unknown>>;
  /** 有代录授权的人可以代录哪些签字人的纸质材料；没有授权的为空 */
  readonly 'GET /rosters/:rosterId/signers': {
    readonly granted: boolean;
    readonly items: readonly {
      readonly userId: string;
      readonly name: string;
      readonly words: string;
    }[];
  };
  /** 管辖范围内的漏评线索，最急的在前，分页；异议处理后线索办结 */
  readonly 'GET /clues': {
    readonly total: number;
    readonly items: readonly {
      readonly id: string;
      readonly villageCode: string;
      readonly villageName: string;
      readonly rosterId: string | null;
      readonly words: string;
      readonly raisedAt: string;
      readonly dueAt: string | null;
      readonly lateMs: number;
      readonly closedAt: string | null;
      readonly outcome: string | null;
    }[];
  };
  /** 管辖范围内的补短板事项，未办结的在前，分页 */
  readonly 'GET /remedies': {
    readonly total: number;
    readonly items: readonly {
      readonly caseId: string;
      readonly rosterId: string;
      readonly villageCode: string;
      readonly villageName: string;
      readonly headName: string;
      readonly words: string;
      readonly lacking: readonly string[];
      readonly openedAt: string;
      readonly dueAt: string | null;
      readonly overdue: boolean;
      readonly finishedAt: string | null;
      readonly outcome: string | null;
    }[];
  };
  /** 办结一件补短板事项：写明补了什么，附证明材料 */
  readonly 'POST /remedies/:caseId/finish': {
    readonly caseId: string;
    readonly finishedAt: string;
  };
  /** 一个村适用的集中排查：重点群体和时限 */
  readonly 'GET /screenings/rules': {
    readonly items: readonly {
      readonly packId: string;
      readonly title: string;
      readonly groups: readonly string[];
      readonly visitedBy: string;
      readonly followedBy: string;
    }[];
  };
  /** 登记一户的入户排查表；发现问题的须立案，期限内没有立案的报警（应纳未纳） */
  readonly 'POST /screenings': {
    readonly id: string;
    readonly followUp: string | null;
    readonly dueAt: string | null;
  };
  /** 管辖范围内的排查记录，应立案未立案的最急的在前，分页 */
  readonly 'GET /screenings': {
    readonly total: number;
    readonly items: readonly {
      readonly id: string;
      readonly packId: string;
      readonly villageCode: string;
      readonly villageName: string;
      readonly householdId: string;
      readonly headName: string;
      readonly screenedOn: string;
      readonly finding: 'none' | 'risk' | 'unsteady' | 'misidentified';
      readonly findingWords: string;
      readonly risk: string;
      readonly measures: string;
      readonly screeners: readonly string[];
      readonly followUp: string | null;
      readonly dueAt: string | null;
      readonly lateMs: number;
      readonly rosterId: string | null;
      readonly alarmedAt: string | null;
    }[];
  };
  /** 管辖范围内各村脱贫户和监测户应排查、已排查 */
  readonly 'GET /screenings/coverage': {
    readonly items: readonly {
      readonly packId: string;
      readonly villageCode: string;
      readonly villageName: string;
      readonly shall: number;
      readonly done: number;
      readonly dueAt: string | null;
      readonly lateMs: number;
    }[];
  };
  /** 签发审核或审定文书，并逐份名单执行；每份名单已生效、不予受理或待办理 */
  readonly 'POST /acts': {
    readonly id: string;
    readonly kind: string;
    readonly title: string;
    readonly documentNo: string | null;
    readonly documentOn: string | null;
    readonly opinion: string;
    readonly issuerCode: string;
    readonly signedBy: string;
    readonly signedAt: string;
    readonly contentHash: string;
    readonly targets: readonly {
      readonly rosterId: string;
      readonly title: string;
      readonly caseIds: readonly string[];
      readonly state: 'applied' | 'refused' | 'pending';
      readonly words: string;
      readonly refusals: readonly {
        readonly code: string;
        readonly words: string;
        readonly clause: string | null;
        readonly quote: string | null;
        readonly missing: readonly string[];
        readonly whoClears: string | null;
        readonly earliestAt: string | null;
        readonly cases: readonly string[];
      }[];
    }[];
  };
  /** 管辖范围内的文书，最近的在前，分页；各有多少份名单已生效、不予受理、待办理 */
  readonly 'GET /acts': {
    readonly items: readonly {
      readonly id: string;
      readonly kind: string;
      readonly title: string;
      readonly documentNo: string | null;
      readonly documentOn: string | null;
      readonly issuerName: string;
      readonly signerName: string;
      readonly signedAt: string;
      readonly lists: number;
      readonly applied: number;
      readonly refused: number;
      readonly pending: number;
    }[];
    readonly total: number;
  };
  /** 继续执行文书中待办理的名单；由签发人办理 */
  readonly 'POST /acts/:actId/apply': {
    readonly id: string;
    readonly kind: string;
    readonly title: string;
    readonly documentNo: string | null;
    readonly documentOn: string | null;
    readonly opinion: string;
    readonly issuerCode: string;
    readonly signedBy: string;
    readonly signedAt: string;
    readonly contentHash: string;
    readonly targets: readonly {
      readonly rosterId: string;
      readonly title: string;
      readonly caseIds: readonly string[];
      readonly state: 'applied' | 'refused' | 'pending';
      readonly words: string;
      readonly refusals: readonly {
        readonly code: string;
        readonly words: string;
        readonly clause: string | null;
        readonly quote: string | null;
        readonly missing: readonly string[];
        readonly whoClears: string | null;
        readonly earliestAt: string | null;
        readonly cases: readonly string[];
      }[];
    }[];
  };
  /** 文书及其在各名单上的办理结果 */
  readonly 'GET /acts/:actId': {
    readonly id: string;
    readonly kind: string;
    readonly title: string;
    readonly documentNo: string | null;
    readonly documentOn: string | null;
    readonly opinion: string;
    readonly issuerCode: string;
    readonly signedBy: string;
    readonly signedAt: string;
    readonly contentHash: string;
    readonly targets: readonly {
      readonly rosterId: string;
      readonly title: string;
      readonly caseIds: readonly string[];
      readonly state: 'applied' | 'refused' | 'pending';
      readonly words: string;
      readonly refusals: readonly {
        readonly code: string;
        readonly words: string;
        readonly clause: string | null;
        readonly quote: string | null;
        readonly missing: readonly string[];
        readonly whoClears: string | null;
        readonly earliestAt: string | null;
        readonly cases: readonly string[];
      }[];
    }[];
  };
  /** 保存采集表或核实表；每次保存是新的一版，办结环节时按校验值引用 */
  readonly 'PUT /cases/:caseId/form': { readonly hash: string; readonly version: number };
  /** 最近一版表；还没有时给出登记系统中的成员和指标，供填表时核对；完整证件号码须另行指明；留查阅记录 */
  readonly 'GET /cases/:caseId/form': Readonly<Record<string, unknown>>;
  /** 录入人逐户登记；再次提交得到同样的答复 */
  readonly 'POST /cases/:caseId/registration/enter': {
    readonly caseId: string;
    readonly effectNo: number;
  };
  /** 复核人逐户确认，随即送登记系统；复核人不能是录入人；再次提交得到同样的答复 */
  readonly 'POST /cases/:caseId/registration/confirm': Readonly<Record<string, unknown>>;
  /** 人工录入工作单：管辖范围内待录入、待复核的户，先到的在前 */
  readonly 'GET /worklist': {
    readonly items: readonly {
      readonly entryId: string;
      readonly rosterId: string;
      readonly caseId: string;
      readonly unitName: string;
      readonly headName: string;
      readonly groupName: string;
      readonly functionKey: string;
      readonly waitsFor: 'operator' | 'reviewer';
      readonly entered: {
        readonly result: 'accepted' | 'refused';
        readonly registryNo: string | null;
        readonly receiptNo: string | null;
        readonly words: string | null;
        readonly enteredAt: string | null;
      } | null;
      readonly disputes: readonly string[];
    }[];
    readonly total: number;
  };
  /** 一户要录入的内容，供录入人照填、复核人核对；完整证件号码须另行指明；留查阅记录 */
  readonly 'GET /worklist/:entryId': {
    readonly write:
      | { readonly functionKey: 'mark-exit'; readonly householdNo: string; readonly year: number }
      | {
          readonly functionKey: 'mark-return';
          readonly householdNo: string;
          readonly year: number;
          readonly cause: string;
        }
      | {
          readonly functionKey: 'mark-monitored';
          readonly subject:
            | string
            | {
                readonly villageCode: string;
                readonly naturalVillage: string | null;
                readonly groupName: string | null;
                readonly phone: string | null;
                readonly attribute: 'ordinary' | 'dibao' | 'destitute';
                readonly supportMode: 'central' | 'dispersed' | null;
                readonly standard: string | null;
                readonly cause: string | null;
                readonly security: {
                  readonly food: boolean | null;
                  readonly clothing: boolean | null;
                  readonly water: boolean | null;
                  readonly education: boolean | null;
                  readonly medical: boolean | null;
                  readonly housing: boolean | null;
                };
                readonly housingGrade: 'A' | 'B' | 'C' | 'D' | null;
                readonly relocation: { readonly listed: boolean; readonly occupied: boolean };
                readonly income: {
                  readonly wage: number;
                  readonly business: number;
                  readonly property: number;
                  readonly transfer: {
                    readonly wubao: number;
                    readonly pension: number;
                    readonly ecology: number;
                    readonly dibao: number;
                    readonly familyPlanning: number;
                    readonly other: number;
                  };
                  readonly businessCost: number;
                };
                readonly members: readonly {
                  readonly personNo: string | null;
                  readonly name: string;
                  readonly idNumber: string;
                  readonly relation: string;
                  readonly details: Readonly<Record<string, string>>;
                }[];
              };
          readonly year: number;
          readonly class: 'unstable' | 'edge' | 'sudden';
          readonly since: string;
          readonly risks: readonly string[];
        }
      | {
          readonly functionKey: 'mark-elimination';
          readonly householdNo: string;
          readonly year: number;
          readonly since: string;
          readonly eliminatedOn: string;
          readonly way: 'helped' | 'natural';
        }
      | {
          readonly functionKey: 'rollback-elimination';
          readonly householdNo: string;
          readonly year: number;
          readonly since: string;
          readonly eliminatedOn: string;
          readonly on: string;
          readonly cause: string;
        }
      | {
          readonly functionKey: 'clear-monitored';
          readonly householdNo: string;
          readonly year: number;
          readonly since: string;
          readonly on: string;
          readonly cause: string;
        }
      | {
          readonly functionKey: 'mark-village-exit';
          readonly villageCode: string;
          readonly year: number;
        }
      | {
          readonly functionKey: 'clear-household' | 'rollback-prior-years' | 'rollback-stable-exit';
          readonly householdNo: string;
          readonly year: number;
          readonly cause: string;
        }
      | {
          readonly functionKey:
            | 'change-members'
            | 'clear-person'
            | 'supplement-person'
            | 'adjust-new-household';
          readonly householdNo: string;
          readonly year: number;
          readonly changes: readonly {
            readonly kind: 'increase' | 'decrease' | 'correct';
            readonly reason: string;
            readonly on: string;
            readonly personNo: string | null;
            readonly name: string;
            readonly idNumber: string;
            readonly relation: string;
          }[];
          readonly newHead: { readonly name: string; readonly idNumber: string } | null;
        }
      | {
          readonly functionKey: 'enrol-household';
          readonly household: {
            readonly villageCode: string;
            readonly naturalVillage: string | null;
            readonly groupName: string | null;
            readonly phone: string | null;
            readonly attribute: 'ordinary' | 'dibao' | 'destitute';
            readonly supportMode: 'central' | 'dispersed' | null;
            readonly standard: string | null;
            readonly cause: string | null;
            readonly security: {
              readonly food: boolean | null;
              readonly clothing: boolean | null;
              readonly water: boolean | null;
              readonly education: boolean | null;
              readonly medical: boolean | null;
              readonly housing: boolean | null;
            };
            readonly housingGrade: 'A' | 'B' | 'C' | 'D' | null;
            readonly relocation: { readonly listed: boolean; readonly occupied: boolean };
            readonly income: {
              readonly wage: number;
              readonly business: number;
              readonly property: number;
              readonly transfer: {
                readonly wubao: number;
                readonly pension: number;
                readonly ecology: number;
                readonly dibao: number;
                readonly familyPlanning: number;
                readonly other: number;
              };
              readonly businessCost: number;
            };
            readonly members: readonly {
              readonly personNo: string | null;
              readonly name: string;
              readonly idNumber: string;
              readonly relation: string;
              readonly details: Readonly<Record<string, string>>;
            }[];
          };
          readonly year: number;
        };
  };
  /** 录入人登记：已在全国系统中录入，或系统不接受及其提示 */
  readonly 'POST /worklist/:entryId/enter': { readonly ok: boolean };
  /** 复核人在全国系统中查对：一致即生效，不一致退回录入人 */
  readonly 'POST /worklist/:entryId/check': { readonly ok: boolean };
  /** 上传全国系统导出的花名册（xlsx），与本系统的录入逐户核对；不改变任何内容 */
  readonly 'POST /roll-comparisons': {
    readonly households: number;
    readonly matched: number;
    readonly contradicting: readonly {
      readonly entryId: string;
      readonly rosterId: string;
      readonly unitName: string;
      readonly headName: string;
      readonly words: string;
    }[];
    readonly open: readonly {
      readonly entryId: string;
      readonly rosterId: string;
      readonly unitName: string;
      readonly headName: string;
      readonly words: string;
    }[];
  };
  /** 一个村的农户（不含证件号码、电话） */
  readonly 'GET /households': {
    readonly items: readonly {
      readonly id: string;
      readonly householdNo: string | null;
      readonly headName: string;
      readonly groupName: string;
      readonly memberCount: number;
      readonly status: string;
      readonly attribute: string;
      readonly monitored: 'unstable' | 'edge' | 'sudden' | null;
      readonly monitoring: 'standing' | 'eliminated' | 'cleared' | null;
      readonly live: readonly string[];
    }[];
  };
  /** 一个乡镇的村：是否贫困村、是否出列、未脱贫人数 */
  readonly 'GET /villages': {
    readonly items: readonly {
      readonly villageCode: string;
      readonly name: string;
      readonly status: 'poor-village' | 'exited-village' | 'ordinary-village';
      readonly exitYear: number | null;
      readonly poorPersons: number;
      readonly poorHouseholds: number;
      readonly openExitCases: number;
      readonly live: readonly string[];
    }[];
  };
  /** 管辖范围内须“回头看”的已出列村，由系统自动列出，分页 */
  readonly 'GET /look-backs': {
    readonly total: number;
    readonly items: readonly {
      readonly villageCode: string;
      readonly villageName: string;
      readonly exitYear: number;
      readonly words: string;
      readonly clause: string;
      readonly openedAt: string;
      readonly finishedAt: string | null;
      readonly outcome: string | null;
    }[];
  };
  /** 办结回头看：贫困发生率已降到上限以内，写明做了什么，附证明材料 */
  readonly 'POST /look-backs/:villageCode/finish': {
    readonly villageCode: string;
    readonly finishedAt: string;
  };
  /** 上传花名册（xlsx）并预览，不写入任何一户；县、乡镇经办或录入办理 */
  readonly 'POST /imports': {
    readonly importId: string;
    readonly summary: {
      readonly villages: number;
      readonly households: number;
      readonly members: number;
      readonly years: readonly string[];
    };
    readonly changes: {
      readonly households: {
        readonly created: number;
        readonly changed: number;
        readonly unchanged: number;
      };
      readonly members: {
        readonly created: number;
        readonly changed: number;
        readonly unchanged: number;
      };
      readonly movedHouseholds: readonly {
        readonly householdNo: string;
        readonly fromVillage: string;
        readonly toVillage: string;
      }[];
      readonly movedMembers: readonly {
        readonly personNo: string;
        readonly name: string;
        readonly fromHouseholdNo: string | null;
        readonly toHouseholdNo: string;
      }[];
      readonly vanishedMembers: readonly {
        readonly personNo: string;
        readonly name: string;
        readonly householdNo: string;
      }[];
      readonly vanishedHouseholds: readonly string[];
      readonly adoptedApplicants: readonly string[];
    };
    readonly errors: readonly {
      readonly sheet: string;
      readonly row: number;
      readonly column: string;
      readonly code: string;
      readonly words: string;
    }[];
    readonly suspects: readonly {
      readonly sheet: string;
      readonly row: number;
      readonly column: string;
      readonly code: string;
      readonly words: string;
    }[];
    readonly appliedAt: string | null;
  };
  /** 导入预览，以及是否已经导入 */
  readonly 'GET /imports/:importId': {
    readonly importId: string;
    readonly summary: {
      readonly villages: number;
      readonly households: number;
      readonly members: number;
      readonly years: readonly string[];
    };
    readonly changes: {
      readonly households: {
        readonly created: number;
        readonly changed: number;
        readonly unchanged: number;
      };
      readonly members: {
        readonly created: number;
        readonly changed: number;
        readonly unchanged: number;
      };
      readonly movedHouseholds: readonly {
        readonly householdNo: string;
        readonly fromVillage: string;
        readonly toVillage: string;
      }[];
      readonly movedMembers: readonly {
        readonly personNo: string;
        readonly name: string;
        readonly fromHouseholdNo: string | null;
        readonly toHouseholdNo: string;
      }[];
      readonly vanishedMembers: readonly {
        readonly personNo: string;
        readonly name: string;
        readonly householdNo: string;
      }[];
      readonly vanishedHouseholds: readonly string[];
      readonly adoptedApplicants: readonly string[];
    };
    readonly errors: readonly {
      readonly sheet: string;
      readonly row: number;
      readonly column: string;
      readonly code: string;
      readonly words: string;
    }[];
    readonly suspects: readonly {
      readonly sheet: string;
      readonly row: number;
      readonly column: string;
      readonly code: string;
      readonly words: string;
    }[];
    readonly appliedAt: string | null;
  };
  /** 执行导入：全部入库或一户不入；重复执行不改变任何内容 */
  readonly 'POST /imports/:importId/apply': {
    readonly repeated: boolean;
    readonly changes: {
      readonly households: {
        readonly created: number;
        readonly changed: number;
        readonly unchanged: number;
      };
      readonly members: {
        readonly created: number;
        readonly changed: number;
        readonly unchanged: number;
      };
      readonly movedHouseholds: readonly {
        readonly householdNo: string;
        readonly fromVillage: string;
        readonly toVillage: string;
      }[];
      readonly movedMembers: readonly {
        readonly personNo: string;
        readonly name: string;
        readonly fromHouseholdNo: string | null;
        readonly toHouseholdNo: string;
      }[];
      readonly vanishedMembers: readonly {
        readonly personNo: string;
        readonly name: string;
        readonly householdNo: string;
      }[];
      readonly vanishedHouseholds: readonly string[];
      readonly adoptedApplicants: readonly string[];
    };
  };
  /** 对全县待比对的办件提请部门比对 */
  readonly 'POST /comparison-batches': {
    readonly id: string;
    readonly persons: number;
    readonly parts: readonly {
      readonly rosterId: string;
      readonly unitCode: string;
      readonly kind: string;
      readonly refusals: readonly {
        readonly code: string;
        readonly words: string;
        readonly clause: string | null;
        readonly quote: string | null;
        readonly missing: readonly string[];
        readonly whoClears: string | null;
        readonly earliestAt: string | null;
        readonly cases: readonly string[];
      }[];
    }[];
  };
  /** 比对批次：哪些部门已反馈，还等谁 */
  readonly 'GET /comparison-batches': {
    readonly items: readonly {
      readonly id: string;
      readonly countyCode: string;
      readonly procedure: string;
      readonly title: string;
      readonly departments: readonly string[];
      readonly createdAt: string;
      readonly persons: number;
      readonly cases: number;
      readonly receipts: readonly {
        readonly department: string;
        readonly dataOn: string;
        readonly validUntil: string;
        readonly returnedAt: string;
      }[];
      readonly waitingFor: readonly string[];
    }[];
  };
  /** 部门反馈结果（JSON 或 xlsx）；有一行对不上就全部不入库 */
  readonly 'POST /comparison-batches/:batchId/results': {
    readonly receiptId: string;
    readonly matched: number;
    readonly hits: number;
    readonly parts: readonly {
      readonly rosterId: string;
      readonly unitCode: string;
      readonly kind: string;
      readonly refusals: readonly {
        readonly code: string;
        readonly words: string;
        readonly clause: string | null;
        readonly quote: string | null;
        readonly missing: readonly string[];
        readonly whoClears: string | null;
        readonly earliestAt: string | null;
        readonly cases: readonly string[];
      }[];
    }[];
  };
  /** 一个批次要比对的人员；完整证件号码须另行指明；留查阅记录 */
  readonly 'GET /comparison-batches/:batchId/persons': {
    readonly items: readonly {
      readonly no: number;
      readonly caseId: string;
      readonly rosterId: string;
      readonly name: string;
      readonly idNumber: string;
      readonly relation: string;
    }[];
  };
  /** 请部门比对的表（xlsx）；填好“比中”后原样反馈；留查阅记录 */
  readonly 'GET /comparison-batches/:batchId/file': unknown;
  /** 名单上的比对疑点：哪个部门、比中谁、比中什么；以各部门最近一次反馈为准；留查阅记录 */
  readonly 'GET /rosters/:rosterId/hits': {
    readonly items: readonly {
      readonly caseId: string;
      readonly department: string;
      readonly dataOn: string;
      readonly name: string;
      readonly relation: string;
      readonly detail: string;
    }[];
  };
  /** 管辖范围内及上级开放的功能窗口 */
  readonly 'GET /windows': {
    readonly items: readonly {
      readonly id: string;
      readonly functionKey: string;
      readonly functionName: string;
      readonly unitCode: string;
      readonly unitName: string;
      readonly opensAt: string;
      readonly closesAt: string | null;
      readonly documentNo: string;
      readonly applicationId: string | null;
      readonly open: boolean;
    }[];
  };
  /** 开放一项功能 */
  readonly 'POST /windows': {
    readonly id: string;
    readonly functionKey: string;
    readonly functionName: string;
    readonly unitCode: string;
    readonly unitName: string;
    readonly opensAt: string;
    readonly closesAt: string | null;
    readonly documentNo: string;
    readonly applicationId: string | null;
    readonly open: boolean;
  };
  /** 关闭一项功能 */
  readonly 'POST /windows/:windowId/close': {
    readonly id: string;
    readonly functionKey: string;
    readonly functionName: string;
    readonly unitCode: string;
    readonly unitName: string;
    readonly opensAt: string;
    readonly closesAt: string | null;
    readonly documentNo: string;
    readonly applicationId: string | null;
    readonly open: boolean;
  };
  /** 业务时间和下一事项的时间 */
  readonly 'GET /clock': {
    readonly now: number;
    readonly iso: string;
    readonly training: boolean;
    readonly nextEventAt: number | null;
  };
  /** 演练模式下把业务时间向前拨，到期的事项依次发生 */
  readonly 'POST /clock/advance': {
    readonly now: number;
    readonly iso: string;
    readonly training: boolean;
    readonly nextEventAt: number | null;
  };
  /** 演练模式下清空全部数据，载入一个场景（YAML 或 JSON）；所有人须重新登录 */
  readonly 'POST /scenario': {
    readonly title: string;
    readonly now: string;
    readonly packId: string;
    readonly villages: readonly {
      readonly code: string;
      readonly name: string;
      readonly households: number;
      readonly applicants: number;
    }[];
    readonly people: readonly {
      readonly name: string;
      readonly password: string;
      readonly words: string;
    }[];
    readonly unconfirmed: readonly { readonly path: string; readonly words: string }[];
  };
  /** 上传照片或扫描件（JPEG、PNG、PDF，不超过 10 MB） */
  readonly 'POST /files': {
    readonly hash: string;
    readonly mediaType: string;
    readonly size: number;
  };
  /** 查看附件：上传人，或附件所在名单管辖范围内的人；留查阅记录 */
  readonly 'GET /files/:hash': unknown;
  /** 管辖范围内今天存在的组织 */
  readonly 'GET /organisations': {
    readonly items: readonly {
      readonly code: string;
      readonly parentCode: string | null;
      readonly level: string;
      readonly name: string;
    }[];
  };
  /** 适用于管辖范围的规则包，哪些值未核实、谁核定过 */
  readonly 'GET /packs': {
    readonly items: readonly {
      readonly id: string;
      readonly title: string;
      readonly areaCode: string;
      readonly year: number;
      readonly procedures: readonly string[];
      readonly unverified: readonly {
        readonly path: string;
        readonly words: string;
        readonly kind:
          | 'fen'
          | 'count'
          | 'fraction'
          | 'period'
          | 'dates'
          | 'yes-no'
          | 'income-counts'
          | 'grades'
          | 'attributes'
          | 'standards'
          | 'indicators'
          | 'names'
          | 'order';
        readonly suggested: unknown;
        readonly clause: {
          readonly document: string;
          readonly article: string;
          readonly quote: string;
          readonly source: string;
          readonly verified: boolean;
        } | null;
      }[];
      readonly confirmations: readonly {
        readonly areaCode: string;
        readonly path: string;
        readonly value: unknown;
        readonly documentNo: string;
        readonly documentOn: string;
        readonly confirmedBy: string;
        readonly confirmedByName: string;
        readonly confirmedAt: string;
      }[];
    }[];
  };
  /** 领导小组办公室凭文件核定一个未核实的值 */
  readonly 'POST /packs/:packId/confirmations': {
    readonly areaCode: string;
    readonly path: string;
    readonly value: unknown;
    readonly documentNo: string;
    readonly documentOn: string;
    readonly confirmedBy: string;
    readonly confirmedByName: string;
    readonly confirmedAt: string;
  };
  /** 试装规则包文本：检查结果、与现行版本的不同、对在办名单的影响；不改动任何数据 */
  readonly 'POST /administration/pack-previews': {
    readonly pack: {
      readonly id: string;
      readonly title: string;
      readonly version: number;
      readonly digest: string;
      readonly areaCode: string;
      readonly year: number | null;
    };
    readonly present: {
      readonly id: string;
      readonly title: string;
      readonly version: number;
      readonly digest: string;
      readonly areaCode: string;
      readonly year: number | null;
    } | null;
    readonly isSame: boolean;
    readonly refusals: readonly {
      readonly code: string;
      readonly words: string;
      readonly clause: string | null;
      readonly quote: string | null;
      readonly missing: readonly string[];
      readonly whoClears: string | null;
      readonly earliestAt: string | null;
      readonly cases: readonly string[];
    }[];
    readonly findings: readonly {
      readonly packId: string;
      readonly path: string;
      readonly code: string;
      readonly words: string;
    }[];
    readonly conflicts: readonly {
      readonly kind: 'lineage' | 'siblings' | 'confirmation';
      readonly areaCode: string;
      readonly procedure: string | null;
      readonly where: string;
      readonly what: string;
      readonly sides: readonly {
        readonly by: string;
        readonly words: string;
        readonly source: string;
        readonly verified: boolean;
      }[];
    }[];
    readonly differences: readonly {
      readonly packId: string;
      readonly procedure: string | null;
      readonly where: string;
      readonly what: string;
      readonly kind: 'words' | 'source';
      readonly before: {
        readonly words: string;
        readonly source: string;
        readonly packId: string;
        readonly verified: boolean;
      } | null;
      readonly after: {
        readonly words: string;
        readonly source: string;
        readonly packId: string;
        readonly verified: boolean;
      } | null;
    }[];
    readonly unconfirmed: readonly {
      readonly packId: string;
      readonly path: string;
      readonly words: string;
    }[];
    readonly impact: {
      readonly total: number;
      readonly lists: readonly {
        readonly rosterId: string;
        readonly unitCode: string;
        readonly title: string;
        readonly procedure: string;
        readonly packId: string;
        readonly packVersion: number;
        readonly stepName: string;
        readonly openCases: number;
        readonly differences:
          | readonly {
              readonly where: string;
              readonly what: string;
              readonly before: string | null;
              readonly after: string | null;
            }[]
          | null;
      }[];
    };
  };
  /** 装入规则包的新版本；在办名单仍按发起时的规则，新名单按新版本 */
  readonly 'POST /administration/packs': {
    readonly id: string;
    readonly title: string;
    readonly version: number;
    readonly digest: string;
    readonly areaCode: string;
    readonly year: number | null;
    readonly isNew: boolean;
  };
  /** 现行规则包和装入过的版本 */
  readonly 'GET /administration/packs': {
    readonly items: readonly {
      readonly id: string;
      readonly title: string;
      readonly version: number;
      readonly digest: string;
      readonly areaCode: string;
      readonly year: number | null;
      readonly isPresent: boolean;
      readonly isShipped: boolean;
      readonly loadedBy: string | null;
      readonly recordedAt: string | null;
    }[];
  };
  /** 按现行规则包和现有核定重新确定一份名单的规则，存下并逐条比较；更换用指令 adopt-plan，写明理由 */
  readonly 'POST /rosters/:rosterId/plan-previews': {
    readonly planHash: string;
    readonly packVersion: number;
    readonly isSame: boolean;
    readonly differences: readonly {
      readonly where: string;
      readonly what: string;
      readonly before: string | null;
      readonly after: string | null;
    }[];
    readonly refusals: readonly {
      readonly code: string;
      readonly words: string;
      readonly clause: string | null;
      readonly quote: string | null;
      readonly missing: readonly string[];
      readonly whoClears: string | null;
      readonly earliestAt: string | null;
      readonly cases: readonly string[];
    }[];
  };
  /** 管理范围内的组织，含已撤销的 */
  readonly 'GET /administration/organisations': {
    readonly items: readonly {
      readonly code: string;
      readonly parentCode: string | null;
      readonly level: string;
      readonly name: string;
      readonly validFrom: string;
      readonly validTo: string | null;
      readonly successorCode: string | null;
    }[];
  };
  /** 设立组织；层级由区划代码定 */
  readonly 'POST /administration/organisations': {
    readonly code: string;
    readonly parentCode: string | null;
    readonly level: string;
    readonly name: string;
    readonly validFrom: string;
    readonly validTo: string | null;
    readonly successorCode: string | null;
  };
  /** 组织更名；此前出具的文书仍用原名 */
  readonly 'POST /administration/organisations/:code/rename': {
    readonly code: string;
    readonly parentCode: string | null;
    readonly level: string;
    readonly name: string;
    readonly validFrom: string;
    readonly validTo: string | null;
    readonly successorCode: string | null;
  };
  /** 组织改隶；在办名单随之由新的上级办理 */
  readonly 'POST /administration/organisations/:code/move': {
    readonly code: string;
    readonly parentCode: string | null;
    readonly level: string;
    readonly name: string;
    readonly validFrom: string;
    readonly validTo: string | null;
    readonly successorCode: string | null;
  };
  /** 撤销组织；岗位、授权同时终止，在办名单由承接单位继续 */
  readonly 'POST /administration/organisations/:code/end': {
    readonly code: string;
    readonly parentCode: string | null;
    readonly level: string;
    readonly name: string;
    readonly validFrom: string;
    readonly validTo: string | null;
    readonly successorCode: string | null;
  };
  /** 一个村的村民小组，含已撤销的 */
  readonly 'GET /administration/groups': {
    readonly items: readonly {
      readonly id: string;
      readonly villageCode: string;
      readonly name: string;
      readonly validTo: string | null;
    }[];
  };
  /** 设立村民小组 */
  readonly 'POST /administration/groups': {
    readonly id: string;
    readonly villageCode: string;
    readonly name: string;
    readonly validTo: string | null;
  };
  /** 村民小组更名 */
  readonly 'POST /administration/groups/:groupId/rename': {
    readonly id: string;
    readonly villageCode: string;
    readonly name: string;
    readonly validTo: string | null;
  };
  /** 撤并村民小组；农户并入本村另一小组 */
  readonly 'POST /administration/groups/:groupId/end': {
    readonly id: string;
    readonly villageCode: string;
    readonly name: string;
    readonly validTo: string | null;
  };
  /** 管理范围内（或其中一个组织及以下）的账号、岗位和授权 */
  readonly 'GET /administration/users': {
    readonly items: readonly {
      readonly id: string;
      readonly signInName: string;
      readonly displayName: string;
      readonly orgCode: string;
      readonly mustChangePassword: boolean;
      readonly locked: boolean;
      readonly disabledAt: string | null;
      readonly duties: readonly {
        readonly id: string;
        readonly userId: string;
        readonly orgCode: string;
        readonly duty: string;
        readonly words: string;
        readonly department: string | null;
        readonly validFrom: string;
        readonly validTo: string | null;
      }[];
      readonly grants: readonly {
        readonly id: string;
        readonly userId: string;
        readonly kind: string;
        readonly orgCode: string;
        readonly duty: string | null;
        readonly households: readonly string[] | null;
        readonly grantedBy: string;
        readonly reason: string;
        readonly validFrom: string;
        readonly validTo: string | null;
      }[];
    }[];
  };
  /** 开设账号；一次性口令只在这次答复中出现，首次登录须修改 */
  readonly 'POST /administration/users': {
    readonly account: {
      readonly id: string;
      readonly signInName: string;
      readonly displayName: string;
      readonly orgCode: string;
      readonly mustChangePassword: boolean;
      readonly locked: boolean;
      readonly disabledAt: string | null;
      readonly duties: readonly {
        readonly id: string;
        readonly userId: string;
        readonly orgCode: string;
        readonly duty: string;
        readonly words: string;
        readonly department: string | null;
        readonly validFrom: string;
        readonly validTo: string | null;
      }[];
      readonly grants: readonly {
        readonly id: string;
        readonly userId: string;
        readonly kind: string;
        readonly orgCode: string;
        readonly duty: string | null;
        readonly households: readonly string[] | null;
        readonly grantedBy: string;
        readonly reason: string;
        readonly validFrom: string;
        readonly validTo: string | null;
      }[];
    };
    readonly oneTimePassword: string | null;
  };
  /** 停用账号；岗位、授权、登录同时终止 */
  readonly 'POST /administration/users/:userId/end': {
    readonly id: string;
    readonly signInName: string;
    readonly displayName: string;
    readonly orgCode: string;
    readonly mustChangePassword: boolean;
    readonly locked: boolean;
    readonly disabledAt: string | null;
    readonly duties: readonly {
      readonly id: string;
      readonly userId: string;
      readonly orgCode: string;
      readonly duty: string;
      readonly words: string;
      readonly department: string | null;
      readonly validFrom: string;
      readonly validTo: string | null;
    }[];
    readonly grants: readonly {
      readonly id: string;
      readonly userId: string;
      readonly kind: string;
      readonly orgCode: string;
      readonly duty: string | null;
      readonly households: readonly string[] | null;
      readonly grantedBy: string;
      readonly reason: string;
      readonly validFrom: string;
      readonly validTo: string | null;
    }[];
  };
  /** 重置口令；一次性口令只在这次答复中出现，原有登录随即失效 */
  readonly 'POST /administration/users/:userId/password': {
    readonly account: {
      readonly id: string;
      readonly signInName: string;
      readonly displayName: string;
      readonly orgCode: string;
      readonly mustChangePassword: boolean;
      readonly locked: boolean;
      readonly disabledAt: string | null;
      readonly duties: readonly {
        readonly id: string;
        readonly userId: string;
        readonly orgCode: string;
        readonly duty: string;
        readonly words: string;
        readonly department: string | null;
        readonly validFrom: string;
        readonly validTo: string | null;
      }[];
      readonly grants: readonly {
        readonly id: string;
        readonly userId: string;
        readonly kind: string;
        readonly orgCode: string;
        readonly duty: string | null;
        readonly households: readonly string[] | null;
        readonly grantedBy: string;
        readonly reason: string;
        readonly validFrom: string;
        readonly validTo: string | null;
      }[];
    };
    readonly oneTimePassword: string | null;
  };
  /** 解除登录锁定 */
  readonly 'POST /administration/users/:userId/unlock': {
    readonly id: string;
    readonly signInName: string;
    readonly displayName: string;
    readonly orgCode: string;
    readonly mustChangePassword: boolean;
    readonly locked: boolean;
    readonly disabledAt: string | null;
    readonly duties: readonly {
      readonly id: string;
      readonly userId: string;
      readonly orgCode: string;
      readonly duty: string;
      readonly words: string;
      readonly department: string | null;
      readonly validFrom: string;
      readonly validTo: string | null;
    }[];
    readonly grants: readonly {
      readonly id: string;
      readonly userId: string;
      readonly kind: string;
      readonly orgCode: string;
      readonly duty: string | null;
      readonly households: readonly string[] | null;
      readonly grantedBy: string;
      readonly reason: string;
      readonly validFrom: string;
      readonly validTo: string | null;
    }[];
  };
  /** 任岗；不能给自己任岗，管理员不兼任其他岗位 */
  readonly 'POST /administration/duties': {
    readonly id: string;
    readonly userId: string;
    readonly orgCode: string;
    readonly duty: string;
    readonly words: string;
    readonly department: string | null;
    readonly validFrom: string;
    readonly validTo: string | null;
  };
  /** 免岗，自某日起（不早于今天） */
  readonly 'POST /administration/duties/:dutyId/end': {
    readonly id: string;
    readonly userId: string;
    readonly orgCode: string;
    readonly duty: string;
    readonly words: string;
    readonly department: string | null;
    readonly validFrom: string;
    readonly validTo: string | null;
  };
  /** 授权：代录、辖区、按户；不能给自己授权 */
  readonly 'POST /administration/grants': {
    readonly id: string;
    readonly userId: string;
    readonly kind: string;
    readonly orgCode: string;
    readonly duty: string | null;
    readonly households: readonly string[] | null;
    readonly grantedBy: string;
    readonly reason: string;
    readonly validFrom: string;
    readonly validTo: string | null;
  };
  /** 终止授权，自某日起（不早于今天） */
  readonly 'POST /administration/grants/:grantId/end': {
    readonly id: string;
    readonly userId: string;
    readonly kind: string;
    readonly orgCode: string;
    readonly duty: string | null;
    readonly households: readonly string[] | null;
    readonly grantedBy: string;
    readonly reason: string;
    readonly validFrom: string;
    readonly validTo: string | null;
  };
  /** 管理记录：谁、何时、变动前后；由督查查阅，管理员可看本辖区的 */
  readonly 'GET /administration/changes': {
    readonly items: readonly {
      readonly id: number;
      readonly kind: string;
      readonly words: string;
      readonly subject: string;
      readonly subjectWords: string;
      readonly orgCode: string;
      readonly changedBy: string;
      readonly changedByName: string | null;
      readonly changedAt: string;
      readonly recordedAt: string;
      readonly reason: string;
      readonly before: unknown;
      readonly after: unknown;
    }[];
  };
  /** 查阅记录：辖区内的人看过哪些个人信息；由督查查阅 */
  readonly 'GET /readings': {
    readonly items: readonly {
      readonly id: number;
      readonly userId: string;
      readonly name: string;
      readonly orgCode: string;
      readonly what: string;
      readonly words: string;
      readonly reference: string;
      readonly recordedAt: string;
    }[];
  };
  /** 数据库、流程服务、办理程序是否都在 */
  readonly 'GET /ready': {
    readonly ok: boolean;
    readonly record: { readonly ok: boolean; readonly words: string };
    readonly engine: { readonly ok: boolean; readonly words: string };
    readonly workers: { readonly ok: boolean; readonly words: string };
  };
  /** 对账发现的不一致：何事、何时起、怎么办 */
  readonly 'GET /disagreements': {
    readonly items: readonly {
      readonly id: number;
      readonly kind: string;
      readonly words: string;
      readonly todo: string;
      readonly subject: string;
      readonly rosterId: string | null;
      readonly countyName: string | null;
      readonly since: string;
      readonly seenAt: string;
      readonly repairs: number;
      readonly endedAt: string | null;
    }[];
  };
}
