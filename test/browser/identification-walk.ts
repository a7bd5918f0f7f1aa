/** 新识别 under zhenxiong-2020, from launch to the label, at the page. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import readXlsxFile from 'read-excel-file/node';
import { beforeAll, describe, expect, test } from 'vitest';
import writeXlsxFile from 'write-excel-file/node';
import type { CountyClient } from '../scenarios/county-client.ts';
import { expectStatus } from '../scenarios/expect-answer.ts';
import {
  act,
  atStep,
  attachPapers,
  choose,
  closeForm,
  enterAs,
  fillMeeting,
  fillVisitors,
  isOffered,
  moveClock,
  openPlace,
  playAs,
  saveForm,
  stepOf,
} from './clerk-desk.ts';
import type { Desk } from './desk.ts';

const VILLAGE = '大田村';
const TOWNSHIP = '青石镇';
const COUNTY = '镇雄县';
const HEAD = '赵新一';

/** Departments that answer a comparison in this county. */
const DEPARTMENTS = 8;

/** Opens the newest batch's answer as the department that is signed in. */
async function openAnswer(page: Page): Promise<void> {
  await openPlace(page, '部门比对');
  await page.getByRole('button', { name: '反馈比对结果' }).click();
  await page.getByText('怎样反馈').waitFor();
}

/** 送比人员表 filled in as a department does it in its spreadsheet: nobody is hit. Its path. */
async function fillSheet(page: Page, folder: string): Promise<string> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: '下载送比人员表' }).click(),
  ]);
  const asked = join(folder, '送比人员表.xlsx');
  await download.saveAs(asked);
  const [head = [], ...people] = (await readXlsxFile(asked))[0]?.data ?? [];
  const hit = head.indexOf('比中');
  const text = (value: unknown) => ({
    value: typeof value === 'string' ? value : '',
    type: String,
  });
  const rows = people.map((cells) => head.map((_, at) => text(at === hit ? '否' : cells[at])));
  const answer = join(folder, '反馈.xlsx');
  await writeXlsxFile([{ sheet: '比对', data: [head.map(text), ...rows] }]).toFile(answer);
  return answer;
}

/** The departments whose answers look all alike send theirs as their own systems would. */
async function answerRest(county: CountyClient): Promise<void> {
  const clerk = `${COUNTY}经办`;
  const { json } = await county.call(clerk, 'GET', '/comparison-batches');
  const [batch] = json['items'] as unknown as { id: string; waitingFor: readonly string[] }[];
  for (const department of batch?.waitingFor ?? []) {
    const who = `${COUNTY}${department}`;
    const path = `/comparison-batches/${batch?.id}`;
    const found = await county.call(who, 'GET', `${path}/persons`);
    const persons = found.json['items'] as unknown as { no: number }[];
    const results = persons.map(({ no }) => ({ no, hit: false, detail: '' }));
    const body = { department, dataOn: '2020-09-21', results };
    expectStatus(await county.call(who, 'POST', `${path}/results`, body), 201);
  }
}

