/** Faults that tests switch on; a registry started without GONGSHI_FAULTS=1 has none and no switch. */
import { z } from 'zod';

/** What goes wrong with the next entries. */
export type FaultMode =
  /** 500 before anything is written. */
  | 'fail-before'
  /** Written, then 500. */
  | 'fail-after'
  /** Never answered, nothing written. */
  | 'hang-before'
  /** Written, never answered. */
  | 'hang-after'
  /** Written and answered only after `delayMs`, when the client has long given up. */
  | 'late'
  /** Refused with `fault_refused`, whatever it is. */
  | 'refuse';

/** Body of the switch: the next `count` entries (after letting `skip` pass) meet `mode`. */
export const FaultSwitch = z.strictObject({
  mode: z.enum(['fail-before', 'fail-after', 'hang-before', 'hang-after', 'late', 'refuse']),
  count: z.number().int().min(0).max(10_000),
  skip: z.number().int().min(0).max(10_000).default(0),
  delayMs: z.number().int().min(0).max(600_000).default(0),
});

/** The switch of one registry process. */
export interface Faults {
  readonly set: (fault: z.output<typeof FaultSwitch>) => void;
  readonly clear: () => void;
  /** The fault that the next entry meets, used up by asking. */
  readonly take: () => { readonly mode: FaultMode; readonly delayMs: number } | undefined;
}

/** A switch with nothing on. */
export function createFaults(): Faults {
  let current: z.output<typeof FaultSwitch> | undefined;
  return {
    set(fault) {
      current = fault;
    },
    clear() {
      current = undefined;
    },
    take() {
      if (current === undefined) return undefined;
      if (current.skip > 0) {
        current = { ...current, skip: current.skip - 1 };
        return undefined;
      }
      if (current.count === 0) return undefined;
      current = { ...current, count: current.count - 1 };
      return { mode: current.mode, delayMs: current.delayMs };
    },
  };
}
