import { useQuery } from '@tanstack/react-query';
import { read } from '../../api-client.ts';

/** 业务时钟. In training mode it can be moved forward. */
export interface ClockReading {
  readonly now: number;
  readonly training: boolean;
  readonly nextEventAt: number | null;
}

/** The business clock, read again every 30 seconds. */
export function useClock() {
  return useQuery({
    queryKey: ['clock'],
    queryFn: () => read<ClockReading>('/clock'),
    refetchInterval: 30_000,
  });
}
