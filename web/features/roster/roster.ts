import { useQuery } from '@tanstack/react-query';
import type { CommandType } from '../../../domain/kernel/command.ts';
import type { CaseState, RosterState } from '../../../domain/kernel/state.ts';
import type { Plan, PlanStep } from '../../../domain/plan/plan.ts';
import type { UnitWord } from '../../../domain/plan/unit-word.ts';
import { read, type ShownRefusal } from '../../api-client.ts';
import type { Answers } from '../../generated/api.ts';

/** 名单 as a row of the list. */
export type RosterRow = Answers['GET /rosters']['items'][number];

/** 户 behind a case, by what a list may show. */
export interface CaseSubject {
  readonly caseId: string;
  readonly headName: string;
  readonly groupName: string;
  readonly memberCount: number;
  /** Newest saved visit form, which a step may be closed with. */
  readonly formHash: string | null;
}

/** 名单 with its rules and the people it lists. */
export interface RosterDetail {
  readonly id: string;
  readonly unitName: string;
  readonly countyCode: string;
  readonly state: RosterState;
  readonly plan: Plan;
  readonly subjects: readonly CaseSubject[];
  readonly groups: readonly { readonly id: string; readonly name: string }[];
  readonly lateMs: number;
  readonly registrations: readonly RegistrationStamp[];
}

/** 录入行: who entered a household, and when it went to the registry. */
export interface RegistrationStamp {
  readonly caseId: string;
  readonly operatorName: string;
  readonly reviewerName: string | null;
  readonly carriedAt: string | null;
}

/** 可办事项 — one action, whether it may be done now, and why not. */
export interface ActionExplanation {
  readonly type: CommandType;
  readonly words: string;
  readonly allowed: boolean;
  readonly refusals: readonly ShownRefusal[];
  readonly needs: readonly string[];
}

/** One roster; read again when the server tells that it changed. */
export function useRoster(rosterId: string) {
  return useQuery({
    queryKey: ['roster', rosterId],
    queryFn: () => read<RosterDetail>(`/rosters/${rosterId}`),
  });
}

/** 为什么不能推进. */
export function useWhy(rosterId: string) {
  return useQuery({
    queryKey: ['why', rosterId],
    queryFn: () =>
      read<{ readonly actions: readonly ActionExplanation[] }>(`/rosters/${rosterId}/why`),
  });
}

/** 当前环节; null once the list is finished. */
export function currentStep(detail: RosterDetail): PlanStep | null {
  return detail.plan.steps[detail.state.stepIndex] ?? null;
}

/** 户主姓名 of a case, or its number where the name is not known. */
export function caseName(detail: RosterDetail, caseId: string): string {
  return detail.subjects.find((subject) => subject.caseId === caseId)?.headName ?? caseId;
}

/** 许建海户, 凉水村: a case of the list as a title names it. */
export function caseTitle(detail: RosterDetail, caseId: string): string {
  const name = caseName(detail, caseId);
  return detail.plan.subject === undefined ? `${name}户` : name;
}

/** Procedures whose lists count something else than 户. */
const UNITS: Readonly<Partial<Record<string, UnitWord>>> = {
  'village-exit': '村',
  'function-opening': '县',
};

/** 户, 村 or 县: what the lists of a procedure count. */
export function unitOf(procedure: string): UnitWord {
  return UNITS[procedure] ?? '户';
}

/** 许建海、邓贵才等12户: whom a row names first, and how many there are. */
export function subjectsWords(
  heads: readonly string[],
  count: number,
  unit: UnitWord = '户',
): string {
  const names = heads.join('、');
  const total = unit === '户' ? `${count}户` : `${count}个${unit}`;
  if (heads.length === 0) return total;
  return count > heads.length ? `${names}等${total}` : `${names}（${total}）`;
}

/** Choices for a field that names a case of the list. */
export function caseOptions(
  detail: RosterDetail,
  keep: (item: CaseState) => boolean,
): { readonly value: string; readonly label: string }[] {
  return detail.state.cases
    .filter(keep)
    .map(({ id }) => ({ value: id, label: caseName(detail, id) }));
}
