/** 纸上的会议 — a meeting that is quorate and lawful in every way. */
import type { AssemblyStep } from '../../domain/plan/plan.ts';
import type { Instant } from '../../domain/time/instant.ts';

/** 会议记录 of an assembly held now. */
export function paperMeeting({ quorum }: AssemblyStep, heldAt: Instant) {
  return {
    heldAt,
    place: '村委会',
    chair: '王主任',
    recorder: '李文书',
    basis: quorum.bases[0]?.key ?? '',
    entitled: 30,
    present: 20,
    proxies: [],
    workTeamPresent: ['赵队员'],
    kinship: [],
    comparisonReadOut: true,
  };
}
