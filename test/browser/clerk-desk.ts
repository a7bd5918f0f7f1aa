/** 桌前的人: what a person does at the page, as the walks do it. */
import type { Locator, Page } from 'playwright-core';

/** Chooses a place in the training page's picker; its townships' villages are named after them. */
async function choosePlace(page: Page, place: string): Promise<void> {
  const picker = page.getByRole('combobox', { name: '单位', exact: true });
  await picker.click();
  await picker.fill(place);
  const option = page.locator('.ant-select-item-option:visible');
  await option.filter({ hasText: new RegExp(`${place}$`) }).click();
}

/** 换身份: the same page as another person, by the training page's own picker. */
export async function playAs(page: Page, place: string, post: string): Promise<void> {
  await page.getByRole('button', { name: '换身份' }).click();
  const button = page.getByRole('button', { name: `以${place}${post}身份登录` });
  await page.getByRole('combobox', { name: '单位', exact: true }).waitFor();
  if ((await button.count()) === 0) await choosePlace(page, place);
  await Promise.all([
    page.waitForResponse(
      (response) => response.url().endsWith('/session') && response.request().method() === 'GET',
    ),
    button.click(),
  ]);
  await page.getByRole('button', { name: '退出登录' }).waitFor();
  await page.getByText(/演练 · 业务时间/).waitFor();
}

/** 以…身份登录 on the sign-in page, for the first person of a walk. */
export async function enterAs(page: Page, place: string, post: string): Promise<void> {
  await page.getByRole('combobox', { name: '单位', exact: true }).waitFor();
  await choosePlace(page, place);
  await page.getByRole('button', { name: `以${place}${post}身份登录` }).click();
  await page.getByRole('heading', { name: '我的待办' }).waitFor();
}

/** Opens a page by its link under 更多. */
export async function openPlace(page: Page, words: string): Promise<void> {
  await page.getByRole('button', { name: '更多', exact: true }).click();
  await page.getByRole('menuitem', { name: words }).click();
  // The page before stays until the next one is loaded, and may have buttons of the same name.
  await page.getByRole('heading', { name: words, exact: true }).waitFor();
}

/** Chooses a value of a field with a list to pick from. */
export async function choose(page: Page, label: string, value: string): Promise<void> {
  await page.getByLabel(label, { exact: true }).click();
  const option = page.locator('.ant-select-item-option:visible');
  await option.filter({ hasText: value }).first().click();
}

/** Opens the form of an action on the list's page. */
export async function openAction(page: Page, type: string): Promise<Locator> {
  await page.locator(`[data-action="${type}"]`).click();
  const drawer = page.getByRole('dialog');
  await drawer.getByRole('button', { name: '提交' }).waitFor();
  return drawer;
}

/** Puts the form away without sending it. */
export async function closeForm(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

/** Makes up one training paper for each file field that is on the screen. */
export async function attachPapers(form: Locator): Promise<void> {
  for (const button of await form.getByRole('button', { name: '使用演练附件' }).all()) {
    if (!(await button.isVisible())) continue;
    await button.click();
    const field = button.locator('xpath=..');
    await field.getByText('附件1', { exact: true }).waitFor();
  }
}

/** Sends the form; it closes when the list has taken it. */
export async function submit(page: Page, form: Locator): Promise<void> {
  await form.getByRole('button', { name: '提交', exact: true }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

/** Opens, attaches what is asked, sends. */
export async function act(
  page: Page,
  type: string,
  fill: (form: Locator) => Promise<void> = async () => {},
): Promise<void> {
  const form = await openAction(page, type);
  await fill(form);
  await attachPapers(form);
  await submit(page, form);
}

/** Waits until the list stands at a step. */
export async function atStep(page: Page, name: string): Promise<void> {
  const cell = page.locator('.ant-descriptions-item-content').getByText(name, { exact: true });
  await cell.first().waitFor();
}

/** Whether the page offers an action, once it has said what may be done. */
export async function isOffered(page: Page, type: string): Promise<boolean> {
  await page.locator('[data-action]').first().waitFor();
  return (await page.locator(`[data-action="${type}"]`).count()) === 1;
}

/** 现在的环节, as the page of the list says it. */
export function stepOf(page: Page): Promise<string> {
  const item = page.locator('.ant-descriptions-item').filter({ hasText: '现在的环节' });
  return item.locator('.ant-descriptions-item-content').innerText();
}

/** The administrator moves the training clock; what falls due is played before the answer. */
export async function moveClock(page: Page, days: number): Promise<void> {
  await page.getByLabel('天数').fill(String(days));
  const [answer] = await Promise.all([
    page.waitForResponse((response) => response.url().endsWith('/clock/advance')),
    page.getByRole('button', { name: '前进', exact: true }).click(),
  ]);
  if (!answer.ok()) throw new Error('the clock was not moved');
}

/** 评议会: 25 of 30 came, all of them in favour. */
export async function fillMeeting(form: Locator): Promise<void> {
  await form.getByLabel('地点').fill('村委会');
  await form.getByLabel('主持人').fill('吴伟');
  await form.getByLabel('记录人').fill('王建华');
  await form.getByLabel('应到人数').fill('30');
  await form.getByLabel('实到人数').fill('25');
  await form.getByLabel(/驻村工作队参会人/).fill('刘国强');
  for (const vote of await form.getByLabel(/赞成$/).all()) await vote.fill('25');
}

/** 走访人签字 of the two who visited. */
export async function fillVisitors(page: Page): Promise<void> {
  const visitors = { 走访人1签字: '刘国强', 走访人2签字: '吴伟' };
  for (const [visitor, name] of Object.entries(visitors)) {
    await page.getByLabel(`${visitor}姓名`).fill(name);
    await page.getByLabel(`${visitor}身份`).fill('驻村工作队员');
  }
}

/** Saves the visit form on the screen and goes back to the list. */
export async function saveForm(page: Page): Promise<void> {
  await attachPapers(page.locator('main'));
  await page.getByRole('button', { name: '保存', exact: true }).click();
  await page.getByText('已保存，第1版').waitFor();
  await page.getByRole('link', { name: '回到名单' }).click();
  await page.getByText('可以办什么，为什么不能推进').waitFor();
}
