/** 排查规则: the screening of a pack lineage made into rules for one place; its alarm waits for the office. */
import { invariant } from '../domain/invariant.ts';
import type {
  FollowUpRule,
  ScreeningFinding,
  ScreeningRules,
} from '../domain/screening/screening.ts';
import { type UnconfirmedValue, type ValueConfirmation, ValueReader } from './confirm-values.ts';
import { lineageOf, type PackLibrary } from './load-packs.ts';
import { mergeLineage } from './merge-lineage.ts';

/** Rules, and the value that the office has still to confirm. */
export interface ResolvedScreening {
  readonly rules: ScreeningRules;
  readonly unconfirmed: readonly UnconfirmedValue[];
}

/** Undefined where the pack screens nobody. An alarm that nobody confirmed is none: the notice's own date stands. */
export function resolveScreening(
  library: PackLibrary,
  packId: string,
  confirmations: readonly ValueConfirmation[],
): ResolvedScreening | undefined {
  const lineage = lineageOf(library, packId);
  const pack = lineage.findLast(({ screening }) => screening !== undefined);
  const { screening } = pack ?? {};
  const place = lineage.at(-1);
  if (screening === undefined || place === undefined) return undefined;
  // Values and clauses hold for every procedure of a pack.
  const [first] = screening.followUps;
  invariant(first !== undefined, 'a screening leads somewhere');
  const rules = mergeLineage(lineage, first.procedure);
  const reader = new ValueReader(rules, lineage, confirmations);
  const alarm =
    rules.values['screening.alarm'] === undefined ? undefined : reader.read('screening.alarm');
  const { title, by, clause, groups, inPerson, visitedBy, followUps, followedBy } = screening;
  const resolved: ScreeningRules = {
    packId,
    packVersion: place.version,
    title: `${place.title}：${title}`,
    by,
    clauseId: clause,
    groups: groups.names,
    inPersonClauseId: inPerson.clause,
    visitedBy: { deadline: visitedBy.date, clauseId: visitedBy.clause },
    followUps: Object.fromEntries(
      followUps.map(({ finding, procedure, clause: clauseId }) => [
        finding,
        { procedure, clauseId },
      ]),
    ) as Partial<Record<ScreeningFinding, FollowUpRule>>,
    followedBy: { deadline: followedBy.date, clauseId: followedBy.clause },
    alarm: alarm === undefined ? null : { rule: alarm.value, clauseId: alarm.clauseId },
    clauses: { ...rules.clauses, ...reader.clauses },
    calendar: library.calendar,
  };
  return { rules: resolved, unconfirmed: reader.unconfirmed };
}
