/** 公示表 of a list: what would be frozen now, what was frozen, where it hung and when. */
import { asc, eq, inArray } from 'drizzle-orm';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import { contentHash } from '../db/record/hash-chain.ts';
import { loadFacts } from '../db/record/load-facts.ts';
import { events, postedSheets, rosters } from '../db/schema/record.ts';
import type { RosterEvent } from '../domain/kernel/event.ts';
import { factsNeeded } from '../domain/kernel/facts-need.ts';
import type { Refusal } from '../domain/kernel/refusal.ts';
import { activeCases } from '../domain/kernel/state.ts';
import { sheetRefusals } from '../domain/kernel/steps/freeze-sheet.ts';
import {
  type CorrectionInput,
  composeAnnouncement,
  composeCorrection,
  composeNotice,
} from '../domain/sheet/compose-sheet.ts';
import type { FrozenSheet, PostedSheet } from '../domain/sheet/posted-sheet.ts';
import type { DateReceipt } from '../domain/time/date-receipt.ts';
import { type Instant, plainDateAt } from '../domain/time/instant.ts';
import { ApiProblem } from './problem.ts';
import type { ReadableRoster } from './roster-access.ts';

/** What a preview is asked for; without a correction, the sheet of the step at which the list stands. */
export interface PreviewWish {
  readonly contact: string | null;
  readonly correction: CorrectionInput | null;
}

/** 预览: the sheet that freezing would make at this instant, and why it might not hang. */
export async function previewSheet(
  db: PostgresJsDatabase,
  { roster: { state }, plan }: ReadableRoster,
  at: Instant,
  { contact, correction }: PreviewWish,
): Promise<FrozenSheet & { readonly refusals: readonly Refusal[] }> {
  const step = plan.steps[state.stepIndex];
  if (step?.kind !== 'notice' && step?.kind !== 'announcement') {
    throw new ApiProblem('WRONG-STATE', '名单不在公示或公告环节，没有可预览的表');
  }
  const { unitCode } = state;
  const cases = activeCases(state);
  const facts = await loadFacts(db, {
    plan,
    unitCode,
    body: null,
    ...factsNeeded(plan, state, null),
  });
  const input = { plan, state, facts, on: plainDateAt(at), contact };
  const named = new Set(correction?.caseIds);
  const caseIds = (correction === null ? cases : cases.filter(({ id }) => named.has(id))).map(
    ({ id }) => id,
  );
  const { notice } = state;
  let sheet: PostedSheet;
  if (step.kind === 'announcement') sheet = composeAnnouncement(input, step);
  else if (correction === null) sheet = composeNotice(input, step);
  else if (notice === null) throw new ApiProblem('WRONG-STATE', '公示尚未定稿，不需要更正');
  else sheet = composeCorrection(input, step, notice, correction);
  const clauses = { step: step.clauseId, privacy: plan.citations?.sheetClauseId };
  const refusals = sheetRefusals(sheet, caseIds, clauses);
  return { hash: contentHash(sheet), sheet, refusals };
}

/** One frozen sheet with its life so far. */
export interface SheetRecord extends FrozenSheet {
  readonly draftedAt: Instant;
  readonly postings: readonly { readonly place: string; readonly postedAt: Instant }[];
  readonly receipt: DateReceipt | null;
  /** Frozen anew or returned before it was posted: no paper of it may hang. */
  readonly isVoid: boolean;
}

/** Every sheet frozen for the list, the oldest first; a child list shows those under which it was born. */
export async function sheetsOf(
  db: PostgresJsDatabase,
  rosterId: string,
): Promise<readonly SheetRecord[]> {
  const [roster] = await db
    .select({ parentId: rosters.parentId, openedAt: rosters.openedAt })
    .from(rosters)
    .where(eq(rosters.id, rosterId));
  if (roster === undefined) return [];
  const born =
    roster.parentId === null
      ? []
      : (await sheetsOf(db, roster.parentId)).filter(
          ({ draftedAt }) => draftedAt <= roster.openedAt,
        );
  const rows = await db
    .select({ body: events.body })
    .from(events)
    .where(eq(events.rosterId, rosterId))
    .orderBy(asc(events.seq));
  const lives = sheetLives(rows.map(({ body }) => body));
  const hashes = [...lives.keys()];
  if (hashes.length === 0) return born;
  const kept = await db.select().from(postedSheets).where(inArray(postedSheets.hash, hashes));
  const bodies = new Map(kept.map(({ hash, body }) => [hash, body]));
  const own = [...lives].flatMap(([hash, life]) => {
    const sheet = bodies.get(hash);
    return sheet === undefined ? [] : [{ hash, sheet, ...life }];
  });
  return [...born, ...own];
}

interface SheetLife {
  draftedAt: Instant;
  postings: { place: string; postedAt: Instant }[];
  receipt: DateReceipt | null;
  isVoid: boolean;
}

/** Reads from the events how each sheet fared; the same words frozen twice are one sheet. */
function sheetLives(log: readonly RosterEvent[]): ReadonlyMap<string, SheetLife> {
  const lives = new Map<string, SheetLife>();
  const corrections = new Map<number, string>();
  let current: string | null = null;
  const lifeOf = (no: number | null) =>
    lives.get((no === null ? current : corrections.get(no)) ?? '');
  const giveUp = () => {
    const life = lifeOf(null);
    if (life !== undefined && life.postings.length === 0) life.isVoid = true;
  };
  const begin = (hash: string, draftedAt: Instant) => {
    lives.set(hash, { draftedAt, postings: [], receipt: null, isVoid: false });
  };
  for (const { at, body } of log) {
    switch (body.type) {
      case 'notice-drafted':
      case 'announcement-drafted':
        giveUp();
        corrections.clear();
        begin(body.sheet, at);
        current = body.sheet;
        break;
      case 'notice-corrected':
        begin(body.sheet, at);
        corrections.set(body.no, body.sheet);
        break;
      case 'notice-posted':
        lifeOf(body.correction)?.postings.push({ place: body.place, postedAt: at });
        break;
      case 'announcement-posted':
        lifeOf(null)?.postings.push({ place: body.place, postedAt: at });
        break;
      case 'notice-period-started':
        setReceipt(lifeOf(body.correction), body.receipt);
        break;
      case 'announcement-started':
        setReceipt(lifeOf(null), body.receipt);
        break;
      case 'notice-removed': {
        const life = lifeOf(null);
        if (body.early) setReceipt(life, null);
        break;
      }
      case 'roster-returned':
        giveUp();
        break;
      default:
        break;
    }
  }
  return lives;
}

function setReceipt(life: SheetLife | undefined, receipt: DateReceipt | null): void {
  if (life !== undefined) life.receipt = receipt;
}
