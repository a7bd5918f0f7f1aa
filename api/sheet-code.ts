/** 核对码 — what the QR of a posted sheet holds: the list and the content hash; nothing about anybody. */

const SHAPE = /^gongshi:([\w.~-]{1,120}):([0-9a-f]{64})$/;

/** The code that is printed on the paper. */
export function sheetCode(rosterId: string, hash: string): string {
  return `gongshi:${rosterId}:${hash}`;
}

/** List and hash of a scanned code; undefined when it is not one of ours. */
export function readSheetCode(
  text: string,
): { readonly rosterId: string; readonly hash: string } | undefined {
  const [, rosterId, hash] = SHAPE.exec(text.trim()) ?? [];
  return rosterId === undefined || hash === undefined ? undefined : { rosterId, hash };
}
