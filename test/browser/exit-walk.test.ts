import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startTestInstance, type TestInstance } from '../harness/test-instance.ts';
import { buildPage } from './built-page.ts';
import { keepPicture, latinWords, launchChromium, openPage, overflows } from './chromium.ts';
import {
  act,
  atStep,
  attachPapers,
  enterAs,
  fillMeeting,
  fillVisitors,
  moveClock,
  openAction,
  playAs,
  saveForm,
  submit,
} from './clerk-desk.ts';

const VILLAGE = '大田村';
const TOWNSHIP = '青石镇';
const COUNTY = '镇雄县';

/** A household of the demo county that meets the exit standard once it is visited. */
const HEADS = ['许建海'];

let browser: Browser;
let instance: TestInstance;
let page: Page;
let rosterUrl = '';

beforeAll(async () => {
  await buildPage();
  instance = await startTestInstance();
  browser = await launchChromium();
  page = await openPage(browser, 1280);
});

/** A walk that stopped shows where. */
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await keepPicture(page, 'stopped-exit');
});

afterAll(async () => {
  await browser.close();
  await instance.destroy();
});

/** Looks at the page at both widths: Chinese only, and nothing sticks out. */
async function look(name: string): Promise<void> {
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 900 });
    await keepPicture(page, `exit-${name}-${width}`);
    expect(await latinWords(page)).toEqual([]);
    expect(await overflows(page)).toBe(false);
  }
}

describe('贫困户退出, from launch to the end of the announcement, by the people whose duty it is', () => {
  test('the village clerk launches the list', async () => {
    await page.goto(instance.pageUrl);
    await page.getByRole('combobox', { name: '单位' }).waitFor();
    await look('sign-in');
    await enterAs(page, VILLAGE, '经办');
    await page.getByRole('link', { name: '名单', exact: true }).click();
    await page.getByRole('link', { name: '发起名单' }).click();
    for (const head of HEADS) await page.getByRole('checkbox', { name: head }).check();
    await look('launch');
    await page.getByRole('button', { name: '发起（1户）' }).click();
    await atStep(page, '民主评议');
    rosterUrl = page.url();
    await look('roster');
    expect(await page.locator('[data-action="hold-assembly"]').count()).toBe(1);
  });

  test('… and holds the assembly', async () => {
    const form = await openAction(page, 'hold-assembly');
    await fillMeeting(form);
    await attachPapers(form);
    await look('assembly-form');
    await submit(page, form);
    await atStep(page, '入户核实');
    expect(await page.getByRole('button', { name: '办结核实' }).count()).toBe(1);
  });

  test('verifying without a form is refused in words; with forms the step closes', async () => {
    const early = await openAction(page, 'verify');
    await early.getByText('还没有表的户').waitFor();
    await early.getByRole('button', { name: '提交', exact: true }).click();
    await early.getByText('至少选一户').waitFor();
    await look('verify-refused');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
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
    expect(await page.getByRole('button', { name: '登记认可' }).count()).toBe(1);
  });

  test('the household accepts', async () => {
    for (const head of HEADS) {
      await act(page, 'record-acceptance', async (form) => {
        await form.getByLabel('签字人', { exact: true }).fill(head);
      });
    }
    await atStep(page, '村内公示');
    expect(await page.locator('[data-action="draft-notice"]').count()).toBe(1);
  });

  test('the notice is drafted and posted; closing it early is refused with clause and day', async () => {
    await act(page, 'draft-notice', async (form) => {
      const preview = form.frameLocator('iframe.paper-preview');
      for (const head of HEADS) await preview.getByText(head).first().waitFor();
    });
    await act(page, 'post-notice');
    const why = page.locator('.ant-card').filter({ hasText: '可以办什么，为什么不能推进' });
    await why.getByText('最早可办').first().waitFor();
    await look('notice-running');
    const words = await why.innerText();
    expect(words).toContain('2020-09-08 24:00');
    expect(words).toContain('依据');
    await page.getByRole('link', { name: '公示表：查看、打印、核对' }).click();
    const paper = page.frameLocator('iframe.paper');
    for (const head of HEADS) await paper.getByText(head).first().waitFor();
    await look('sheet');
    await page.goto(rosterUrl);
  });

  test('a week later the notice is closed', async () => {
    await playAs(page, COUNTY, '管理员');
    await moveClock(page, 8);
    await look('clock');
    await playAs(page, VILLAGE, '经办');
    await page.goto(rosterUrl);
    await act(page, 'close-notice');
    await atStep(page, '乡镇审核');
    await page.getByText('由乡镇审核办理').waitFor();
    await look('not-my-turn');
    expect(await page.getByText('现在是“乡镇审核”环节').count()).toBe(1);
  });

  test('the township reviews the list from its to-do list', async () => {
    await playAs(page, TOWNSHIP, '审核');
    await page.getByRole('link', { name: '我的待办' }).click();
    await page.getByText('办理乡镇审核').waitFor();
    await look('inbox');
    await page.getByRole('link', { name: /办理乡镇审核/ }).click();
    await act(page, 'review');
    await atStep(page, '县级审定');
    expect(await page.locator('[data-action="decide"]').count()).toBe(1);
  });

  test('the county signs one document over the lists that wait (文书)', async () => {
    await playAs(page, COUNTY, '审定');
    await page.getByRole('link', { name: '文书' }).click();
    await page.getByRole('link', { name: '签发文书' }).click();
    await page.getByRole('checkbox', { name: `${VILLAGE}第1批` }).check();
    await page.getByLabel('标题').fill('关于审定2020年脱贫户的通知');
    await page.getByLabel('文号').fill('镇扶组字〔2020〕60号');
    await attachPapers(page.locator('main'));
    await look('sign-act');
    await page.getByRole('button', { name: '签发并办理（1份名单）' }).click();
    await page.getByText('已生效').waitFor();
    await look('act');
    await page
      .getByRole('link', { name: /脱贫|动态管理/ })
      .first()
      .click();
    await atStep(page, '公告');
    expect(page.url()).toBe(rosterUrl);
  });

  test('the county announces, the village posts it; three days pass', async () => {
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
    await look('no-window');
    const words = await page.locator('main').innerText();
    expect(words).toContain('由谁解决');
  });
});
