import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { serveBuiltPage } from './built-page.ts';
import {
  keepPicture,
  latinWords,
  launchChromium,
  openPage,
  overflows,
  WIDTHS,
} from './chromium.ts';

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

/** Answers every request as an API does to which nobody has signed in. */
async function answerAsStranger(page: Page): Promise<void> {
  await page.route('**/api/v1/**', (route) => {
    const words = route.request().method() === 'POST' ? '用户名或口令不对' : '请先登录';
    return route.fulfill({
      status: 401,
      contentType: 'application/problem+json',
      body: JSON.stringify({ title: '未登录', detail: words, refusals: [] }),
    });
  });
}

describe.for(WIDTHS)('sign-in at %i px', (width) => {
  test('shows the form in Chinese only, without sideways scrolling', async () => {
    const page = await openPage(browser, width);
    await answerAsStranger(page);
    await page.goto(site.url);
    await page.getByRole('button', { name: '登录' }).waitFor();
    await keepPicture(page, `sign-in-${width}`);
    expect(await latinWords(page)).toEqual([]);
    expect(await overflows(page)).toBe(false);
    await page.context().close();
  });

  test('is filled in and sent by keyboard alone; a refusal is shown in its words', async () => {
    const page = await openPage(browser, width);
    await answerAsStranger(page);
    await page.goto(site.url);
    await page.getByLabel('用户名').waitFor();
    await page.keyboard.type('nobody');
    await page.keyboard.press('Tab');
    await page.keyboard.type('wrong');
    await page.keyboard.press('Enter');
    await page.getByText('用户名或口令不对').waitFor();
    expect(await page.getByRole('alert').innerText()).toContain('用户名或口令不对');
    await page.context().close();
  });
});
