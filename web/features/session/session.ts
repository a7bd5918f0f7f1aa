import { useQuery } from '@tanstack/react-query';
import type { Duty, HeldDuty } from '../../../domain/kernel/actor.ts';
import type { OrgLevel } from '../../../domain/organisation/org-code.ts';
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

/** What somebody may hold for something to be offered to him: any of these duties, at any of these levels. */
export interface Holders {
  readonly duties: readonly Duty[];
  /** Any level unless said. */
  readonly levels?: readonly OrgLevel[];
}

/** Whether a person holds such a duty; only for what a page offers, the server judges for itself. */
export function holdsAny(session: Session, { duties, levels }: Holders): boolean {
  return session.duties.some(
    ({ duty, level }) => duties.includes(duty) && (levels?.includes(level) ?? true),
  );
}

/** The same of who is signed in; false while that is not known. */
export function useHoldsAny(holders: Holders): boolean {
  const { data } = useSession();
  return data !== null && data !== undefined && holdsAny(data, holders);
}
