/** 贫困村退出各环节 — a township's list of one village, up to the label 出列. */
import { loadVillages } from '../../db/record/load-villages.ts';
import { saveVisitForm } from '../../db/record/visit-forms.ts';
import { indicatorsOf } from '../../domain/guards/village-exit.ts';
import { invariant } from '../../domain/invariant.ts';
import { plainDateAt } from '../../domain/time/instant.ts';
import * as acts from './exit-acts.ts';
import { type Campaign, findActor, VillageWalk } from './village-walk.ts';

/** The township's poor village of the demo county, beside the first village of the rehearsal. */
const VILLAGE = '530627901202';

/** Denominators as multiples of the 未脱贫: ten in a hundred are too many, two and a half are not. */
const COUNTED_BADLY = 10;
const COUNTED_ANEW = 40;

/** Opens the list, has a rate over the limit refused, and takes it up to its posted notice. */
export async function openVillages(campaign: Campaign, documentNo: string): Promise<VillageWalk> {
  const township = acts.above.township(VILLAGE);
  const walk = await VillageWalk.open(campaign, { code: township, name: '青石镇·出列' }, [VILLAGE]);
  await selfCheck(walk, COUNTED_BADLY, 'fail');
  await selfCheck(walk, COUNTED_ANEW, 'act');
  await acts.review(walk, null);
  await certify(walk);
  await acts.decide(walk, documentNo);
  await walk.act(township, 'clerk', '拟定乡镇公示', { type: 'draft-notice' });
  await post(walk, 'post-notice', '张贴乡镇公示');
  return walk;
}

/** 村申请和逐条对照, with a denominator of so many times the 未脱贫. */
async function selfCheck(
  walk: VillageWalk,
  times: number,
  expected: 'act' | 'fail',
): Promise<void> {
  const { plan, stage, scan } = walk.campaign;
  const { db, clock } = stage.services;
  const step = plan.steps.find(({ kind }) => kind === 'verification');
  invariant(step?.kind === 'verification', 'villages check themselves');
  const on = plainDateAt(await clock.now());
  const poor = (await loadVillages(db, [VILLAGE])).get(VILLAGE)?.poorPersons;
  const definition = plan.standards.village?.denominators[0];
  const caseId = walk.listed[0]?.caseId;
  invariant(
    poor !== undefined && definition !== undefined && caseId !== undefined,
    'the demo county has the village, the plan its definition',
  );
  const form = {
    subject: 'village',
    filledOn: on,
    denominator: { persons: poor * times, definition, on },
    indicators: indicatorsOf(plan).map(({ key }) => ({ key, met: true, words: '已达标' })),
    relocation: { listed: false, moved: null },
    signatures: step.signers.map((role) => ({ name: '签字人', role, on, scan })),
    compiledBy: '李镇干',
  } as const;
  const saved = await saveVisitForm(db, { caseId, form, savedBy: form.compiledBy });
  invariant(saved !== undefined, 'nobody else fills the form in');
  const signers = step.signers.map((role) => ({ role, name: '签字人' }));
  const entries = [{ caseId, formHash: saved.hash }];
  const evidence = await walk.papers();
  const body = { type: 'verify', entries, signers, evidence } as const;
  const words = `提交逐条对照，未脱贫${poor}人，分母${poor * times}人`;
  await walk[expected](walk.village.code, 'clerk', words, body);
}

/** Every department of the county certifies its own indicators. */
async function certify(walk: VillageWalk): Promise<void> {
  const { plan, stage } = walk.campaign;
  const county = acts.above.county(VILLAGE);
  const documentOn = plainDateAt(await stage.services.clock.now());
  const indicators = indicatorsOf(plan);
  for (const department of new Set(indicators.map((each) => each.department))) {
    const own = indicators.filter((each) => each.department === department);
    const actor = await findActor(walk.campaign, county, 'department', department);
    const opinions = walk.listed.flatMap(({ caseId }) =>
      own.map(({ key }) => ({ caseId, indicator: key, passed: true, words: '达标' })),
    );
    const named = { department, documentNo: `${department}〔2020〕9号`, documentOn };
    const body = { type: 'certify', ...named, opinions, evidence: await walk.papers() } as const;
    const words = `${department}部门认定达标：${own.map(({ name }) => name).join('、')}`;
    const isTaken = await walk.send(actor, words, body);
    invariant(isTaken, 'the department certifies its own');
  }
}

async function post(
  walk: VillageWalk,
  type: 'post-notice' | 'post-announcement',
  words: string,
): Promise<void> {
  const { scan } = walk.campaign;
  const township = walk.village.code;
  await walk.act(township, 'clerk', words, { type, place: 'township-board', proof: scan });
}

/** End of the township's notice, and the announcement. */
export async function announceVillages(walk: VillageWalk): Promise<void> {
  await acts.closeNotice(walk, 'act');
  await walk.act(acts.above.county(VILLAGE), 'clerk', '公告定稿', { type: 'draft-announcement' });
  await post(walk, 'post-announcement', '张贴公告');
}

/** 出列年度 of the villages in the record, in words of the timeline. */
export async function sayVillages({ campaign, village, listed }: VillageWalk): Promise<void> {
  const codes = listed.map(({ householdId }) => householdId);
  const known = await loadVillages(campaign.stage.services.db, codes);
  for (const { householdId, name } of listed) {
    const year = known.get(householdId)?.exitYear ?? null;
    campaign.say(`${village.name}  ${name}  ${year === null ? '未出列' : `${year}年出列`}`);
  }
}
