import { useQuery } from '@tanstack/react-query';
import { read } from '../../api-client.ts';

/** 组织 as a choice of a form. */
export interface Organisation {
  readonly code: string;
  readonly parentCode: string | null;
  readonly level: string;
  readonly name: string;
}

/** The organisations that the user may see. */
export function useOrganisations() {
  return useQuery({
    queryKey: ['organisations'],
    queryFn: () => read<{ readonly items: readonly Organisation[] }>('/organisations'),
    staleTime: 300_000,
  });
}

/** Choices of organisations of one level, named with their parent. */
export function organisationOptions(
  items: readonly Organisation[],
  level: string | null,
): { readonly value: string; readonly label: string }[] {
  const nameOf = (code: string | null): string =>
    items.find((item) => item.code === code)?.name ?? '';
  return items
    .filter((item) => level === null || item.level === level)
    .map(({ code, parentCode, name }) => ({ value: code, label: `${nameOf(parentCode)}${name}` }));
}
