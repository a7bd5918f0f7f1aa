/** 公示表: made by the server from plan, state and facts; nothing of a household but what design §5 allows. */
import { describe, expect, test } from 'vitest';
import { contentHash } from '../../../db/record/hash-chain.ts';
import { invariant } from '../../../domain/invariant.ts';
import type { PostedSheet } from '../../../domain/sheet/posted-sheet.ts';
import { plainDate } from '../../../domain/time/instant.ts';
import { trainingPlan } from '../../policies/training-plan.ts';
import { ListWalk } from '../kernel/list-walk.ts';

const EXIT = trainingPlan('zhenxiong-2020', 'household-exit');

function atNotice(): ListWalk {
  const walk = new ListWalk(EXIT, '2020-09-20 09:00');
  walk.walkTo('village-notice');
  return walk;
}

function draft(walk: ListWalk, over: { seen?: string; contact?: string } = {}) {
  return walk.send(walk.who('village', 'clerk'), { type: 'draft-notice', ...over });
}

function lastSheet(walk: ListWalk): PostedSheet {
  const frozen = walk.sheets.at(-1);
  invariant(frozen !== undefined, 'a sheet was frozen');
  return frozen.sheet;
}

function rename(walk: ListWalk, caseId: string, headName: string): void {
  const facts = walk.household(caseId);
  const registry = facts.registry && { ...facts.registry, headName };
  walk.caseFacts[caseId] = { ...facts, registry };
}

describe('公示定稿: what is posted is what the server made', () => {
  test('a row shows name, group, size and result, and nothing else', () => {
    const walk = atNotice();
    expect(draft(walk).ok).toBe(true);
    expect(lastSheet(walk).rows).toEqual([
      { headName: '张三', groupName: '一组', memberCount: 3, result: '拟退出' },
      { headName: '张三', groupName: '二组', memberCount: 3, result: '拟退出' },
    ]);
    const text = JSON.stringify(lastSheet(walk));
    for (const { form, registry } of Object.values(walk.caseFacts)) {
      for (const { idNumber } of [...(form?.members ?? []), ...(registry?.members ?? [])]) {
        expect(text).not.toContain(idNumber);
      }
      expect(text).not.toContain(form?.cause);
    }
  });

  test('title, period, places and grounds come from the plan; a confirmed value prints its document', () => {
    const walk = atNotice();
    draft(walk, { contact: '县扶贫办 0870-3123456' });
    expect(lastSheet(walk)).toMatchObject({
      kind: 'notice',
      title: expect.stringMatching(/2020年度贫困户脱贫退出公示$/),
      subtitle: `${EXIT.title}　村内公示　第1批`,
      places: ['村委会公示栏'],
      period: expect.stringContaining('公示期7日（自然日，含休息日）'),
      contact: '县扶贫办 0870-3123456',
      grounds: [
        '关于建立贫困退出机制的意见（厅字〔2016〕16号）',
        expect.stringContaining('培训核定〔2020〕1号（2020-09-28'),
      ],
      issuedOn: plainDate('2020-09-20'),
    });
    expect(lastSheet(walk).grounds.join()).not.toContain('未核实');
  });

  test('the same list gives the same hash; another day another one', () => {
    const walk = atNotice();
    draft(walk);
    draft(walk);
    const [first, second] = walk.sheets;
    expect(second?.hash).toBe(first?.hash);
    expect(first?.hash).toBe(contentHash(first?.sheet));
    walk.days(1);
    draft(walk);
    expect(walk.sheets.at(-1)?.hash).not.toBe(first?.hash);
  });

  test('the preview that was seen no longer holds → refused (SHEET-CHANGED), nothing frozen', () => {
    const walk = atNotice();
    draft(walk);
    const seen = walk.sheets[0]?.hash ?? '';
    expect(draft(walk, { seen }).ok).toBe(true);
    rename(walk, 'c1', '李四');
    const before = walk.state.notice;
    expect(draft(walk, { seen })).toMatchObject({
      ok: false,
      refusals: [{ code: 'SHEET-CHANGED' }],
    });
    expect(walk.state.notice).toEqual(before);
  });

  test('a household withdrawn between freezing and posting → posting refused until frozen anew', () => {
    const walk = atNotice();
    draft(walk);
    walk.must(walk.who('village', 'clerk'), {
      type: 'withdraw-case',
      caseId: 'c1',
      reason: '自愿',
      evidence: { withdrawal: ['scan'] },
    });
    const post = () =>
      walk.send(walk.who('village', 'clerk'), {
        type: 'post-notice',
        place: 'village-board',
        proof: 'photo',
      });
    expect(post()).toMatchObject({ ok: false, refusals: [{ code: 'SHEET-CHANGED' }] });
    expect(draft(walk).ok).toBe(true);
    expect(lastSheet(walk).rows).toHaveLength(1);
    expect(post().ok).toBe(true);
  });

  test('a household without a name → refused by case (SHEET-INCOMPLETE)', () => {
    const walk = atNotice();
    rename(walk, 'c2', ' ');
    expect(draft(walk)).toMatchObject({
      ok: false,
      refusals: [{ code: 'SHEET-INCOMPLETE', cases: ['c2'] }],
    });
  });
});

