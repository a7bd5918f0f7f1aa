/** What the API needs of the rest of the system; bin/serve.ts puts the parts together. */
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import type { Logger } from 'pino';
import type { ClockMove, MovedClock } from '../activities/advance-clock.ts';
import type { RosterReference } from '../activities/drain-roster.ts';
import type { ActorSnapshot } from '../domain/kernel/actor.ts';
import type {
  CommandBody,
  CommandOutcome,
  CommandType,
  LateEntry,
} from '../domain/kernel/command.ts';
import type { Refusal } from '../domain/kernel/refusal.ts';
import type { Clause, ProcedureId } from '../domain/plan/plan.ts';
import type { PlanDifference } from '../domain/plan/plan-difference.ts';
import type { ScreeningRules } from '../domain/screening/screening.ts';
import type { Instant } from '../domain/time/instant.ts';
import type { UnconfirmedValue, ValueConfirmation } from '../policies/confirm-values.ts';
import type { RegistryWindow } from '../registry/window.ts';
import type { MadeWorld } from '../scenario/make-world.ts';
import type { RequestGate } from './request-gate.ts';
import type { RosterChanges } from './roster-changes.ts';

/** How a command ended: decided, or taken and not yet in force (已收到，尚未生效). */
export type SentCommand =
  | {
      readonly kind: 'applied';
      readonly outcome: Extract<CommandOutcome, { readonly kind: 'applied' }>;
    }
  | {
      readonly kind: 'refused';
      readonly outcome: Extract<CommandOutcome, { readonly kind: 'refused' }>;
    }
  | { readonly kind: 'accepted'; readonly commandId: string };

/** 指令 to be sent to one roster. */
export interface CommandToSend {
  readonly rosterId: string;
  readonly actor: ActorSnapshot;
  readonly idempotencyKey: string;
  readonly body: CommandBody;
}

/** 建名单. */
export interface RosterToLaunch {
  readonly actor: ActorSnapshot;
  readonly procedure: ProcedureId;
  readonly packId: string;
  readonly unitCode: string;
  readonly householdIds?: readonly string[];
  /** 村, where the procedure lists villages. */
  readonly villageCodes?: readonly string[];
  /** 县, where it lists counties. */
  readonly countyCodes?: readonly string[];
  /** 补登: when the list was opened on paper, with its proof. */
  readonly late?: LateEntry;
  /** A repetition of the same request gives the same list; left out, every request is a new one. */
  readonly idempotencyKey?: string;
}

/** The new roster, or why it was not opened. */
export type Launched =
  | { readonly ok: true; readonly rosterId: string }
  | {
      readonly ok: false;
      readonly refusals: readonly Refusal[];
      /** Those of the plan, where one was resolved: refusals cite them. */
      readonly clauses: Readonly<Record<string, Clause>>;
    };

/** 为什么不能推进 — one action, judged without being done. */
export interface ExplainedAction {
  readonly type: CommandType;
  readonly words: string;
  readonly allowed: boolean;
  readonly refusals: readonly Refusal[];
  readonly needs: readonly string[];
}

/** 规则包 as users choose and confirm it. */
export interface PackSummary {
  readonly id: string;
  readonly title: string;
  readonly areaCode: string;
  readonly year: number;
  readonly procedures: readonly ProcedureId[];
  /** Paths of values that no source confirms (未核实). */
  readonly unverified: readonly UnconfirmedValue[];
}

/** For which list the rules as they are now are asked, and by whom they would be adopted. */
export interface PlanWish {
  readonly rosterId: string;
  readonly actor: ActorSnapshot;
  readonly at: Instant;
}

/** 更换适用规则的预览, or why there is no other plan. */
export type PlanPreview =
  | {
      readonly ok: true;
      /** By which `adopt-plan` names it. */
      readonly planHash: string;
      readonly packVersion: number;
      /** The list is under it already. */
      readonly isSame: boolean;
      readonly differences: readonly PlanDifference[];
      /** Why it cannot be adopted now; empty when nothing stands against it. */
      readonly refusals: readonly Refusal[];
    }
  | { readonly ok: false; readonly refusals: readonly Refusal[] };

/** The working parts behind the API. */
export interface Engine {
  /** Waits at most some 10 s for the outcome. */
  readonly sendCommand: (command: CommandToSend) => Promise<SentCommand>;
  /** Has the list's workflow look at what changed beside its commands; false when it did not answer. */
  readonly lookAgain: (roster: RosterReference) => Promise<boolean>;
  readonly launchRoster: (roster: RosterToLaunch) => Promise<Launched>;
  readonly explain: (
    rosterId: string,
    actor: ActorSnapshot,
    at: Instant,
  ) => Promise<readonly ExplainedAction[]>;
  /** 更换适用规则的预览: the list's pack with the 核定 now in force, kept so that it can be adopted. */
  readonly previewPlan: (wish: PlanWish) => Promise<PlanPreview>;
  /** 演练时钟: moves business time forward and plays what falls due; training only. */
  readonly advanceClock: (move: ClockMove) => Promise<MovedClock>;
  /** 换场: replaces everything by a scenario's world; training only, while no other request runs. */
  readonly loadScenario: (made: MadeWorld) => Promise<void>;
  /** 集中排查 of the packs that rule over a unit. */
  readonly screeningRules: (unitCode: string) => Promise<readonly ScreeningRules[]>;
  /** Has somebody look at a county's dates from now on; whatever fails is done by the worker's own look. */
  readonly ensureSweeper: (countyCode: string) => Promise<void>;
  readonly listPacks: () => Promise<readonly PackSummary[]>;
  /** Whether a 核定 would make the value usable; else why not, in Chinese. */
  readonly checkConfirmation: (
    packId: string,
    confirmation: ValueConfirmation,
  ) => Promise<string | null>;
  /** Mirrors a 功能窗口 to the registry, where there is one that listens. */
  readonly openWindow: (window: RegistryWindow) => Promise<void>;
  readonly closeWindow: (windowId: string, closedBy: string) => Promise<void>;
}

/** 就绪情况. Commands are taken with the first two alone, but without workers none takes effect. */
export interface Readiness {
  /** PostgreSQL. */
  readonly record: boolean;
  /** Temporal. */
  readonly engine: boolean;
  /** Somebody polls the task queue. */
  readonly workers: boolean;
}

/** Everything the API is built from. */
export interface ApiDeps {
  readonly db: PostgresJsDatabase;
  readonly engine: Engine;
  readonly changes: RosterChanges;
  readonly gate: RequestGate;
  /** Business time. */
  readonly now: () => Promise<Instant>;
  readonly log: Logger;
  readonly training: boolean;
  /** The password that all training users share, shown on the sign-in page; null in production. */
  readonly trainingPassword: string | null;
  /**
   * 受信代理 — whose X-Forwarded-* headers count, as Express names it ('loopback', a subnet, a number of
   * hops); null = nobody's. Behind a proxy that ends TLS, cookies are Secure only if it is trusted.
   */
  readonly trustProxy: string | null;
  /** Folder of uploaded photos and scans. */
  readonly filesDir: string;
  /** Built web page; null when there is none. */
  readonly webDir: string | null;
  readonly sessionSecret: string;
  /** Named by port, so that two copies on one machine do not sign each other out. */
  readonly cookieName: string;
  /** What this process can reach now, for /ready and /readyz. */
  readonly readiness: () => Promise<Readiness>;
}
