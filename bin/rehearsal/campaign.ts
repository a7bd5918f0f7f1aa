/** 一场演练 — up to three villages whose exit lists meet what real ones meet, side by side in time. */
import { createHash } from 'node:crypto';
import { asc, eq } from 'drizzle-orm';
import { files } from '../../db/schema/effects.ts';
import { organisations } from '../../db/schema/organisation.ts';
import type { RegistryStatus } from '../../domain/facts/household-facts.ts';
import { MONITORING_CLASS_WORDS } from '../../domain/facts/monitoring.ts';
import { invariant } from '../../domain/invariant.ts';
import type { Plan, ProcedureId } from '../../domain/plan/plan.ts';
import { formatInstant, parseInstant } from '../../domain/time/instant.ts';
import { trainingConfirmations } from '../../policies/confirm-values.ts';
import { loadPacks } from '../../policies/load-packs.ts';
import { resolvePlan } from '../../policies/resolve-plan.ts';
import { StartFailure } from '../embedded/start-failure.ts';
import { eliminateRisk } from './elimination-acts.ts';
import * as acts from './exit-acts.ts';
import { enrol, judgeApplicants, openApplicants, reviewApplicants } from './identification-acts.ts';
import { monitorHouseholds } from './monitoring-acts.ts';
import { addNewborn } from './natural-change-acts.ts';
import type { Stage } from './stage.ts';
import type { Say } from './timeline.ts';
import { announceVillages, openVillages, sayVillages } from './township-acts.ts';
import {
  type Campaign,
  findActor,
  findReady,
  OFFICE_OPENS_AFTER_MS,
  VillageWalk,
} from './village-walk.ts';

const AREA = '530627';
const DAY_MS = 86_400_000;

/** First morning of the rehearsed campaign: early enough for the notice to end before its deadline. */
export const REHEARSAL_START = parseInstant('2020-10-05T09:00:00+08:00') ?? Number.NaN;

/** Days that the late township lets a list lie. */
const LATE_DAYS = 3;

const LABEL_WORDS = {
  unregistered: '未登记',
  poor: '未脱贫',
  exited: '脱贫（享受政策）',
  'stably-exited': '稳定脱贫（不再享受政策）',
  returned: '返贫',
  cleared: '已清退',
} as const satisfies Record<RegistryStatus, string>;

function labelWords(status: string | null): string {
  const found = Object.entries(LABEL_WORDS).find(([key]) => key === (status ?? 'unregistered'));
  invariant(found !== undefined, 'every status has its words');
  return found[1];
}

/** A procedure of the pack with the values confirmed for training. */
export function rehearsedPlan(packId: string, procedure: ProcedureId): Plan {
  const packs = loadPacks();
  const known = packs.packs.get(packId)?.pack;
  if (known?.areaCode !== AREA) {
    throw new StartFailure(`演练数据只有镇雄县，规则包只能是 zhenxiong-2020，现在是：${packId}`);
  }
  const outcome = resolvePlan(packs, {
    packId,
    procedure,
    areaCode: AREA,
    confirmations: trainingConfirmations(packId),
  });
  invariant(outcome.ok, 'training values are confirmed');
  return outcome.plan;
}

async function saveScan(stage: Stage, userId: string): Promise<string> {
  const hash = createHash('sha256').update('演练附件').digest('hex');
  const file = { hash, mediaType: 'image/jpeg', size: 1, originalName: '演练附件.jpg' };
  const uploaded = { uploadedBy: userId, uploadedAt: REHEARSAL_START };
  await stage.services.db.insert(files).values({ ...file, ...uploaded });
  return hash;
}

/** Villages in order of code, each from another township as far as there are any. */
async function chooseVillages(stage: Stage, count: number) {
  const { code, name, level } = organisations;
  const rows = await stage.services.db
    .select({ code, name })
    .from(organisations)
    .where(eq(level, 'village'))
    .orderBy(asc(code));
  const isFirstOfItsTownship = (row: { code: string }, index: number) =>
    rows.findIndex((other) => other.code.slice(0, 9) === row.code.slice(0, 9)) === index;
  const firsts = rows.filter(isFirstOfItsTownship);
  const others = rows.filter((row) => !firsts.includes(row));
  return [...firsts, ...others].slice(0, count);
}

/** Up to the posted notice. In the first village one household's income is found below the line. */
async function prepareNotice(walk: VillageWalk, index: number): Promise<void> {
  await acts.holdAssembly(walk);
  const poor = index === 0 ? walk.listed[1] : undefined;
  await acts.saveForms(walk, poor?.caseId ?? null);
  if (poor !== undefined) {
    await acts.verify(walk, 'fail');
    await acts.withdraw(walk, poor.caseId, '收入未达标，继续帮扶');
  }
  await acts.verify(walk, 'act');
  await acts.accept(walk);
  await acts.postNotice(walk);
  if (index === 0) await acts.closeNotice(walk, 'fail');
}

/** The notice's end. In the second village the objection is looked into first. */
async function finishNotice(walk: VillageWalk, index: number): Promise<void> {
  if (index === 1) await acts.rejectObjection(walk, '经入户核实，反映情况不属实');
  await acts.closeNotice(walk, 'act');
}

/** Township, county, announcement. The township refuses a household of the first village. */
async function judge(walk: VillageWalk, index: number): Promise<void> {
  const last = index === 0 ? walk.listed.at(-1) : undefined;
  const words = '住房安全佐证不足，本年度不退出';
  await acts.review(walk, last === undefined ? null : { caseId: last.caseId, words });
  await acts.decideAndAnnounce(walk, `镇扶组字〔2020〕${60 + index}号`);
}

