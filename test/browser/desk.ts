/** 办公桌 — one training instance and one Chromium, shared by the walks of a file since both start slowly. */
import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { expect } from 'vitest';
import { startTestInstance, type TestInstance } from '../harness/test-instance.ts';
import { CountyClient } from '../scenarios/county-client.ts';
import { expectStatus } from '../scenarios/expect-answer.ts';
import { ADMIN } from '../scenarios/training-ground.ts';
import { buildPage } from './built-page.ts';
import {
  keepPicture,
  latinWords,
  launchChromium,
  openPage,
  overflows,
  WIDTHS,
} from './chromium.ts';

/** How long a page may take on a busy machine. */
const PATIENCE_MS = 30_000;

/** What a walk is made with. */
export interface Desk {
  readonly instance: TestInstance;
  readonly page: Page;
  /** People of the county who act beside the page, over the API. */
  readonly county: CountyClient;
  /** Empties the instance and loads a scenario of this folder; the page is at the sign-in again. */
  readonly load: (name: string) => Promise<void>;
  /** Looks at the page at both widths: Chinese only, and nothing sticks out. */
  readonly look: (name: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

async function look(page: Page, name: string): Promise<void> {
  for (const width of WIDTHS.toReversed()) {
    await page.setViewportSize({ width, height: 900 });
    await keepPicture(page, `${name}-${width}`);
    expect(await latinWords(page), `${name} at ${width} px`).toEqual([]);
    expect(await overflows(page), `${name} at ${width} px sticks out`).toBe(false);
  }
}

async function load(county: CountyClient, page: Page, name: string): Promise<void> {
  const yaml = await readFile(new URL(`${name}.yaml`, import.meta.url), 'utf8');
  await county.signIn(ADMIN);
  expectStatus(await county.yaml(ADMIN, '/scenario', yaml), 200);
  county.forgetEverybody();
  await page.context().clearCookies();
  page.setDefaultTimeout(PATIENCE_MS);
}

/** Builds the page, starts everything; close it in `afterAll`. */
export async function openDesk(): Promise<Desk> {
  const [instance] = await Promise.all([startTestInstance(), buildPage()]);
  const browser: Browser = await launchChromium();
  const page = await openPage(browser, 1280);
  const county = new CountyClient(instance.pageUrl);
  return {
    instance,
    page,
    county,
    load: (name) => load(county, page, name),
    look: (name) => look(page, name),
    close: async () => {
      await browser.close();
      await instance.destroy();
    },
  };
}
