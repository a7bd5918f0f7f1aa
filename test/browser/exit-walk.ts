/** 贫困户退出 of the demo county, from launch to the label, as its people do it at the page. */
import { describe, expect, test } from 'vitest';
import {
  act,
  atStep,
  attachPapers,
  closeForm,
  enterAs,
  fillMeeting,
  fillVisitors,
  isOffered,
  moveClock,
  openAction,
  openPlace,
  playAs,
  saveForm,
  submit,
} from './clerk-desk.ts';
import type { Desk } from './desk.ts';

const VILLAGE = '大田村';
const TOWNSHIP = '青石镇';
const COUNTY = '镇雄县';

/** A household of the demo county that meets the exit standard once it is visited. */
const HEADS = ['许建海'];

/** The tests of the walk, one after another on one list. */
export function exitWalk(desk: () => Desk): void {
  describe('贫困户退出, from launch to the label, by the people whose duty it is', () => {
    let rosterUrl = '';

    test('the village clerk launches the list', async () => {
      const { page, look, instance } = desk();
      await page.goto(instance.pageUrl);
      await page.getByRole('combobox', { name: '单位', exact: true }).waitFor();
      await look('exit-sign-in');
      await enterAs(page, VILLAGE, '经办');
      await page.getByRole('link', { name: '名单', exact: true }).click();
      await page.getByRole('link', { name: '发起名单' }).click();
      for (const head of HEADS) await page.getByRole('checkbox', { name: head }).check();
      await look('exit-launch');
      await page.getByRole('button', { name: '发起（1户）' }).click();
      await atStep(page, '民主评议');
      rosterUrl = page.url();
      await look('exit-roster');
      expect(await isOffered(page, 'hold-assembly')).toBe(true);
    });

    test('… and holds the assembly', async () => {
      const { page, look } = desk();
      const form = await openAction(page, 'hold-assembly');
      await fillMeeting(form);
      await attachPapers(form);
      await look('exit-assembly-form');
      await submit(page, form);
      await atStep(page, '入户核实');
      expect(await isOffered(page, 'verify')).toBe(true);
    });

    test('verifying without a form is refused in words; with forms the step closes', async () => {
      const { page, look } = desk();
      const early = await openAction(page, 'verify');
      await early.getByText('还没有表的户').waitFor();
      await early.getByRole('button', { name: '提交', exact: true }).click();
      await early.getByText('至少选一户').waitFor();
      await look('exit-verify-refused');
      await closeForm(page);
      for (const _head of HEADS) {
        await page.getByRole('link', { name: '填写' }).first().click();
        await page.getByText('人均纯收入').waitFor();
        await fillVisitors(page);
        await page.getByLabel('工资性收入').fill('90000');
        for (const judged of ['有长期稳定收入来源', '帮扶成效显著']) {
          const item = page.locator('.ant-form-item').filter({ hasText: judged });
          await item.getByText('是', { exact: true }).first().click();
          await page.getByLabel(`${judged}研判人`).fill('吴伟');
          await page.getByLabel(`${judged}理由`).fill('在县城务工一年以上');
        }
        await saveForm(page);
      }
      await act(page, 'verify', async (form) => {
        for (const signer of await form.getByLabel(/签字$/).all()) await signer.fill('吴伟');
      });
      await atStep(page, '农户认可');
      expect(await isOffered(page, 'record-acceptance')).toBe(true);
    });

    test('the household accepts', async () => {
      const { page } = desk();
      for (const head of HEADS) {
        await act(page, 'record-acceptance', async (form) => {
          await form.getByLabel('签字人', { exact: true }).fill(head);
        });
      }
      await atStep(page, '村内公示');
      expect(await isOffered(page, 'draft-notice')).toBe(true);
    });

    test('the notice is drafted and posted; closing it early is refused with clause and day', async () => {
      const { page, look } = desk();
      await act(page, 'draft-notice', async (form) => {
        const preview = form.frameLocator('iframe.paper-preview');
        for (const head of HEADS) await preview.getByText(head).first().waitFor();
      });
      await act(page, 'post-notice');
      const why = page.locator('.ant-card').filter({ hasText: '可以办什么，为什么不能推进' });
      await why.getByText('最早可办').first().waitFor();
      await look('exit-notice-running');
      const words = await why.innerText();
      expect(words).toContain('2020-09-08 24:00');
      expect(words).toContain('依据');
      await page.getByRole('link', { name: '公示表：查看、打印、核对' }).click();
      const paper = page.frameLocator('iframe.paper');
      for (const head of HEADS) await paper.getByText(head).first().waitFor();
      await look('exit-sheet');
      await page.goto(rosterUrl);
    });

    test('a week later the notice is closed', async () => {
      const { page, look } = desk();
      await playAs(page, COUNTY, '管理员');
      await moveClock(page, 8);
      await look('exit-clock');
      await playAs(page, VILLAGE, '经办');
      await page.goto(rosterUrl);
      await act(page, 'close-notice');
      await atStep(page, '乡镇审核');
      await page.getByText('由乡镇审核办理').waitFor();
      await look('exit-not-my-turn');
      expect(await page.getByText('现在是“乡镇审核”环节').count()).toBe(1);
    });

    test('the township reviews the list from its to-do list', async () => {
      const { page, look } = desk();
      await playAs(page, TOWNSHIP, '审核');
      await page.getByRole('link', { name: '我的待办' }).click();
      await page.getByText('办理乡镇审核').waitFor();
      await look('exit-inbox');
      await page.getByRole('link', { name: /办理乡镇审核/ }).click();
      await act(page, 'review');
      await atStep(page, '县级审定');
      expect(await isOffered(page, 'decide')).toBe(true);
    });

    test('the county signs one document over the lists that wait (文书)', async () => {
      const { page, look } = desk();
      await playAs(page, COUNTY, '审定');
      await page.getByRole('link', { name: '文书' }).click();
      await page.getByRole('link', { name: '签发文书' }).click();
      await page.getByRole('checkbox', { name: `${VILLAGE}第1批` }).check();
      await page.getByLabel('标题').fill('关于审定2020年脱贫户的通知');
      await page.getByLabel('文号').fill('镇扶组字〔2020〕60号');
      await attachPapers(page.locator('main'));
      await look('exit-sign-act');
      await page.getByRole('button', { name: '签发并办理（1份名单）' }).click();
      await page.getByText('已生效').waitFor();
      await look('exit-act');
      await page
        .getByRole('link', { name: /脱贫|动态管理/ })
        .first()
        .click();
      await atStep(page, '公告');
      expect(page.url()).toBe(rosterUrl);
    });

    test('the county announces, the village posts it; three days pass', async () => {
      const { page, look } = desk();
      await playAs(page, COUNTY, '经办');
      await act(page, 'draft-announcement');
      await playAs(page, VILLAGE, '经办');
      await act(page, 'post-announcement');
      await playAs(page, COUNTY, '管理员');
      await moveClock(page, 4);
      await playAs(page, TOWNSHIP, '录入');
      await page.goto(rosterUrl);
      await atStep(page, '标注脱贫');
      await page.getByText('现在还不能办').first().waitFor();
      await look('exit-no-window');
      const words = await page.locator('main').innerText();
      expect(words).toContain('由谁解决');
    });

    test('the county office opens the function; it is seen as open', async () => {
      const { page, look } = desk();
      await playAs(page, COUNTY, '领导小组办公室');
      await openPlace(page, '功能开放');
      await page.getByLabel('依据文号').fill('镇扶组办〔2020〕12号');
      await look('exit-windows');
      await page.getByRole('button', { name: '开放', exact: true }).click();
      const row = page.getByRole('row').filter({ hasText: '贫困户脱贫标注' });
      await row.getByRole('button', { name: '关闭' }).waitFor();
      expect(await row.innerText()).toContain('镇扶组办〔2020〕12号');
    });

    test('the operator enters the household, and may not confirm what he entered (G-17)', async () => {
      const { page, look } = desk();
      await playAs(page, TOWNSHIP, '录入');
      await page.goto(rosterUrl);
      await page.locator('[data-action="carry-registrations"]').click();
      const drawer = page.getByRole('dialog');
      await drawer.getByRole('button', { name: `${HEADS[0]}录入` }).click();
      await drawer.getByText('已录入，等待复核').waitFor();
      await drawer.getByRole('button', { name: `${HEADS[0]}复核` }).click();
      await drawer.getByText('由谁解决').waitFor();
      await look('exit-own-entry');
      expect(await drawer.locator('.ant-alert-error').innerText()).toContain('复核');
      await closeForm(page);
    });

    test('another person confirms; the registry gives its number and the list is finished', async () => {
      const { page, look } = desk();
      await playAs(page, TOWNSHIP, '复核');
      await page.goto(rosterUrl);
      await page.locator('[data-action="carry-registrations"]').click();
      const drawer = page.getByRole('dialog');
      await drawer.getByRole('button', { name: `${HEADS[0]}复核` }).click();
      await page.getByText('本名单已办结').waitFor();
      await page.goto('about:blank');
      await page.goto(rosterUrl);
      await page.getByText('本名单已办结').waitFor();
      await look('exit-finished');
      const row = page.getByRole('row').filter({ hasText: HEADS[0] ?? '' });
      expect(await row.innerText()).toMatch(/已办结[\s\S]*脱贫/);
    });
  });
}