/** Plays it from the first assembly to the labels. */
export async function playCampaign(
  stage: Stage,
  { packId, villages, say }: { packId: string; villages: number; say: Say },
): Promise<void> {
  const places = await chooseVillages(stage, villages);
  const [first] = places;
  invariant(first !== undefined, 'the demo county has villages');
  const plan = rehearsedPlan(packId, 'household-exit');
  const draft: Campaign = { stage, plan, say, scan: '' };
  const clerk = await findActor(draft, first.code, 'clerk');
  const campaign: Campaign = { ...draft, scan: await saveScan(stage, clerk.userId) };
  say('── 评议、核实、公示 ──');
  const walks: VillageWalk[] = [];
  for (const place of places) {
    walks.push(await VillageWalk.open(campaign, place, await findReady(campaign, place.code, 3)));
  }
  for (const [index, walk] of walks.entries()) await prepareNotice(walk, index);
  const applying = { ...campaign, plan: rehearsedPlan(packId, 'identification') };
  const applicants = await openApplicants(applying, first, 'identification');
  const returning = { ...campaign, plan: rehearsedPlan(packId, 'return-to-poverty') };
  const returned = await openApplicants(returning, first, 'return-to-poverty');
  await objectInSecond(stage, walks);
  say('── 公示届满 ──');
  await awaitMorningAfterWakes(stage, [...walks, applicants, returned]);
  for (const [index, walk] of walks.entries()) await finishNotice(walk, index);
  say('── 审核、审定、公告 ──');
  for (const [index, walk] of walks.slice(0, 2).entries()) await judge(walk, index);
  for (const walk of [applicants, returned]) await reviewApplicants(walk);
  const leaving = { ...campaign, plan: rehearsedPlan(packId, 'village-exit') };
  const villagesLeaving = await openVillages(leaving, '镇扶组字〔2020〕80号');
  const monitoring = { ...campaign, plan: rehearsedPlan(packId, 'monitored-household') };
  const monitored = await monitorHouseholds(monitoring, first, '镇扶组字〔2020〕72号');
  await judgeLate(stage, walks[2]);
  say('── 公告届满、录入 ──');
  await awaitMorningAfterWakes(stage, walks);
  await acts.register(pick(walks[0]), 'fail');
  await acts.openWindow(campaign, AREA, 'mark-exit');
  say('　　县扶贫开发领导小组办公室开放「脱贫标注」功能，演练〔2020〕1号');
  for (const walk of walks) await acts.register(walk, 'act');
  await awaitMorningAfterWakes(stage, [applicants, returned]);
  await judgeApplicants(applicants, '镇扶组字〔2020〕70号');
  await judgeApplicants(returned, '镇扶组字〔2020〕71号');
  await awaitMorningAfterWakes(stage, [applicants, returned]);
  await awaitMorningAfterWakes(stage, [villagesLeaving]);
  await announceVillages(villagesLeaving);
  await enrol(applying, applicants);
  await enrol(returning, returned);
  await enrol(monitoring, monitored);
  const eliminating = { ...campaign, plan: rehearsedPlan(packId, 'risk-elimination') };
  const eliminated = await eliminateRisk(eliminating, monitored, '镇扶组字〔2020〕73号');
  await enrol(eliminating, eliminated);
  const changing = { ...campaign, plan: rehearsedPlan(packId, 'natural-change') };
  await enrol(changing, await addNewborn(changing, pick(walks[0])));
  await awaitMorningAfterWakes(stage, [villagesLeaving]);
  await enrol(leaving, villagesLeaving);
  await sayLabels(stage, [...walks, applicants, returned, monitored], say);
  await sayVillages(villagesLeaving);
}

/** Every list's workflow wakes by itself, at 24:00; offices open later. */
async function awaitMorningAfterWakes(stage: Stage, walks: readonly VillageWalk[]): Promise<void> {
  for (const walk of walks) await walk.awaitWake();
  await stage.skip(OFFICE_OPENS_AFTER_MS);
}

function pick(walk: VillageWalk | undefined): VillageWalk {
  invariant(walk !== undefined, 'there is a first village');
  return walk;
}

async function objectInSecond(stage: Stage, walks: readonly VillageWalk[]): Promise<void> {
  const walk = walks[1];
  const item = walk?.listed[0];
  if (walk === undefined || item === undefined) return;
  await stage.skip(2 * DAY_MS);
  await acts.object(walk, item.caseId, `反映${item.name}家收入算高了`);
}

async function judgeLate(stage: Stage, walk: VillageWalk | undefined): Promise<void> {
  if (walk === undefined) return;
  await stage.skip(LATE_DAYS * DAY_MS);
  await judge(walk, 2);
}

async function sayLabels(stage: Stage, walks: readonly VillageWalk[], say: Say): Promise<void> {
  say(`── 标签（${formatInstant(await stage.services.clock.now())}） ──`);
  for (const walk of walks) {
    for (const { name, status, monitored } of await walk.labels()) {
      const gone = walk.campaign.plan.procedure === 'monitored-household' ? '，风险已消除' : '';
      const beside = monitored === null ? gone : `，${MONITORING_CLASS_WORDS[monitored]}`;
      say(`${walk.village.name}  ${name}  ${labelWords(status)}${beside}`);
    }
  }
}
