/** 脱贫各环节 — the acts of one village's exit list, each by the person whose duty it is. */

import { randomUUID } from 'node:crypto';
import { desc, eq } from 'drizzle-orm';
import { saveVisitForm } from '../../db/record/visit-forms.ts';
import { registryWindows } from '../../db/schema/effects.ts';
import { visitForms } from '../../db/schema/households.ts';
import { invariant } from '../../domain/invariant.ts';
import type { RegistryFunction } from '../../domain/plan/registry-function.ts';
import { unitWord } from '../../domain/plan/unit-word.ts';
import { plainDateAt } from '../../domain/time/instant.ts';
import { type Campaign, findActor, type VillageWalk } from './village-walk.ts';
import { findKnown, rehearsedForm } from './visit-form.ts';

const PLACE = 'village-board';

/** Code of the township or county above a village. */
export const above = {
  township: (villageCode: string) => villageCode.slice(0, 9),
  county: (villageCode: string) => villageCode.slice(0, 6),
};

/** 村民代表大会: everybody present votes for every household. */
export async function holdAssembly(walk: VillageWalk): Promise<void> {
  const caseIds = walk.listed.map(({ caseId }) => caseId);
  await holdMeeting(walk, { group: null, caseIds, words: '召开评议会，全票同意' });
}

/** 评议 of the step at which the list stands, by a villagers' group or the village. */
export async function holdMeeting(
  walk: VillageWalk,
  given: {
    readonly group: string | null;
    readonly caseIds: readonly string[];
    readonly words: string;
  },
): Promise<void> {
  const { plan, stage } = walk.campaign;
  const { stepKey } = await walk.roster();
  const step = plan.steps.find(({ key }) => key === stepKey);
  invariant(step?.kind === 'assembly', 'the list stands at an assembly');
  const present = 25;
  await walk.act(walk.village.code, 'clerk', given.words, {
    type: 'hold-assembly',
    group: given.group,
    meeting: {
      heldAt: await stage.services.clock.now(),
      place: '村委会',
      chair: '王主任',
      recorder: '李文书',
      basis: step.quorum.bases[0]?.key ?? '',
      entitled: 30,
      present,
      proxies: [],
      workTeamPresent: ['赵队员'],
      kinship: [],
      comparisonReadOut: true,
    },
    votes: given.caseIds.map((caseId) => ({ caseId, for: present, against: 0, abstain: 0 })),
    evidence: await walk.papers(),
  });
}

/** Saves a form for every household; `poorCaseId` earns half the line, the others twice the line. */
export async function saveForms(walk: VillageWalk, poorCaseId: string | null): Promise<void> {
  const { plan, stage, scan } = walk.campaign;
  const { db, clock } = stage.services;
  const now = await clock.now();
  const line = plan.standards.incomeLineFen;
  for (const { caseId, householdId } of walk.listed) {
    const known = await findKnown(db, householdId);
    const perHeadFen = caseId === poorCaseId ? Math.floor(line / 2) : line * 2;
    const on = plainDateAt(now);
    const form = rehearsedForm({ plan, known, on, scan, perHeadFen });
    await saveVisitForm(db, { caseId, form, savedBy: '李村干' });
  }
}

/** 入户核实 of everybody still listed. */
export async function verify(walk: VillageWalk, expected: 'act' | 'fail'): Promise<void> {
  const { plan, stage } = walk.campaign;
  const step = plan.steps.find(({ kind }) => kind === 'verification');
  invariant(step?.kind === 'verification', 'the exit verifies');
  const entries: { caseId: string; formHash: string }[] = [];
  for (const { caseId } of await walk.liveCases()) {
    const [form] = await stage.services.db
      .select({ hash: visitForms.hash })
      .from(visitForms)
      .where(eq(visitForms.caseId, caseId))
      .orderBy(desc(visitForms.version))
      .limit(1);
    invariant(form !== undefined, 'every listed household has a form');
    entries.push({ caseId, formHash: form.hash });
  }
  const signers = step.signers.map((role) => ({ role, name: '签字人' }));
  const evidence = await walk.papers();
  await walk[expected](walk.village.code, 'clerk', `提交入户核实（${entries.length}户）`, {
    type: 'verify',
    entries,
    signers,
    evidence,
  });
}

/** 撤回 of a household that does not reach the standard. */
export async function withdraw(walk: VillageWalk, caseId: string, reason: string): Promise<void> {
  const evidence = { withdrawal: [walk.campaign.scan] };
  await walk.act(walk.village.code, 'clerk', '撤回一户', {
    type: 'withdraw-case',
    caseId,
    reason,
    evidence,
  });
}

/** 认可 of every household. */
export async function accept(walk: VillageWalk): Promise<void> {
  for (const { caseId, name } of await walk.liveCases()) {
    await walk.act(walk.village.code, 'clerk', `${name}签字认可`, {
      type: 'record-acceptance',
      caseId,
      party: 'household',
      accepted: true,
      signer: name,
      evidence: await walk.papers(),
    });
  }
}

