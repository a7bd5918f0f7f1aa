/** 新识别、返贫各环节 — one village's applicants from the visit to the registry. */
import { randomUUID } from 'node:crypto';
import { and, asc, eq } from 'drizzle-orm';
import { saveVisitForm } from '../../db/record/visit-forms.ts';
import { households, members } from '../../db/schema/households.ts';
import { invariant } from '../../domain/invariant.ts';
import { isRegistryFunction } from '../../domain/plan/registry-function.ts';
import { formatInstant, plainDateAt } from '../../domain/time/instant.ts';
import * as acts from './exit-acts.ts';
import { type Campaign, findActor, VillageWalk } from './village-walk.ts';
import { applicationForm } from './visit-form.ts';

const SIZE = 2;

/** Whom a campaign's procedure lists, and the word by which the timeline tells its list. */
const LISTED = {
  identification: { status: 'unregistered', word: '新识别' },
  'return-to-poverty': { status: 'exited', word: '返贫' },
} as const;

/** Opens a list of applicants and takes it up to its posted village notice. */
export async function openApplicants(
  campaign: Campaign,
  village: { readonly code: string; readonly name: string },
  procedure: keyof typeof LISTED,
): Promise<VillageWalk> {
  const { status, word } = LISTED[procedure];
  const rows = await campaign.stage.services.db
    .select({ id: households.id })
    .from(households)
    .where(and(eq(households.villageCode, village.code), eq(households.status, status)))
    .orderBy(asc(households.id));
  const ids = rows.slice(0, SIZE).map(({ id }) => id);
  const name = `${village.name}·${word}`;
  const walk = await VillageWalk.open(campaign, { code: village.code, name }, ids);
  await collect(walk);
  await holdGroupAssemblies(walk);
  await compare(walk);
  await holdVillageAssembly(walk);
  await acts.postNotice(walk);
  return walk;
}

async function collect(walk: VillageWalk): Promise<void> {
  const { plan, stage, scan } = walk.campaign;
  const { db, clock } = stage.services;
  const now = await clock.now();
  const entries: { caseId: string; formHash: string }[] = [];
  for (const { caseId, householdId, name } of walk.listed) {
    const family = await db.select().from(members).where(eq(members.householdId, householdId));
    const form = applicationForm({ plan, family, headName: name, on: plainDateAt(now), scan });
    const saved = await saveVisitForm(db, { caseId, form, savedBy: form.compiledBy });
    invariant(saved !== undefined, 'nobody else fills the form in');
    entries.push({ caseId, formHash: saved.hash });
  }
  const evidence = await walk.papers();
  const body = { type: 'record-collection', entries, evidence } as const;
  await walk.act(walk.village.code, 'clerk', '提交申请和入户调查', body);
}

async function holdGroupAssemblies(walk: VillageWalk): Promise<void> {
  const rows = (await walk.roster()).state.cases;
  for (const groupId of new Set(rows.map((row) => row.groupId))) {
    const ids = rows.filter((row) => row.groupId === groupId).map(({ id }) => id);
    await acts.holdMeeting(walk, { group: groupId, caseIds: ids, words: '召开村民小组评议' });
  }
}

async function holdVillageAssembly(walk: VillageWalk): Promise<void> {
  const caseIds = walk.listed.map(({ caseId }) => caseId);
  await acts.holdMeeting(walk, { group: null, caseIds, words: '宣读比对结果，村民代表评议' });
}

/** Every department of the county answers; nobody is found to own what the rules exclude. */
async function compare(walk: VillageWalk): Promise<void> {
  const { plan, stage } = walk.campaign;
  const step = plan.steps.find(({ kind }) => kind === 'comparison');
  invariant(step?.kind === 'comparison', 'the identification compares');
  const county = acts.above.county(walk.village.code);
  const caseIds = walk.listed.map(({ caseId }) => caseId);
  const batchId = randomUUID();
  const request = { type: 'request-comparison', batchId, caseIds } as const;
  await walk.act(county, 'clerk', '提请部门比对', request);
  const dataOn = plainDateAt(await stage.services.clock.now());
  for (const department of step.departments) {
    const actor = await findActor(walk.campaign, county, 'department', department);
    const isTaken = await walk.send(actor, `${department}部门反馈：未发现问题`, {
      type: 'receive-comparison',
      batchId,
      department,
      receiptId: randomUUID(),
      dataOn,
      results: caseIds.map((caseId) => ({ caseId, hit: false })),
    });
    invariant(isTaken, 'the department answers for itself');
  }
}

/** End of the village notice, the township's review and its own notice. */
export async function reviewApplicants(walk: VillageWalk): Promise<void> {
  await acts.closeNotice(walk, 'act');
  await acts.review(walk, null);
  const township = acts.above.township(walk.village.code);
  const { scan } = walk.campaign;
  await walk.act(township, 'clerk', '拟定乡镇公示', { type: 'draft-notice' });
  const posted = { type: 'post-notice', place: 'village-board', proof: scan } as const;
  await walk.act(township, 'clerk', '张贴乡镇公示', posted);
}

/** End of the township's notice, the county's decision and announcement. */
export async function judgeApplicants(walk: VillageWalk, documentNo: string): Promise<void> {
  const evidence = await walk.papers();
  const township = acts.above.township(walk.village.code);
  await walk.act(township, 'clerk', '办理乡镇公示结束', { type: 'close-notice', evidence });
  await acts.decideAndAnnounce(walk, documentNo);
}

/** 录入 or 标注 after the county opened the function. */
export async function enrol(campaign: Campaign, walk: VillageWalk): Promise<void> {
  const step = campaign.plan.steps.find(({ kind }) => kind === 'registration');
  invariant(step?.kind === 'registration', 'the procedure registers');
  invariant(isRegistryFunction(step.functionKey), 'the plan names a function of the registry');
  const county = acts.above.county(walk.village.code);
  await acts.openWindow(campaign, county, step.functionKey);
  const at = formatInstant(await campaign.stage.services.clock.now());
  campaign.say(`${at}  县扶贫开发领导小组办公室开放「${step.functionName}」功能，演练〔2020〕1号`);
  await acts.register(walk, 'act');
}
