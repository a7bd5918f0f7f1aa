/**
 * 登记系统参照实现 — stands in for 全国扶贫开发信息系统 in training and tests. Another system: it shares
 * no code path with the engine but the words it exchanges. See registry/README.md.
 */
import express, { type ErrorRequestHandler, type Express, type Request } from 'express';
import postgres, { type Sql } from 'postgres';
import { z } from 'zod';
import type { Instant } from '../domain/time/instant.ts';
import { readBusinessClock } from './business-clock.ts';
import { enterOne } from './entries.ts';
import { RegistryEntryBodyJson, RegistryWindowJson } from './entry-json.ts';
import { createFaults, FaultSwitch, type Faults } from './faults.ts';
import {
  HouseholdNoJson,
  HousingGradeJson,
  RegistryHouseholdJson,
  RegistryVillageJson,
  RelocationJson,
  SecurityJson,
  VillageCodeJson,
  YearJson,
} from './household-json.ts';
import { writeHouseholdRoll } from './roll/write-roll.ts';
import {
  clearAll,
  closeWindow,
  findByHead,
  findHousehold,
  findVillage,
  listHouseholds,
  listLog,
  listVillages,
  listWindows,
  saveHousehold,
  saveVillage,
  saveWindow,
} from './store.ts';
import { createTables } from './tables.ts';

/** What a registry needs. */
export interface RegistryOptions {
  readonly databaseUrl: string;
  /** Business time; by default the training clock's row in the same database, else real time. */
  readonly now?: () => Instant | Promise<Instant>;
  /** Whether the fault switch exists. */
  readonly faults?: boolean;
}

/** A registry that can be listened to. */
export interface Registry {
  readonly app: Express;
  readonly close: () => Promise<void>;
}

/** Refused at the door: malformed, unknown, or a batch. */
class RequestFault extends Error {
  override readonly name = 'RequestFault';
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, words: string) {
    super(words);
    this.status = status;
    this.code = code;
  }
}

/** A load of a county's villages and households. */
const LOAD_BYTES = '64mb';

/** Makes its tables and answers. */
export async function createRegistry(options: RegistryOptions): Promise<Registry> {
  const sql = postgres(options.databaseUrl, { max: 10, onnotice: () => {} });
  await createTables(sql);
  const now = options.now ?? (() => readBusinessClock(sql));
  const app = express();
  app.disable('x-powered-by');
  app.use(express.json({ limit: LOAD_BYTES }));
  app.get('/health', async (_request, response) => {
    await sql`select 1`;
    response.json({ ok: true });
  });
  addReads(app, sql);
  addWindows(app, sql, now);
  const faults = createFaults();
  const loads: Loads = { count: 0 };
  addEntries(app, { sql, now, faults, loads });
  addTraining(app, sql, loads);
  if (options.faults === true) addFaultSwitch(app, faults);
  app.use((_request, _response, next) => next(new RequestFault(404, 'not_found', '没有这个地址')));
  app.use(answerFault);
  return { app, close: () => sql.end({ timeout: 5 }) };
}

function addReads(app: Express, sql: Sql): void {
  app.get('/villages', async (_request, response) => {
    response.json(await listVillages(sql));
  });
  app.get('/villages/:code', async (request, response) => {
    const village = await findVillage(sql, villageCodeOf(request));
    if (village === undefined) throw new RequestFault(404, 'not_found', '系统中没有这个行政村');
    response.json(village);
  });
  app.get('/villages/:code/households', async (request, response) => {
    response.json(await listHouseholds(sql, villageCodeOf(request)));
  });
  app.get('/villages/:code/roll.xlsx', async (request, response) => {
    const village = await findVillage(sql, villageCodeOf(request));
    if (village === undefined) throw new RequestFault(404, 'not_found', '系统中没有这个行政村');
    const households = await listHouseholds(sql, village.villageCode);
    const year = YearJson.parse(Number(request.query['year']));
    const file = await writeHouseholdRoll({ villages: [village], households, year });
    response
      .type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
      .attachment(`roll-${village.villageCode}-${year}.xlsx`)
      .send(file);
  });
  // By POST: an ID number in an address would stand in logs.
  app.post('/households/search', async (request, response) => {
    const { headIdNumber } = z
      .strictObject({ headIdNumber: z.string().min(15).max(22) })
      .parse(request.body);
    response.json(await findByHead(sql, headIdNumber));
  });
  app.get('/households/:no', async (request, response) => {
    const household = await findHousehold(sql, HouseholdNoJson.parse(request.params['no']));
    if (household === undefined) throw new RequestFault(404, 'not_found', '系统中没有这个户编号');
    response.json(household);
  });
}

function addWindows(app: Express, sql: Sql, now: () => Instant | Promise<Instant>): void {
  app.get('/windows', async (_request, response) => {
    response.json(await listWindows(sql));
  });
  app.put('/windows/:id', async (request, response) => {
    const window = RegistryWindowJson.parse(request.body);
    if (window.id !== request.params['id']) {
      throw new RequestFault(400, 'malformed', '地址与内容中的窗口编号不一致');
    }
    await saveWindow(sql, window);
    response.json({ ok: true });
  });
  app.post('/windows/:id/close', async (request, response) => {
    const { closedBy } = z.strictObject({ closedBy: z.string().min(1) }).parse(request.body);
    if (!(await closeWindow(sql, request.params.id, closedBy, await now()))) {
      throw new RequestFault(404, 'not_found', '没有这个功能窗口');
    }
    response.json({ ok: true });
  });
}

