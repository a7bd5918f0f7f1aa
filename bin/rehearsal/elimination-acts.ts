/** 风险消除各环节 — a household just monitored whose risk is found gone, up to the county's document. */
import { saveVisitForm } from '../../db/record/visit-forms.ts';
import type { EliminationForm } from '../../domain/facts/elimination.ts';
import { findOpenEpisode } from '../../domain/facts/monitoring.ts';
import { labourOf } from '../../domain/household/labour.ts';
import { invariant } from '../../domain/invariant.ts';
import { plainDateAt } from '../../domain/time/instant.ts';
import * as acts from './exit-acts.ts';
import { type Campaign, VillageWalk } from './village-walk.ts';
import { findKnown, rehearsedForm } from './visit-form.ts';

/**
 * Opens a list of one household of a list that was monitored: refused while its spending is not under
 * control, then taken.
 */
export async function eliminateRisk(
  campaign: Campaign,
  monitored: VillageWalk,
  documentNo: string,
): Promise<VillageWalk> {
  const { code, name } = monitored.village;
  const householdId = await findAble(monitored);
  const village = { code, name: name.replace('监测', '风险消除') };
  const walk = await VillageWalk.open(campaign, village, [householdId]);
  await collect(walk, householdId, 'fail');
  await collect(walk, householdId, 'act');
  await acts.verify(walk, 'act');
  await acts.review(walk, null);
  await acts.decide(walk, documentNo);
  return walk;
}

/** The first household in whose data nothing stands against it. */
async function findAble({ campaign, listed }: VillageWalk): Promise<string> {
  const able: string[] = [];
  for (const { householdId } of listed) {
    const { members, security } = await findKnown(campaign.stage.services.db, householdId);
    const isSecure = Object.values(security).every((held) => held === true);
    if (isSecure && labourOf(members) === 'some') able.push(householdId);
  }
  const [first] = able;
  invariant(first !== undefined, 'one of the monitored households can work and is secure');
  return first;
}

async function collect(
  walk: VillageWalk,
  householdId: string,
  expected: 'act' | 'fail',
): Promise<void> {
  const { plan, stage, scan } = walk.campaign;
  const { db, clock } = stage.services;
  const on = plainDateAt(await clock.now());
  const known = await findKnown(db, householdId);
  const perHeadFen = plan.standards.incomeLineFen * 2;
  const form = {
    ...rehearsedForm({ plan, known, on, scan, perHeadFen }),
    elimination: eliminationOf(known, expected === 'act'),
  };
  const [listed] = walk.listed;
  invariant(listed !== undefined, 'the list has a household');
  const { caseId } = listed;
  const saved = await saveVisitForm(db, { caseId, form, savedBy: form.compiledBy });
  invariant(saved !== undefined, 'nobody else fills the form in');
  const entries = [{ caseId, formHash: saved.hash }];
  const body = { type: 'record-collection', entries, evidence: await walk.papers() } as const;
  await walk[expected](walk.village.code, 'clerk', '提交风险消除信息', body);
}

function eliminationOf(
  { monitoring }: Awaited<ReturnType<typeof findKnown>>,
  isSettled: boolean,
): EliminationForm {
  const episode = findOpenEpisode(monitoring);
  invariant(episode !== undefined, 'the household is monitored');
  const { since, risks } = episode;
  const finding = (holds: boolean, reason: string) => ({ holds, signer: '李村干', reason });
  return {
    since,
    way: 'helped',
    steadySince: since,
    incomeSteady: finding(true, '长子务工收入稳定'),
    spendingSettled: finding(isSettled, isSettled ? '医疗费用已报销' : '透析费用仍在发生'),
    removedRisks: risks,
    noNewRisk: finding(true, '没有新的风险'),
    measures: [{ name: '公益性岗位', done: true }],
  };
}
