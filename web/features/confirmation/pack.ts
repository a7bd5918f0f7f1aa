import { useQuery } from '@tanstack/react-query';
import { read } from '../../api-client.ts';
import type { Answers } from '../../generated/api.ts';
import type { Session } from '../session/session.ts';

/** 规则包 with the values that no source confirms, and what offices have confirmed. */
export type Pack = Answers['GET /packs']['items'][number];

/** 待核定的值. */
export type OpenValue = Pack['unverified'][number];

/** 核定记录. */
export type Confirmed = Pack['confirmations'][number];

/** Packs that rule over the user's area. */
export function usePacks() {
  return useQuery({ queryKey: ['packs'], queryFn: () => read<Answers['GET /packs']>('/packs') });
}

const NATION = '0';

function covers(wide: string, narrow: string): boolean {
  return wide === NATION || narrow.startsWith(wide);
}

/** 核定范围: where an office of the session may confirm values of the pack; null when it may not. */
export function confirmableArea({ duties }: Session, pack: Pack): string | null {
  const offices = duties.filter(({ duty }) => duty === 'office').map(({ orgCode }) => orgCode);
  const own = offices.find((code) => code.startsWith(pack.areaCode));
  if (own !== undefined) return own;
  return offices.some((code) => covers(code, pack.areaCode)) ? pack.areaCode : null;
}

/** The newest 核定 of a value that rules over an area; areas are written in digits, the wider the fewer. */
export function findConfirmed(pack: Pack, path: string, area: string | null): Confirmed | null {
  const found = pack.confirmations.findLast(
    (each) => each.path === path && (area === null || covers(each.areaCode, area)),
  );
  return found ?? null;
}