/** How often everything was replaced; an entry that came before is not for what came after. */
interface Loads {
  count: number;
}

interface EntryParts {
  readonly sql: Sql;
  readonly now: () => Instant | Promise<Instant>;
  readonly faults: Faults;
  readonly loads: Loads;
}

function addEntries(app: Express, { sql, now, faults, loads }: EntryParts): void {
  app.get('/entries', async (request, response) => {
    const { household } = request.query;
    response.json(
      await listLog(sql, household === undefined ? undefined : HouseholdNoJson.parse(household)),
    );
  });
  app.post('/entries', async (request, response) => {
    if (Array.isArray(request.body)) {
      throw new RequestFault(400, 'batch_refused', '必须逐户录入，不接受批量导入');
    }
    const body = RegistryEntryBodyJson.parse(request.body);
    const fault = faults.take();
    const loadsBefore = loads.count;
    if (fault?.mode === 'hang-before') return;
    if (fault?.mode === 'fail-before') throw new RequestFault(500, 'fault', '系统故障');
    if (fault?.mode === 'late') await delay(fault.delayMs);
    if (loads.count !== loadsBefore) throw new RequestFault(410, 'replaced', '系统数据已经更换');
    const result = await enterOne(sql, body, await now(), fault?.mode === 'refuse');
    if (fault?.mode === 'hang-after') return;
    if (fault?.mode === 'fail-after') throw new RequestFault(500, 'fault', '系统故障');
    response.status(result.result === 'accepted' ? 200 : 409).json(result);
  });
}

/** Training only: what the real system's own people do at its screens. */
function addTraining(app: Express, sql: Sql, loads: Loads): void {
  const Load = z.strictObject({
    reset: z.boolean().default(false),
    villages: z.array(RegistryVillageJson),
    households: z.array(RegistryHouseholdJson),
    windows: z.array(RegistryWindowJson).default([]),
  });
  app.post('/training/load', async (request, response) => {
    const load = Load.parse(request.body);
    if (load.reset) loads.count += 1;
    await sql.begin(async (tx) => {
      if (load.reset) await clearAll(tx);
      for (const village of load.villages) await saveVillage(tx, village);
      for (const household of load.households) await saveHousehold(tx, household);
      for (const window of load.windows) await saveWindow(tx, window);
    });
    response.json({ villages: load.villages.length, households: load.households.length });
  });
  const Edit = z.strictObject({
    security: SecurityJson.partial().optional(),
    housingGrade: HousingGradeJson.optional(),
    relocation: RelocationJson.optional(),
  });
  app.patch('/training/households/:no', async (request, response) => {
    const { security, housingGrade, relocation } = Edit.parse(request.body);
    const edited = await sql.begin(async (tx) => {
      const no = HouseholdNoJson.parse(request.params.no);
      const household = await findHousehold(tx, no, true);
      if (household === undefined) throw new RequestFault(404, 'not_found', '系统中没有这个户编号');
      const next = RegistryHouseholdJson.parse({
        ...household,
        security: { ...household.security, ...security },
        housingGrade: housingGrade === undefined ? household.housingGrade : housingGrade,
        relocation: relocation ?? household.relocation,
      });
      await saveHousehold(tx, next);
      return next;
    });
    response.json(edited);
  });
}

function addFaultSwitch(app: Express, faults: Faults): void {
  app.put('/admin/faults', (request, response) => {
    faults.set(FaultSwitch.parse(request.body));
    response.json({ ok: true });
  });
  app.delete('/admin/faults', (_request, response) => {
    faults.clear();
    response.json({ ok: true });
  });
}

function villageCodeOf(request: Request): string {
  return VillageCodeJson.parse(request.params['code']);
}

function delay(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Expected faults get their words; anything else is a bare 500 and one line on standard error. */
const answerFault: ErrorRequestHandler = (error: unknown, _request, response, _next) => {
  const fault = toRequestFault(error);
  if (fault === undefined) {
    // The name only: messages of the driver may quote a row.
    const name = error instanceof Error ? error.name : typeof error;
    console.error(JSON.stringify({ level: 'error', message: 'registry request failed', name }));
  }
  const { status, code, message } = fault ?? new RequestFault(500, 'internal', '系统内部错误');
  response.status(status).json({ code, words: message });
};

function toRequestFault(error: unknown): RequestFault | undefined {
  if (error instanceof RequestFault) return error;
  if (error instanceof z.ZodError) {
    const where = error.issues.map((issue) => issue.path.join('.')).join('、');
    return new RequestFault(400, 'malformed', `内容不符合要求：${where}`);
  }
  if (!(error instanceof Error) || !('type' in error)) return undefined;
  if (error.type === 'entity.parse.failed') {
    return new RequestFault(400, 'malformed', '内容不是有效的JSON');
  }
  if (error.type === 'entity.too.large') {
    return new RequestFault(413, 'too_large', '内容过大');
  }
  return undefined;
}
