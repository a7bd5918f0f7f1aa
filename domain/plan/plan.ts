/**
 * 适用规则 — a pack lineage resolved for one procedure, area and year into flat data. A roster pins its
 * plan by hash; nothing here is ever changed afterwards.
 */
import type { HouseholdAttribute, RegistryStatus } from '../facts/household-facts.ts';
import type { MonitoringStanding } from '../facts/monitoring.ts';
import type { PersonRules } from '../facts/person-change.ts';
import type { VillageStatus } from '../facts/village-facts.ts';
import type { Role } from '../kernel/actor.ts';
import type { OrgLevel } from '../organisation/org-code.ts';
import type { PeriodRule } from '../time/date-receipt.ts';
import type { PlainDate } from '../time/instant.ts';
import type { WorkCalendar } from '../time/work-calendar.ts';
import type { PaperTemplate } from './paper-template.ts';

/** 程序 that the engine knows, in the order in which they are shown. Packs give them their steps. */
export const PROCEDURES = [
  'household-exit',
  'identification',
  'return-to-poverty',
  'monitored-household',
  'risk-elimination',
  'elimination-rollback',
  'monitoring-clearance',
  'clear-household',
  'prior-years-rollback',
  'stable-exit-rollback',
  'clear-person',
  'supplement-person',
  'adjust-new-household',
  'natural-change',
  'village-exit',
  'function-opening',
] as const;

/** 程序. */
export type ProcedureId = (typeof PROCEDURES)[number];

/** 环节种类 — a closed set: a new kind is code with tests, a new arrangement is data. */
export type StepKind = PlanStep['kind'];

/** 条款 — where a rule comes from. `verified: false` shows as 未核实 until the office confirms it. */
export interface Clause {
  readonly document: string;
  readonly article: string;
  readonly quote: string;
  /** Source tag of policy.md (S0, P01, …). */
  readonly source: string;
  readonly verified: boolean;
}

/** 期限规则 — a fixed deadline of the campaign or a period from entering the step. Only marks overdue. */
export type DueRule =
  | { readonly kind: 'date'; readonly deadline: string; readonly clauseId: string }
  | {
      readonly kind: 'period';
      readonly rule: PeriodRule;
      readonly clauseId: string;
      /** Counted from the day on which the clue was found (发现线索之日), not from the opening. */
      readonly from?: 'clue';
    };

/** 一级提醒 as a pack sets it: so many days before (-) or after (+) the due day. */
export interface LadderRung {
  readonly key: string;
  readonly offsetDays: number;
  readonly unit: 'CALENDAR' | 'WORKING';
  readonly to: 'holder' | 'superior';
  /** With {事项} and {期限} to be filled in. */
  readonly words: string;
}

/** 提醒阶梯 of everything in the plan that has a due date. */
export interface ReminderLadder {
  readonly clauseId: string;
  readonly rungs: readonly LadderRung[];
  /** 上级: who is told of what a level leaves undone. */
  readonly superiors: Readonly<Partial<Record<OrgLevel, Role>>>;
}

/**
 * How a guard answers: refuse; warn; 原则上 (a warning that needs a recorded reason); or 转办 — the
 * household leaves the list and becomes a task of another kind (返贫: 缺什么补什么).
 */
export type GuardMode = 'refuse' | 'warn' | 'warn-with-reason' | 'divert';

/** A guard placed on a step, with the clause that makes it law there. */
export interface GuardUse {
  readonly id: string;
  readonly mode: GuardMode;
  readonly clauseId: string;
}

/** 附件要求 — a scan or photo that closing the step must name by hash. */
export interface EvidenceUse {
  readonly key: string;
  readonly name: string;
  readonly min: number;
}

/** 张贴地点. */
export interface NoticePlace {
  readonly key: string;
  readonly name: string;
}

interface StepBase {
  readonly key: string;
  /** The word of the text: 初审, 复核, 审核, 审定 … */
  readonly name: string;
  readonly by: readonly Role[];
  readonly clauseId: string;
  readonly guards: readonly GuardUse[];
  readonly evidence: readonly EvidenceUse[];
  readonly due: DueRule | null;
}

/** 采集 — application or clue, visit form, signatures. Case-paced. */
export interface CollectStep extends StepBase {
  readonly kind: 'collect';
  readonly visitorsMin: number;
  readonly needsApplication: boolean;
}

/** 评议 — by villager group or by the village's representatives. List-paced. */
export interface AssemblyStep extends StepBase {
  readonly kind: 'assembly';
  readonly per: 'group' | 'village';
  /** Attendance needed: at least numerator/denominator of those entitled. */
  readonly quorum: {
    readonly numerator: number;
    readonly denominator: number;
    readonly bases: readonly { readonly key: string; readonly name: string }[];
    readonly clauseId: string;
  };
  /** Passing needs more than numerator/denominator of those present. */
  readonly passing: {
    readonly numerator: number;
    readonly denominator: number;
    readonly clauseId: string;
  };
  /** Key of the comparison step whose results must be read out before the vote (G-07); null if none. */
  readonly readOut: string | null;
  /** Clause under which a meeting without the work team is warned about (G-30); null where none asks. */
  readonly workTeamClauseId: string | null;
}

