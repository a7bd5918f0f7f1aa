import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { DUTY_WORDS } from '../../../domain/kernel/actor.ts';
import { ProblemError, read, write } from '../../api-client.ts';
import type { Answers } from '../../generated/api.ts';
import { newKey } from '../../request-key.ts';

/** 账号 with its duties and grants. */
export type Account = Answers['GET /administration/users']['items'][number];

/** 组织 as administrators see it. */
export type AdministeredOrganisation =
  Answers['GET /administration/organisations']['items'][number];

/** Everybody at an organisation and below. */
export function useAccounts(org: string | null) {
  return useQuery({
    queryKey: ['accounts', org],
    queryFn: () => read<Answers['GET /administration/users']>(`/administration/users?org=${org}`),
    enabled: org !== null,
  });
}

/** Organisations of the administrator's area, ended ones included. */
export function useAdministeredOrganisations() {
  return useQuery({
    queryKey: ['administered-organisations'],
    queryFn: () =>
      read<Answers['GET /administration/organisations']>('/administration/organisations'),
  });
}

/** 岗位 as choices of a form. */
export const DUTY_OPTIONS = Object.entries(DUTY_WORDS).map(([value, label]) => ({ value, label }));

/** 授权种类 as choices of a form. */
export const GRANT_OPTIONS = [
  { value: 'proxy-entry', label: '代录（替本单位签字人录入纸质材料）' },
  { value: 'area', label: '辖区（本岗位延伸到另一单位）' },
];

/** One administrative act: sends it once, keeps the words of a refusal, reads anew. */
export function useAdministration() {
  const queries = useQueryClient();
  const key = useRef(newKey());
  const [problem, setProblem] = useState<string | null>(null);
  const [sending, setSending] = useState(false);
  const send = async <T>(path: string, content: unknown): Promise<T | null> => {
    setSending(true);
    setProblem(null);
    try {
      const answer = await write<T>('POST', `/administration${path}`, content, key.current);
      key.current = newKey();
      await queries.invalidateQueries();
      return answer;
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      // Not reached: the same key, so that a repetition does nothing twice.
      if (error.problem.status !== 0) key.current = newKey();
      setProblem(error.problem.detail);
      return null;
    } finally {
      setSending(false);
    }
  };
  return { problem, sending, send };
}