/** 张贴公示. */
export async function postNotice(walk: VillageWalk): Promise<void> {
  const { scan } = walk.campaign;
  const { code } = walk.village;
  await walk.act(code, 'clerk', '拟定公示名单', { type: 'draft-notice' });
  const posted = { place: PLACE, proof: scan } as const;
  await walk.act(code, 'clerk', '张贴公示', { type: 'post-notice', ...posted });
}

/** 公示结束, taken or refused. */
export async function closeNotice(walk: VillageWalk, expected: 'act' | 'fail'): Promise<void> {
  const evidence = await walk.papers();
  const body = { type: 'close-notice', evidence } as const;
  await walk[expected](walk.village.code, 'clerk', '办理公示结束', body);
}

/** 异议 against one household. */
export async function object(walk: VillageWalk, caseId: string, words: string): Promise<void> {
  await walk.act(walk.village.code, 'clerk', `登记异议：${words}`, {
    type: 'raise-objection',
    kind: 'case',
    caseId,
    words,
    channel: '电话',
    objector: '村民某某',
  });
}

/** 异议处理 of the list's only objection: not upheld after investigation. */
export async function rejectObjection(walk: VillageWalk, words: string): Promise<void> {
  const [objection] = (await walk.roster()).state.objections;
  invariant(objection !== undefined, 'somebody objected');
  await walk.act(walk.village.code, 'clerk', `异议查清：${words}`, {
    type: 'dispose-objection',
    objectionId: objection.id,
    result: 'rejected',
    words,
    investigators: ['王主任', '赵队员'],
    evidence: { investigation: [walk.campaign.scan] },
  });
}

/** 乡镇审核; `refused` is left out with a reason. */
export async function review(
  walk: VillageWalk,
  refused: { readonly caseId: string; readonly words: string } | null,
): Promise<void> {
  await walk.act(above.township(walk.village.code), 'reviewer', '乡镇审核', {
    type: 'review',
    opinion: refused === null ? '同意' : '除一户外同意',
    refuse: refused === null ? [] : [refused],
    answers: [],
    acceptLate: [],
    evidence: await walk.papers(),
  });
}

/** 县级审定. */
export async function decide(walk: VillageWalk, documentNo: string): Promise<void> {
  const { stage } = walk.campaign;
  await walk.act(above.county(walk.village.code), 'decider', `县级审定，${documentNo}`, {
    type: 'decide',
    opinion: '同意',
    documentNo,
    documentOn: plainDateAt(await stage.services.clock.now()),
    refuse: [],
    answers: [],
    acceptLate: [],
    evidence: await walk.papers(),
  });
}

/** 县级审定 and 公告 in the village. */
export async function decideAndAnnounce(walk: VillageWalk, documentNo: string): Promise<void> {
  const { scan } = walk.campaign;
  await decide(walk, documentNo);
  await walk.act(above.county(walk.village.code), 'clerk', '公告定稿', {
    type: 'draft-announcement',
  });
  const body = { type: 'post-announcement', place: PLACE, proof: scan } as const;
  await walk.act(walk.village.code, 'clerk', '张贴公告', body);
}

/** 开放功能 — the county opens a function of the registry. */
export async function openWindow(
  campaign: Campaign,
  countyCode: string,
  functionKey: RegistryFunction,
): Promise<void> {
  const { services, registry } = campaign.stage;
  const opensAt = await services.clock.now();
  const window = {
    id: randomUUID(),
    unitCode: countyCode,
    functionKey,
    opensAt,
    closesAt: null,
    openedBy: '县扶贫开发领导小组办公室',
    documentNo: '演练〔2020〕1号',
  } as const;
  await services.db.insert(registryWindows).values(window);
  await registry.openWindow({ ...window, level: 'county' });
}

/** 录入 by the operator, confirmed by the reviewer; the workflow carries it to the registry. */
export async function register(walk: VillageWalk, expected: 'act' | 'fail'): Promise<void> {
  const { campaign, village } = walk;
  const county = above.county(village.code);
  const operator = await findActor(campaign, county, 'registry-operator');
  const reviewer = await findActor(campaign, county, 'entry-reviewer');
  const at = await campaign.stage.services.clock.now();
  const entries = (await walk.liveCases()).map(({ caseId }) => ({
    caseId,
    operatorId: operator.userId,
    operatorName: operator.name,
    operatorAt: at,
    reviewerId: reviewer.userId,
    reviewerName: reviewer.name,
    reviewerAt: at,
  }));
  const words = `录入全国扶贫系统（${entries.length}${unitWord(campaign.plan)}）`;
  await walk[expected](county, 'entry-reviewer', words, { type: 'carry-registrations', entries });
  if (expected === 'fail') return;
  await walk.until((row) => !row.open);
  await walk.tellEvents();
}
