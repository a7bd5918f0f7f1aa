/** 公示用语 — the words of a sheet that do not differ from place to place. */
import type { AnnouncementStep, NoticeStep, Plan, ProcedureId } from '../plan/plan.ts';
import { unitWord } from '../plan/unit-word.ts';
import type { PeriodRule } from '../time/date-receipt.ts';
import type { SheetKind } from './posted-sheet.ts';

/** Name of the procedure, and a household's result before and after the decision. */
export const PROCEDURE_WORDS: Readonly<
  Record<
    ProcedureId,
    { readonly name: string; readonly proposed: string; readonly decided: string }
  >
> = {
  'household-exit': { name: '贫困户脱贫退出', proposed: '拟退出', decided: '退出' },
  identification: { name: '新识别贫困户纳入', proposed: '拟纳入', decided: '纳入' },
  'village-exit': { name: '贫困村退出', proposed: '拟出列', decided: '出列' },
  'return-to-poverty': { name: '脱贫户返贫', proposed: '拟列入返贫', decided: '列入返贫' },
  'monitored-household': {
    name: '监测对象认定',
    proposed: '拟认定为监测对象',
    decided: '认定为监测对象',
  },
  'risk-elimination': { name: '监测对象风险消除', proposed: '拟消除风险', decided: '风险消除' },
  'elimination-rollback': {
    name: '监测对象风险消除回退',
    proposed: '拟回退为风险未消除',
    decided: '回退为风险未消除',
  },
  'clear-household': { name: '贫困户清退', proposed: '拟清退', decided: '清退' },
  'prior-years-rollback': { name: '往年综合回退', proposed: '拟回退', decided: '回退' },
  'stable-exit-rollback': { name: '稳定脱贫回退', proposed: '拟回退', decided: '回退' },
  'clear-person': { name: '贫困人口清退', proposed: '拟清退人员', decided: '清退人员' },
  'supplement-person': { name: '贫困人口补录', proposed: '拟补录人员', decided: '补录人员' },
  'adjust-new-household': {
    name: '新识别（人员调整）',
    proposed: '拟调整人员',
    decided: '调整人员',
  },
  'natural-change': { name: '家庭成员自然变更', proposed: '拟变更成员', decided: '变更成员' },
  'function-opening': { name: '系统功能开放申请', proposed: '拟开通', decided: '开通' },
  'monitoring-clearance': {
    name: '监测对象清退',
    proposed: '拟清退监测对象',
    decided: '清退监测对象',
  },
};

/** The word that ends the title. */
export const KIND_WORDS: Readonly<Record<SheetKind, string>> = {
  notice: '公示',
  announcement: '公告',
  correction: '公示更正',
};

/** What a correction corrects. */
export const CHANGE_WORDS = {
  outcome: '结果',
  identity: '户主身份',
  'added-name': '漏列的户',
  other: '其他笔误',
} as const;

/** What a correction corrects, as the paper says it of its rows. */
export function changeWords(change: keyof typeof CHANGE_WORDS, subject: Plan['subject']): string {
  if (subject === undefined) return CHANGE_WORDS[change];
  const unit = unitWord({ subject });
  const ofUnits = {
    ...CHANGE_WORDS,
    identity: `${unit}名`,
    'added-name': `漏列的${unit}`,
  } as const;
  return ofUnits[change];
}

const LISTED_WORDS = { household: '农户', village: '行政村', county: '县' } as const;

/** The first sentence. */
export function openingWords(kind: SheetKind, subject: Plan['subject']): string {
  const listed = LISTED_WORDS[subject ?? 'household'];
  return {
    notice: `下列${listed}名单现予公示，接受群众监督。`,
    announcement: `下列${listed}已经审定，现予公告。`,
    correction: '原公示中下列内容有误，现予更正。',
  }[kind];
}

/** 期限 in words: days, unit, first-day rule. A notice's period never moves to a workday. */
export function periodWords(rule: PeriodRule, period: '公示' | '公告'): string {
  const length = {
    CALENDAR: `${rule.amount}日（自然日，含休息日）`,
    WORKING: `${rule.amount}个工作日`,
    SECOND: `${rule.amount}秒`,
  }[rule.unit];
  const first = rule.countFirstDay ? '当日计入' : '当日不计';
  return `${period}期${length}，自各张贴地点全部张贴之日起算，张贴${first}，至末日24时届满。`;
}

/** 向谁反映: the offices that receive objections; the same for every place. */
export function objectionWords(kind: SheetKind): string {
  const within = kind === 'announcement' ? '对公告内容' : '对公示内容';
  return `${within}有异议的，可向村民委员会、驻村工作队、乡镇或县扶贫开发领导小组办公室反映，由其登记、调查并答复。`;
}

/**
 * 依据 of a sheet: the step's text and its days. A text that nobody verified is not printed; the document
 * with which the office confirmed the chain or the days is (design §4: posted paper prints it).
 */
export function groundsOf(plan: Plan, step: NoticeStep | AnnouncementStep): readonly string[] {
  const grounds = [step.clauseId, step.periodClauseId].flatMap((id) => {
    const clause = plan.clauses[id];
    if (clause === undefined || !clause.verified || clause.source === 'OFFICE') return [];
    return [`${clause.document}`];
  });
  const used = [`order.${plan.procedure}`, step.periodClauseId.replace(/^confirmed\./, '')];
  const confirmed = plan.confirmations
    .filter(({ path }) => used.includes(path))
    .map(({ documentNo, documentOn }) => `${documentNo}（${documentOn}，领导小组办公室核定）`);
  return [...new Set([...grounds, ...confirmed])];
}
