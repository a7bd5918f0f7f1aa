/** 公示表 as the stand-in tells them: one frozen notice, its preview, its paper, its check. */

const HASH = 'a'.repeat(64);

/** A page of its own, as the server prints it; the words matter, not the layout. */
export const PAPER = '<!doctype html><title>公示</title><h1>大湾村贫困户脱贫退出公示</h1>';

const FROZEN = {
  hash: HASH,
  kind: 'notice',
  title: '大湾村贫困户脱贫退出公示',
  subtitle: '村级公示',
  statusWords: '已定稿，未张贴',
  draftedAt: '2020-09-01T09:00:00+08:00',
  periodWords: null,
};

/** Answers by path. */
export const sheetBodies: Readonly<Record<string, unknown>> = {
  'rosters/r-1/sheets': { items: [FROZEN] },
  'rosters/r-1/sheets/preview': { hash: HASH, paper: PAPER, refusals: [] },
  'sheets/check': { agrees: true, words: '核对码与登记一致。', rosterId: 'r-1' },
};