/** 核实 — by the village and its work team, per household. Case-paced. */
export interface VerificationStep extends StepBase {
  readonly kind: 'verification';
  /** Roles whose signatures the sheet needs, as the text names them. */
  readonly signers: readonly string[];
}

/** 认可 — the household itself, and the helper where the pack says so. Case-paced. */
export interface AcceptanceStep extends StepBase {
  readonly kind: 'acceptance';
  readonly parties: readonly { readonly key: 'household' | 'helper'; readonly name: string }[];
}

/** 比对 — by the county's departments. Case-paced. `ahead` = may run before the list reaches the step. */
export interface ComparisonStep extends StepBase {
  readonly kind: 'comparison';
  readonly departments: readonly string[];
  /** How long a result counts from its data date; used results must still count at the decision. */
  readonly validity: PeriodRule;
  readonly ahead: boolean;
}

/** 部门认定 — each indicator certified by its own department, village by village. Case-paced. */
export interface CertificationStep extends StepBase {
  readonly kind: 'certification';
  readonly indicators: readonly VillageIndicator[];
}

/** 退出指标 with the department that certifies it. */
export interface VillageIndicator {
  readonly key: string;
  readonly name: string;
  readonly department: string;
}

/** 公示 — a draft list put up for objection; has a period that nobody can shorten; blocks. */
export interface NoticeStep extends StepBase {
  readonly kind: 'notice';
  readonly places: readonly NoticePlace[];
  /** Who may record posting and removal (the poster may be the village for a township's notice). */
  readonly posters: readonly Role[];
  readonly period: PeriodRule;
  readonly periodClauseId: string;
  /** Time to investigate an objection; marks overdue only. */
  readonly objectionRule: PeriodRule;
  readonly objectionClauseId: string;
}

/** 审核 — a higher level reads the list. List-paced. */
export interface ReviewStep extends StepBase {
  readonly kind: 'review';
}

/** 审定 — the county's document. List-paced. */
export interface DecisionStep extends StepBase {
  readonly kind: 'decision';
  readonly template?: PaperTemplate;
}

/** 报告 — one level's document to the next over many lists: reasons, and numbers down to the county. List-paced. */
export interface ReportStep extends StepBase {
  readonly kind: 'report';
  /** Whether every person is listed by name. */
  readonly nameList: boolean;
}

/** 公告 — publishes the decision; may have minimum days that gate registration. */
export interface AnnouncementStep extends StepBase {
  readonly kind: 'announcement';
  readonly places: readonly NoticePlace[];
  readonly posters: readonly Role[];
  /** Null when a person confirmed that the place asks for no days. */
  readonly minPeriod: PeriodRule | null;
  readonly periodClauseId: string;
  readonly objectionRule: PeriodRule;
  readonly objectionClauseId: string;
}

/** 功能开通 — functions of the registry are opened for the units that applied, until a day. List-paced. */
export interface OpeningStep extends StepBase {
  readonly kind: 'opening';
  readonly functions: readonly { readonly key: string; readonly name: string }[];
  /** Last day on which they may stand open; null where no text sets one. */
  readonly closing: { readonly deadline: string; readonly clauseId: string } | null;
}

/** 录入/标注 — one registry entry per household inside an open window. Case-paced. */
export interface RegistrationStep extends StepBase {
  readonly kind: 'registration';
  /** Registry function that must be open (G-15), and its Chinese name. */
  readonly functionKey: string;
  readonly functionName: string;
  readonly windowLevel: OrgLevel;
  readonly reviewers: readonly Role[];
  /** What an accepted entry means for the case. */
  readonly outcome: string;
}

/** 监督检查 — after the label; a finding is recorded and flagged, the label stays. */
export interface InspectionStep extends StepBase {
  readonly kind: 'inspection';
}

/** 环节. */
export type PlanStep =
  | CollectStep
  | AssemblyStep
  | VerificationStep
  | AcceptanceStep
  | ComparisonStep
  | CertificationStep
  | NoticeStep
  | ReviewStep
  | DecisionStep
  | ReportStep
  | AnnouncementStep
  | OpeningStep
  | RegistrationStep
  | InspectionStep;

