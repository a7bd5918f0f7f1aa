/** The reference registry over HTTP. */
import { z } from 'zod';
import {
  type EntryResult,
  newHouseholdOf,
  type RegistryWrite,
  registeredNoOf,
} from '../../registry/entry.ts';
import { EntryLogJson, EntryResultJson } from '../../registry/entry-json.ts';
import {
  findHead,
  type RegistryHousehold,
  type RegistryVillage,
} from '../../registry/household.ts';
import { RegistryHouseholdJson, RegistryVillageJson } from '../../registry/household-json.ts';
import type { RegistryWindow } from '../../registry/window.ts';
import {
  type EntryAnswer,
  type ReadBack,
  RegistryAnswerUnknown,
  type RegistryEntry,
  type RegistryPort,
  RegistryUnavailable,
} from './port.ts';
import { villageReadBack } from './village-read-back.ts';

/** Where it is and how long an answer may take. */
export interface HttpRegistryOptions {
  readonly baseUrl: string;
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 10_000;

/** 登记系统（接口方式）. */
export function createHttpRegistry({
  baseUrl,
  timeoutMs = TIMEOUT_MS,
}: HttpRegistryOptions): RegistryPort {
  const call: Call = (path, method, body) =>
    request(new URL(path, baseUrl), method, body, timeoutMs);

  return {
    kind: 'http',
    fetchHousehold: (householdNo) => fetchHousehold(call, householdNo),
    fetchVillageProfile: (villageCode) => fetchVillageProfile(call, villageCode),
    async fetchVillage(villageCode) {
      const { status, json } = await call(`/villages/${villageCode}/households`, 'GET');
      return z.array(RegistryHouseholdJson).parse(expectOk(status, json));
    },
    readBack: (write) => readBack(call, write),
    async enter({ write, level, operatorId, reviewerId }: RegistryEntry): Promise<EntryAnswer> {
      const body = { write, level, operatorId, reviewerId };
      const { status, json } = await call('/entries', 'POST', body);
      if (status !== 200 && status !== 409) throw unexpected(status);
      const answer: EntryResult = EntryResultJson.parse(json);
      return answer;
    },
    async openWindow(window: RegistryWindow) {
      const { status, json } = await call(`/windows/${window.id}`, 'PUT', window);
      expectOk(status, json);
    },
    async closeWindow(windowId, closedBy) {
      const { status, json } = await call(`/windows/${windowId}/close`, 'POST', { closedBy });
      // An application's window that nothing was entered under yet: the registry never heard of it.
      if (status !== 404) expectOk(status, json);
    },
  };
}

/** One request to the registry. */
type Call = (path: string, method: string, body?: unknown) => Promise<Answer>;

async function fetchHousehold(call: Call, householdNo: string): Promise<RegistryHousehold | null> {
  const { status, json } = await call(`/households/${encodeURIComponent(householdNo)}`, 'GET');
  return status === 404 ? null : RegistryHouseholdJson.parse(expectOk(status, json));
}

async function fetchVillageProfile(
  call: Call,
  villageCode: string,
): Promise<RegistryVillage | null> {
  const { status, json } = await call(`/villages/${encodeURIComponent(villageCode)}`, 'GET');
  return status === 404 ? null : RegistryVillageJson.parse(expectOk(status, json));
}

async function findByHead(call: Call, write: RegistryWrite): Promise<RegistryHousehold | null> {
  const householdNo = registeredNoOf(write);
  if (householdNo !== null) return fetchHousehold(call, householdNo);
  const household = newHouseholdOf(write);
  const headIdNumber = household === null ? undefined : findHead(household)?.idNumber;
  const { status, json } = await call('/households/search', 'POST', { headIdNumber });
  return z.array(RegistryHouseholdJson).parse(expectOk(status, json))[0] ?? null;
}

/** What the registry holds of the subject of a write, household or village. */
async function findSubject(
  call: Call,
  write: RegistryWrite,
): Promise<Omit<ReadBack, 'label'> | null> {
  if (write.functionKey !== 'mark-village-exit') return findByHead(call, write);
  const village = await fetchVillageProfile(call, write.villageCode);
  return village === null ? null : villageReadBack(village);
}

async function readBack(call: Call, write: RegistryWrite): Promise<ReadBack | null> {
  const subject = await findSubject(call, write);
  if (subject === null) return null;
  const path = `/entries?household=${encodeURIComponent(subject.householdNo)}`;
  const { status, json } = await call(path, 'GET');
  const lines = EntryLogJson.parse(expectOk(status, json));
  const label = lines.findLast(
    (line) => line.result === 'accepted' && line.functionKey === write.functionKey,
  );
  return {
    householdNo: subject.householdNo,
    status: subject.status,
    identifiedYear: subject.identifiedYear,
    exitYear: subject.exitYear,
    statusByYear: subject.statusByYear,
    monitoring: subject.monitoring,
    ...(subject.members !== undefined && { members: subject.members }),
    personChanges: subject.personChanges,
    label:
      label === undefined
        ? null
        : { receiptNo: label.receiptNo, operatorId: label.operatorId, at: label.at },
  };
}

interface Answer {
  readonly status: number;
  readonly json: unknown;
}

async function request(
  url: URL,
  method: string,
  body: unknown,
  timeoutMs: number,
): Promise<Answer> {
  try {
    const response = await fetch(url, {
      method,
      signal: AbortSignal.timeout(timeoutMs),
      ...(body === undefined
        ? {}
        : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, json: text === '' ? null : JSON.parse(text) };
  } catch (error) {
    throw isConnectionRefused(error)
      ? new RegistryUnavailable('the registry does not accept connections')
      : // Without its cause: a broken body would carry names into Temporal's failure messages.
        new RegistryAnswerUnknown('no complete answer from the registry');
  }
}

/** Reading again is always safe, so a lost answer to a read is only unavailability. */
function expectOk(status: number, json: unknown): unknown {
  if (status === 200) return json;
  throw new RegistryUnavailable(`the registry answered ${status}`);
}

function unexpected(status: number): Error {
  // The entry may have been written before a 5xx; a 4xx is a request that no adapter should make.
  return status >= 500
    ? new RegistryAnswerUnknown(`the registry answered ${status} to an entry`)
    : new Error(`the registry did not understand an entry (${status})`);
}

function isConnectionRefused(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof Error && 'code' in cause && cause.code === 'ECONNREFUSED';
}
