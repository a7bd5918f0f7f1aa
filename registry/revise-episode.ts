/** 监测记录的标注 — what a later label does to an episode of monitoring; nothing of it is deleted. */
import {
  findLatestEpisode,
  type MonitoringEpisode,
  standingOf,
} from '../domain/facts/monitoring.ts';
import type { RegistryWrite } from './entry.ts';

/** 风险消除标注、回退、清退. */
export type EpisodeWrite = Extract<
  RegistryWrite,
  { functionKey: 'mark-elimination' | 'rollback-elimination' | 'clear-monitored' }
>;

/** The episodes with the label, or why the registry does not take it. */
export function reviseEpisode(
  episodes: readonly MonitoringEpisode[] | undefined,
  write: EpisodeWrite,
): readonly MonitoringEpisode[] | { readonly words: string } {
  const latest = findLatestEpisode(episodes);
  if (episodes === undefined || latest === undefined || latest.since !== write.since) {
    return { words: `本户没有${write.since}认定的监测记录` };
  }
  const revised = revise(latest, write);
  if ('words' in revised) return revised;
  return episodes.map((episode) => (episode === latest ? revised : episode));
}

function revise(
  episode: MonitoringEpisode,
  write: EpisodeWrite,
): MonitoringEpisode | { readonly words: string } {
  switch (write.functionKey) {
    case 'mark-elimination':
      if (standingOf(episode) !== 'standing') return { words: '本次监测的风险已经消除或已清退' };
      return { ...episode, eliminatedOn: write.eliminatedOn };
    case 'rollback-elimination': {
      const { eliminatedOn, on } = write;
      if (standingOf(episode) !== 'eliminated' || episode.eliminatedOn !== eliminatedOn) {
        return { words: `本次监测没有${eliminatedOn}的风险消除，无从回退` };
      }
      const rolledBack = [...(episode.rolledBack ?? []), { eliminatedOn, on }];
      return { ...episode, eliminatedOn: null, rolledBack };
    }
    case 'clear-monitored':
      if (standingOf(episode) === 'cleared') return { words: '本次监测已经清退' };
      return { ...episode, clearedOn: write.on };
  }
}
