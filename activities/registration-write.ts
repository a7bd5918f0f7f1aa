/** 登记内容 — what is written into the registry for one case of a list. */
import { and, desc, eq, inArray } from 'drizzle-orm';
import type { DbOrTx } from '../db/import/database.ts';
import { households, members, visitForms } from '../db/schema/households.ts';
import { villagerGroups } from '../db/schema/organisation.ts';
import type { VisitForm } from '../domain/facts/household-facts.ts';
import { invariant } from '../domain/invariant.ts';
import type { CaseState, DecisionState } from '../domain/kernel/state.ts';
import type { Plan } from '../domain/plan/plan.ts';
import { parsePlainDate } from '../domain/time/instant.ts';
import { isRegistryFunction, type RegistryWrite } from '../registry/entry.ts';
import { HEAD_RELATION, type NewRegistryHousehold } from '../registry/household.ts';

/** The list as the writes of its cases need it. */
interface WrittenList {
  readonly plan: Plan;
  readonly decision: DecisionState | null;
}

type HouseholdRow = typeof households.$inferSelect;

/** The write of each case, by its id. */
export async function writesOf(
  db: DbOrTx,
  list: WrittenList,
  functionKey: string,
  items: readonly CaseState[],
): Promise<ReadonlyMap<string, RegistryWrite>> {
  const ids = items.map(({ subjectId }) => subjectId);
  const rows = await db.select().from(households).where(inArray(households.id, ids));
  const known = new Map(rows.map((row) => [row.id, row]));
  const writes = new Map<string, RegistryWrite>();
  for (const item of items) {
    const row = known.get(item.subjectId);
    writes.set(item.id, await writeOf(db, list, functionKey, item, row));
  }
  return writes;
}

/** Everything missing here was refused by the guards before: a bug. */
async function writeOf(
  db: DbOrTx,
  list: WrittenList,
  functionKey: string,
  item: CaseState,
  row: HouseholdRow | undefined,
): Promise<RegistryWrite> {
  invariant(isRegistryFunction(functionKey), 'the plan names a function of the registry');
  invariant(row !== undefined, 'a case has a household');
  const { plan } = list;
  if (functionKey === 'mark-exit') {
    invariant(row.householdNo !== null, 'who leaves the registry is in it');
    return { functionKey, householdNo: row.householdNo, year: plan.year };
  }
  if (functionKey === 'mark-return') {
    invariant(row.householdNo !== null, 'who left the registry is in it');
    const form = await findForm(db, item);
    invariant(form?.cause != null, 'who returns was asked why (G-11)');
    const { cause } = form;
    return { functionKey, householdNo: row.householdNo, year: plan.year, cause };
  }
  if (functionKey === 'mark-monitored') return monitoringWrite(db, list, item, row);
  return { functionKey, household: await newHousehold(db, row, item), year: plan.year };
}

/** 监测对象: a label on the household that is held, or the whole household with it. */
async function monitoringWrite(
  db: DbOrTx,
  { plan, decision }: WrittenList,
  item: CaseState,
  row: HouseholdRow,
): Promise<RegistryWrite> {
  const monitoring = (await findForm(db, item))?.monitoring;
  invariant(monitoring != null, 'who is monitored was asked why (MON-RISK)');
  const since = parsePlainDate(decision?.documentOn ?? '');
  invariant(since !== undefined, 'the county determined it by a dated document');
  const { class: named, risks } = monitoring;
  return {
    functionKey: 'mark-monitored',
    subject: row.householdNo ?? (await newHousehold(db, row, item)),
    year: plan.year,
    class: named,
    since,
    risks,
  };
}

async function newHousehold(
  db: DbOrTx,
  row: HouseholdRow,
  item: CaseState,
): Promise<NewRegistryHousehold> {
  const form = await findForm(db, item);
  invariant(form !== undefined, 'who is enrolled was visited');
  const groups = await db
    .select()
    .from(villagerGroups)
    .where(eq(villagerGroups.id, row.groupId ?? ''));
  const isDestitute = form.members.some((member) => member.destitute);
  const isCentral = form.members.some((member) => member.centrallySupported);
  const isOnDibao = form.members.some((member) => member.onDibao);
  const supported = isCentral ? 'central' : 'dispersed';
  return {
    villageCode: row.villageCode,
    naturalVillage: row.naturalVillage,
    groupName: groups[0]?.name ?? null,
    phone: row.phone,
    attribute: isDestitute ? 'destitute' : isOnDibao ? 'dibao' : 'ordinary',
    supportMode: isDestitute ? supported : null,
    standard: '国家标准',
    cause: form.cause,
    security: form.security,
    housingGrade: form.housingGrade,
    relocation: form.relocation,
    income: form.income,
    members: await membersOf(db, row, form),
  };
}

/** Members as visited; the other columns of the person table as they were imported or collected. */
async function membersOf(db: DbOrTx, row: HouseholdRow, form: VisitForm) {
  const known = await db.select().from(members).where(eq(members.householdId, row.id));
  const details = new Map(known.map((member) => [member.idNumber, member.details]));
  return form.members.map((member) => ({
    personNo: member.personNo,
    name: member.name,
    idNumber: member.idNumber,
    relation: member.isHead ? HEAD_RELATION : member.relation,
    details: details.get(member.idNumber) ?? {},
  }));
}

async function findForm(db: DbOrTx, item: CaseState): Promise<VisitForm | undefined> {
  const { caseId, hash, version } = visitForms;
  const isNamed = item.formHash === null ? undefined : eq(hash, item.formHash);
  const [row] = await db
    .select()
    .from(visitForms)
    .where(and(eq(caseId, item.id), isNamed))
    .orderBy(desc(version))
    .limit(1);
  return row?.body;
}
