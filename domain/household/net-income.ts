import { invariant } from '../invariant.ts';

/** 分: money as a whole number of hundredths of a yuan. */
export type Fen = number;

/** 收入构成: a household's income over the pack's window, fen, none negative (form of S4 附件2). */
export interface IncomeItems {
  /** 工资性收入. */
  readonly wage: Fen;
  /** 生产经营性收入. */
  readonly business: Fen;
  /** 财产性收入. */
  readonly property: Fen;
  /** 转移性收入. */
  readonly transfer: {
    /** 五保金. */
    readonly wubao: Fen;
    /** 养老保险金. */
    readonly pension: Fen;
    /** 生态补偿金. */
    readonly ecology: Fen;
    /** 低保金. */
    readonly dibao: Fen;
    /** 计划生育金. */
    readonly familyPlanning: Fen;
    /** 其他转移性收入. */
    readonly other: Fen;
  };
  /** 生产经营性支出, subtracted. */
  readonly businessCost: Fen;
}

/** What the pack counts as income (S0: 低保金、养老金计入脱贫户收入). */
export interface IncomeCounts {
  readonly dibao: boolean;
  readonly pension: boolean;
}

/** 人均 cannot be formed: the household has no member living and sharing expenses (§3.5). */
export interface NoMembers {
  readonly ok: false;
  readonly code: 'no-members';
  readonly words: string;
}

const NO_MEMBERS: NoMembers = {
  ok: false,
  code: 'no-members',
  words: '共同生活、共享开支的人口数应为正整数，无法计算人均纯收入',
};

/** 年纯收入 of the household (§16c), fen; negative when business costs exceed all income. */
export function netIncome(items: IncomeItems, counts: IncomeCounts): Fen {
  const { transfer } = items;
  const plus = [
    items.wage,
    items.business,
    items.property,
    transfer.wubao,
    transfer.ecology,
    transfer.familyPlanning,
    transfer.other,
  ];
  const optional = [
    { fen: transfer.pension, isCounted: counts.pension },
    { fen: transfer.dibao, isCounted: counts.dibao },
  ];
  for (const fen of [...plus, ...optional.map(({ fen }) => fen), items.businessCost]) {
    invariant(Number.isSafeInteger(fen) && fen >= 0, 'an income item is whole fen, not negative');
  }
  const counted = optional.map(({ fen, isCounted }) => (isCounted ? fen : 0));
  return [...plus, ...counted].reduce((sum, fen) => sum + fen, 0) - items.businessCost;
}

/**
 * 年人均纯收入 against the line: -1 below, 0 equal, 1 above. Exact: the household's net income is
 * compared with line × members, nothing is divided or rounded (§16c).
 */
export function comparePerCapita(
  netFen: Fen,
  members: number,
  lineFen: Fen,
): -1 | 0 | 1 | NoMembers {
  if (!isCountOfMembers(members)) return NO_MEMBERS;
  const lineOfHousehold = lineFen * members;
  invariant(
    Number.isSafeInteger(netFen) && Number.isSafeInteger(lineOfHousehold),
    'amounts are whole fen',
  );
  if (netFen === lineOfHousehold) return 0;
  return netFen < lineOfHousehold ? -1 : 1;
}

/**
 * 年人均纯收入 for display, '3999.99元'. Cut downwards to the fen, so that a household below a line is
 * never shown on it; compare with {@link comparePerCapita}, never with this text.
 */
export function perCapitaFenText(netFen: Fen, members: number): string {
  if (!isCountOfMembers(members)) return NO_MEMBERS.words;
  invariant(Number.isSafeInteger(netFen), 'amounts are whole fen');
  const fen = Math.floor(netFen / members);
  const digits = String(Math.abs(fen)).padStart(3, '0');
  return `${fen < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}元`;
}

function isCountOfMembers(members: number): boolean {
  return Number.isSafeInteger(members) && members > 0;
}