/** 标准 — what the guards compare with; every figure with its clause. */
export interface PlanStandards {
  /** 收入线, fen per head and year. */
  readonly incomeLineFen: number;
  readonly incomeLineClauseId: string;
  readonly incomeWindow: { readonly from: PlainDate; readonly to: PlainDate };
  readonly incomeWindowClauseId: string;
  /** What counts as income besides wages, business and property. */
  readonly incomeCounts: { readonly dibao: boolean; readonly pension: boolean };
  /** 低保标准 above the income line? NX6 holds only where it is not. */
  readonly dibaoAboveLine: boolean;
  readonly forbiddenHousingGrades: readonly string[];
  /** 义务教育阶段未上学原因 that are no dropout; absent in older plans. */
  readonly admittedOutOfSchool?: readonly string[];
  /** Six standards of the place, empty where the pack has none. */
  readonly exitStandards: readonly { readonly key: string; readonly name: string }[];
  /** Exit order: attributes in the order in which they should leave (原则). */
  readonly exitOrder: readonly HouseholdAttribute[];
  /** 返贫原因 that may be given, and those under which a household returns; absent in older plans. */
  readonly returnCauses?: readonly string[];
  readonly admittedReturnCauses?: readonly string[];
  /** Absent where the plan monitors nobody. */
  readonly monitoring?: MonitoringStandards;
  /** Absent where no risk is marked eliminated. */
  readonly elimination?: EliminationStandards;
  /** 回退 or 清退 causes that may be given; absent where nothing is put right. */
  readonly reversalCauses?: readonly string[];
  /** Absent where no village is judged. */
  readonly village?: VillageStandards;
}

/** 村退出标准. */
export interface VillageStandards {
  /** 贫困发生率 at most. */
  readonly rateLimit: { readonly numerator: number; readonly denominator: number };
  /** 分母口径 that may be given. */
  readonly denominators: readonly string[];
}

/** 监测标准 — whom a plan takes in as 监测对象. */
export interface MonitoringStandards {
  /** 监测对象类别 by their words. */
  readonly classes: readonly string[];
  /** 发现途径. */
  readonly channels: readonly string[];
  /** 返贫（致贫）风险. */
  readonly risks: readonly string[];
  /** 监测线, fen per head and year. */
  readonly lineFen: number;
  readonly lineClauseId: string;
  /** 监测规模 as a part of the registered population; null where a plan has none (2021 and later). */
  readonly scale: { readonly numerator: number; readonly denominator: number } | null;
  /** 帮扶措施 have to be there so long after 认定; a mark, never a bar. Absent where no text asks. */
  readonly measures?: { readonly rule: PeriodRule; readonly clauseId: string };
}

/** 风险消除标准 beside the monitoring line, which is the plan's income line then. */
export interface EliminationStandards {
  /** 收入持续稳定 months at least (原则上); absent where no text says how long. */
  readonly steadyMonths?: number;
}

/** 出处 of rules that belong to no single step or value: which text a refusal under them cites. */
export interface Citations {
  /** G-05: what no sheet may show. */
  readonly sheetClauseId?: string;
  /** G-15: the registry's functions are opened from above. */
  readonly windowClauseId?: string;
  /** G-16: 逐户录入. */
  readonly oneByOneClauseId?: string;
  /** G-17: 录入人与复核人. */
  readonly twoPeopleClauseId?: string;
}

/** 补登 — how long a proved claimed time may still count. */
export interface LateEntryRule {
  readonly days: number;
  readonly clauseId: string;
}

/** 核定 — a person of the office confirmed this unverified value with a document. */
export interface Confirmation {
  readonly path: string;
  readonly documentNo: string;
  readonly documentOn: string;
  readonly by: string;
}

/** 状态 that a subject may have in the registry. */
export type SubjectStatus = RegistryStatus | VillageStatus;

export interface Plan {
  readonly packId: string;
  readonly packVersion: number;
  /** Pack ids from the nation down to the place. */
  readonly lineage: readonly string[];
  readonly procedure: ProcedureId;
  readonly title: string;
  readonly year: number;
  readonly areaCode: string;
  /** Level of the organisation whose list this is. */
  readonly listLevel: OrgLevel;
  /** 互斥程序族, null for procedures that run beside. */
  readonly family: string | null;
  /** 办理对象; absent where it is a household, and in plans older than other subjects. */
  readonly subject?: 'village' | 'county';
  /** Registry statuses a subject must have to be listed, with the clause; none are asked of a county. */
  readonly subjectStatuses: readonly SubjectStatus[];
  /** 监测状态 that a household must have besides; absent where none is asked. */
  readonly subjectMonitoring?: readonly MonitoringStanding[];
  /** Where single persons of the household are changed; absent where the household is labelled. */
  readonly persons?: PersonRules;
  readonly subjectClauseId: string;
  readonly steps: readonly PlanStep[];
  readonly standards: PlanStandards;
  readonly lateEntry: LateEntryRule | null;
  readonly outerDue: DueRule | null;
  /** Absent in plans older than it. */
  readonly citations?: Citations;
  /** Absent where the packs remind nobody, and in plans older than reminders. */
  readonly reminders?: ReminderLadder;
  readonly clauses: Readonly<Record<string, Clause>>;
  readonly confirmations: readonly Confirmation[];
  readonly calendar: WorkCalendar;
}

/** 退回可到的环节 and others ask for a step by key; an unknown key is a bug or a bad body. */
export function findStepIndex(plan: Plan, key: string): number | undefined {
  const index = plan.steps.findIndex((step) => step.key === key);
  return index < 0 ? undefined : index;
}
