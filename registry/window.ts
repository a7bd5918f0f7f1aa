import { ABOVE_COUNTY, levelOf, type OrgLevel, orgCode } from '../domain/organisation/org-code.ts';
import type { RegistryFunction } from '../domain/plan/registry-function.ts';
import type { Instant } from '../domain/time/instant.ts';
import { isOfOwnLevel } from './entry.ts';

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

/**
 * 开放到哪一级的账号: the county's enter for their city's or province's window; below, the unit's own. A
 * correction is opened to the accounts of the unit itself (S2: 开通至省级).
 */
export function accountLevel(unitCode: string, functionKey: string): OrgLevel {
  const level = levelOf(orgCode(unitCode));
  if (isOfOwnLevel(functionKey)) return level;
  return ABOVE_COUNTY.includes(level) ? 'county' : level;
}
