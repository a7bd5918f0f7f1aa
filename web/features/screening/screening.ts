import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import {
  NO_RISK,
  type ScreeningFinding,
  type ScreeningSheet,
} from '../../../domain/screening/screening.ts';
import { type PlainDate, plainDate } from '../../../domain/time/instant.ts';
import { read, writeOnce } from '../../api-client.ts';
import type { Answers } from '../../generated/api.ts';
import { useAttempt } from '../command/attempt.ts';

/** 排查记录 as the server answers them. */
export type Screenings = Answers['GET /screenings'];
export type Screening = Screenings['items'][number];
export type ScreeningRules = Answers['GET /screenings/rules']['items'][number];
export type Coverage = Answers['GET /screenings/coverage']['items'][number];

export const PAGE_SIZE = 20;

/** One page of the sheets of the reader's area; open: those that ask for a case which is not there. */
export function useScreenings(open: boolean, page: number) {
  return useQuery({
    queryKey: ['screenings', open, page],
    queryFn: () => read<Screenings>(`/screenings?open=${open}&page=${page}&size=${PAGE_SIZE}`),
    placeholderData: keepPreviousData,
  });
}

/** 集中排查 that a village is under. */
export function useScreeningRules(village: string) {
  return useQuery({
    queryKey: ['screening-rules', village],
    queryFn: () => read<Answers['GET /screenings/rules']>(`/screenings/rules?village=${village}`),
    enabled: village !== '',
    staleTime: 300_000,
  });
}

/** 应排查、已排查 of every village that the reader may see. */
export function useCoverage(packId: string | undefined) {
  return useQuery({
    queryKey: ['screening-coverage', packId],
    queryFn: () =>
      read<Answers['GET /screenings/coverage']>(`/screenings/coverage?packId=${packId ?? ''}`),
    enabled: packId !== undefined,
  });
}

interface SignatureFields {
  readonly name?: string;
  readonly role?: string;
  readonly on?: string;
  readonly scan?: readonly string[];
}

/** The sheet on the page. */
export interface SheetFields {
  readonly householdId: string;
  readonly screenedOn: string;
  readonly screener?: SignatureFields;
  readonly groups?: readonly string[];
  readonly risk?: string;
  readonly finding?: ScreeningFinding;
  readonly measures?: string;
  readonly wantsLoan?: boolean;
  readonly isRemote?: boolean;
  readonly remoteReason?: string;
  readonly householder?: SignatureFields;
}

function signatureOf(fields: SignatureFields | undefined, on: PlainDate, role: string) {
  const scan = fields?.scan?.[0];
  if (scan === undefined || !fields?.name) return null;
  return {
    name: fields.name,
    role: fields.role || role,
    on: fields.on ? plainDate(fields.on) : on,
    scan,
  };
}

/** The sheet as it is saved: a signature without its scan is none; 无 where no risk is written. */
export function sheetOf(fields: SheetFields): ScreeningSheet {
  const screenedOn = plainDate(fields.screenedOn);
  const screener = signatureOf(fields.screener, screenedOn, '排查人');
  const { finding = 'none', risk = '' } = fields;
  return {
    screenedOn,
    screeners: screener === null ? [] : [screener],
    groups: fields.groups ?? [],
    risk: risk.trim() === '' && finding === 'none' ? NO_RISK : risk,
    finding,
    measures: fields.measures ?? '',
    wantsLoan: fields.wantsLoan ?? false,
    householder: signatureOf(fields.householder, screenedOn, '户主'),
    remote: fields.isRemote === true ? { reason: fields.remoteReason ?? '' } : null,
  };
}

/** Saves one sheet; keeps the words of a refusal. */
export function useSaveSheet(packId: string, onDone: () => void) {
  const queries = useQueryClient();
  const { problem, busy, attempt } = useAttempt();
  const save = (fields: SheetFields): Promise<void> =>
    attempt(async () => {
      const { householdId } = fields;
      await writeOnce('/screenings', { packId, householdId, sheet: sheetOf(fields) });
      await queries.invalidateQueries({ queryKey: ['screenings'] });
      await queries.invalidateQueries({ queryKey: ['screening-coverage'] });
      onDone();
    });
  return { problem: problem?.detail ?? null, sending: busy, save };
}
