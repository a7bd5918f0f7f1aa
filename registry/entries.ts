/** 登记 — the checks of the registry and the write, in one transaction. */
import type { Sql, TransactionSql } from 'postgres';
import {
  findOpenEpisode,
  MONITORING_CLASS_WORDS,
  type MonitoringEpisode,
} from '../domain/facts/monitoring.ts';
import { personOf } from '../domain/facts/person-change.ts';
import { isWithin, orgCode } from '../domain/organisation/org-code.ts';
import { FUNCTION_WORDS } from '../domain/plan/registry-function.ts';
import type { Instant } from '../domain/time/instant.ts';
import { changedHousehold } from './change-persons.ts';
import { correctedHousehold, type StatusCorrection } from './correct-status.ts';
import {
  type EntryRefusalCode,
  type EntryResult,
  type PersonWrite,
  type RegistryEntryBody,
  type RegistryWrite,
  registeredNoOf,
} from './entry.ts';
import {
  type NewRegistryHousehold,
  type RegistryHousehold,
  SECURITY_WORDS,
  unresolvedSecurity,
  VILLAGE_EXIT_YEAR,
  villageExitYear,
  villageStatus,
} from './household.ts';
import { type EpisodeWrite, reviseEpisode } from './revise-episode.ts';
import {
  findByHead,
  findByMembers,
  findHousehold,
  findVillage,
  headPersonOf,
  listWindows,
  nextHouseholdNo,
  saveHousehold,
  saveLogLine,
  saveVillage,
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
      householdNo: isRefused ? registeredNoOf(write) : written.householdNo,
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
    case 'mark-monitored':
      return markMonitored(tx, body, body.write, at);
    case 'mark-elimination':
    case 'rollback-elimination':
    case 'clear-monitored':
      return labelEpisode(tx, body, body.write, at);
    case 'mark-village-exit':
      return markVillageExit(tx, body, body.write, at);
    case 'clear-household':
    case 'rollback-prior-years':
    case 'rollback-stable-exit':
      return correctStatus(tx, body, body.write, at);
    case 'change-members':
    case 'clear-person':
    case 'supplement-person':
    case 'adjust-new-household':
      return changePersons(tx, body, body.write, at);
    case 'enrol-household':
      return enrol(tx, body, body.write, at);
  }
}

