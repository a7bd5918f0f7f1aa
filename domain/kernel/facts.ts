import type { CaseFacts } from '../facts/household-facts.ts';
import type { MonitoringScale } from '../facts/monitoring.ts';
import type { OrgLevel } from '../organisation/org-code.ts';
import type { Plan } from '../plan/plan.ts';
import type { Instant } from '../time/instant.ts';
import type { ActorSnapshot } from './actor.ts';

/** 功能窗口 as a decision sees it; `closesAt` null while nobody has set an end. */
export interface WindowFact {
  readonly id: string;
  readonly functionKey: string;
  readonly unitCode: string;
  readonly opensAt: Instant;
  readonly closesAt: Instant | null;
}

/** 文书 that the command names, as its signer signed it. */
export interface ActFact {
  readonly id: string;
  /** 'review' or 'decision': the kind of step that it passes. */
  readonly kind: string;
  readonly issuerCode: string;
  readonly documentNo: string | null;
  readonly documentOn: string | null;
  readonly signedBy: string;
  /** Lists of this unit that it covers. */
  readonly lists: readonly string[];
}

/**
 * Everything a decision may know besides plan, state and command; loaded in its own transaction as far
 * as `factsNeeded` names it.
 */
export interface Facts {
  readonly cases: Readonly<Record<string, CaseFacts>>;
  /** Hashes named by the command that the file store holds. */
  readonly files: readonly string[];
  /** Organisation code at each level from the list's unit upward, from the tree. */
  readonly chain: Readonly<Partial<Record<OrgLevel, string>>>;
  readonly orgNames: Readonly<Record<string, string>>;
  readonly windows: readonly WindowFact[];
  /** Users named as signers by 代录. */
  readonly people: Readonly<Record<string, ActorSnapshot>>;
  readonly groups: readonly { readonly id: string; readonly name: string }[];
  /** Plans named by adopt-plan, by hash. */
  readonly plans: Readonly<Record<string, Plan>>;
  /** Present when the command names an act that was signed. */
  readonly act?: ActFact;
  /**
   * Ordinary poor households of the village that stand on no live exit list. Null where the step does
   * not ask for the exit order: then it was not counted.
   */
  readonly ordinaryPoorOutside: number | null;
  /** 监测规模 of the county, with the households of this list; absent where no step asks for it. */
  readonly monitoringScale?: MonitoringScale;
  /** 演练: whether this is a training instance; its sheets say so. */
  readonly training: boolean;
}
