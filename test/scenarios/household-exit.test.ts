import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestInstance } from '../harness/test-instance.ts';
import { CountyClient } from './county-client.ts';

const VILLAGE = '大田村经办';
const REVIEWER = '青石镇审核';
const DECIDER = '镇雄县审定';
const COUNTY = '镇雄县经办';
const OFFICE = '镇雄县领导小组办公室';
const OPERATOR = '镇雄县录入';
const CHECKER = '镇雄县复核';
const ADMIN = '镇雄县管理员';

let instance: Awaited<ReturnType<typeof startTestInstance>>;
let county: CountyClient;
let photo: string;

beforeAll(async () => {
  instance = await startTestInstance();
  county = new CountyClient(instance.pageUrl);
  for (const who of [VILLAGE, REVIEWER, DECIDER, COUNTY, OFFICE, OPERATOR, CHECKER, ADMIN]) {
    await county.signIn(who);
  }
  photo = await county.photo(VILLAGE, '演练附件');
}, 120_000);

afterAll(async () => {
  await instance?.destroy();
});

interface View {
  readonly unit: string;
  readonly roster: string;
  readonly cases: readonly string[];
}

async function launch(): Promise<View> {
  const session = await county.call(VILLAGE, 'GET', '/session');
  const duties = session.json['duties'] as unknown as { orgCode: string }[];
  const unit = duties[0]?.orgCode ?? '';
  const found = await county.call(VILLAGE, 'GET', `/households?village=${unit}&status=poor`);
  const items = found.json['items'] as unknown as { id: string; live: string[] }[];
  const householdIds = items
    .filter((item) => item.live.length === 0)
    .slice(0, 8)
    .map((item) => item.id);
  const body = {
    procedure: 'household-exit',
    packId: 'zhenxiong-2020',
    unitCode: unit,
    householdIds,
  };
  const launched = await county.call(VILLAGE, 'POST', '/rosters', body);
  expect(launched).toMatchObject({ status: 201 });
  const roster = String(launched.json['id']);
  const view = await county.call(VILLAGE, 'GET', `/rosters/${roster}`);
  const cases = (view.json['cases'] as unknown as { id: string }[]).map((item) => item.id);
  return { unit, roster, cases };
}

async function now(): Promise<number> {
  return Number((await county.call(ADMIN, 'GET', '/clock')).json['now']);
}

async function taken(who: string, roster: string, body: unknown): Promise<void> {
  const answer = await county.command(who, roster, body);
  expect(answer.status, JSON.stringify(answer.json)).toBe(200);
}

async function hold(view: View): Promise<void> {
  const meeting = {
    heldAt: await now(),
    place: '村委会',
    chair: '王主任',
    recorder: '李文书',
    basis: 'representatives',
    entitled: 30,
    present: 25,
    proxies: [],
    workTeamPresent: ['赵队员'],
    kinship: [],
    comparisonReadOut: false,
  };
  const votes = view.cases.map((caseId) => ({ caseId, for: 25, against: 0, abstain: 0 }));
  const evidence = { minutes: [photo], roll: [photo], photo: [photo] };
  await taken(VILLAGE, view.roster, {
    type: 'hold-assembly',
    group: null,
    meeting,
    votes,
    evidence,
  });
}

function form(wageFen: number) {
  const sign = (name: string, role: string) => ({ name, role, on: '2020-09-01', scan: photo });
  const member = {
    personNo: null,
    name: '张三',
    idNumber: '530627197001010015',
    relation: '户主',
    isHead: true,
    onDibao: false,
    destitute: false,
    centrallySupported: false,
  };
  const transfer = { wubao: 0, pension: 0, ecology: 0, dibao: 0, familyPlanning: 0, other: 0 };
  return {
    visitedOn: '2020-09-01',
    visitors: [sign('甲', '村干部'), sign('乙', '驻村工作队')],
    householderSignature: sign('张三', '户主'),
    members: [member],
    incomeFrom: '2019-10-01',
    incomeTo: '2020-09-30',
    income: { wage: wageFen, business: 0, property: 0, transfer, businessCost: 0 },
    security: {
      food: true,
      clothing: true,
      water: true,
      education: true,
      medical: true,
      housing: true,
    },
    housingGrade: 'B',
    relocation: { listed: false, occupied: false },
    stableIncome: { holds: true, signer: '甲', reason: '务工稳定' },
    helpEffective: { holds: true, signer: '甲', reason: '产业见效' },
    dibaoBackstop: false,
    followUpPlan: null,
    standards: [],
    cause: null,
    application: null,
  };
}

async function verify(view: View, wageFen: number) {
  const entries: { caseId: string; formHash: string }[] = [];
  for (const caseId of view.cases) {
    const saved = await county.call(VILLAGE, 'PUT', `/cases/${caseId}/form`, form(wageFen));
    expect(saved.status, JSON.stringify(saved.json)).toBe(200);
    entries.push({ caseId, formHash: String(saved.json['hash']) });
  }
  const signers = ['村两委', '驻村工作队'].map((role) => ({ role, name: '签字人' }));
  return county.command(VILLAGE, view.roster, { type: 'verify', entries, signers, evidence: {} });
}

