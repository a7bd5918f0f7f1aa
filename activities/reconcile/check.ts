/** 对账项 — one thing to compare, and what may be done about it by calls that are safe to repeat. */
import type { Clock } from '../../db/clock.ts';
import type { DbOrTx } from '../../db/import/database.ts';
import type { Disagreement, DisagreementKind } from '../../db/reconcile/kinds.ts';
import type { Look } from '../../db/reconcile/note-disagreements.ts';
import type { Engine } from '../drain-roster.ts';
import type { RegistryPort } from '../registry/port.ts';

/** What the reconciler works with: its own connections, never those of a worker. */
export interface ReconcileServices extends Engine {
  readonly db: DbOrTx;
  readonly clock: Clock;
  readonly port: RegistryPort;
  readonly patience: Patience;
}

/** How long something may take before it counts as a disagreement, milliseconds. */
export interface Patience {
  /** A command or wake younger than this is still on its way. */
  readonly waitingMs: number;
  /** An entry's call and its read-back take seconds; the worker tries again for a minute. */
  readonly entryMs: number;
  /** A run ends moments after its list. */
  readonly endingMs: number;
}

/** What an instance in good order never exceeds. */
export const PATIENCE: Patience = { waitingMs: 10_000, entryMs: 180_000, endingMs: 60_000 };

/** One comparison. A throw says that it could not be made: nothing is then noted of its kinds. */
export interface Check {
  readonly kinds: readonly DisagreementKind[];
  readonly look: (services: ReconcileServices) => Promise<Omit<Look, 'kinds'>>;
  /** Cannot even look while the engine is away; the others then only name what they find. */
  readonly asksEngine?: true;
  /** Left out where only people can decide. False when it left this one to people. */
  readonly repair?: (services: ReconcileServices, found: Disagreement) => Promise<boolean>;
}
