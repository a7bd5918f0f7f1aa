import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';

/** Changes that come this close together are read as one, however many lists change. */
const TOGETHER_MS = 500;

/** A broken stream is opened anew by the browser itself; one that was refused is tried again after this. */
const RETRY_MS = 10_000;

/** What one list shows is read under these keys, the list's id second. */
const OF_ONE_LIST: ReadonlySet<unknown> = new Set(['roster', 'why']);

/** Lists of lists and numbers: any change may move them. */
const OF_MANY_LISTS: ReadonlySet<unknown> = new Set([
  'inbox',
  'rosters',
  'progress',
  'acts',
  'act',
  'clues',
  'remedies',
  'look-backs',
  'worklist',
  'comparison-batches',
  'clock',
  'notifications',
]);

function refresh(queries: QueryClient, changed: ReadonlySet<unknown>): void {
  void queries.invalidateQueries({
    predicate: ({ queryKey: [about, which] }) =>
      OF_MANY_LISTS.has(about) || (OF_ONE_LIST.has(about) && changed.has(which)),
  });
}

/** 变动通知 as `/events` sends it. */
interface Change {
  readonly rosterId: string;
  readonly seq: number;
}

/** Follows the server's events for as long as somebody is signed in: pages show lists as they are. */
export function useRosterChanges(): void {
  const queries = useQueryClient();
  useEffect(() => {
    let changed = new Set<string>();
    let waiting: ReturnType<typeof setTimeout> | undefined;
    let retry: ReturnType<typeof setTimeout> | undefined;
    let source: EventSource;
    const flush = (): void => {
      waiting = undefined;
      refresh(queries, changed);
      changed = new Set();
    };
    const open = (): void => {
      let hasBeenReady = false;
      source = new EventSource('/api/v1/events');
      source.addEventListener('ready', () => {
        // The first one comes with the page's own reading; later ones tell of a gap.
        if (hasBeenReady) void queries.invalidateQueries();
        hasBeenReady = true;
      });
      source.addEventListener('roster', (event: MessageEvent<string>) => {
        const { rosterId } = JSON.parse(event.data) as Change;
        changed.add(rosterId);
        waiting ??= setTimeout(flush, TOGETHER_MS);
      });
      source.addEventListener('error', () => {
        if (source.readyState === EventSource.CLOSED) retry = setTimeout(open, RETRY_MS);
      });
    };
    open();
    return () => {
      source.close();
      clearTimeout(waiting);
      clearTimeout(retry);
    };
  }, [queries]);
}
