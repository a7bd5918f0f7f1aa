import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serveBuiltPage } from './built-page.ts';
import {
  keepPicture,
  latinWords,
  launchChromium,
  lostLabels,
  openPage,
  overflows,
  WIDTHS,
} from './chromium.ts';
import { type StandIn, standInForApi } from './stand-in-api.ts';

let browser: Browser;
let site: Awaited<ReturnType<typeof serveBuiltPage>>;

beforeAll(async () => {
  site = await serveBuiltPage();
  browser = await launchChromium();
});

afterAll(async () => {
  await browser.close();
  await site.close();
});

/** Opens a page as a village clerk. `thrown` collects what the page's own code throws. */
async function visit(
  width: number,
  path: string,
  standIn: StandIn,
): Promise<{ readonly page: Page; readonly thrown: readonly string[] }> {
  const page = await openPage(browser, width);
  const thrown: string[] = [];
  page.on('pageerror', (error) => thrown.push(error.message));
  await standInForApi(page, standIn);
  await page.goto(`${site.url}#${path}`);
  return { page, thrown };
}

const AT_NOTICE: StandIn = { stepKind: 'notice', actionType: 'draft-notice' };

const PAGES = [
  ['/', '办理村级公示', 'inbox'],
  ['/rosters', '发起名单', 'rosters'],
  ['/rosters/new', '选择农户', 'launch'],
  ['/rosters/r-1', '为什么不能推进', 'roster'],
  ['/rosters/r-1/sheet', '已定稿，未张贴', 'sheet'],
  ['/sheets/check', '扫描纸上二维码得到的文字', 'sheet-check'],
  ['/rosters/r-1/cases/c-1/form', '人均纯收入', 'visit-form'],
  ['/windows', '开放一项功能', 'windows'],
  ['/progress', '压在谁手里', 'progress'],
  ['/acts', '共3份', 'acts'],
  ['/acts/new', '签发并办理', 'sign-act'],
  ['/acts/a-1', '继续办理其余名单', 'act'],
  ['/comparisons', '下载送比人员表', 'comparisons'],
  ['/clues', '住危房', 'clues'],
  ['/remedies', '饮水安全、收入低于标准', 'remedies'],
  ['/look-backs', '贫困发生率超过2%', 'look-backs'],
  ['/screenings', '住院自付六万元', 'screenings'],
  ['/worklist', '李大山户', 'worklist'],
  ['/imports', '选择花名册并预览', 'import'],
  ['/packs', '还有8个值没有核定', 'packs'],
  ['/disagreements', '查看这份名单', 'disagreements'],
  ['/administration', '登录已锁定', 'administration'],
  ['/pack-versions', '已由新版代替', 'pack-versions'],
] as const;

describe.for(WIDTHS)('pages at %i px', (width) => {
  test.for(PAGES)(
    '%s shows “%s” in Chinese only and fits the width',
    async ([path, words, name]) => {
      const { page, thrown } = await visit(width, path, AT_NOTICE);
      await page.getByText(words).first().waitFor();
      await page.getByText('演练 · 业务时间 2020-09-01 09:00').waitFor();
      await keepPicture(page, `${name}-${width}`);
      expect(await latinWords(page)).toEqual([]);
      expect(await overflows(page)).toBe(false);
      expect(thrown).toEqual([]);
      await page.context().close();
    },
  );
});

const FORMS: readonly (readonly [string, string, string])[] = [
  ['collect', 'record-collection', '办哪些户'],
  ['assembly', 'hold-assembly', '应到人数'],
  ['verification', 'verify', '签字'],
  ['acceptance', 'record-acceptance', '由谁认可'],
  ['notice', 'draft-notice', '监督联系方式'],
  ['notice', 'post-notice', '张贴地点'],
  ['notice', 'correct-notice', '预览更正表'],
  ['notice', 'raise-objection', '异议内容'],
  ['review', 'review', '不予通过的户'],
  ['decision', 'decide', '文号'],
  ['report', 'report', '到县统计数据'],
  ['announcement', 'draft-announcement', '监督联系方式'],
  ['announcement', 'post-announcement', '张贴照片'],
  ['registration', 'carry-registrations', '录入人先录入'],
  ['inspection', 'inspect', '发现问题的户'],
  ['review', 'return-cases', '退回到哪个环节'],
  ['verification', 'explain-hit', '说明佐证材料（至少1份）'],
  ['notice', 'withdraw-case', '撤回申请（至少1份）'],
  ['notice', 'dispose-objection', '调查核实记录（至少1份）'],
];

test('报告 over many lists: the reason is asked for, the numbers are summed', async () => {
  const { page, thrown } = await visit(390, '/acts/new', AT_NOTICE);
  await page.getByText('报告', { exact: true }).click();
  await page.getByText('需要进行处理的原因').first().waitFor();
  expect(await latinWords(page)).toEqual([]);
  expect(thrown).toEqual([]);
  await page.context().close();
});

