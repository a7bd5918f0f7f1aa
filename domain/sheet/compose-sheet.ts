/** 拟表 — makes the content of a sheet from plan, state and facts. Pure: the same list gives the same words. */
import type { VillageFacts } from '../facts/village-facts.ts';
import { invariant } from '../invariant.ts';
import type { Facts } from '../kernel/facts.ts';
import { activeCases, type RosterState, type SheetState } from '../kernel/state.ts';
import type { OrgLevel } from '../organisation/org-code.ts';
import type { AnnouncementStep, NoticeStep, Plan } from '../plan/plan.ts';
import type { PlainDate } from '../time/instant.ts';
import { type PostedSheet, SHEET_FORMAT, type SheetKind, type SheetRow } from './posted-sheet.ts';
import {
  type CHANGE_WORDS,
  changeWords,
  groundsOf,
  KIND_WORDS,
  objectionWords,
  openingWords,
  PROCEDURE_WORDS,
  periodWords,
} from './sheet-words.ts';

/** What every sheet is made from. */
export interface SheetInput {
  readonly plan: Plan;
  readonly state: RosterState;
  readonly facts: Facts;
  /** Day of freezing, printed under the issuer's name. */
  readonly on: PlainDate;
  /** 监督联系方式, null where the clerk gives none. */
  readonly contact: string | null;
}

/** 更正 as the command asks for it. */
export interface CorrectionInput {
  readonly change: keyof typeof CHANGE_WORDS;
  readonly caseIds: readonly string[];
  readonly words: string;
}

/** 公示表 of the households or villages that the list carries now. */
export function composeNotice(input: SheetInput, step: NoticeStep): PostedSheet {
  const { plan, state } = input;
  const { proposed } = PROCEDURE_WORDS[plan.procedure];
  const caseIds = activeCases(state).map(({ id }) => id);
  return {
    ...commonParts(input, step, 'notice'),
    rows: sheetRows(input, caseIds, proposed),
    period: periodWords(step.period, '公示'),
    decision: null,
    correction: null,
  };
}

/** 公告表: publishes the decision with its document. */
export function composeAnnouncement(input: SheetInput, step: AnnouncementStep): PostedSheet {
  const { plan, state, facts } = input;
  const { decided } = PROCEDURE_WORDS[plan.procedure];
  const caseIds = activeCases(state).map(({ id }) => id);
  const { decision } = state;
  return {
    ...commonParts(input, step, 'announcement'),
    rows: sheetRows(input, caseIds, decided),
    period: step.minPeriod === null ? null : periodWords(step.minPeriod, '公告'),
    decision: decision && {
      issuer: facts.orgNames[decision.orgCode] ?? decision.orgCode,
      documentNo: decision.documentNo,
      documentOn: decision.documentOn,
    },
    correction: null,
  };
}

/** 更正表: those it names as they stand now, and what was wrong. */
export function composeCorrection(
  input: SheetInput,
  step: NoticeStep,
  notice: SheetState,
  { change, caseIds, words }: CorrectionInput,
): PostedSheet {
  const { proposed } = PROCEDURE_WORDS[input.plan.procedure];
  const named = input.state.cases.filter(({ id }) => caseIds.includes(id)).map(({ id }) => id);
  const restarts = change !== 'other';
  return {
    ...commonParts(input, step, 'correction'),
    rows: sheetRows(input, named, proposed),
    period: restarts ? periodWords(step.period, '公示') : null,
    decision: null,
    correction: {
      no: notice.corrections.length + 1,
      corrects: notice.sheet,
      change: changeWords(change, input.plan.subject),
      words,
      restarts,
    },
  };
}

function commonParts(input: SheetInput, step: NoticeStep | AnnouncementStep, kind: SheetKind) {
  const { plan, state, facts, on, contact } = input;
  const { name } = PROCEDURE_WORDS[plan.procedure];
  const place = placeName(facts, 'township') + placeName(facts, 'village');
  const [issuer] = step.by;
  invariant(issuer !== undefined, 'a step is somebody’s');
  return {
    format: SHEET_FORMAT,
    kind,
    rosterId: state.rosterId,
    title: `${place}${plan.year}年度${name}${KIND_WORDS[kind]}`,
    subtitle: `${plan.title}　${step.name}　第${state.batch}批`,
    ...(plan.subject !== undefined && { subject: plan.subject }),
    opening: openingWords(kind, plan.subject),
    places: step.places.map((item) => item.name),
    objections: objectionWords(kind),
    contact,
    grounds: groundsOf(plan, step),
    issuer: placeName(facts, issuer.level),
    issuedOn: on,
    training: facts.training,
  } as const;
}

function placeName({ chain, orgNames }: Facts, level: OrgLevel): string {
  const code = chain[level];
  return code === undefined ? '' : (orgNames[code] ?? code);
}

/** Rows in the order of the list. What is not known stays empty: the guard of the sheet refuses it. */
function sheetRows(
  { state, facts }: SheetInput,
  caseIds: readonly string[],
  result: string,
): readonly SheetRow[] {
  const groups = new Map(facts.groups.map(({ id, name }) => [id, name]));
  const groupOf = new Map(state.cases.map(({ id, groupId }) => [id, groupId]));
  return caseIds.map((id) => {
    const known = facts.cases[id];
    if (known?.village !== undefined) return villageRow(known.village, result);
    const members = known?.form?.members ?? [];
    return {
      headName: known?.registry?.headName ?? members.find(({ isHead }) => isHead)?.name ?? '',
      groupName: groups.get(groupOf.get(id) ?? '') ?? '',
      memberCount: known?.registry?.memberCount ?? members.length,
      result,
    };
  });
}

/** 一村 on the sheet: its name and its rate, so that anybody can work it out again. */
function villageRow({ registry, form }: VillageFacts, result: string): SheetRow {
  const memberCount = form?.denominator.persons ?? 0;
  const row = { headName: registry?.name ?? '', groupName: '', memberCount, result };
  if (registry === null || form === null) return { ...row, rate: '' };
  const { definition, on } = form.denominator;
  const rate = `未脱贫${registry.poorPersons}人，${definition}${memberCount}人（${on}）`;
  return { ...row, rate };
}
