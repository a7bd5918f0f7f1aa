/** 不能推进的原因 — codes under which a case is blocked; each names who has to clear it. */

/** An open objection (异议): cleared by its disposal. */
export const OBJECTION = 'G-04';

/** An open hit of a comparison (比对疑点): cleared by an accepted explanation or a clear result. */
export const HIT = 'G-06';

/** 不认可: cleared when the same party accepts. */
export const NOT_ACCEPTED = 'G-08';

/** The registry refused the entry: cleared when it is carried again. */
export const REGISTRY_REFUSED = 'REGISTRY-REFUSED';