test('集中排查: the sheet asks what was found, what is to be done, and who signed', async () => {
  const { page, thrown } = await visit(390, '/screenings', AT_NOTICE);
  await page.getByRole('button', { name: '登记一户排查' }).click();
  const dialog = page.getByRole('dialog');
  for (const words of ['排查结论', '有问题则必填', '排查人签字', '电话（微信）排查', '户主签字']) {
    await dialog.getByText(words).first().waitFor();
  }
  expect(await latinWords(page)).toEqual([]);
  expect(thrown).toEqual([]);
  await page.context().close();
});

describe('forms', () => {
  test.for(FORMS)('at %s, %s asks for “%s”', async ([stepKind, actionType, words]) => {
    const { page, thrown } = await visit(390, '/rosters/r-1', { stepKind, actionType });
    await page.getByRole('button', { name: '办理本环节' }).click();
    const drawer = page.getByRole('dialog');
    await drawer.getByText(words).first().waitFor();
    await keepPicture(page, `form-${actionType}`);
    expect(await latinWords(page)).toEqual([]);
    expect(thrown).toEqual([]);
    await page.context().close();
  });
});

describe('labels', () => {
  test('each names the field beside it, however many forms the page holds', async () => {
    const { page } = await visit(1280, '/administration', AT_NOTICE);
    await page.getByRole('tab', { name: '组织' }).click();
    await page.getByLabel('区划代码').waitFor();
    await page.getByRole('tab', { name: '人员' }).click();
    await page
      .getByRole('button', { name: /的岗位与授权$/ })
      .first()
      .click();
    const drawer = page.getByRole('dialog');
    await drawer.getByRole('button', { name: '任岗' }).waitFor();
    expect(await lostLabels(page)).toEqual([]);
    await page.context().close();
  });
});

describe('a village clerk', () => {
  test('is not offered what only others may do', async () => {
    const { page, thrown } = await visit(1280, '/acts', AT_NOTICE);
    await page.getByText('共3份').first().waitFor();
    expect(await page.getByRole('link', { name: '签发文书' }).count()).toBe(0);
    await page.getByRole('button', { name: '更多', exact: true }).click();
    await page.getByRole('link', { name: '漏评线索' }).waitFor();
    for (const name of ['花名册导入', '查阅记录']) {
      expect(await page.getByRole('link', { name }).count()).toBe(0);
    }
    expect(thrown).toEqual([]);
    await page.context().close();
  });
});

/** What the API would say of a text with another due date. */
const PREVIEW = {
  pack: {
    id: 'zhenxiong-2020',
    title: '镇雄县2020年度扶贫对象动态管理',
    version: 5,
    digest: 'c'.repeat(64),
    areaCode: '530627',
    year: 2020,
  },
  present: null,
  isSame: false,
  refusals: [],
  findings: [],
  conflicts: [],
  differences: [
    {
      packId: 'zhenxiong-2020',
      procedure: 'household-exit',
      where: '全程',
      what: '总时限',
      kind: 'words',
      before: { words: '2020-10-15前', source: '通知二', packId: '', verified: true },
      after: { words: '2020-10-20前', source: '补充通知', packId: '', verified: false },
    },
  ],
  unconfirmed: [],
  impact: {
    total: 1,
    lists: [
      {
        rosterId: 'r-1',
        unitCode: '530627101001',
        title: '大湾村脱贫名单',
        procedure: 'household-exit',
        packId: 'zhenxiong-2020',
        packVersion: 4,
        stepName: '村内公示',
        openCases: 3,
        differences: [
          { where: '全程', what: '总时限', before: '2020-10-15前', after: '2020-10-20前' },
        ],
      },
    ],
  },
};

describe.for(WIDTHS)('规则包装入 at %i px', (width) => {
  test('a text is tried, its meaning read, then loaded with a reason', async () => {
    const { page, thrown } = await visit(width, '/pack-versions', AT_NOTICE);
    const sent: unknown[] = [];
    await page.route('**/api/v1/administration/pack-previews', (route) =>
      route.fulfill({ json: PREVIEW }),
    );
    await page.route('**/api/v1/administration/packs', (route) => {
      if (route.request().method() === 'GET') return route.fallback();
      sent.push(route.request().postDataJSON());
      return route.fulfill({ status: 201, json: { ...PREVIEW.pack, isNew: true } });
    });
    await page.getByLabel('规则包文本').fill('第五版');
    expect(await page.getByLabel('依据或理由').count()).toBe(0);
    await page.getByRole('button', { name: '试装' }).click();
    await page.getByText('检查通过，可以装入').waitFor();
    await page.getByText('补充通知').waitFor();
    await page.getByText('用到这个规则包的在办名单（1份）').waitFor();
    await keepPicture(page, `pack-preview-${width}`);
    expect(await overflows(page)).toBe(false);
    expect(await latinWords(page)).toEqual([]);
    await page.getByLabel('依据或理由').fill('镇扶组字〔2020〕61号');
    await page.getByRole('button', { name: /^装\s?入$/ }).click();
    await page.getByText('已装入镇雄县2020年度扶贫对象动态管理第5版').waitFor();
    expect(sent).toEqual([{ text: '第五版', reason: '镇扶组字〔2020〕61号' }]);
    expect(thrown).toEqual([]);
    await page.context().close();
  });
});