describe('G-05 at the sheet', () => {
  test.for([
    ['张三53062719700101001X', '身份证件号码'],
    ['张三 13812345678', '手机号'],
    ['张三（残疾）', '健康状况'],
  ] as const)('a head named “%s” → refused, naming the row and %s', ([name, kind]) => {
    const walk = atNotice();
    rename(walk, 'c2', name);
    const decision = draft(walk);
    expect(decision).toMatchObject({
      ok: false,
      refusals: [{ code: 'G-05', cases: ['c2'], missing: [kind] }],
    });
    const words = decision.ok ? '' : (decision.refusals[0]?.words ?? '');
    expect(words).toContain('第2行户主姓名');
    expect(words).not.toContain('13812345678');
    expect(words).not.toContain('53062719700101001X');
  });

  test('a contact with a mobile number → refused; nothing is frozen', () => {
    const walk = atNotice();
    expect(draft(walk, { contact: '王主任13812345678' })).toMatchObject({
      ok: false,
      refusals: [{ code: 'G-05', missing: ['手机号'] }],
    });
    expect(walk.sheets).toEqual([]);
  });
});

describe('更正', () => {
  function posted(): ListWalk {
    const walk = atNotice();
    walk.postNotice();
    return walk;
  }

  test('has a sheet of its own: the households it names, what it corrects, whether they restart', () => {
    const walk = posted();
    const corrects = walk.state.notice?.sheet;
    rename(walk, 'c2', '李四');
    walk.must(walk.who('village', 'clerk'), {
      type: 'correct-notice',
      change: 'identity',
      caseIds: ['c2'],
      words: '户主姓名应为李四',
    });
    expect(lastSheet(walk)).toMatchObject({
      kind: 'correction',
      rows: [{ headName: '李四', groupName: '二组' }],
      correction: { no: 1, corrects, change: '户主身份', restarts: true },
    });
    expect(walk.state.notice).toMatchObject({
      sheet: corrects,
      corrections: [{ no: 1, sheet: walk.sheets.at(-1)?.hash }],
    });
  });

  test('its words are judged too (G-05)', () => {
    const walk = posted();
    const decision = walk.send(walk.who('village', 'clerk'), {
      type: 'correct-notice',
      change: 'other',
      caseIds: ['c1'],
      words: '张三因病，电话13812345678',
    });
    expect(decision).toMatchObject({
      ok: false,
      refusals: [{ code: 'G-05', missing: ['手机号', '致贫原因'] }],
    });
  });
});

describe('公告', () => {
  test('publishes the deciding document; posted only once frozen by the level that announces', () => {
    const walk = new ListWalk(EXIT, '2020-09-20 09:00');
    walk.walkTo('announcement');
    const village = walk.who('village', 'clerk');
    const post = { type: 'post-announcement', place: 'village-board', proof: 'photo' } as const;
    expect(walk.send(village, post)).toMatchObject({
      ok: false,
      refusals: [{ code: 'NOTICE-NOT-DRAFTED' }],
    });
    expect(walk.send(village, { type: 'draft-announcement' })).toMatchObject({
      ok: false,
      refusals: [{ code: 'NOT-YOUR-LEVEL' }],
    });
    walk.must(walk.who('county', 'clerk'), { type: 'draft-announcement' });
    expect(lastSheet(walk)).toMatchObject({
      kind: 'announcement',
      decision: { documentNo: '领导小组〔示例〕60号', issuer: walk.code('county') },
      rows: [{ result: '退出' }, { result: '退出' }],
      period: expect.stringContaining('公告期3日'),
    });
    expect(walk.send(village, post).ok).toBe(true);
  });
});
