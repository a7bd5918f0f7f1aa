/** What events do to a posted sheet (公示, 公告) and to objections. */
import { invariant } from '../invariant.ts';
import type { EventBody, RosterEvent } from './event.ts';
import type { Correction, Objection, Posting, RosterState, SheetState } from './state.ts';

type Of<T extends EventBody['type']> = Extract<EventBody, { type: T }>;

/** Folds an event into the notice, the announcement and the objections. */
export function evolveSheets(state: RosterState, event: RosterEvent): RosterState {
  const { body } = event;
  switch (body.type) {
    case 'notice-drafted':
      return draft(state, event, body);
    case 'notice-posted':
      return onNotice(state, (notice) => post(notice, event, body));
    case 'notice-period-started':
      return startPeriod(state, body);
    case 'notice-ended':
      return onNotice(state, (notice) => ({ ...notice, endNoted: true }));
    case 'notice-removed':
      return onNotice(state, (notice) => remove(notice, event, body));
    case 'notice-corrected':
      return onNotice(state, (notice) => correct(notice, body));
    case 'announcement-drafted':
      return { ...state, announcement: newSheet(state, event, body.sheet, body.caseIds) };
    case 'announcement-posted':
      return onAnnouncement(state, (announcement) => {
        const added = posting(event, body.place, body.proof);
        return { ...announcement, postings: [...announcement.postings, added] };
      });
    case 'announcement-started': {
      const { receipt } = body;
      const { anchorAt: startsAt, endsAt } = receipt;
      return onAnnouncement(state, (sheet) => ({ ...sheet, startsAt, receipt, endsAt }));
    }
    case 'announcement-ended':
      return onAnnouncement(state, (sheet) => ({ ...sheet, endNoted: true }));
    case 'objection-raised':
      return { ...state, objections: [...state.objections, body.objection] };
    case 'objection-disposed':
      return onObjection(state, body.objectionId, ({ late }) => ({
        disposal: body.result,
        // After the period only the next reviewer's own answer counts.
        ...(late ? {} : { answered: true }),
      }));
    case 'objection-answered':
      return onObjection(state, body.objectionId, () => ({ answered: true }));
    default:
      return state;
  }
}

/** A new notice is every household's first: ends that corrections set under an earlier one are over. */
function draft(state: RosterState, event: RosterEvent, body: Of<'notice-drafted'>): RosterState {
  const notice = newSheet(state, event, body.sheet, body.caseIds);
  return { ...state, notice, cases: state.cases.map((item) => ({ ...item, noticeEndsAt: null })) };
}

function newSheet(
  state: RosterState,
  event: RosterEvent,
  sheet: string,
  caseIds: readonly string[],
): SheetState {
  return {
    stepIndex: state.stepIndex,
    sheet,
    draftedAt: event.at,
    caseIds,
    postings: [],
    startsAt: null,
    receipt: null,
    endsAt: null,
    endNoted: false,
    corrections: [],
  };
}

function onNotice(state: RosterState, change: (notice: SheetState) => SheetState): RosterState {
  invariant(state.notice !== null, 'a notice event needs a notice');
  return { ...state, notice: change(state.notice) };
}

function onAnnouncement(
  state: RosterState,
  change: (announcement: SheetState) => SheetState,
): RosterState {
  invariant(state.announcement !== null, 'an announcement event needs an announcement');
  return { ...state, announcement: change(state.announcement) };
}

function posting(event: RosterEvent, place: string, proof: string): Posting {
  return { place, postedAt: event.at, proof, removedAt: null };
}

function post(notice: SheetState, event: RosterEvent, body: Of<'notice-posted'>): SheetState {
  const added = posting(event, body.place, body.proof);
  if (body.correction === null) {
    return {
      ...notice,
      postings: [...notice.postings.filter((p) => p.place !== body.place), added],
    };
  }
  return onCorrection(notice, body.correction, (item) => ({
    ...item,
    postings: [...item.postings, added],
  }));
}

function onCorrection(
  notice: SheetState,
  no: number,
  change: (correction: Correction) => Correction,
): SheetState {
  return {
    ...notice,
    corrections: notice.corrections.map((item) => (item.no === no ? change(item) : item)),
  };
}

function startPeriod(state: RosterState, body: Of<'notice-period-started'>): RosterState {
  const { receipt, correction } = body;
  if (correction === null) {
    return onNotice(state, (notice) => ({
      ...notice,
      startsAt: receipt.anchorAt,
      receipt,
      endsAt: receipt.endsAt,
      endNoted: false,
    }));
  }
  const completed = onNotice(state, (notice) =>
    onCorrection(notice, correction, (item) => ({ ...item, complete: true })),
  );
  const made = state.notice?.corrections.find((item) => item.no === correction);
  if (made === undefined || !made.material) return completed;
  const named = new Set(made.caseIds);
  const cases = completed.cases.map((item) =>
    named.has(item.id) ? { ...item, noticeEndsAt: receipt.endsAt } : item,
  );
  return { ...completed, cases };
}

/** Taken down early, the sheet was not continuously up: the period starts again when it is back. */
function remove(notice: SheetState, event: RosterEvent, body: Of<'notice-removed'>): SheetState {
  if (body.early) {
    const postings = notice.postings.filter((item) => item.place !== body.place);
    return { ...notice, postings, startsAt: null, receipt: null, endsAt: null, endNoted: false };
  }
  const postings = notice.postings.map((item) =>
    item.place === body.place ? { ...item, removedAt: event.at } : item,
  );
  return { ...notice, postings };
}

function correct(notice: SheetState, body: Of<'notice-corrected'>): SheetState {
  const { no, material, caseIds, sheet } = body;
  const added: Correction = { no, sheet, material, caseIds, postings: [], complete: false };
  return { ...notice, corrections: [...notice.corrections, added] };
}

function onObjection(
  state: RosterState,
  id: string,
  change: (objection: Objection) => Partial<Objection>,
): RosterState {
  const objections = state.objections.map((item) =>
    item.id === id ? { ...item, ...change(item) } : item,
  );
  return { ...state, objections };
}
