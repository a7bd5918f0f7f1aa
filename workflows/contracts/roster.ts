/** What callers of a roster's workflow and its activities agree on. No personal data passes here. */
import { defineSignal, defineUpdate } from '@temporalio/workflow';

/** Queue that the workers of this system poll. */
export const ROSTER_TASK_QUEUE = 'rosters';

/** Workflow types, one for each procedure, so that the Temporal UI says what a run is. */
export const WORKFLOW_TYPES = {
  'household-exit': 'householdExit',
  identification: 'identification',
  'return-to-poverty': 'returnToPoverty',
  'village-exit': 'villageExit',
  'function-opening': 'functionOpening',
  'monitored-household': 'monitoredHousehold',
  'risk-elimination': 'riskElimination',
  'elimination-rollback': 'eliminationRollback',
  'monitoring-clearance': 'monitoringClearance',
  'clear-household': 'clearHousehold',
  'prior-years-rollback': 'priorYearsRollback',
  'stable-exit-rollback': 'stableExitRollback',
  'clear-person': 'clearPerson',
  'supplement-person': 'supplementPerson',
  'adjust-new-household': 'adjustNewHousehold',
  'natural-change': 'naturalChange',
} as const;

/** Start argument; the workflow id is the roster id. */
export interface RosterArguments {
  readonly rosterId: string;
}

/** What the record tells the workflow after each transaction. */
export interface RosterProgress {
  readonly rosterId: string;
  readonly procedure: string;
  readonly unitCode: string;
  readonly seq: number;
  readonly open: boolean;
  readonly stepKey: string;
  readonly stepKind: string;
  readonly nextWakeAt: number | null;
  /** Time until the next wake on the business clock, 0 when it is past; null without one. */
  readonly wakeInMs: number | null;
  readonly dueAt: number | null;
  /** 环节 in order by their words, and where the list stands. */
  readonly steps: readonly string[];
  readonly stepIndex: number;
  /** Registry effects whose answers the record does not hold yet, the first few of them. */
  readonly effects: readonly string[];
}

/** 催办 of the record: what the caller has already seen, for a short answer. */
export interface DrainArguments {
  readonly haveSeq?: number;
}

/** Judge the waiting commands now. Carries no command: those are rows already. */
export const drainUpdate = defineUpdate<RosterProgress, [DrainArguments]>('drain');

/** 告知: the record was asked elsewhere, and this is where it stands. */
export const progressedSignal = defineSignal<[RosterProgress]>('progressed');

/** How a registry effect stands: all answered and reported, or people still have to enter. */
export interface RegistryWriting {
  readonly reported: boolean;
}

/** Activities of the worker, by name. */
export interface RosterActivities {
  readonly applyCommands: (given: { readonly rosterId: string }) => Promise<RosterProgress>;
  /** Settles every effect of the list that is not answered yet. */
  readonly writeRegistry: (given: { readonly rosterId: string }) => Promise<RegistryWriting>;
}
