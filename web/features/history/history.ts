import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { RosterEvent } from '../../../domain/kernel/event.ts';
import { read } from '../../api-client.ts';

/** 办理经过: one thing that happened to a list, as the server tells it. */
export type HistoryEvent = Omit<RosterEvent, 'at' | 'receivedAt'> & {
  readonly at: string;
  readonly receivedAt: string;
};

/**
 * What happened to a list, the oldest first; the `last` few, or everything. Read again with the list. Off
 * where nobody looks: a long list has thousands.
 */
export function useHistory(
  rosterId: string,
  { last, enabled = true }: { readonly last?: number; readonly enabled?: boolean } = {},
) {
  const query = last === undefined ? '' : `?last=${last}`;
  return useQuery({
    queryKey: ['roster', rosterId, 'history', query],
    queryFn: () =>
      read<{ readonly items: readonly HistoryEvent[] }>(`/rosters/${rosterId}/events${query}`),
    enabled,
    placeholderData: keepPreviousData,
  });
}
