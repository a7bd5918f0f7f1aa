/**
 * 离线核验 — judges everything in a bundle again. Two answers: 完整性 (does anything differ from what
 * the rules give) and 齐全性 (is anything left out). Reads no database and no clock.
 */
import { CHAIN_START, contentHash, linkHash } from './hash-chain.ts';
import { Rerun } from './rerun-bundle.ts';
import type { BundleEvent, BundleFault, RosterBundle } from './roster-bundle.ts';

/** 核验结论. Null faults mean that nothing was found. */
export interface BundleVerdict {
  readonly integrity: BundleFault | null;
  readonly completeness: BundleFault | null;
  readonly chainChecked: boolean;
  /** Events judged again and found the same, out of those in the bundle. */
  readonly reproduced: number;
  /** Commands refused then: their facts are not kept, so they are not judged again. */
  readonly refusedNotJudged: number;
  /** Opened by a split: the opening is proved by the parent's record, not by this bundle. */
  readonly openedBySplit: boolean;
}

/** Verifies a bundle; without `key` the chain is not checked, only its end against the head. */
export function verifyBundle(bundle: RosterBundle, key: string | null): BundleVerdict {
  const whole = inSequence(bundle.events);
  const rerun = new Rerun(bundle, whole);
  const broken = key === null ? null : findBrokenLink(bundle.rosterId, whole, key);
  const judged = rerun.run() ?? findAlteredCommand(bundle);
  return {
    integrity: earlier(broken, judged),
    completeness: findGap(bundle),
    chainChecked: key !== null,
    reproduced: rerun.reproduced,
    refusedNotJudged: bundle.commands.filter(({ outcome }) => outcome?.kind === 'refused').length,
    openedBySplit: rerun.openedBySplit,
  };
}

/** Events up to the first one that is out of its place: what can be judged again. */
function inSequence(events: readonly BundleEvent[]): readonly BundleEvent[] {
  const end = events.findIndex(({ seq }, index) => seq !== index + 1);
  return end === -1 ? events : events.slice(0, end);
}

function earlier(a: BundleFault | null, b: BundleFault | null): BundleFault | null {
  if (a === null || b === null) return a ?? b;
  const place = ({ seq }: BundleFault) => seq ?? Number.POSITIVE_INFINITY;
  // At the same event the judgement says more than the broken link.
  return place(a) < place(b) ? a : b;
}

function findBrokenLink(
  rosterId: string,
  events: readonly BundleEvent[],
  key: string,
): BundleFault | null {
  let head: Buffer = CHAIN_START;
  for (const { seq, hash, ...link } of events) {
    head = linkHash(key, head, { ...link, rosterId });
    if (head.toString('hex') !== hash) {
      return { seq, words: `第${seq}号事件与防篡改链不符（或密钥不是这套系统的）。` };
    }
  }
  return null;
}

/** Commands that caused no event are covered by the hash of what was asked. */
function findAlteredCommand({ commands }: RosterBundle): BundleFault | null {
  const altered = commands.find(({ body, bodyHash }) => contentHash(body) !== bodyHash);
  if (altered === undefined) return null;
  return { seq: null, words: `指令${altered.id}的内容与其校验值不符。` };
}

/** 公示表 that the event froze; null when it froze none. */
function sheetOf({ event: { body } }: BundleEvent): string | null {
  switch (body.type) {
    case 'notice-drafted':
    case 'notice-corrected':
    case 'announcement-drafted':
      return body.sheet;
    default:
      return null;
  }
}

function findGap(bundle: RosterBundle): BundleFault | null {
  const { events, head } = bundle;
  const known = new Set(bundle.commands.map(({ id }) => id));
  for (const [index, row] of events.entries()) {
    const seq = index + 1;
    if (row.seq !== seq) {
      return { seq, words: `应为第${seq}号事件的位置上是第${row.seq}号：有缺失或次序颠倒。` };
    }
    const isChildOpening = seq === 1 && bundle.head.state.parentId !== null;
    if (row.commandId !== null && !known.has(row.commandId) && !isChildOpening) {
      return { seq, words: `缺少第${seq}号事件的指令。` };
    }
    if (!(row.planHash in bundle.plans)) return { seq, words: `缺少第${seq}号事件的适用规则。` };
    if (row.factsHash !== null && !(row.factsHash in bundle.facts)) {
      return { seq, words: `缺少第${seq}号事件的判断依据。` };
    }
    const sheet = sheetOf(row);
    if (sheet !== null && !(sheet in bundle.sheets)) {
      return { seq, words: `缺少第${seq}号事件的公示表。` };
    }
  }
  if (events.length !== head.seq) {
    const seq = Math.min(events.length, head.seq) + 1;
    const words = `名单应有${head.seq}个事件，文件中有${events.length}个：从第${seq}号起不齐。`;
    return { seq, words };
  }
  if (events.at(-1)?.hash !== head.hash) {
    return { seq: null, words: '最后一个事件的校验值与名单登记的末端不符。' };
  }
  const late = bundle.commands.find(
    ({ outcome }) => outcome?.kind === 'applied' && outcome.toSeq > head.seq,
  );
  if (late !== undefined) return { seq: null, words: `缺少指令${late.id}产生的事件。` };
  return null;
}
