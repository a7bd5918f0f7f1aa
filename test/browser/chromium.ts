import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';

/** Widths at which every page must be usable: an office screen and a phone. */
export const WIDTHS = [1280, 390] as const;

const SCREEN_HEIGHT = 900;
const DEFAULT_PROGRAM = '/usr/bin/chromium';

/** Chromium as CI has it; `CHROMIUM` names another one. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? DEFAULT_PROGRAM,
    args: ['--no-sandbox', '--lang=zh-CN'],
  });
}

/** A page of a Chinese office at a width, without cookies of others. */
export async function openPage(browser: Browser, width: number): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width, height: SCREEN_HEIGHT },
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
  });
  return context.newPage();
}

/** Keeps a picture outside the repository, for a look after the run. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  const folder = join(tmpdir(), 'gongshi-screenshots');
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}

/** Words on the screen with Latin letters, which a Chinese screen does not have. */
export async function latinWords(page: Page): Promise<string[]> {
  const text = await page.locator('body').innerText();
  return [...text.matchAll(/[A-Za-z]{2,}/g)].map(([word]) => word);
}

/** Whether the page is wider than the screen, so that one has to scroll sideways. */
export function overflows(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
}

/** Labels whose field shares its id with another one: a click would go to the first of them. */
export function lostLabels(page: Page): Promise<string[]> {
  return page.locator('label[for]').evaluateAll((labels: HTMLLabelElement[]) =>
    labels
      .filter(({ htmlFor }) => {
        const named = document.querySelectorAll(`#${CSS.escape(htmlFor)}`);
        return named.length > 1;
      })
      .map(({ textContent }) => textContent ?? ''),
  );
}
