/** 监测对象认定各环节 — households of one village that left and may fall back, up to the label beside 脱贫. */
import { and, asc, eq } from 'drizzle-orm';
import { saveVisitForm } from '../../db/record/visit-forms.ts';
import { households } from '../../db/schema/households.ts';
import { invariant } from '../../domain/invariant.ts';
import { plainDateAt } from '../../domain/time/instant.ts';
import * as acts from './exit-acts.ts';
import { type Campaign, VillageWalk } from './village-walk.ts';
import { findKnown, rehearsedForm } from './visit-form.ts';

/** Those whom the rehearsal's 返贫 takes come first in the order of their numbers. */
const RETURNING = 2;
const SIZE = 2;

/** Opens a list of households that left and takes it up to the county's document. */
export async function monitorHouseholds(
  campaign: Campaign,
  village: { readonly code: string; readonly name: string },
  documentNo: string,
): Promise<VillageWalk> {
  const rows = await campaign.stage.services.db
    .select({ id: households.id })
    .from(households)
    .where(and(eq(households.villageCode, village.code), eq(households.status, 'exited')))
    .orderBy(asc(households.id));
  const ids = rows.slice(RETURNING, RETURNING + SIZE).map(({ id }) => id);
  const name = `${village.name}·监测`;
  const walk = await VillageWalk.open(campaign, { code: village.code, name }, ids);
  await collect(walk);
  await acts.verify(walk, 'act');
  await acts.review(walk, null);
  await acts.decide(walk, documentNo);
  return walk;
}

async function collect(walk: VillageWalk): Promise<void> {
  const { plan, stage, scan } = walk.campaign;
  const { db, clock } = stage.services;
  const { monitoring } = plan.standards;
  const [channel, risk] = [monitoring?.channels[0], monitoring?.risks[0]];
  invariant(channel !== undefined && risk !== undefined, 'the plan monitors');
  const on = plainDateAt(await clock.now());
  const perHeadFen = Math.floor(plan.standards.incomeLineFen / 2);
  const entries: { caseId: string; formHash: string }[] = [];
  for (const { caseId, householdId } of walk.listed) {
    const known = await findKnown(db, householdId);
    const form = {
      ...rehearsedForm({ plan, known, on, scan, perHeadFen }),
      monitoring: { class: 'unstable', channel, foundOn: on, risks: [risk], hardship: null },
    } as const;
    const saved = await saveVisitForm(db, { caseId, form, savedBy: form.compiledBy });
    invariant(saved !== undefined, 'nobody else fills the form in');
    entries.push({ caseId, formHash: saved.hash });
  }
  const evidence = await walk.papers();
  const body = { type: 'record-collection', entries, evidence } as const;
  await walk.act(walk.village.code, 'clerk', '提交监测对象信息采集表', body);
}
