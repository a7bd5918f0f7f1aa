/**
 * 公示表、公告表、更正表 — what hangs on the board, word for word, as plain JSON. Its canonical hash names
 * it: the same words have the same hash. It holds no more of a household than design §5 allows.
 */
import type { PlainDate } from '../time/instant.ts';

/** Names the layout; a paper of another layout is read by the program of its time. */
export const SHEET_FORMAT = 'gongshi-sheet-1';

/** 公示, 公告, or 更正 of a 公示. */
export type SheetKind = 'notice' | 'announcement' | 'correction';

/**
 * 一户 on the sheet: head's name, group, household size, result — and nothing else, ever. On a sheet of
 * villages 一村: its name, the figures of its 贫困发生率, the denominator, result.
 */
export interface SheetRow {
  readonly headName: string;
  /** 村民小组; empty where the household belongs to none. */
  readonly groupName: string;
  readonly memberCount: number;
  readonly result: string;
  /** 贫困发生率的依据: numerator, denominator, its definition and day; villages only. */
  readonly rate?: string;
}

/** 审定文件 that an announcement publishes. */
export interface SheetDecision {
  readonly issuer: string;
  /** 文号, verbatim; null where the text asks for none (乡镇审核后公告). */
  readonly documentNo: string | null;
  readonly documentOn: string | null;
}

/** 更正 of the notice that hangs: which one, what was wrong, whether the entries' period restarts. */
export interface SheetCorrection {
  readonly no: number;
  /** Hash of the sheet that it corrects. */
  readonly corrects: string;
  readonly change: string;
  readonly words: string;
  readonly restarts: boolean;
}

/** The content of one posted sheet. */
export interface PostedSheet {
  readonly format: typeof SHEET_FORMAT;
  readonly kind: SheetKind;
  readonly rosterId: string;
  /** 塘房镇凉水村2020年度贫困户脱贫退出公示. */
  readonly title: string;
  /** Title of the rules, word of the step, 第N批. */
  readonly subtitle: string;
  /** What the rows are; absent where they are households, and on sheets older than other subjects. */
  readonly subject?: 'village' | 'county';
  readonly opening: string;
  readonly rows: readonly SheetRow[];
  readonly places: readonly string[];
  /** 期限 as the plan states it; null for an announcement without days. The dates come with the posting. */
  readonly period: string | null;
  /** 向谁反映. */
  readonly objections: string;
  /** 监督联系方式 as the clerk gave it. */
  readonly contact: string | null;
  /** 依据: verified texts, and in place of an unverified value the document that confirms it. */
  readonly grounds: readonly string[];
  readonly decision: SheetDecision | null;
  readonly correction: SheetCorrection | null;
  readonly issuer: string;
  readonly issuedOn: PlainDate;
  /** 演练: the sheet of a training instance says so. */
  readonly training: boolean;
}

/** Canonical SHA-256 of a sheet, in hex. Given by the shell, so that the domain stays without crypto. */
export type SheetHash = (sheet: PostedSheet) => string;

/** A sheet with its name. */
export interface FrozenSheet {
  readonly hash: string;
  readonly sheet: PostedSheet;
}
