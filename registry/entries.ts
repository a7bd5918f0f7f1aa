/** 登记 — the checks of the registry and the write, in one transaction. */
import type { Sql, TransactionSql } from 'postgres';
import { isWithin, orgCode } from '../domain/organisation/org-code.ts';
import type { Instant } from '../domain/time/instant.ts';
import {
  type EntryRefusalCode,
  type EntryResult,
  FUNCTION_WORDS,
  type RegistryEntryBody,
  type RegistryWrite,
} from './entry.ts';
import { type RegistryHousehold, SECURITY_WORDS, unresolvedSecurity } from './household.ts';
import {
  findByHead,
  findHousehold,
  findVillage,
  headPersonOf,
  listWindows,
  nextHouseholdNo,
  saveHousehold,
  saveLogLine,
} from './store.ts';

type Refused = Extract<EntryResult, { result: 'refused' }>;

/**
 * 录入一户. Every call that is understood leaves a line in the log, refused ones too. Nothing is
 * recognised by a client key: like the national system, it judges a repeated call on its merits.
 */
export async function enterOne(
  sql: Sql,
  body: RegistryEntryBody,
  at: Instant,
  refuseAnyway: boolean,
): Promise<EntryResult> {
  return sql.begin(async (tx) => {
    const written = refuseAnyway
      ? refused('fault_refused', '系统繁忙，未能保存')
      : await judgeAndWrite(tx, body, at);
    const { write, level, operatorId, reviewerId } = body;
    const isRefused = 'result' in written;
    const receiptNo = await saveLogLine(tx, {
      householdNo: isRefused ? householdNoOf(write) : written.householdNo,
      functionKey: write.functionKey,
      year: write.year,
      operatorId,
      reviewerId,
      level,
      windowId: isRefused ? null : written.windowId,
      at,
      result: isRefused ? 'refused' : 'accepted',
      refusalCode: isRefused ? written.code : null,
    });
    if (isRefused) return written;
    return { result: 'accepted', registryNo: written.householdNo, receiptNo, at };
  });
}

interface Written {
  readonly householdNo: string;
  readonly windowId: string;
}

async function judgeAndWrite(
  tx: TransactionSql,
  body: RegistryEntryBody,
  at: Instant,
): Promise<Written | Refused> {
  if (body.operatorId === body.reviewerId) {
    return refused('same_person', '录入人与复核人不能是同一人');
  }
  switch (body.write.functionKey) {
    case 'mark-exit':
      return markExit(tx, body, body.write, at);
    case 'mark-return':
      return markReturn(tx, body, body.write, at);
    case 'enrol-household':
      return enrol(tx, body, body.write, at);
  }
}

/** The household that a label goes on, locked, and the window through which. */
async function findLabelled(
  tx: TransactionSql,
  body: RegistryEntryBody,
  write: Exclude<RegistryWrite, { functionKey: 'enrol-household' }>,
  at: Instant,
): Promise<{ household: RegistryHousehold; windowId: string } | Refused> {
  const household = await findHousehold(tx, write.householdNo, true);
  if (household === undefined) return refused('not_found', '系统中没有这个户编号');
  const windowId = await findOpenWindow(tx, body, household.villageCode, at);
  return windowId === undefined ? windowClosed(write) : { household, windowId };
}

async function markExit(
  tx: TransactionSql,
  body: RegistryEntryBody,
  write: Extract<RegistryWrite, { functionKey: 'mark-exit' }>,
  at: Instant,
): Promise<Written | Refused> {
  const found = await findLabelled(tx, body, write, at);
  if ('result' in found) return found;
  const { household, windowId } = found;
  if (household.status !== 'poor' && household.status !== 'returned') {
    return refused('wrong_status', '本户当前不是未脱贫或返贫状态，不能标注脱贫');
  }
  const unresolved = unresolvedSecurity(household.security);
  if (unresolved.length > 0) {
    const names = unresolved.map((key) => SECURITY_WORDS[key]).join('、');
    return refused('security_unresolved', `“两不愁三保障”未解决：${names}，不能标注脱贫`);
  }
  const exited: RegistryHousehold = {
    ...household,
    status: 'exited',
    exitYear: write.year,
    statusByYear: { ...household.statusByYear, [String(write.year)]: 'exited' },
  };
  await saveHousehold(tx, exited);
  return { householdNo: household.householdNo, windowId };
}

/** 返贫 is a label on the household that left: its number and its year of identification stay. */
async function markReturn(
  tx: TransactionSql,
  body: RegistryEntryBody,
  write: Extract<RegistryWrite, { functionKey: 'mark-return' }>,
  at: Instant,
): Promise<Written | Refused> {
  const found = await findLabelled(tx, body, write, at);
  if ('result' in found) return found;
  const { household, windowId } = found;
  if (household.status !== 'exited' && household.status !== 'stably-exited') {
    return refused('wrong_status', '本户当前不是脱贫状态，不能标注返贫');
  }
  await saveHousehold(tx, {
    ...household,
    status: 'returned',
    cause: write.cause,
    statusByYear: { ...household.statusByYear, [String(write.year)]: 'returned' },
  });
  return { householdNo: household.householdNo, windowId };
}

async function enrol(
  tx: TransactionSql,
  body: RegistryEntryBody,
  write: Extract<RegistryWrite, { functionKey: 'enrol-household' }>,
  at: Instant,
): Promise<Written | Refused> {
  const { household, year } = write;
  const village = await findVillage(tx, household.villageCode, true);
  if (village === undefined) return refused('village_unknown', '系统中没有这个行政村');
  const windowId = await findOpenWindow(tx, body, household.villageCode, at);
  if (windowId === undefined) return windowClosed(write);
  // Two villages may enter the same head at once; the village's row does not order those.
  await tx`select pg_advisory_xact_lock(hashtext(${headPersonOf(household)}))`;
  const same = await findByHead(tx, headPersonOf(household));
  if (same.some((each) => each.status !== 'cleared')) {
    return refused('duplicate_head', '该户主证件号码已在系统中登记为户主');
  }
  const householdNo = await nextHouseholdNo(tx, household.villageCode);
  await saveHousehold(tx, {
    ...household,
    members: household.members.map((member, index) => ({
      ...member,
      idNumber: member.idNumber.toUpperCase(),
      personNo: `${householdNo}${String(index + 1).padStart(2, '0')}`,
    })),
    householdNo,
    status: 'poor',
    identifiedYear: year,
    exitYear: null,
    statusByYear: { [String(year)]: 'poor' },
  });
  return { householdNo, windowId };
}

async function findOpenWindow(
  tx: TransactionSql,
  { write, level }: RegistryEntryBody,
  villageCode: string,
  at: Instant,
): Promise<string | undefined> {
  const windows = await listWindows(tx);
  const open = windows.find(
    (window) =>
      window.functionKey === write.functionKey &&
      window.level === level &&
      isWithin(orgCode(villageCode), orgCode(window.unitCode)) &&
      window.opensAt <= at &&
      (window.closesAt === null || at < window.closesAt),
  );
  return open?.id;
}

function windowClosed(write: RegistryWrite): Refused {
  const name = FUNCTION_WORDS[write.functionKey];
  return refused('window_closed', `“${name}”功能未对本地区本级开放，或已经关闭`);
}

function householdNoOf(write: RegistryWrite): string | null {
  return write.functionKey === 'enrol-household' ? null : write.householdNo;
}

function refused(code: EntryRefusalCode, words: string): Refused {
  return { result: 'refused', code, words };
}
