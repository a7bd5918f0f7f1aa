/** 家庭成员自然变更各环节 — a child is born to a household of an earlier list, up to the township's opinion. */
import { saveVisitForm } from '../../db/record/visit-forms.ts';
import type { PersonChangeForm } from '../../domain/facts/person-change.ts';
import { invariant } from '../../domain/invariant.ts';
import { type PlainDate, plainDate, plainDateAt } from '../../domain/time/instant.ts';
import { createIdNumbers } from '../../registry/demo/people.ts';
import * as acts from './exit-acts.ts';
import { type Campaign, VillageWalk } from './village-walk.ts';
import { findKnown, rehearsedForm } from './visit-form.ts';

/** Nobody of the demo county is born so late. */
const BORN_ON = plainDate('2020-10-01');

/** Opens a list of one household: refused for a reason that no text has, then taken. */
export async function addNewborn(campaign: Campaign, earlier: VillageWalk): Promise<VillageWalk> {
  const [listed] = earlier.listed;
  invariant(listed !== undefined, 'the earlier list has a household');
  const { code, name } = earlier.village;
  const village = { code, name: `${name}·自然变更` };
  const walk = await VillageWalk.open(campaign, village, [listed.householdId]);
  await collect(walk, '漏录', 'fail');
  await collect(walk, '新生', 'act');
  await acts.review(walk, null);
  return walk;
}

async function collect(walk: VillageWalk, reason: string, expected: 'act' | 'fail'): Promise<void> {
  const { plan, stage, scan } = walk.campaign;
  const { db, clock } = stage.services;
  const [listed] = walk.listed;
  invariant(listed !== undefined, 'the list has a household');
  const { caseId, householdId } = listed;
  const on = plainDateAt(await clock.now());
  const known = await findKnown(db, householdId);
  const form = {
    ...rehearsedForm({ plan, known, on, scan, perHeadFen: 0 }),
    persons: newborn(known.headName, reason, BORN_ON),
  };
  const saved = await saveVisitForm(db, { caseId, form, savedBy: form.compiledBy });
  invariant(saved !== undefined, 'nobody else fills the form in');
  const entries = [{ caseId, formHash: saved.hash }];
  const body = { type: 'record-collection', entries, evidence: await walk.papers() } as const;
  await walk[expected](walk.village.code, 'clerk', '提交家庭成员自然增加情况表', body);
}

function newborn(headName: string, reason: string, on: PlainDate): PersonChangeForm {
  const name = `${headName.charAt(0)}小妹`;
  const idNumber = createIdNumbers().next(on, '女');
  const change = { kind: 'increase', reason, on, personNo: null, name, idNumber } as const;
  return { changes: [{ ...change, relation: '之女' }], newHead: null };
}
