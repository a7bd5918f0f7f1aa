/**
 * 登记系统接口 — how the engine reaches 全国扶贫开发信息系统. Two adapters: HTTP (the reference registry of
 * training and tests) and manual (production: people enter one household at a time by hand).
 */

import type { RegistryStatus } from '../../domain/facts/household-facts.ts';
import { type MonitoringEpisode, wasEliminatedOn } from '../../domain/facts/monitoring.ts';
import { showsChange } from '../../domain/facts/person-change.ts';
import type { VillageStatus } from '../../domain/facts/village-facts.ts';
import type { OrgLevel } from '../../domain/organisation/org-code.ts';
import type { Instant, PlainDate } from '../../domain/time/instant.ts';
import {
  CORRECTED_STATUS,
  type EntryRefusalCode,
  type RegistryWrite,
} from '../../registry/entry.ts';
import type { RegistryHousehold, RegistryVillage } from '../../registry/household.ts';
import type { RegistryWindow } from '../../registry/window.ts';

/** One entry to be made: a row of `registry_entries`. */
export interface RegistryEntry {
  /** Id of the row; the registry never sees it (the real one has no client key). */
  readonly id: string;
  readonly write: RegistryWrite;
  readonly level: OrgLevel;
  readonly operatorId: string;
  readonly reviewerId: string;
}

/** Why an entry is not in the registry; stable. */
export type RefusalCode =
  | EntryRefusalCode
  /** 另有他人已标注: the registry holds the label, but from another operator or year. */
  | 'labelled_by_other'
  /** Refused in the national system by hand; the words are those the operator copied. */
  | 'refused_by_hand';

/** 登记答复. */
export type EntryAnswer =
  | {
      readonly result: 'accepted';
      readonly registryNo: string;
      readonly receiptNo: string | null;
      readonly at: Instant;
    }
  | { readonly result: 'refused'; readonly code: RefusalCode; readonly words: string }
  /** Nothing is known yet because a person has not done it: manual adapter only. */
  | { readonly result: 'waiting'; readonly for: 'operator' | 'reviewer' };

/** 回读 — what the registry says now of the subject of an entry. */
export interface ReadBack {
  readonly householdNo: string;
  readonly status: RegistryStatus | VillageStatus;
  readonly identifiedYear: number | null;
  readonly exitYear: number | null;
  readonly statusByYear: Readonly<Record<string, RegistryStatus>>;
  readonly monitoring?: readonly MonitoringEpisode[] | undefined;
  /** Of a household; its persons, and what was changed of them. */
  readonly members?: RegistryHousehold['members'];
  readonly personChanges?: RegistryHousehold['personChanges'];
  /** The accepted entry that wrote this label, when the registry's log shows it. */
  readonly label: {
    readonly receiptNo: string;
    readonly operatorId: string;
    readonly at: Instant;
  } | null;
}

/**
 * The registry was certainly not reached (connection refused, or it said so before writing): trying
 * again is safe, and Temporal's retry policy does.
 */
export class RegistryUnavailable extends Error {
  override readonly name = 'RegistryUnavailable';
}

/**
 * The request was sent and no trustworthy answer came (timeout, broken connection, 5xx): the entry
 * may or may not be in the registry. The caller marks the row `unknown` and reads back before
 * anything is sent again.
 */
export class RegistryAnswerUnknown extends Error {
  override readonly name = 'RegistryAnswerUnknown';
}

/** 登记系统. Every method may throw {@link RegistryUnavailable}; refusals are values. */
export interface RegistryPort {
  readonly kind: 'manual' | 'http';
  /** Null when the registry does not hold the subject, or cannot be asked (manual). */
  readonly readBack: (write: RegistryWrite) => Promise<ReadBack | null>;
  /** Writes one entry. Also throws {@link RegistryAnswerUnknown}. */
  readonly enter: (entry: RegistryEntry) => Promise<EntryAnswer>;
  /** All households registered in a village; null = cannot be asked, facts come from imported rolls. */
  readonly fetchVillage: (villageCode: string) => Promise<readonly RegistryHousehold[] | null>;
  /** Null when it is not held or cannot be asked. */
  readonly fetchHousehold: (householdNo: string) => Promise<RegistryHousehold | null>;
  /** 村 as the registry holds it; null when it does not, or cannot be asked. */
  readonly fetchVillageProfile: (villageCode: string) => Promise<RegistryVillage | null>;
  /** Mirrors a window that the office duty opened by an act; nothing to do for the manual adapter. */
  readonly openWindow: (window: RegistryWindow) => Promise<void>;
  readonly closeWindow: (windowId: string, closedBy: string) => Promise<void>;
}

/** Whether the registry already shows what `write` wants. */
export function isLabelThere(write: RegistryWrite, readBack: ReadBack): boolean {
  switch (write.functionKey) {
    case 'mark-exit':
      return readBack.status === 'exited' && readBack.exitYear === write.year;
    case 'mark-return':
      // A roll that was imported may hold the present status only.
      return (
        readBack.status === 'returned' &&
        (readBack.statusByYear[String(write.year)] ?? 'returned') === 'returned'
      );
    case 'mark-monitored':
      // Whether its risk was eliminated since is another label's business.
      return (readBack.monitoring ?? []).some(
        (episode) => episode.class === write.class && episode.since === write.since,
      );
    case 'mark-elimination':
      return episodesSince(write.since, readBack).some((episode) =>
        wasEliminatedOn(episode, write.eliminatedOn),
      );
    case 'rollback-elimination':
      // Marked eliminated anew meanwhile: then another day stands there.
      return episodesSince(write.since, readBack).some(
        ({ eliminatedOn }) => eliminatedOn !== write.eliminatedOn,
      );
    case 'clear-monitored':
      return episodesSince(write.since, readBack).some(({ clearedOn }) => clearedOn === write.on);
    case 'mark-village-exit':
      return readBack.status === 'exited-village' && readBack.exitYear === write.year;
    case 'clear-household':
    case 'rollback-prior-years':
    case 'rollback-stable-exit':
      return readBack.status === CORRECTED_STATUS[write.functionKey];
    case 'change-members':
    case 'clear-person':
    case 'supplement-person':
    case 'adjust-new-household':
      return write.changes.every((change) => showsChange(readBack, change));
    case 'enrol-household':
      return readBack.status === 'poor' && readBack.identifiedYear === write.year;
  }
}

function episodesSince(
  day: PlainDate,
  { monitoring = [] }: ReadBack,
): readonly MonitoringEpisode[] {
  return monitoring.filter(({ since }) => since === day);
}
