/** Who acts. The snapshot is taken from the session when the command is received, never from its body. */
import type { OrgLevel } from '../organisation/org-code.ts';

/** 岗位 — what a person may do at an organisation. An administrator holds no duty of law. */
export type Duty =
  | 'clerk' // 经办
  | 'reviewer' // 审核
  | 'decider' // 审定
  | 'department' // 部门
  | 'registry-operator' // 录入
  | 'entry-reviewer' // 复核
  | 'work-team' // 驻村工作队
  | 'helper' // 帮扶责任人
  | 'office' // 领导小组办公室
  | 'leader' // 领导
  | 'inspector' // 督查
  | 'administrator'; // 管理员

/** The duty as users read it. */
export const DUTY_WORDS: Readonly<Record<Duty, string>> = {
  clerk: '经办',
  reviewer: '审核',
  decider: '审定',
  department: '部门',
  'registry-operator': '录入',
  'entry-reviewer': '复核',
  'work-team': '驻村工作队',
  helper: '帮扶责任人',
  office: '领导小组办公室',
  leader: '领导',
  inspector: '督查',
  administrator: '管理员',
};

/** One duty held between two civil days (validTo exclusive; null = still held). */
export interface HeldDuty {
  readonly orgCode: string;
  readonly level: OrgLevel;
  readonly orgName: string;
  readonly duty: Duty;
  readonly department: string | null;
  readonly validFrom: string;
  readonly validTo: string | null;
}

/** 授权 — an explicit dated grant: 代录 for an organisation, a duty over an area, or over named households. */
export interface HeldGrant {
  readonly kind: 'proxy-entry' | 'area' | 'households';
  readonly orgCode: string;
  readonly duty: Duty | null;
  readonly households: readonly string[] | null;
  readonly validFrom: string;
  readonly validTo: string | null;
}

/** 经办人快照 — a user with everything held around the instant of the command. */
export interface ActorSnapshot {
  readonly userId: string;
  readonly name: string;
  readonly duties: readonly HeldDuty[];
  readonly grants: readonly HeldGrant[];
}

/** 岗位要求 — a duty at a level, as a step of a plan names who acts. */
export interface Role {
  readonly level: OrgLevel;
  readonly duty: Duty;
}

/** The system itself, for commands that only report what another system answered; it approves nothing. */
export const SYSTEM_ACTOR: ActorSnapshot = {
  userId: 'system',
  name: '系统',
  duties: [],
  grants: [],
};
