/** 办理经过 in words: what somebody did, what he said, and the papers that he attached. */
import type { EventBody, Evidence, MeetingRecord } from '../../../domain/kernel/event.ts';
import type { RosterDetail } from '../roster/roster.ts';
import { caseName } from '../roster/roster.ts';

/** One event as it is told. */
export interface Telling {
  readonly what: string;
  /** Reason, opinion, finding: what people have to be able to read. */
  readonly said?: string;
  /** Hashes of photos and scans. */
  readonly files?: readonly string[];
}

type Told<T extends EventBody['type']> = (
  body: Extract<EventBody, { readonly type: T }>,
  list: RosterDetail,
) => Telling;

type Tellers = { readonly [T in EventBody['type']]: Told<T> };

function names(list: RosterDetail, caseIds: readonly string[]): string {
  return caseIds.map((caseId) => caseName(list, caseId)).join('、');
}

function stepName(list: RosterDetail, index: number): string {
  return list.plan.steps[index]?.name ?? '';
}

function placeName(list: RosterDetail, place: string): string {
  const places = list.plan.steps.flatMap((step) => ('places' in step ? step.places : []));
  return places.find(({ key }) => key === place)?.name ?? place;
}

function filesOf(evidence: Evidence): readonly string[] {
  return [...new Set(Object.values(evidence).flat())];
}

function meetingWords({ entitled, present, place, chair }: MeetingRecord): string {
  return `应到${entitled}人、实到${present}人，${place}，主持${chair}`;
}

const OF_LIST = {
  'roster-opened': ({ cases, parent }, list) => ({
    what: parent === null ? '建立名单' : '自另一份名单分出',
    said: names(
      list,
      cases.map(({ id }) => id),
    ),
  }),
  'step-entered': ({ stepIndex }, list) => ({ what: `进入“${stepName(list, stepIndex)}”` }),
  'roster-returned': ({ toStep, reason }, list) => ({
    what: `退回“${stepName(list, toStep)}”`,
    said: reason,
  }),
  'cases-split-off': ({ caseIds, reason }, list) => ({
    what: `${names(list, caseIds)}另列名单`,
    said: reason,
  }),
  'case-done': ({ caseIds }, list) => ({ what: `${names(list, caseIds)}本环节办妥` }),
  'case-blocked': ({ caseIds, words }, list) => ({
    what: `${names(list, caseIds)}暂缓`,
    said: words,
  }),
  'case-unblocked': ({ caseIds }, list) => ({ what: `${names(list, caseIds)}暂缓解除` }),
  'case-refused': ({ caseIds, words }, list) => ({
    what: `${names(list, caseIds)}未通过`,
    said: words,
  }),
  'case-withdrawn': ({ caseIds, reason, evidence }, list) => ({
    what: `${names(list, caseIds)}撤回`,
    said: reason,
    files: filesOf(evidence),
  }),
  'case-diverted': ({ caseId, words, lacking }, list) => ({
    what: `${caseName(list, caseId)}转办补短板`,
    said: [words, ...lacking].join('；'),
  }),
  'clue-dated': ({ foundOn }) => ({ what: `线索发现于${foundOn}，时限由此起算` }),
  suspended: ({ reason, basis }) => ({ what: '中止', said: `${reason}（依据：${basis}）` }),
  resumed: ({ reason }) => ({ what: '恢复', said: reason }),
  'plan-adopted': ({ reason }) => ({ what: '更换适用规则', said: reason }),
  'roster-closed': () => ({ what: '名单办结' }),
} as const satisfies Partial<Tellers>;

const OF_CASES = {
  'meeting-held': ({ meeting, votes, evidence }, list) => ({
    what: `评议会：${meetingWords(meeting)}`,
    said: votes
      .map((vote) => {
        const name = caseName(list, vote.caseId);
        return `${name}赞成${vote.for}、反对${vote.against}、弃权${vote.abstain}`;
      })
      .join('；'),
    files: filesOf(evidence),
  }),
  'meeting-void': ({ meeting, evidence }) => ({
    what: `流会：${meetingWords(meeting)}`,
    files: filesOf(evidence),
  }),
  verified: ({ caseIds, signers, evidence }, list) => ({
    what: `入户核实：${names(list, caseIds)}`,
    said: signers.map(({ role, name }) => `${role}${name}`).join('、'),
    files: filesOf(evidence),
  }),
  'acceptance-attempted': ({ caseId, party, accepted, signer, proxy, evidence }, list) => {
    const who = party === 'household' ? `${caseName(list, caseId)}户` : '帮扶责任人';
    const by = proxy === null ? '' : `，${proxy.name}（${proxy.relation}）代签：${proxy.reason}`;
    return {
      what: `${who}${accepted ? '认可' : '不认可'}${party === 'helper' ? `（${caseName(list, caseId)}）` : ''}`,
      said: `签字人${signer}${by}`,
      files: filesOf(evidence),
    };
  },
  'comparison-requested': ({ caseIds }, list) => ({
    what: '提请部门比对',
    said: names(list, caseIds),
  }),
  'comparison-received': ({ department, dataOn, results }, list) => {
    const hits = results.filter(({ hit }) => hit).map(({ caseId }) => caseId);
    return {
      what: `${department}反馈比对结果，数据截至${dataOn}`,
      said: hits.length === 0 ? '无异常' : `有疑点：${names(list, hits)}`,
    };
  },
  'hit-explained': ({ caseId, department, words, evidence }, list) => ({
    what: `说明${caseName(list, caseId)}户在${department}的疑点`,
    said: words,
    files: filesOf(evidence),
  }),
  'explanation-judged': ({ caseId, department, mark, words }, list) => ({
    what: `${mark === 'accepted' ? '采信' : '不采信'}${caseName(list, caseId)}户对${department}疑点的说明`,
    said: words,
  }),
  certified: ({ department, documentNo, opinions, evidence }, list) => ({
    what: `${department}认定（${documentNo}）`,
    said: opinions
      .map(
        ({ caseId, passed, words }) =>
          `${caseName(list, caseId)}${passed ? '通过' : '不通过'}：${words}`,
      )
      .join('；'),
    files: filesOf(evidence),
  }),
} as const satisfies Partial<Tellers>;

