/** 默认地名 — where a scenario plays that names no place: one county for each area that a pack rules. */
import { isWithin, orgCode } from '../domain/organisation/org-code.ts';

/** Codes as in the statistical list; townships and villages below are made up, from 901 and 201. */
const PLACES: readonly (readonly { readonly code: string; readonly name: string }[])[] = [
  [
    { code: '53', name: '云南省' },
    { code: '5306', name: '昭通市' },
    { code: '530627', name: '镇雄县' },
  ],
  [
    { code: '53', name: '云南省' },
    { code: '5301', name: '昆明市' },
    { code: '530129', name: '寻甸县' },
  ],
  [
    { code: '14', name: '山西省' },
    { code: '1411', name: '吕梁市' },
    { code: '141124', name: '临县' },
  ],
  [
    { code: '43', name: '湖南省' },
    { code: '4309', name: '益阳市' },
    { code: '430981', name: '沅江市' },
  ],
];

/** Made-up names, in the order in which they are given to places without one. */
export const TOWNSHIP_NAMES = ['青石镇', '云坪乡', '松林乡'] as const;

/** The same for villages. */
export const VILLAGE_NAMES = [
  '大田村',
  '河坝村',
  '花椒坪村',
  '石门村',
  '杉树村',
  '龙塘村',
] as const;

/** The default county of an area: the area itself, or one within it. */
export function defaultCounty(areaCode: string): string {
  const area = orgCode(areaCode);
  const codes = PLACES.flatMap((line) => line.at(-1)?.code ?? []);
  const known = codes.find((code) => isWithin(orgCode(code), area));
  if (known !== undefined) return known;
  const above = codes.find((code) => isWithin(area, orgCode(code)));
  if (above !== undefined) return above;
  return areaCode === '0' ? '530627' : areaCode.padEnd(6, '01').slice(0, 6);
}

/** Name of a place of the table; undefined for any other. */
export function knownPlaceName(code: string): string | undefined {
  if (code === '0') return '全国';
  return PLACES.flat().find((place) => place.code === code)?.name;
}
