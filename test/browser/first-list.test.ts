import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestInstance, type TestInstance } from '../harness/test-instance.ts';
import { buildPage } from './built-page.ts';
import {
  keepPicture,
  latinWords,
  launchChromium,
  openPage,
  overflows,
  WIDTHS,
} from './chromium.ts';

let browser: Browser;
let instance: TestInstance;

beforeAll(async () => {
  await buildPage();
  instance = await startTestInstance();
  browser = await launchChromium();
});

afterAll(async () => {
  await browser.close();
  await instance.destroy();
});

/** Signs in as the training user who holds a duty, first of the list of `npm start`. */
async function signIn(duty: string, width: number): Promise<Page> {
  const user = instance.signIns.find(({ words }) => words.endsWith(duty));
  if (user === undefined) throw new Error(`no training user for ${duty}`);
  const page = await openPage(browser, width);
  await page.goto(instance.pageUrl);
  await page.getByLabel('用户名').fill(user.name);
  await page.getByLabel('口令').fill(user.password);
  await page.getByRole('button', { name: '登录' }).click();
  await page.getByRole('heading', { name: '我的待办' }).waitFor();
  return page;
}

async function openAction(page: Page, type: string): Promise<Locator> {
  await page.locator(`[data-action="${type}"]`).click();
  const drawer = page.getByRole('dialog');
  await drawer.getByRole('button', { name: '提交' }).waitFor();
  return drawer;
}

/** Makes up one training paper for each file field of the form. */
async function attachPapers(form: Locator): Promise<void> {
  const buttons = await form.getByRole('button', { name: '使用演练附件' }).all();
  for (const [index, button] of buttons.entries()) {
    if (!(await button.isVisible())) continue;
    await button.click();
    await form.getByText('附件1', { exact: true }).nth(index).waitFor();
  }
}

async function currentStep(page: Page, name: string): Promise<void> {
  await page.getByText(`现在的环节：${name}`).or(stepCell(page, name)).first().waitFor();
}

function stepCell(page: Page, name: string): Locator {
  return page.locator('.ant-descriptions-item-content').getByText(name, { exact: true });
}

let rosterUrl = '';

describe('a first list in the browser, on a real system', () => {
  test('a village clerk launches a list and holds its assembly', async () => {
    const page = await signIn('经办', 1280);
    await page.getByRole('link', { name: '名单' }).click();
    await page.getByRole('link', { name: '发起名单' }).click();
    // Two households of the demo county that meet the exit standard once they are visited.
    await page.getByRole('checkbox', { name: '许建海' }).check();
    await page.getByRole('checkbox', { name: '邓贵才' }).check();
    await page.getByRole('button', { name: '发起（2户）' }).click();
    await currentStep(page, '民主评议');
    rosterUrl = page.url();
    const form = await openAction(page, 'hold-assembly');
    await form.getByLabel('地点').fill('村委会');
    await form.getByLabel('主持人').fill('吴伟');
    await form.getByLabel('记录人').fill('王建华');
    await form.getByLabel('应到人数').fill('30');
    await form.getByLabel('实到人数').fill('25');
    await form.getByLabel(/驻村工作队参会人/).fill('刘国强');
    for (const vote of await form.getByLabel(/赞成$/).all()) await vote.fill('25');
    await attachPapers(form);
    await form.getByRole('button', { name: '提交' }).click();
    await keepPicture(page, 'live-assembly');
    await currentStep(page, '入户核实');
    await keepPicture(page, 'live-after-assembly');
    expect(await page.getByRole('button', { name: '办结核实' }).count()).toBe(1);
    await page.context().close();
  });

  test.for(WIDTHS)('the list is shown at %i px in Chinese only', async (width) => {
    const page = await signIn('经办', width);
    await page.goto(rosterUrl);
    await currentStep(page, '入户核实');
    await page.getByText('可以办什么，为什么不能推进').waitFor();
    await keepPicture(page, `live-roster-${width}`);
    expect(await latinWords(page)).toEqual([]);
    expect(await overflows(page)).toBe(false);
    await page.context().close();
  });

  test('verifying without a form is refused in words', async () => {
    const page = await signIn('经办', 390);
    await page.goto(rosterUrl);
    const form = await openAction(page, 'verify');
    await form.getByText('还没有表的户').waitFor();
    await form.getByRole('button', { name: '提交' }).click();
    await form.getByText('至少选一户').waitFor();
    await keepPicture(page, 'live-verify-390');
    expect(await form.getByText('至少选一户').count()).toBe(1);
    await page.context().close();
  });

  test('a visit form is saved and closes verification for its household only', async () => {
    const page = await signIn('经办', 1280);
    await page.goto(rosterUrl);
    await page.getByRole('link', { name: '填写' }).first().click();
    await page.getByText('人均纯收入').waitFor();
    for (const visitor of ['走访人1签字', '走访人2签字']) {
      await page.getByLabel(`${visitor}姓名`).fill('刘国强');
      await page.getByLabel(`${visitor}身份`).fill('驻村工作队员');
    }
    await page.getByLabel('工资性收入').fill('90000');
    for (const judged of ['有长期稳定收入来源', '帮扶成效显著']) {
      const item = page.locator('.ant-form-item').filter({ hasText: judged });
      await item.getByText('是', { exact: true }).first().click();
      await page.getByLabel(`${judged}研判人`).fill('吴伟');
      await page.getByLabel(`${judged}理由`).fill('在县城务工一年以上');
    }
    await attachPapers(page.locator('main'));
    await page.getByRole('button', { name: '保存' }).click();
    await page.getByText('已保存，第1版').waitFor();
    await page.getByRole('link', { name: '回到名单' }).click();
    const form = await openAction(page, 'verify');
    for (const signer of await form.getByLabel(/签字$/).all()) await signer.fill('吴伟');
    await attachPapers(form);
    await form.getByRole('button', { name: '提交' }).click();
    await page.getByText('本环节已办').waitFor();
    await keepPicture(page, 'live-verified');
    expect(await page.getByText('本环节已办').count()).toBe(1);
    await page.context().close();
  });

  test('an administrator moves the clock by a day', async () => {
    const page = await signIn('管理员', 1280);
    await page.getByText('演练 · 业务时间 2020-09-01').waitFor();
    await page.getByRole('button', { name: '前进', exact: true }).click();
    await page.getByText('演练 · 业务时间 2020-09-02').waitFor();
    expect(await page.getByText('演练 · 业务时间 2020-09-02').count()).toBe(1);
    await page.context().close();
  });
});
