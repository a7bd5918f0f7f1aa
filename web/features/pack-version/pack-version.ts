import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { PROCEDURE_WORDS } from '../../../domain/sheet/sheet-words.ts';
import { read, write } from '../../api-client.ts';
import type { Answers } from '../../generated/api.ts';
import { useAttempt } from '../command/attempt.ts';

/** 试装结果: what loading the text would mean. */
export type PackPreview = Answers['POST /administration/pack-previews'];

/** 规则包的一版, as shipped or loaded. */
export type PackVersion = Answers['GET /administration/packs']['items'][number];

/** Versions that rule, and those loaded before them. */
export function usePackVersions() {
  return useQuery({
    queryKey: ['pack-versions'],
    queryFn: () => read<Answers['GET /administration/packs']>('/administration/packs'),
  });
}

/** Try, look, load: nothing is changed before the last. */
export function usePackLoading() {
  const queries = useQueryClient();
  const [tried, setTried] = useState<{ text: string; preview: PackPreview } | null>(null);
  const [loaded, setLoaded] = useState<string | null>(null);
  const { problem, busy, attempt } = useAttempt();
  const look = (text: string): Promise<void> =>
    attempt(async () => {
      setLoaded(null);
      setTried(null);
      const preview = await write<PackPreview>('POST', '/administration/pack-previews', { text });
      setTried({ text, preview });
    });
  const load = (reason: string): Promise<void> =>
    attempt(async () => {
      setLoaded(null);
      if (tried === null) return;
      const { text, preview } = tried;
      await write('POST', '/administration/packs', { text, reason });
      setTried(null);
      setLoaded(`${preview.pack.title}第${preview.pack.version}版`);
      await queries.invalidateQueries();
    });
  return { preview: tried?.preview ?? null, loaded, problem, busy, look, load };
}

/** 程序 as users read it; 各程序 for what holds for all of them. */
export function procedureWords(procedure: string | null): string {
  const known: Readonly<Record<string, { readonly name: string }>> = PROCEDURE_WORDS;
  return procedure === null ? '各程序' : (known[procedure]?.name ?? procedure);
}
