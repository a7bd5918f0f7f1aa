import type { RegistryStatus } from '../../../domain/facts/household-facts.ts';
import {
  MONITORING_STANDING_WORDS,
  type MonitoringClass,
  type MonitoringStanding,
} from '../../../domain/facts/monitoring.ts';
import { PROCEDURES, type ProcedureId } from '../../../domain/plan/plan.ts';

/** 程序 as users read it. */
export const PROCEDURE_WORDS: Readonly<Record<ProcedureId, string>> = {
  'household-exit': '贫困户退出',
  'return-to-poverty': '脱贫户返贫',
  'village-exit': '贫困村退出',
  'function-opening': '系统功能开放申请',
  'monitored-household': '监测对象认定',
  'risk-elimination': '监测对象风险消除',
  'elimination-rollback': '监测对象风险消除回退',
  'monitoring-clearance': '监测对象清退',
  'clear-household': '贫困户清退',
  'prior-years-rollback': '往年综合回退',
  'stable-exit-rollback': '稳定脱贫回退',
  'clear-person': '贫困人口清退',
  'supplement-person': '贫困人口补录',
  'adjust-new-household': '新识别（人员调整）',
  'natural-change': '家庭成员自然变更',
  identification: '新识别',
};

/** 程序 as a choice, in the order in which the engine knows them. */
export const PROCEDURE_OPTIONS = PROCEDURES.map((value) => ({
  value,
  label: PROCEDURE_WORDS[value],
}));

/** 户状态 as users read it. */
export const REGISTRY_STATUS_WORDS: Readonly<Record<RegistryStatus, string>> = {
  unregistered: '未建档',
  poor: '未脱贫',
  exited: '已脱贫（享受政策）',
  'stably-exited': '稳定脱贫',
  returned: '返贫',
  cleared: '已清退',
};

/** 名单的范围: households by their status, or by how their monitoring stands. */
export type HouseholdScope =
  | { readonly status: RegistryStatus }
  | { readonly monitoring: MonitoringStanding };

/** 户的现状 of a procedure's list as choices, by the query that asks for them. */
export function scopeOptions(scope: HouseholdScope): { value: string; label: string }[] {
  const [key, words] =
    'status' in scope
      ? ['status', REGISTRY_STATUS_WORDS]
      : ['monitoring', MONITORING_STANDING_WORDS];
  return Object.entries(words).map(([value, label]) => ({ value: `${key}=${value}`, label }));
}

/** The query of a scope. */
export function scopeQuery(scope: HouseholdScope): string {
  return 'status' in scope ? `status=${scope.status}` : `monitoring=${scope.monitoring}`;
}

/** 户 as a choice for a list. */
export interface HouseholdRow {
  readonly id: string;
  readonly householdNo: string | null;
  readonly headName: string;
  readonly groupName: string;
  readonly memberCount: number;
  readonly status: RegistryStatus;
  readonly live: readonly string[];
  readonly monitored: MonitoringClass | null;
  readonly monitoring: MonitoringStanding | null;
}

/** 规则包 as a choice for a list. */
export interface PackChoice {
  readonly id: string;
  readonly title: string;
  readonly areaCode: string;
  readonly year: number;
  readonly procedures: readonly ProcedureId[];
  readonly unverified: readonly { readonly path: string; readonly words: string }[];
}
