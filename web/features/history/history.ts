import { useQuery } from '@tanstack/react-query';
import type { RosterEvent } from '../../../domain/kernel/event.ts';
import { read } from '../../api-client.ts';

/** 办理经过: one thing that happened to a list, as the server tells it. */
export type HistoryEvent = Omit<RosterEvent, 'at' | 'receivedAt'> & {
  readonly at: string;
  readonly receivedAt: string;
};

/** Everything that happened to a list, the oldest first; read again with the list. */
export function useHistory(rosterId: string) {
  return useQuery({
    queryKey: ['roster', rosterId, 'history'],
    queryFn: () => read<{ readonly items: readonly HistoryEvent[] }>(`/rosters/${rosterId}/events`),
  });
}
