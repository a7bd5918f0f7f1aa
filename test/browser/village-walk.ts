/** 贫困村退出 under shanxi-2017: a township's list of one village, from launch to 出列, at the page. */
import { beforeAll, describe, expect, test } from 'vitest';
import type { Plan } from '../../domain/plan/plan.ts';
import type { CountyClient } from '../scenarios/county-client.ts';
import { expectStatus } from '../scenarios/expect-answer.ts';
import {
  act,
  atStep,
  attachPapers,
  choose,
  closeForm,
  enterAs,
  isOffered,
  moveClock,
  openAction,
  playAs,
  saveForm,
  stepOf,
} from './clerk-desk.ts';
import type { Desk } from './desk.ts';

const VILLAGE = '南沟村';
const TOWNSHIP = '青石镇';
const COUNTY = '临县';

/** Certifies at the page; the others send what looks all alike over the API. */
const AT_PAGE = '农业';

interface Roster {
  readonly plan: Plan;
  readonly state: { readonly cases: readonly { readonly id: string }[] };
}

/** The documents of the other departments, every village certified. */
async function certifyRest(county: CountyClient, rosterId: string): Promise<void> {
  const found = await county.call(`${COUNTY}经办`, 'GET', `/rosters/${rosterId}`);
  const { plan, state } = found.json as unknown as Roster;
  const step = plan.steps.find(({ kind }) => kind === 'certification');
  const indicators = step?.kind === 'certification' ? step.indicators : [];
  const departments = new Set(indicators.map(({ department }) => department));
  departments.delete(AT_PAGE);
  for (const department of departments) {
    const who = `${COUNTY}${department}`;
    const paper = await county.photo(who, '认定意见');
    const own = indicators.filter((each) => each.department === department);
    const opinions = state.cases.flatMap(({ id: caseId }) =>
      own.map(({ key: indicator }) => ({ caseId, indicator, passed: true, words: '达标' })),
    );
    const document = { documentNo: `${department}〔2017〕9号`, documentOn: '2017-10-25' };
    const evidence = { 'opinion-paper': [paper] };
    const body = { type: 'certify', department, ...document, opinions, evidence };
    expectStatus(await county.command(who, rosterId, body), 200);
  }
}