async function accept(view: View): Promise<void> {
  for (const caseId of view.cases) {
    const evidence = { signature: [photo] };
    await taken(VILLAGE, view.roster, {
      type: 'record-acceptance',
      caseId,
      party: 'household',
      accepted: true,
      signer: '张三',
      evidence,
    });
  }
}

async function post(view: View): Promise<void> {
  await taken(VILLAGE, view.roster, { type: 'draft-notice' });
  await taken(VILLAGE, view.roster, { type: 'post-notice', place: 'village-board', proof: photo });
}

function pass(extra: Record<string, unknown>) {
  return { opinion: '同意', refuse: [], answers: [], acceptLate: [], ...extra };
}

/** Operator and checker stamp every household; says which the rules let through. */
async function register(view: View): Promise<Map<string, string>> {
  const results = new Map<string, string>();
  for (const caseId of view.cases) {
    const entered = await county.call(OPERATOR, 'POST', `/cases/${caseId}/registration/enter`);
    expect([200, 409], JSON.stringify(entered.json)).toContain(entered.status);
    const confirmed = await county.call(CHECKER, 'POST', `/cases/${caseId}/registration/confirm`);
    const code = confirmed.status < 300 ? 'taken' : String(confirmed.json['code']);
    results.set(caseId, code);
  }
  return results;
}

test('镇雄: a list goes from assembly to the registry; early and foreign acts, a closed window and unresolved indicators are refused', async () => {
  const view = await launch();
  const early = await county.command(DECIDER, view.roster, {
    type: 'decide',
    documentNo: '1号',
    documentOn: '2020-09-01',
    ...pass({ evidence: {} }),
  });
  expect(early).toMatchObject({ status: 409, json: { code: 'OUT-OF-ORDER' } });
  await hold(view);
  const poor = await verify(view, 400_000);
  expect(poor).toMatchObject({ status: 409, json: { code: 'EXIT-INCOME' } });
  expect((await verify(view, 900_000)).status).toBe(200);
  await accept(view);
  await post(view);
  const tooSoon = await county.command(VILLAGE, view.roster, {
    type: 'close-notice',
    evidence: { 'closing-record': [photo] },
  });
  expect(tooSoon).toMatchObject({
    status: 409,
    json: { code: 'G-03', earliestAt: '2020-09-09T00:00:00+08:00' },
  });
  const moved = await county.call(ADMIN, 'POST', '/clock/advance', { to: 'next-event' });
  expect(moved.status).toBe(200);
  // The business clock runs on while the answer is on its way.
  expect(moved.json['iso']).toMatch(/^2020-09-09T00:0\d:\d\d\+08:00$/);
  await taken(VILLAGE, view.roster, {
    type: 'close-notice',
    evidence: { 'closing-record': [photo] },
  });
  const stranger = await county.command(VILLAGE, view.roster, {
    type: 'review',
    ...pass({ evidence: { 'opinion-paper': [photo] } }),
  });
  expect(stranger).toMatchObject({ status: 409, json: { code: 'NOT-YOUR-LEVEL' } });
  await taken(REVIEWER, view.roster, {
    type: 'review',
    ...pass({ evidence: { 'opinion-paper': [photo] } }),
  });
  const decision = {
    type: 'decide',
    documentNo: '镇扶组字〔2020〕60号',
    documentOn: '2020-09-09',
    ...pass({ evidence: { document: [photo] } }),
  };
  await taken(DECIDER, view.roster, decision);
  await taken(COUNTY, view.roster, { type: 'draft-announcement' });
  await taken(VILLAGE, view.roster, {
    type: 'post-announcement',
    place: 'village-board',
    proof: photo,
  });
  await county.call(ADMIN, 'POST', '/clock/advance', { to: 'next-event' });
  const shut = await county.call(OPERATOR, 'POST', `/cases/${view.cases[0]}/registration/enter`);
  expect(shut.status).toBe(200);
  const closed = await county.call(CHECKER, 'POST', `/cases/${view.cases[0]}/registration/confirm`);
  expect(closed).toMatchObject({ status: 409, json: { code: 'G-15' } });
  const opened = await county.call(OFFICE, 'POST', '/windows', {
    functionKey: 'mark-exit',
    unitCode: view.unit.slice(0, 6),
    documentNo: '演练〔2020〕1号',
  });
  expect(opened.status, JSON.stringify(opened.json)).toBe(201);
  const results = await register(view);
  expect(new Set(results.values())).toEqual(new Set(['taken', 'G-10']));
  const expected = view.cases.map((id) =>
    results.get(id) === 'taken' ? ['closed', 'exited'] : ['on-list', null],
  );
  await expect.poll(() => outcomes(view)).toEqual(expected);
}, 120_000);

async function outcomes(view: View) {
  const answer = await county.call(VILLAGE, 'GET', `/rosters/${view.roster}`);
  const items = answer.json['cases'] as unknown as { status: string; outcome: string | null }[];
  return items.map((item) => [item.status, item.outcome]);
}
