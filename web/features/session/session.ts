import { useQuery } from '@tanstack/react-query';
import type { HeldDuty } from '../../../domain/kernel/actor.ts';
import { ProblemError, read } from '../../api-client.ts';

/** 会话 — who is signed in and what they hold. */
export interface Session {
  readonly userId: string;
  readonly name: string;
  /** 一次性口令 in use: nothing but changing it works. */
  readonly mustChangePassword: boolean;
  readonly duties: readonly HeldDuty[];
}

async function readSession(): Promise<Session | null> {
  return read<Session>('/session').catch((error: unknown) => {
    if (error instanceof ProblemError && error.problem.status === 401) return null;
    throw error;
  });
}

/** The session, null when nobody is signed in. */
export function useSession() {
  return useQuery({ queryKey: ['session'], queryFn: readSession });
}
