/** The two procedures of 镇雄, each from the launch of a list to its labels. */

import { ListWalk, type Walk, type WalkedList } from './list-walk.ts';
import type { FinalAnswer } from './patient-client.ts';

/** 贫困户脱贫 of some households of one village. */
export async function walkExit(walk: Walk, householdIds: readonly string[]): Promise<string> {
  const steps = new ListWalk(walk);
  const list = await openExit(steps, householdIds);
  await walkToNotice(steps, list);
  await walkToDecision(steps, list);
  await steps.decideAndAnnounce(list);
  await steps.register(list);
  return list.rosterId;
}

/** Launches a list; a decision out of order is refused. */
export async function openExit(
  steps: ListWalk,
  householdIds: readonly string[],
): Promise<WalkedList> {
  const list = await steps.launch('household-exit', householdIds);
  await steps.mustNot(steps.who('审定', 'county'), list, await steps.decision(), 'OUT-OF-ORDER');
  return list;
}

/** 评议、核实、认可, and the notice is up. */
export async function walkToNotice(steps: ListWalk, list: WalkedList): Promise<void> {
  const clerk = steps.who('经办');
  const all = { group: null, caseIds: list.caseIds, basis: 'representatives', readOut: false };
  await steps.meet(list, all);
  const entries = await steps.saveForms(list, false);
  const signers = ['村两委', '驻村工作队'].map((role) => ({ role, name: '签字人' }));
  await steps.act(clerk, list, { type: 'verify', entries, signers, evidence: {} });
  await Promise.all(
    list.caseIds.map((caseId) =>
      steps.act(clerk, list, {
        type: 'record-acceptance',
        caseId,
        party: 'household',
        accepted: true,
        signer: '户主',
        evidence: { signature: [steps.walk.place.photo] },
      }),
    ),
  );
  await steps.postNotice(list, clerk);
}

/** The notice runs out and is closed, the township reviews: the county's decision is next. */
export async function walkToDecision(steps: ListWalk, list: WalkedList): Promise<void> {
  await steps.endNotice(list, steps.who('经办'));
  await steps.review(list);
}

/** 新识别 of some applicants of one village. The county compares for all lists that wait. */
export async function walkIdentification(
  walk: Walk,
  householdIds: readonly string[],
  departments: readonly string[],
): Promise<string> {
  const steps = new ListWalk(walk);
  const list = await walkToComparison(steps, householdIds);
  const made = await requestComparison(steps);
  steps.expect(made, 201, 'comparison batch');
  await answerComparison(steps, String(made.json['id']), departments);
  const all = { group: null, caseIds: list.caseIds, basis: 'representatives', readOut: true };
  await steps.meet(list, all);
  await steps.postNotice(list, steps.who('经办'));
  await walkToDecision(steps, list);
  const township = steps.who('经办', 'township');
  await steps.postNotice(list, township);
  await steps.endNotice(list, township);
  await steps.decideAndAnnounce(list);
  await steps.register(list);
  return list.rosterId;
}

/** 申请、采集, and the meeting of every group. */
export async function walkToComparison(
  steps: ListWalk,
  householdIds: readonly string[],
): Promise<WalkedList> {
  const list = await steps.launch('identification', householdIds);
  const entries = await steps.saveForms(list, true);
  await steps.act(steps.who('经办'), list, { type: 'record-collection', entries, evidence: {} });
  for (const [group, caseIds] of await groupsOf(steps, list.rosterId)) {
    await steps.meet(list, { group, caseIds, basis: 'adults', readOut: false });
  }
  return list;
}

async function groupsOf(steps: ListWalk, rosterId: string): Promise<Map<string, string[]>> {
  const state = (await steps.view(rosterId))['state'] as {
    readonly cases: readonly { readonly id: string; readonly groupId: string }[];
  };
  const groups = new Map<string, string[]>();
  for (const { id, groupId } of state.cases) {
    groups.set(groupId, [...(groups.get(groupId) ?? []), id]);
  }
  return groups;
}

/** One request to the departments for every list of the county that waits. */
export function requestComparison(steps: ListWalk, key?: string): Promise<FinalAnswer> {
  const { client, place } = steps.walk;
  const countyCode = place.villageCode.slice(0, 6);
  const body = { countyCode, procedure: 'identification', title: '比对' };
  return client.write(steps.who('经办', 'county'), '/comparison-batches', body, key);
}

/** Every department finds nothing against anybody. */
export async function answerComparison(
  steps: ListWalk,
  batchId: string,
  departments: readonly string[],
): Promise<void> {
  const { client, place } = steps.walk;
  const path = `/comparison-batches/${batchId}`;
  const persons = await client.read(steps.who('经办', 'county'), `${path}/persons?idNumbers=full`);
  steps.expect(persons, 200, 'persons of a batch');
  const numbers = (persons.json['items'] as readonly { readonly idNumber: string }[]).map(
    ({ idNumber }) => idNumber,
  );
  const results = [...new Set(numbers)].map((idNumber) => ({ idNumber, hit: false, detail: '' }));
  await Promise.all(
    departments.map(async (department) => {
      const answer = { department, dataOn: '2020-08-31', results };
      const told = await client.write(`${place.county}${department}`, `${path}/results`, answer);
      steps.expect(told, 201, `${department} answers`);
    }),
  );
}