/** The household that a label goes on, locked, and the window through which. */
async function findLabelled(
  tx: TransactionSql,
  body: RegistryEntryBody,
  write: RegistryWrite,
  householdNo: string,
  at: Instant,
): Promise<{ household: RegistryHousehold; windowId: string } | Refused> {
  const household = await findHousehold(tx, householdNo, true);
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
  const found = await findLabelled(tx, body, write, write.householdNo, at);
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
  const found = await findLabelled(tx, body, write, write.householdNo, at);
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

/** 监测 stands beside the status, which stays; a household that is not held is taken in with it. */
async function markMonitored(
  tx: TransactionSql,
  body: RegistryEntryBody,
  write: Extract<RegistryWrite, { functionKey: 'mark-monitored' }>,
  at: Instant,
): Promise<Written | Refused> {
  const { subject, class: named, since, risks, year } = write;
  const episode: MonitoringEpisode = { class: named, since, risks, eliminatedOn: null };
  if (typeof subject !== 'string') {
    if (named === 'unstable') return refused('wrong_status', '脱贫不稳定户须是系统中的脱贫户');
    return takeIn(tx, body, at, subject, {
      status: 'unregistered',
      identifiedYear: null,
      exitYear: null,
      statusByYear: { [String(year)]: 'unregistered' },
      monitoring: [episode],
    });
  }
  const found = await findLabelled(tx, body, write, subject, at);
  if ('result' in found) return found;
  const { household, windowId } = found;
  const hasLeft = household.status === 'exited' || household.status === 'stably-exited';
  const fits =
    (named !== 'edge' && hasLeft) || (named !== 'unstable' && household.status === 'unregistered');
  if (!fits) {
    const words = `本户当前的状态不能标注为${MONITORING_CLASS_WORDS[named]}`;
    return refused('wrong_status', words);
  }
  if (findOpenEpisode(household.monitoring) !== undefined) {
    return refused('wrong_status', '本户已是监测对象，风险尚未消除');
  }
  const monitoring = [...(household.monitoring ?? []), episode];
  await saveHousehold(tx, { ...household, monitoring });
  return { householdNo: household.householdNo, windowId };
}

/** 清退、往年综合回退、稳定脱贫回退: the status is put right, the years before it are kept. */
async function correctStatus(
  tx: TransactionSql,
  body: RegistryEntryBody,
  write: StatusCorrection,
  at: Instant,
): Promise<Written | Refused> {
  const found = await findLabelled(tx, body, write, write.householdNo, at);
  if ('result' in found) return found;
  const { household, windowId } = found;
  const corrected = correctedHousehold(household, write);
  if ('words' in corrected) return refused('wrong_status', corrected.words);
  await saveHousehold(tx, corrected);
  return { householdNo: household.householdNo, windowId };
}

/** 人员变更: the persons of one form, all or none; who is a member elsewhere is not taken in twice. */
async function changePersons(
  tx: TransactionSql,
  body: RegistryEntryBody,
  write: PersonWrite,
  at: Instant,
): Promise<Written | Refused> {
  const found = await findLabelled(tx, body, write, write.householdNo, at);
  if ('result' in found) return found;
  const { household, windowId } = found;
  const changed = changedHousehold(household, write);
  if ('code' in changed) return refused(changed.code, changed.words);
  const coming = write.changes.filter(({ kind }) => kind === 'increase');
  const persons = coming.map(({ idNumber }) => personOf(idNumber));
  // Two households may take in the same person at once; their rows do not order those.
  for (const person of persons.sort()) {
    await tx`select pg_advisory_xact_lock(hashtext(${person}))`;
  }
  const elsewhere = await findByMembers(tx, persons, household.householdNo);
  if (elsewhere.length > 0) {
    return refused('duplicate_person', '增加的人员在系统中是另一户的成员，须先在原户减少');
  }
  await saveHousehold(tx, changed);
  return { householdNo: household.householdNo, windowId };
}

/** 风险消除、回退、清退: a label on the last 监测, beside the status. */
async function labelEpisode(
  tx: TransactionSql,
  body: RegistryEntryBody,
  write: EpisodeWrite,
  at: Instant,
): Promise<Written | Refused> {
  const found = await findLabelled(tx, body, write, write.householdNo, at);
  if ('result' in found) return found;
  const { household, windowId } = found;
  const revised = reviseEpisode(household.monitoring, write);
  if ('words' in revised) return refused('wrong_status', revised.words);
  await saveHousehold(tx, { ...household, monitoring: revised });
  return { householdNo: household.householdNo, windowId };
}

/** 出列 is a label on the village; its households stay as they are. */
async function markVillageExit(
  tx: TransactionSql,
  body: RegistryEntryBody,
  write: Extract<RegistryWrite, { functionKey: 'mark-village-exit' }>,
  at: Instant,
): Promise<Written | Refused> {
  const { villageCode, year } = write;
  const village = await findVillage(tx, villageCode, true);
  if (village === undefined) return refused('village_unknown', '系统中没有这个行政村');
  const windowId = await findOpenWindow(tx, body, villageCode, at);
  if (windowId === undefined) return windowClosed(write);
  const exitYear = villageExitYear(village.details);
  if (villageStatus(village.isPoorVillage, exitYear) !== 'poor-village') {
    return refused('wrong_status', '该村不是未出列的贫困村，不能标注出列');
  }
  const details = { ...village.details, [VILLAGE_EXIT_YEAR]: String(year) };
  await saveVillage(tx, { ...village, details });
  return { householdNo: villageCode, windowId };
}

async function enrol(
  tx: TransactionSql,
  body: RegistryEntryBody,
  write: Extract<RegistryWrite, { functionKey: 'enrol-household' }>,
  at: Instant,
): Promise<Written | Refused> {
  const { household, year } = write;
  return takeIn(tx, body, at, household, {
    status: 'poor',
    identifiedYear: year,
    exitYear: null,
    statusByYear: { [String(year)]: 'poor' },
  });
}

type Standing = Omit<RegistryHousehold, keyof NewRegistryHousehold | 'householdNo'>;

/**
 * A household becomes one of the registry's. One that is there only because it was monitored
 * (边缘易致贫户) keeps its number and what is known of its monitoring when it is found poor.
 */
async function takeIn(
  tx: TransactionSql,
  body: RegistryEntryBody,
  at: Instant,
  household: NewRegistryHousehold,
  standing: Standing,
): Promise<Written | Refused> {
  const village = await findVillage(tx, household.villageCode, true);
  if (village === undefined) return refused('village_unknown', '系统中没有这个行政村');
  const windowId = await findOpenWindow(tx, body, household.villageCode, at);
  if (windowId === undefined) return windowClosed(body.write);
  // Two villages may enter the same head at once; the village's row does not order those.
  await tx`select pg_advisory_xact_lock(hashtext(${headPersonOf(household)}))`;
  const same = await findByHead(tx, headPersonOf(household));
  const held = same.find((each) => each.status !== 'cleared');
  const isGrown = held?.status === 'unregistered' && standing.status === 'poor';
  if (held !== undefined && !isGrown) {
    return refused('duplicate_head', '该户主证件号码已在系统中登记为户主');
  }
  const householdNo = held?.householdNo ?? (await nextHouseholdNo(tx, household.villageCode));
  await saveHousehold(tx, {
    ...household,
    members: household.members.map((member, index) => ({
      ...member,
      idNumber: member.idNumber.toUpperCase(),
      personNo: `${householdNo}${String(index + 1).padStart(2, '0')}`,
    })),
    householdNo,
    ...standing,
    ...(held?.monitoring !== undefined && { monitoring: held.monitoring }),
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

function refused(code: EntryRefusalCode, words: string): Refused {
  return { result: 'refused', code, words };
}