/** The tests of the walk, one after another on one list. */
export function identificationWalk(desk: () => Desk): void {
  describe('新识别, two assemblies, two notices, one comparison, one announcement', () => {
    let rosterUrl = '';

    /** Days pass; then somebody stands before the list. */
    async function later(days: number, place: string, post: string): Promise<void> {
      const { page } = desk();
      await playAs(page, COUNTY, '管理员');
      await moveClock(page, days);
      await playAs(page, place, post);
      await page.goto(rosterUrl);
    }

    beforeAll(() => desk().load('zhenxiong-identification'));

    test('the village clerk launches the list of an applicant', async () => {
      const { page, instance } = desk();
      await page.goto('about:blank');
      await page.goto(instance.pageUrl);
      await enterAs(page, VILLAGE, '经办');
      await page.getByRole('link', { name: '名单', exact: true }).click();
      await page.getByRole('link', { name: '发起名单' }).click();
      await choose(page, '程序', '新识别');
      await page.getByRole('checkbox', { name: HEAD }).check();
      await page.getByRole('button', { name: '发起（1户）' }).click();
      await atStep(page, '申请和入户调查');
      rosterUrl = page.url();
      expect(await isOffered(page, 'record-collection')).toBe(true);
    });

    test('the household is visited with its application, and discussed in its group', async () => {
      const { page, look } = desk();
      await page.getByRole('link', { name: '填写' }).click();
      await page.getByText('人均纯收入').waitFor();
      await fillVisitors(page);
      await page.getByLabel('工资性收入').fill('3000');
      await page.getByLabel('主要致贫原因').fill('因病');
      await look('visit-form');
      await saveForm(page);
      await act(page, 'record-collection');
      await atStep(page, '村民小组评议');
      await act(page, 'hold-assembly', fillMeeting);
      await atStep(page, '部门比对');
      await look('comparison-waits');
      expect(await stepOf(page)).toBe('部门比对');
    });

    test('the county asks the departments; one answers at the page with a hit, one with its sheet', async () => {
      const { page, look, county } = desk();
      await playAs(page, COUNTY, '经办');
      await openPlace(page, '部门比对');
      await page.getByRole('button', { name: '提请比对' }).click();
      await page.getByText('送比').first().waitFor();
      await playAs(page, COUNTY, '公安');
      await openAnswer(page);
      await page.getByRole('checkbox', { name: HEAD }).check();
      await page.getByLabel(`${HEAD}的疑点`).fill('名下有三轮车');
      await look('comparison-answer');
      await page.getByRole('button', { name: '提交反馈' }).click();
      await page.getByText(/公安：数据截至/).waitFor();
      await playAs(page, COUNTY, '民政');
      await openAnswer(page);
      const folder = await mkdtemp(join(tmpdir(), 'gongshi-sheet-'));
      const sheet = await fillSheet(page, folder);
      await page.getByText('上传填好的表').click();
      await page.getByLabel('选择填好的表').setInputFiles(sheet);
      await page.getByText(/民政：数据截至/).waitFor();
      await rm(folder, { recursive: true });
      await answerRest(county);
      await page.reload();
      await page.getByText('都已反馈').waitFor();
      await look('comparison-answered');
      expect(await page.getByText(/：数据截至2020-09-21/).count()).toBe(DEPARTMENTS);
    });

    test('the village explains the hit, the county accepts it', async () => {
      const { page } = desk();
      await playAs(page, VILLAGE, '经办');
      await page.goto(rosterUrl);
      await act(page, 'explain-hit', async (form) => {
        await choose(page, '户', HEAD);
        await choose(page, '部门', '公安');
        await form.getByLabel('情况说明').fill('三轮车用于生产');
      });
      await playAs(page, COUNTY, '经办');
      await page.goto(rosterUrl);
      await act(page, 'judge-explanation', async (form) => {
        await choose(page, '户', HEAD);
        await choose(page, '部门', '公安');
        await form.getByLabel('认定意见').fill('属实');
      });
      await atStep(page, '村民代表评议');
      expect(await stepOf(page)).toBe('村民代表评议');
    });

    test('the representatives hear the results and vote; the village posts its notice', async () => {
      const { page } = desk();
      await playAs(page, VILLAGE, '经办');
      await page.goto(rosterUrl);
      await act(page, 'hold-assembly', async (form) => {
        await fillMeeting(form);
        await form.getByText('会上宣读了比对结果').click();
      });
      await atStep(page, '村级公示');
      await act(page, 'draft-notice');
      await act(page, 'post-notice');
      await later(8, VILLAGE, '经办');
      await act(page, 'close-notice');
      await atStep(page, '乡镇审核');
      expect(await stepOf(page)).toBe('乡镇审核');
    });

    test('the township reviews and posts the second notice', async () => {
      const { page } = desk();
      await playAs(page, TOWNSHIP, '审核');
      await page.goto(rosterUrl);
      await act(page, 'review');
      await playAs(page, TOWNSHIP, '经办');
      await page.goto(rosterUrl);
      await act(page, 'draft-notice');
      await act(page, 'post-notice');
      await later(8, TOWNSHIP, '经办');
      await act(page, 'close-notice');
      await atStep(page, '县级审定');
      expect(await stepOf(page)).toBe('县级审定');
    });

    test('the county decides on the list itself and announces', async () => {
      const { page, look } = desk();
      await playAs(page, COUNTY, '审定');
      await page.goto(rosterUrl);
      await act(page, 'decide', async (form) => {
        await form.getByLabel('文号').fill('镇扶组字〔2020〕71号');
        await attachPapers(form);
        await look('decision-form');
      });
      await playAs(page, COUNTY, '经办');
      await page.goto(rosterUrl);
      await act(page, 'draft-announcement');
      await playAs(page, VILLAGE, '经办');
      await page.goto(rosterUrl);
      await act(page, 'post-announcement');
      await later(4, COUNTY, '录入');
      await atStep(page, '信息录入');
      expect(await stepOf(page)).toBe('信息录入');
    });

    test('one enters, another confirms; the label is there', async () => {
      const { page } = desk();
      await page.locator('[data-action="carry-registrations"]').click();
      await page.getByRole('button', { name: `${HEAD}录入` }).click();
      await page.getByText('已录入，等待复核').waitFor();
      await closeForm(page);
      await playAs(page, COUNTY, '复核');
      await page.goto(rosterUrl);
      await page.locator('[data-action="carry-registrations"]').click();
      await page.getByRole('button', { name: `${HEAD}复核` }).click();
      await page.getByText('本名单已办结').waitFor();
      await page.goto('about:blank');
      await page.goto(rosterUrl);
      await page.getByText('本名单已办结').waitFor();
      const row = page.getByRole('row').filter({ hasText: HEAD });
      expect(await row.innerText()).toMatch(/已办结[\s\S]*纳入/);
    });
  });
}