/** The tests of the walk, one after another on one list. */
export function villageWalk(desk: () => Desk): void {
  describe('贫困村退出, a township’s list of villages', () => {
    let rosterUrl = '';

    /** Somebody stands before the list. */
    async function before(place: string, post: string): Promise<void> {
      const { page } = desk();
      await playAs(page, place, post);
      await page.goto(rosterUrl);
    }

    beforeAll(() => desk().load('shanxi-village'));

    test('the township launches its list of villages', async () => {
      const { page, look, instance } = desk();
      await page.goto('about:blank');
      await page.goto(instance.pageUrl);
      await enterAs(page, TOWNSHIP, '经办');
      await page.getByRole('link', { name: '名单', exact: true }).click();
      await page.getByRole('link', { name: '发起名单' }).click();
      await choose(page, '程序', '贫困村退出');
      await page.getByRole('checkbox', { name: VILLAGE }).check();
      await look('village-launch');
      await page.getByRole('button', { name: '发起（1个村）' }).click();
      await atStep(page, '村申请和逐条对照');
      rosterUrl = page.url();
      expect(await isOffered(page, 'verify')).toBe(true);
      expect(await page.getByText('户主').count()).toBe(0);
    });

    test('the form: without a form the step is not closed; a rate over two in a hundred is refused in words', async () => {
      const { page, look } = desk();
      const early = await openAction(page, 'verify');
      await early.getByText('还没有表的村').waitFor();
      await closeForm(page);
      await page.getByRole('link', { name: '填写' }).click();
      await page.getByRole('heading', { name: `${VILLAGE}贫困村退出申报表` }).waitFor();
      await page.getByLabel(/的分母（人）$/).fill('20');
      for (const item of await page.getByText('达标', { exact: true }).all()) await item.click();
      const listed = page.locator('.ant-form-item').filter({ hasText: '列入全省整自然村搬迁范围' });
      await listed.getByText('否', { exact: true }).click();
      for (const role of ['村两委', '驻村工作队']) {
        await page.getByLabel(`${role}签字姓名`).fill('吴伟');
      }
      await look('village-form');
      await saveForm(page);
      const form = await openAction(page, 'verify');
      for (const signer of await form.getByLabel(/签字$/).all()) await signer.fill('吴伟');
      await attachPapers(form);
      await form.getByRole('button', { name: '提交', exact: true }).click();
      await form
        .getByText(/贫困发生率超过2%，不能出列/)
        .first()
        .waitFor();
      await look('village-rate-refused');
      await closeForm(page);
      expect(await stepOf(page)).toBe('村申请和逐条对照');
    });

    test('counted anew it is within the limit; the township reviews', async () => {
      const { page } = desk();
      await page.getByRole('link', { name: '已存，修改' }).click();
      await page.getByLabel(/的分母（人）$/).fill('1800');
      await page.getByRole('button', { name: '保存', exact: true }).click();
      await page.getByText('已保存，第2版').waitFor();
      await page.getByRole('link', { name: '回到名单' }).click();
      await act(page, 'verify', async (form) => {
        for (const signer of await form.getByLabel(/签字$/).all()) await signer.fill('吴伟');
      });
      await atStep(page, '乡镇初审');
      await before(TOWNSHIP, '审核');
      await act(page, 'review');
      await atStep(page, '行业部门逐项认定');
      expect(await stepOf(page)).toBe('行业部门逐项认定');
    });

    test('a department certifies its own indicators at the page, the others theirs; the list goes on', async () => {
      const { page, look, county } = desk();
      await before(COUNTY, AT_PAGE);
      await act(page, 'certify', async (form) => {
        await form.getByLabel('文号').fill('临农〔2017〕9号');
        for (const answer of await form.getByText('达标', { exact: true }).all()) {
          await answer.click();
        }
        await look('village-certify');
      });
      await page
        .getByText(/已认定2项，共5项/)
        .first()
        .waitFor();
      await look('village-certified');
      await certifyRest(county, rosterUrl.split('/').at(-1) ?? '');
      await page.reload();
      await atStep(page, '县级审核');
      expect(await stepOf(page)).toBe('县级审核');
    });

    test('the county decides; the sheet names the village and its rate', async () => {
      const { page } = desk();
      await before(COUNTY, '审定');
      await act(page, 'decide', async (form) => {
        await form.getByLabel('文号').fill('临脱贫〔2017〕71号');
      });
      await before(TOWNSHIP, '经办');
      await act(page, 'draft-notice', async (form) => {
        const preview = form.frameLocator('iframe.paper-preview');
        await preview.getByText('下列行政村名单现予公示').waitFor();
        await preview.getByText(/本村农业户籍人口1800人/).waitFor();
      });
      await act(page, 'post-notice');
      await playAs(page, COUNTY, '管理员');
      await moveClock(page, 8);
      await before(TOWNSHIP, '经办');
      await act(page, 'close-notice');
      await atStep(page, '公告退出');
      expect(await stepOf(page)).toBe('公告退出');
    });

    test('announced, entered and confirmed, the village has left', async () => {
      const { page, look } = desk();
      await before(COUNTY, '经办');
      await act(page, 'draft-announcement');
      await before(TOWNSHIP, '经办');
      await act(page, 'post-announcement');
      await playAs(page, COUNTY, '管理员');
      await moveClock(page, 4);
      await before(COUNTY, '录入');
      await page.locator('[data-action="carry-registrations"]').click();
      await page.getByRole('button', { name: `${VILLAGE}录入` }).click();
      await page.getByText('已录入，等待复核').waitFor();
      await closeForm(page);
      await before(COUNTY, '复核');
      await page.locator('[data-action="carry-registrations"]').click();
      await page.getByRole('button', { name: `${VILLAGE}复核` }).click();
      await page.getByText('本名单已办结').waitFor();
      await page.goto('about:blank');
      await page.goto(rosterUrl);
      await page.getByText('本名单已办结').waitFor();
      await look('village-finished');
      const row = page.getByRole('row').filter({ hasText: VILLAGE });
      expect(await row.innerText()).toMatch(/已办结[\s\S]*出列/);
    });
  });
}
