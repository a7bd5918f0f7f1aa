/** 办结一个环节 — what the people of a step do when nothing is in the way, by the kind of the step. */
import { expect } from 'vitest';
import { NAME_LIST } from '../../domain/kernel/steps/report.ts';
import { formatInstant } from '../../domain/time/instant.ts';
import type { ListWalk } from './list-walk.ts';
import type { FormWish } from './visit-form.ts';

/** Takes the list through its current step. */
export async function passStep(walk: ListWalk): Promise<void> {
  const { step, actor } = await walk.step();
  switch (step.kind) {
    case 'collect':
    case 'verification':
      return walk.act(actor, await formsFor(walk));
    case 'assembly':
      return holdAssemblies(walk);
    case 'acceptance':
      return acceptAll(walk);
    case 'comparison':
      await requestComparison(walk);
      for (const department of step.departments) await answerComparison(walk, department);
      return;
    case 'certification':
      for (const department of new Set(step.indicators.map((each) => each.department))) {
        await walk.act(
          `${walk.wish.places.county}${department}`,
          await opinionsOf(walk, department),
        );
      }
      return;
    case 'notice':
      await postSheet(walk);
      await walk.nextEvent();
      return walk.act(actor, await closingOf(walk));
    case 'review':
      return walk.act(actor, await reviewOf(walk));
    case 'decision':
      return walk.act(actor, await decisionOf(walk));
    case 'report':
      return walk.act(actor, await reportOf(walk));
    case 'opening':
      throw new Error('a list of counties is not walked here');
    case 'announcement':
      return postSheet(walk);
    case 'registration':
      for (const { id } of await walk.live()) {
        const answer = await walk.register(id);
        expect(answer.status, JSON.stringify(answer.json)).toBeLessThan(300);
      }
      return;
    case 'inspection':
      return walk.act(actor, { type: 'inspect', findings: [], evidence: walk.evidence(step) });
  }
}

/** Step after step until the list stands at `key`. */
export async function passUntil(walk: ListWalk, key: string): Promise<void> {
  for (;;) {
    const { stepKey, open } = await walk.view();
    if (stepKey === key) return;
    expect(open, `the list ended before ${key}`).toBe(true);
    await passStep(walk);
    const after = await walk.view();
    expect(after.stepKey, `${stepKey} was passed`).not.toBe(stepKey);
  }
}

/** 申请和入户调查, or 核实: the forms of all on the list, or of `heads` alone, by `wishes` of the heads. */
export async function formsFor(
  walk: ListWalk,
  wishes: Readonly<Record<string, FormWish>> = {},
  heads?: readonly string[],
): Promise<object> {
  const { view, step } = await walk.step();
  const live = new Set((await walk.live()).map(({ id }) => id));
  const entries: object[] = [];
  for (const { id, headName } of view.cases) {
    if (!live.has(id) || heads?.includes(headName) === false) continue;
    entries.push({ caseId: id, formHash: await walk.saveForm(id, wishes[headName]) });
  }
  const evidence = walk.evidence(step);
  if (step.kind === 'collect') return { type: 'record-collection', entries, evidence };
  const roles = step.kind === 'verification' ? step.signers : [];
  const signers = roles.map((role) => ({ role, name: '签字人' }));
  return { type: 'verify', entries, signers, evidence };
}

async function holdAssemblies(walk: ListWalk): Promise<void> {
  const { step, actor } = await walk.step();
  const isByGroup = step.kind === 'assembly' && step.per === 'group';
  const groups = isByGroup ? (await walk.live()).map(({ groupId }) => groupId) : [null];
  for (const group of new Set(groups)) await walk.act(actor, await walk.meetingOf(group));
}

/** 认可 by one party of one household. */
export async function acceptanceOf(
  walk: ListWalk,
  caseId: string,
  change: object = {},
): Promise<object> {
  const { step } = await walk.step();
  return {
    type: 'record-acceptance',
    caseId,
    party: 'household',
    accepted: true,
    signer: '户主本人',
    evidence: walk.evidence(step),
    ...change,
  };
}

async function acceptAll(walk: ListWalk): Promise<void> {
  const { step, actor } = await walk.step();
  const parties = step.kind === 'acceptance' ? step.parties : [];
  for (const { id, status, accepted } of await walk.live()) {
    if (status !== 'on-list') continue;
    for (const { key } of parties) {
      if (!accepted[key]) await walk.act(actor, await acceptanceOf(walk, id, { party: key }));
    }
  }
}

/** 提请比对 by the county; the batch's id. */
export async function requestComparison(walk: ListWalk): Promise<string> {
  const body = {
    countyCode: walk.wish.villageCode.slice(0, 6),
    procedure: walk.wish.procedure,
    title: '本批比对',
  };
  const clerk = `${walk.wish.places.county}经办`;
  const answer = await walk.ground.county.call(clerk, 'POST', '/comparison-batches', body);
  expect(answer.status, JSON.stringify(answer.json)).toBe(201);
  return String(answer.json['id']);
}

