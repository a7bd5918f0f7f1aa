import { useQuery } from '@tanstack/react-query';
import { read } from '../../api-client.ts';

/** 业务时钟. In training mode it can be moved forward. */
export interface ClockReading {
  readonly now: number;
  readonly training: boolean;
  readonly nextEventAt: number | null;
}

/** The banner shows minutes, and another administrator may have moved the clock. */
const CLOCK_MS = 60_000;

/** The business clock. */
export function useClock() {
  return useQuery({
    queryKey: ['clock'],
    queryFn: () => read<ClockReading>('/clock'),
    refetchInterval: CLOCK_MS,
  });
}
