/** 暂时不可用 — tells an outage from a bug: nothing was decided, and the same request may come again. */

/** `away`: not reachable, starting or stopping. `full`: no space or memory for one more row. */
export type Outage = 'away' | 'full';

/** Codes of the driver and of PostgreSQL (classes 08 and 57P, too many connections). */
const AWAY =
  /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|CONNECT_TIMEOUT|CONNECTION_(CLOSED|ENDED|DESTROYED)|57P0\d|08\w{3}|53300)$/;

/** Codes of PostgreSQL and of the operating system for a full disk, an exhausted memory, a write error. */
const FULL = /^(53[12]00|58030|ENOSPC|EDQUOT)$/;

/** The outage behind an error, by the codes of its causes. Undefined for everything else: a bug. */
export function findOutage(error: unknown): Outage | undefined {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const code = 'code' in cause ? String(cause.code) : '';
    if (AWAY.test(code)) return 'away';
    if (FULL.test(code)) return 'full';
  }
  return undefined;
}