/** A department's answer to the latest batch: nobody is hit but the persons of `hitCases`. */
export async function answerComparison(
  walk: ListWalk,
  department: string,
  hitCases: readonly string[] = [],
): Promise<void> {
  const { county } = walk.ground;
  const who = `${walk.wish.places.county}${department}`;
  const batches = await county.call(who, 'GET', '/comparison-batches');
  const [batch] = batches.json['items'] as unknown as { id: string }[];
  const path = `/comparison-batches/${batch?.id}`;
  const found = await county.call(who, 'GET', `${path}/persons?idNumbers=full`);
  const persons = found.json['items'] as unknown as { caseId: string; idNumber: string }[];
  const hitNumbers = new Set(
    persons.flatMap(({ caseId, idNumber }) => (hitCases.includes(caseId) ? [idNumber] : [])),
  );
  // A person of two households is one row, and answers both.
  const results = [...new Set(persons.map(({ idNumber }) => idNumber))].map((idNumber) => {
    const hit = hitNumbers.has(idNumber);
    return { idNumber, hit, detail: hit ? '名下有车辆' : '' };
  });
  const dataOn = formatInstant(await walk.ground.now()).slice(0, 10);
  const answer = await county.call(who, 'POST', `${path}/results`, { department, dataOn, results });
  expect(answer.status, JSON.stringify(answer.json)).toBe(201);
}

/** 认定意见 of one department on every village; those of `failing` it does not certify. */
export async function opinionsOf(
  walk: ListWalk,
  department: string,
  failing: readonly string[] = [],
): Promise<object> {
  const { step } = await walk.step();
  const indicators = step.kind === 'certification' ? step.indicators : [];
  const own = indicators.filter((each) => each.department === department);
  const live = await walk.live();
  const opinions = own.flatMap(({ key: indicator }) =>
    live.map(({ id: caseId }) => {
      const passed = !failing.includes(caseId);
      return { caseId, indicator, passed, words: passed ? '达标' : '没有达标' };
    }),
  );
  const documentOn = formatInstant(await walk.ground.now()).slice(0, 10);
  const paper = { department, documentNo: `${department}认定1号`, documentOn };
  return { type: 'certify', ...paper, opinions, evidence: walk.evidence(step) };
}

/** 定稿 and 张贴 of the notice or announcement at which the list stands. */
export async function postSheet(walk: ListWalk): Promise<void> {
  const { step, actor } = await walk.step();
  if (step.kind !== 'notice' && step.kind !== 'announcement') throw new Error('no sheet here');
  await walk.act(actor, { type: `draft-${step.kind}` });
  const [poster] = step.posters;
  const who = poster === undefined ? actor : walk.who(poster);
  for (const { key: place } of step.places) {
    await walk.act(who, { type: `post-${step.kind}`, place, proof: walk.photo });
  }
}

/** 公示结束. */
export async function closingOf(walk: ListWalk): Promise<object> {
  const { step } = await walk.step();
  return { type: 'close-notice', evidence: walk.evidence(step) };
}

const PASSED = { opinion: '同意', refuse: [], answers: [], acceptLate: [] };

/** 审核意见. */
export async function reviewOf(walk: ListWalk, change: object = {}): Promise<object> {
  const { step } = await walk.step();
  return { type: 'review', ...PASSED, evidence: walk.evidence(step), ...change };
}

/** 报告 of the list: the reason, its county's number, and the names where they are asked for. */
export async function reportOf(walk: ListWalk, change: object = {}): Promise<object> {
  const { step } = await walk.step();
  const documentOn = formatInstant(await walk.ground.now()).slice(0, 10);
  const countyCode = walk.wish.villageCode.slice(0, 6);
  const counts = [{ countyCode, households: (await walk.live()).length }];
  const isNamed = step.kind === 'report' && step.nameList;
  const evidence = { ...walk.evidence(step), ...(isNamed && { [NAME_LIST]: [walk.photo] }) };
  const paper = { documentNo: '演市扶报1号', documentOn };
  return { type: 'report', ...paper, why: '识别时不符合条件', counts, evidence, ...change };
}

/** 审定文件. */
export async function decisionOf(walk: ListWalk, change: object = {}): Promise<object> {
  const { step } = await walk.step();
  const documentOn = formatInstant(await walk.ground.now()).slice(0, 10);
  const paper = { documentNo: '演扶组字1号', documentOn };
  return { type: 'decide', ...paper, ...PASSED, evidence: walk.evidence(step), ...change };
}
