/** 村的公示表: it names villages and their rates; nothing of it speaks of a household. */
import { describe, expect, test } from 'vitest';
import { sheetPaper } from '../../../api/sheet-paper.ts';
import { invariant } from '../../../domain/invariant.ts';
import type { PostedSheet } from '../../../domain/sheet/posted-sheet.ts';
import { trainingPlan } from '../../policies/training-plan.ts';
import { ListWalk } from '../kernel/list-walk.ts';

const EXIT = trainingPlan('zhenxiong-2020', 'village-exit');

/** What a paper says of households and must not say of villages. */
const OF_HOUSEHOLDS = /户主|农户(?!籍)|各户|[0-9一每]户|村民小组|家庭人口/;

function at(step: string): ListWalk {
  const walk = new ListWalk(EXIT, '2020-10-09 09:00', { cases: 2 });
  walk.walkTo(step);
  return walk;
}

function lastSheet(walk: ListWalk): PostedSheet {
  const frozen = walk.sheets.at(-1);
  invariant(frozen !== undefined, 'a sheet was frozen');
  return frozen.sheet;
}

async function paperOf(sheet: PostedSheet): Promise<string> {
  const page = await sheetPaper({ sheet, hash: 'a'.repeat(64), receipt: null, isPreview: false });
  return page.slice(page.indexOf('<body>'));
}

describe('公示 of a list of villages', () => {
  test('a row shows the village, the figures of its rate and the result', () => {
    const walk = at('township-notice');
    walk.must(walk.who('township', 'clerk'), { type: 'draft-notice' });
    const sheet = lastSheet(walk);
    expect(sheet).toMatchObject({
      subject: 'village',
      title: expect.stringMatching(/2020年度贫困村退出公示$/),
      opening: '下列行政村名单现予公示，接受群众监督。',
    });
    expect(sheet.rows).toEqual(
      [1, 2].map(() => ({
        headName: '凉水村',
        groupName: '',
        memberCount: 1800,
        result: '拟出列',
        rate: '未脱贫12人，本村农业户籍人口1800人（2020-09-01）',
      })),
    );
  });

  test('the paper is headed by village and rate, and counts villages', async () => {
    const walk = at('township-notice');
    walk.must(walk.who('township', 'clerk'), { type: 'draft-notice' });
    const paper = await paperOf(lastSheet(walk));
    expect(paper).toContain('<th>序号</th><th>村名</th><th>贫困发生率</th><th>结果</th>');
    expect(paper).toContain('合计2个村。');
    expect(paper).not.toMatch(OF_HOUSEHOLDS);
  });

  test('a village that nobody names → refused by case, in words for villages (SHEET-INCOMPLETE)', () => {
    const walk = at('township-notice');
    const known = walk.household('c2');
    invariant(known.village?.registry != null, 'the registry holds the village');
    const registry = { ...known.village.registry, name: ' ' };
    walk.caseFacts['c2'] = { ...known, village: { ...known.village, registry } };
    const decision = walk.send(walk.who('township', 'clerk'), { type: 'draft-notice' });
    expect(decision).toMatchObject({
      ok: false,
      refusals: [
        { code: 'SHEET-INCOMPLETE', cases: ['c2'], missing: ['村名', '贫困发生率的分母'] },
      ],
    });
  });

  test('a correction of a name says 村名, and that the villages named restart', async () => {
    const walk = at('township-notice');
    walk.postNotice();
    walk.must(walk.who('township', 'clerk'), {
      type: 'correct-notice',
      change: 'identity',
      caseIds: ['c2'],
      words: '村名应为凉水村',
    });
    const sheet = lastSheet(walk);
    expect(sheet.correction).toMatchObject({ change: '村名', restarts: true });
    const paper = await paperOf(sheet);
    expect(paper).toContain('所列各村公示期自更正张贴齐全起重新计算。');
    expect(paper).not.toMatch(OF_HOUSEHOLDS);
  });
});

test('公告 publishes the decision on villages', async () => {
  const walk = at('announcement');
  walk.must(walk.who('county', 'clerk'), { type: 'draft-announcement' });
  const sheet = lastSheet(walk);
  expect(sheet).toMatchObject({
    opening: '下列行政村已经审定，现予公告。',
    rows: [{ result: '出列' }, { result: '出列' }],
  });
  expect(await paperOf(sheet)).not.toMatch(OF_HOUSEHOLDS);
});
