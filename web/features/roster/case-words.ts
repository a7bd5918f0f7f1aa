import type { CaseState, CaseStatus, ComparisonMark } from '../../../domain/kernel/state.ts';
import type { PlanStep, VillageIndicator } from '../../../domain/plan/plan.ts';

/** 办件状态 as users read it. */
export const STATUS_WORDS: Readonly<Record<CaseStatus, string>> = {
  'on-list': '在办',
  blocked: '暂缓',
  refused: '不予通过',
  withdrawn: '已撤回',
  diverted: '已转办',
  'split-off': '已分出',
  closed: '已办结',
};

/** 比对结果 as users read it. */
export const MARK_WORDS: Readonly<Record<ComparisonMark, string>> = {
  waiting: '待比对',
  clear: '无异常',
  hit: '有疑点',
  explained: '已说明待认定',
  accepted: '说明已认定',
};

const OUTCOME_WORDS: Readonly<Record<string, string>> = {
  exited: '脱贫',
  enrolled: '纳入',
  returned: '返贫',
  monitored: '列入监测',
  'risk-eliminated': '风险消除',
  'elimination-rolled-back': '回退为风险未消除',
  'monitoring-cleared': '清退监测对象',
  'village-exited': '出列',
  'functions-opened': '功能已开通',
  cleared: '清退',
  'rolled-back': '回退为未脱贫',
  'stable-exit-rolled-back': '回退为脱贫',
  'person-cleared': '清退人员',
  'person-supplemented': '补录人员',
  'household-adjusted': '调整人员',
  'members-changed': '变更成员',
  diverted: '转为补短板',
};

/** 办理结果 as users read it. */
export function outcomeWords(outcome: string): string {
  return OUTCOME_WORDS[outcome] ?? '已登记';
}

/** 公安有疑点；发改、住建无异常. */
function markWords(item: CaseState, departments: readonly string[]): readonly string[] {
  const marks = item.comparison?.marks ?? [];
  return [...new Set(marks)].map((mark) => {
    const named = departments.filter((_, index) => marks[index] === mark);
    return `${named.join('、')}${MARK_WORDS[mark]}`;
  });
}

/** 已认定3项，共10项；未达标：饮水有保障. */
function certifiedWords(
  { certified = {} }: CaseState,
  indicators: readonly VillageIndicator[],
): readonly string[] {
  const heard = indicators.filter(({ key }) => certified[key] !== undefined);
  const failed = heard.filter(({ key }) => certified[key] === false);
  return [
    `已认定${heard.length}项，共${indicators.length}项`,
    ...(failed.length === 0 ? [] : [`未达标：${failed.map(({ name }) => name).join('、')}`]),
  ];
}

/** How far a case has come within the current step, and what it met before. */
export function progressWords(item: CaseState, step: PlanStep | null): string {
  const words: string[] = [];
  if (item.done) words.push('本环节已办');
  if (step?.kind === 'acceptance') {
    if (item.accepted.household) words.push('本户已认可');
    if (item.accepted.helper) words.push('帮扶人已认可');
  }
  if (step?.kind === 'comparison') {
    words.push(...markWords(item, step.departments));
  }
  if (step?.kind === 'certification') words.push(...certifiedWords(item, step.indicators));
  if (item.registration?.state === 'sent') words.push('登记已提交');
  if (item.outcome !== null) words.push(outcomeWords(item.outcome));
  if (item.registration?.state === 'accepted') {
    words.push(`登记号${item.registration.registryNo}`);
  }
  if (item.finding !== null) words.push(`检查发现：${item.finding}`);
  return words.join('；');
}
