/**
 * What the record knows about a household when a step is judged. Facts are dated snapshots: they are
 * loaded in the deciding transaction and never fetched while deciding.
 */
import type { LabourSkill } from '../household/labour.ts';
import type { IncomeItems } from '../household/net-income.ts';
import type { Instant, PlainDate } from '../time/instant.ts';
import type { CountyFacts } from './county-facts.ts';
import type { EliminationForm, ReversalForm } from './elimination.ts';
import type { MonitoringEpisode, MonitoringForm } from './monitoring.ts';
import type { PersonChangeForm } from './person-change.ts';
import type { VillageFacts, VillageForm } from './village-facts.ts';

/** 户状态 in the registry. `unregistered` = a household that the registry does not hold (新识别). */
export type RegistryStatus =
  | 'unregistered'
  | 'poor' // 未脱贫
  | 'exited' // 脱贫(享受政策)
  | 'stably-exited' // 稳定脱贫(不再享受政策)
  | 'returned' // 返贫
  | 'cleared'; // 已清退

/** 贫困户属性. Precedence where a pack says so: destitute over low-income over ordinary (Hunan 2018). */
export type HouseholdAttribute = 'ordinary' | 'dibao' | 'destitute';

/** 两不愁三保障 indicators as the registry holds them; `false` means 未解决, null means not filled in. */
export interface SecurityIndicators {
  readonly food: boolean | null;
  readonly clothing: boolean | null;
  readonly water: boolean | null;
  readonly education: boolean | null;
  readonly medical: boolean | null;
  readonly housing: boolean | null;
}

/** 住房等级 as certified by the housing department. */
export type HousingGrade = 'A' | 'B' | 'C' | 'D';

/** 易地搬迁: whether the household is on the relocation list and has moved in. */
export interface Relocation {
  readonly listed: boolean;
  readonly occupied: boolean;
}

/** 家庭成员 as a form or the registry lists them. */
export interface MemberFacts {
  readonly personNo: string | null;
  readonly name: string;
  readonly idNumber: string;
  readonly relation: string;
  readonly isHead: boolean;
  readonly onDibao: boolean;
  readonly destitute: boolean;
  /** Centrally supported 五保 (集中供养); Kunming does not enrol them. */
  readonly centrallySupported: boolean;
  /** 劳动技能; absent where it is not known, and in older forms. */
  readonly labour?: LabourSkill | undefined;
  /** 义务教育阶段未上学原因, in words; absent or empty for who goes to school or is not of that age. */
  readonly outOfSchool?: string | undefined;
}

/** 户快照: what the registry said of the household on `asOf`. */
export interface RegistrySnapshot {
  readonly asOf: Instant;
  readonly hash: string;
  readonly householdNo: string | null;
  readonly headName: string;
  readonly status: RegistryStatus;
  /** Year of the last identification (识别年度), null when unregistered. */
  readonly identifiedYear: number | null;
  readonly exitYear: number | null;
  readonly attribute: HouseholdAttribute;
  readonly security: SecurityIndicators;
  readonly housingGrade: HousingGrade | null;
  readonly relocation: Relocation;
  readonly memberCount: number;
  readonly members: readonly MemberFacts[];
  /** 监测 beside the status, oldest first; absent for a household that never was monitored. */
  readonly monitoring?: readonly MonitoringEpisode[] | undefined;
}

/** A named person's judgement: 研判意见 is a finding by its signer, never computed. */
export interface SignedFinding {
  readonly holds: boolean;
  readonly signer: string;
  readonly reason: string;
}

/** A signature on paper: who signed, as what, and the hash of the scan. */
export interface Signature {
  readonly name: string;
  readonly role: string;
  readonly on: PlainDate;
  readonly scan: string;
}

/** 入户信息采集表 / 核实表 as saved by the village; a versioned draft named by hash when its step closes. */
export interface VisitForm {
  readonly hash: string;
  readonly version: number;
  readonly visitedOn: PlainDate;
  readonly visitors: readonly Signature[];
  readonly householderSignature: Signature | null;
  readonly members: readonly MemberFacts[];
  readonly incomeFrom: PlainDate;
  readonly incomeTo: PlainDate;
  readonly income: IncomeItems;
  readonly security: SecurityIndicators;
  readonly housingGrade: HousingGrade | null;
  readonly relocation: Relocation;
  /** 有长期稳定收入来源 (NX1). */
  readonly stableIncome: SignedFinding | null;
  /** 帮扶成效显著 (NX5). */
  readonly helpEffective: SignedFinding | null;
  /** 低保兜底一批 (NX6). */
  readonly dibaoBackstop: boolean;
  /** 后续帮扶计划 (Kunming), hash of the scan. */
  readonly followUpPlan: string | null;
  /** 六条退出标准 item by item, in the pack's order (Kunming). */
  readonly standards: readonly { readonly key: string; readonly met: boolean }[];
  /** 致贫原因 (main) of an identification, 返贫原因 of a return. */
  readonly cause: string | null;
  /** 返贫原因属重病、大病或重大灾害 (Kunming); absent in older forms. */
  readonly graveCause?: SignedFinding | null | undefined;
  /** Of a monitored household; absent in other forms. */
  readonly monitoring?: MonitoringForm | null | undefined;
  /** Of a household whose risk is to be marked eliminated; absent in other forms. */
  readonly elimination?: EliminationForm | null | undefined;
  /** Of a 风险消除回退 or 监测对象清退; absent in other forms. */
  readonly reversal?: ReversalForm | null | undefined;
  /** Of single persons who come, go or are put right; absent in other forms. */
  readonly persons?: PersonChangeForm | null | undefined;
  /** 申请书 or clue of an identification, hash of the scan. */
  readonly application: string | null;
  readonly compiledBy: string;
}

/** Everything a guard may know about one case. */
export interface CaseFacts {
  readonly caseId: string;
  readonly subjectId: string;
  readonly registry: RegistrySnapshot | null;
  readonly form: VisitForm | null;
  /** Another live case of the same exclusive family, if the record holds one (G-25). */
  readonly otherLiveCase: string | null;
  /** Where the subject is a village: then it has neither registry snapshot nor form of a household. */
  readonly village?: VillageFacts;
  /** Where the subject is a county, likewise. */
  readonly county?: CountyFacts;
}

/** 表 of whichever subject the case has; null while nobody filled one in. */
export function formOf(facts: CaseFacts | undefined): VisitForm | VillageForm | null {
  return facts?.village?.form ?? facts?.form ?? null;
}
