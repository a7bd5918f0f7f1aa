/**
 * 监测对象 — households watched for a return or a fall into poverty. Being monitored stands beside the
 * household's status: who left stays 脱贫, who was never registered stays 一般农户 (policy.md §9, §10).
 */
import type { PlainDate } from '../time/instant.ts';
import type { Signature, SignedFinding } from './household-facts.ts';

/** 监测对象类别. */
export type MonitoringClass =
  | 'unstable' // 脱贫不稳定户: only one that left
  | 'edge' // 边缘易致贫户: only one that was never registered
  | 'sudden'; // 突发严重困难户: either (2021 and later)

/** 监测对象类别 as the registry and the packs name them. */
export const MONITORING_CLASS_WORDS: Readonly<Record<MonitoringClass, string>> = {
  unstable: '脱贫不稳定户',
  edge: '边缘易致贫户',
  sudden: '突发严重困难户',
};

/**
 * 一次监测 — from the day on which it was determined until its risk is marked eliminated. Nothing of it is
 * deleted: what was undone (回退) or found to be wrong (清退) stays beside it.
 */
export interface MonitoringEpisode {
  readonly class: MonitoringClass;
  /** 认定时间: date of the county's document. */
  readonly since: PlainDate;
  /** 返贫（致贫）风险. */
  readonly risks: readonly string[];
  /** 风险消除时间; null while the risk is not eliminated. */
  readonly eliminatedOn: PlainDate | null;
  /** 风险消除回退: eliminations that were undone, oldest first; absent where none was. */
  readonly rolledBack?: readonly RolledBackElimination[] | undefined;
  /** 监测对象清退时间: the household was wrongly identified; absent where it was not. */
  readonly clearedOn?: PlainDate | undefined;
}

/** 一次回退: which 风险消除 was undone, and when. */
export interface RolledBackElimination {
  readonly eliminatedOn: PlainDate;
  readonly on: PlainDate;
}

/** 监测状态 of a household: that of its last episode. */
export type MonitoringStanding =
  | 'standing' // 风险未消除
  | 'eliminated' // 风险已消除
  | 'cleared'; // 已清退

/** 监测状态 as users read it. */
export const MONITORING_STANDING_WORDS: Readonly<Record<MonitoringStanding, string>> = {
  standing: '风险未消除的监测对象',
  eliminated: '风险已消除的监测对象',
  cleared: '已清退的监测对象',
};

/** The episode whose risk is not eliminated; undefined for a household that is not monitored now. */
export function findOpenEpisode(
  episodes: readonly MonitoringEpisode[] | undefined,
): MonitoringEpisode | undefined {
  return episodes?.find((episode) => standingOf(episode) === 'standing');
}

/** The episode by which a household is known now: the open one, else its last; undefined without any. */
export function findLatestEpisode(
  episodes: readonly MonitoringEpisode[] | undefined,
): MonitoringEpisode | undefined {
  return findOpenEpisode(episodes) ?? episodes?.at(-1);
}

/** How an episode stands. */
export function standingOf({ eliminatedOn, clearedOn }: MonitoringEpisode): MonitoringStanding {
  if (clearedOn !== undefined) return 'cleared';
  return eliminatedOn === null ? 'standing' : 'eliminated';
}

/** Whether the risk of an episode was marked eliminated on a day, also where that was undone since. */
export function wasEliminatedOn(
  { eliminatedOn, rolledBack = [] }: MonitoringEpisode,
  day: PlainDate,
): boolean {
  return eliminatedOn === day || rolledBack.some((undone) => undone.eliminatedOn === day);
}

/** What 《脱贫不稳定户信息采集表》 and 《边缘易致贫户信息采集表》 ask beside the household's own data. */
export interface MonitoringForm {
  readonly class: MonitoringClass;
  /** 发现途径, by its word in the pack. */
  readonly channel: string;
  /** 发现线索之日. */
  readonly foundOn: PlainDate;
  /** 返贫（致贫）风险, by their words in the pack. */
  readonly risks: readonly string[];
  /** 刚性支出明显超过上年度收入，或收入大幅缩减. */
  readonly hardship: SignedFinding | null;
  /** 承诺授权书 (2021 and later): without it nobody's property is compared; absent in forms of 2020. */
  readonly authorisation?: Signature | null | undefined;
}

/** 监测规模: persons of a county who are registered, and who are monitored with those of the list. */
export interface MonitoringScale {
  readonly registered: number;
  readonly monitored: number;
}
