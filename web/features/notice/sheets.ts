import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { CommandRequest } from '../../../domain/kernel/command.ts';
import { read, type ShownRefusal, write } from '../../api-client.ts';

/** 定稿 of a list as the server tells it. */
export interface SheetSummary {
  readonly hash: string;
  readonly kind: 'notice' | 'announcement' | 'correction';
  readonly title: string;
  readonly subtitle: string;
  readonly statusWords: string;
  readonly draftedAt: string;
  readonly periodWords: string | null;
}

/** 更正 as it is asked for. */
export type CorrectionWish = Pick<
  Extract<CommandRequest, { type: 'correct-notice' }>,
  'change' | 'caseIds' | 'words'
>;

/** What a preview is made from besides the list. */
export interface PreviewWish {
  readonly contact: string | null;
  readonly correction: CorrectionWish | null;
}

/** 预览: the paper that freezing would give now, and why it might not hang. */
export interface SheetPreview {
  readonly hash: string;
  readonly paper: string;
  readonly refusals: readonly ShownRefusal[];
}

/** 核对结果 of a scanned code. */
export interface PaperCheck {
  readonly agrees: boolean;
  readonly words: string;
  readonly rosterId: string | null;
}

/** Frozen sheets of a list, the oldest first. */
export function useSheets(rosterId: string) {
  return useQuery({
    queryKey: ['sheets', rosterId],
    queryFn: () => read<{ readonly items: readonly SheetSummary[] }>(`/rosters/${rosterId}/sheets`),
  });
}

/** The preview for a wish; read anew whenever something was sent. */
export function useSheetPreview(rosterId: string, wish: PreviewWish) {
  return useQuery({
    queryKey: ['sheet-preview', rosterId, wish],
    queryFn: () => write<SheetPreview>('POST', `/rosters/${rosterId}/sheets/preview`, wish),
    // What is still on the screen is what was seen.
    placeholderData: keepPreviousData,
  });
}

/** Where the printable page of a frozen sheet is. */
export function paperAddress(rosterId: string, hash: string): string {
  return `/api/v1/rosters/${rosterId}/sheets/${hash}/paper`;
}
