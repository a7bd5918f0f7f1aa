/** The two procedures of 镇雄, each from the launch of a list to its labels. */
import { ListWalk, type Walk } from './list-walk.ts';

/** 贫困户脱贫 of some households of one village. */
export async function walkExit(walk: Walk, householdIds: readonly string[]): Promise<string> {
  const steps = new ListWalk(walk);
  const clerk = steps.who('经办');
  const list = await steps.launch('household-exit', householdIds);
  await steps.mustNot(steps.who('审定', 'county'), list, steps.decision(), 'OUT-OF-ORDER');
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
        evidence: { signature: [walk.place.photo] },
      }),
    ),
  );
  await steps.runNotice(list, clerk);
  await steps.review(list);
  await steps.decideAndAnnounce(list);
  await steps.register(list);
  return list.rosterId;
}

/** 新识别 of some applicants of one village. The county compares for all lists that wait. */
export async function walkIdentification(
  walk: Walk,
  householdIds: readonly string[],
  departments: readonly string[],
): Promise<string> {
  const steps = new ListWalk(walk);
  const clerk = steps.who('经办');
  const list = await steps.launch('identification', householdIds);
  const entries = await steps.saveForms(list, true);
  await steps.act(clerk, list, { type: 'record-collection', entries, evidence: {} });
  const groups = await groupsOf(steps, list.rosterId);
  for (const [group, caseIds] of groups) {
    await steps.meet(list, { group, caseIds, basis: 'adults', readOut: false });
  }
  await compare(steps, walk, departments);
  const all = { group: null, caseIds: list.caseIds, basis: 'representatives', readOut: true };
  await steps.meet(list, all);
  await steps.runNotice(list, clerk);
  await steps.review(list);
  await steps.runNotice(list, steps.who('经办', 'township'));
  await steps.decideAndAnnounce(list);
  await steps.register(list);
  return list.rosterId;
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

async function compare(steps: ListWalk, walk: Walk, departments: readonly string[]) {
  const { client, place } = walk;
  const body = {
    countyCode: place.villageCode.slice(0, 6),
    procedure: 'identification',
    title: '比对',
  };
  const made = await client.write(steps.who('经办', 'county'), '/comparison-batches', body);
  steps.expect(made, 201, 'comparison batch');
  const id = String(made.json['id']);
  const persons = await client.read(
    steps.who('经办', 'county'),
    `/comparison-batches/${id}/persons`,
  );
  steps.expect(persons, 200, 'persons of a batch');
  const numbers = (persons.json['items'] as readonly { readonly idNumber: string }[]).map(
    ({ idNumber }) => idNumber,
  );
  const results = [...new Set(numbers)].map((idNumber) => ({ idNumber, hit: false, detail: '' }));
  await Promise.all(
    departments.map(async (department) => {
      const answer = { department, dataOn: '2020-08-31', results };
      const path = `/comparison-batches/${id}/results`;
      const told = await client.write(`${place.county}${department}`, path, answer);
      steps.expect(told, 201, `${department} answers`);
    }),
  );
}