const OF_SHEETS = {
  'notice-drafted': () => ({ what: '公示定稿' }),
  'notice-posted': ({ place, proof, correction }, list) => ({
    what: `张贴${correction === null ? '公示' : `更正第${correction}号`}：${placeName(list, place)}`,
    files: [proof],
  }),
  'notice-period-started': ({ receipt }) => ({ what: '公示期起算', said: receipt.words }),
  'notice-ended': () => ({ what: '公示期满' }),
  'notice-removed': ({ place, proof, early }, list) => ({
    what: `${early ? '提前' : ''}撤下公示：${placeName(list, place)}`,
    files: [proof],
  }),
  'notice-corrected': ({ no, caseIds, words, material }, list) => ({
    what: `更正第${no}号${material ? '，重新公示' : ''}：${names(list, caseIds)}`,
    said: words,
  }),
  'notice-closed': ({ evidence }) => ({ what: '公示结束上报', files: filesOf(evidence) }),
  'objection-raised': ({ objection, words, channel, subjectWords }, list) => {
    const about =
      objection.caseId === null ? (subjectWords ?? '整个名单') : caseName(list, objection.caseId);
    return { what: `登记异议（${channel}）：${about}`, said: words };
  },
  'objection-disposed': ({ result, words, investigators, evidence }) => ({
    what: `异议${result === 'upheld' ? '成立' : '不成立'}，调查人${investigators.join('、')}`,
    said: words,
    files: filesOf(evidence),
  }),
  'objection-answered': ({ words }) => ({ what: '答复期满后的异议', said: words }),
  'announcement-drafted': () => ({ what: '公告定稿' }),
  'announcement-posted': ({ place, proof }, list) => ({
    what: `张贴公告：${placeName(list, place)}`,
    files: [proof],
  }),
  'announcement-started': ({ receipt }) => ({ what: '公告期起算', said: receipt.words }),
  'announcement-ended': () => ({ what: '公告期满' }),
} as const satisfies Partial<Tellers>;

const OF_OFFICES = {
  reviewed: ({ opinion, documentNo, evidence }) => ({
    what: documentNo === null ? '审核通过' : `审核通过（${documentNo}）`,
    said: opinion,
    files: filesOf(evidence),
  }),
  decided: ({ opinion, documentNo, documentOn, evidence }) => ({
    what: `审定通过（${documentNo}，${documentOn}）`,
    said: opinion,
    files: filesOf(evidence),
  }),
  'functions-opened': ({ documentNo, documentOn, caseIds, windows, evidence }, list) => ({
    what: `开通功能（${documentNo}，${documentOn}）`,
    said: `${caseIds.map((id) => caseName(list, id)).join('、')}，共开通${windows.length}项`,
    files: filesOf(evidence),
  }),
  reported: ({ documentNo, documentOn, why, counts, evidence }) => ({
    what: `报告（${documentNo}，${documentOn}）`,
    said: [why, ...counts.map((each) => `${each.countyCode}共${each.households}户`)].join('；'),
    files: filesOf(evidence),
  }),
  'registration-sent': ({ entries }, list) => ({
    what: '提交登记',
    said: entries
      .map((entry) => {
        const name = caseName(list, entry.caseId);
        return `${name}：${entry.operatorName}录入、${entry.reviewerName}复核`;
      })
      .join('；'),
  }),
  'registration-answered': ({ answers }, list) => ({
    what: '登记系统答复',
    said: answers
      .map((answer) => {
        const name = caseName(list, answer.caseId);
        return answer.result === 'accepted'
          ? `${name}已登记，登记号${answer.registryNo}`
          : `${name}未受理：${answer.words}`;
      })
      .join('；'),
  }),
  inspected: ({ findings, evidence }, list) => ({
    what: '监督检查',
    said:
      findings.length === 0
        ? '没有抽到问题'
        : findings
            .map(
              ({ caseId, problem, words }) =>
                `${caseName(list, caseId)}${problem ? '有问题' : '无问题'}：${words}`,
            )
            .join('；'),
    files: filesOf(evidence),
  }),
} as const satisfies Partial<Tellers>;

const TELLERS: Tellers = { ...OF_LIST, ...OF_CASES, ...OF_SHEETS, ...OF_OFFICES };

/** One event in words. */
export function tell<T extends EventBody['type']>(
  body: Extract<EventBody, { readonly type: T }>,
  list: RosterDetail,
): Telling {
  const teller: Told<T> = TELLERS[body.type as T];
  return teller(body, list);
}
