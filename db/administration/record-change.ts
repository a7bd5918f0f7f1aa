/** 管理记录 — every change is written down in the transaction that makes it, and never rewritten. */
import type { Refusal } from '../../domain/kernel/refusal.ts';
import type { Instant } from '../../domain/time/instant.ts';
import type { DbOrTx } from '../import/database.ts';
import { administrationLog } from '../schema/organisation.ts';

/** Who changes, when (business time) and why. */
export interface Change {
  /** User id, or the name of the program where no user is at hand. */
  readonly by: string;
  readonly at: Instant;
  readonly reason: string;
}

/** A change made, or why not; a refusal changes nothing. */
export type Changed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly refusal: Refusal };

/** What may be changed. */
export type ChangeKind =
  | 'organisation-created'
  | 'organisation-renamed'
  | 'organisation-moved'
  | 'organisation-ended'
  | 'group-created'
  | 'group-renamed'
  | 'group-ended'
  | 'user-created'
  | 'user-ended'
  | 'password-reset'
  | 'user-unlocked'
  | 'duty-given'
  | 'duty-ended'
  | 'grant-given'
  | 'grant-ended'
  | 'pack-loaded';

/** The change as a user reads it. */
export const CHANGE_WORDS: Readonly<Record<ChangeKind, string>> = {
  'organisation-created': '设立组织',
  'organisation-renamed': '组织更名',
  'organisation-moved': '组织改隶',
  'organisation-ended': '撤销组织',
  'group-created': '设立村民小组',
  'group-renamed': '村民小组更名',
  'group-ended': '撤销村民小组',
  'user-created': '开设账号',
  'user-ended': '停用账号',
  'password-reset': '重置口令',
  'user-unlocked': '解除锁定',
  'duty-given': '任岗',
  'duty-ended': '免岗',
  'grant-given': '授权',
  'grant-ended': '终止授权',
  'pack-loaded': '装入规则包',
};

/** One line of the record. */
export interface ChangeRecord {
  readonly kind: ChangeKind;
  readonly subject: string;
  /** The organisation in whose area it lies: who inspects that area sees it. */
  readonly orgCode: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** Writes the line; call it in the transaction of the change. */
export async function recordChange(
  tx: DbOrTx,
  { by, at, reason }: Change,
  record: ChangeRecord,
): Promise<void> {
  const stamp = { changedBy: by, changedAt: at, reason };
  await tx.insert(administrationLog).values({ ...record, ...stamp });
}

/** Who changes what these functions keep. */
const ADMINISTRATOR = '管理员';

/** Refuses with nothing but words and, where they help, more. */
export function refused(
  code: string,
  words: string,
  more: Pick<Refusal, 'missing' | 'whoClears' | 'earliestAt'> = {},
): { readonly ok: false; readonly refusal: Refusal } {
  return { ok: false, refusal: { code, words, whoClears: ADMINISTRATOR, ...more } };
}
