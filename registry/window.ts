import type { OrgLevel } from '../domain/organisation/org-code.ts';
import type { RegistryFunction } from '../domain/plan/registry-function.ts';
import type { Instant } from '../domain/time/instant.ts';

/** 功能窗口 — a function open to the accounts of one level within one unit (功能开放权限逐级授权). */
export interface RegistryWindow {
  /** Named by the caller, so that opening twice is opening once. */
  readonly id: string;
  /** Unit whose villages it covers, by code prefix. */
  readonly unitCode: string;
  readonly level: OrgLevel;
  readonly functionKey: RegistryFunction;
  readonly opensAt: Instant;
  /** First instant at which it is no longer open; null = until closed by hand. */
  readonly closesAt: Instant | null;
  readonly openedBy: string;
  readonly documentNo: string;
}
