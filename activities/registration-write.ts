/** 登记内容 — what is written into the registry for one case of a list. */
import { and, desc, eq, inArray } from 'drizzle-orm';
import type { DbOrTx } from '../db/import/database.ts';
import { households, members, visitForms } from '../db/schema/households.ts';
import { villagerGroups } from '../db/schema/organisation.ts';
import type { VisitForm } from '../domain/facts/household-facts.ts';
import { isVillageForm } from '../domain/facts/village-facts.ts';
import { invariant } from '../domain/invariant.ts';
import type { CaseState, DecisionState } from '../domain/kernel/state.ts';
import type { Plan } from '../domain/plan/plan.ts';
import { isRegistryFunction } from '../domain/plan/registry-function.ts';
import { type PlainDate, parsePlainDate } from '../domain/time/instant.ts';
import { type RegistryWrite } from '../registry/entry.ts';
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
  if (functionKey === 'mark-village-exit') {
    return { functionKey, villageCode: item.subjectId, year: list.plan.year };
  }
  invariant(row !== undefined, 'a case has a household');
  const { year } = list.plan;
  switch (functionKey) {
    case 'mark-exit':
      return { functionKey, householdNo: numberOf(row), year };
    case 'mark-return': {
      const form = await findForm(db, item);
      invariant(form?.cause != null, 'who returns was asked why (G-11)');
      return { functionKey, householdNo: numberOf(row), year, cause: form.cause };
    }
    case 'mark-monitored':
      return monitoringWrite(db, list, item, row);
    case 'mark-elimination': {
      const form = await findForm(db, item);
      invariant(form?.elimination != null, 'whose risk is eliminated was judged (G-18)');
      const { since, way } = form.elimination;
      const eliminatedOn = decidedOn(list);
      return { functionKey, householdNo: numberOf(row), year, since, eliminatedOn, way };
    }
    case 'rollback-elimination':
    case 'clear-monitored':
      return reversalWrite(functionKey, list, numberOf(row), await findForm(db, item));
    case 'clear-household':
    case 'rollback-prior-years':
    case 'rollback-stable-exit': {
      const form = await findForm(db, item);
      invariant(form?.cause != null, 'what is put right has its reason (CORRECTION-CAUSE)');
      return { functionKey, householdNo: numberOf(row), year, cause: form.cause };
    }
    case 'change-members':
    case 'clear-person':
    case 'supplement-person':
    case 'adjust-new-household': {
      const form = await findForm(db, item);
      invariant(form?.persons != null, 'whose persons change was asked which (PERSONS-NAMED)');
      return { functionKey, householdNo: numberOf(row), year, ...form.persons };
    }
    case 'enrol-household':
      return { functionKey, household: await newHousehold(db, row, item), year };
  }
}

function numberOf({ householdNo }: HouseholdRow): string {
  invariant(householdNo !== null, 'what is labelled is in the registry');
  return householdNo;
}

/** Date of the document by which the county decided. */
function decidedOn({ decision }: WrittenList): PlainDate {
  const on = parsePlainDate(decision?.documentOn ?? '');
  invariant(on !== undefined, 'the county decided by a dated document');
  return on;
}

/** 回退、清退: by the form, so that a repeated call writes the same after the registry changed. */
function reversalWrite(
  functionKey: 'rollback-elimination' | 'clear-monitored',
  list: WrittenList,
  householdNo: string,
  form: VisitForm | undefined,
): RegistryWrite {
  invariant(form?.reversal != null, 'what is put right was looked into');
  const { since, eliminatedOn, cause } = form.reversal;
  const common = { householdNo, year: list.plan.year, since, on: decidedOn(list), cause };
  if (functionKey === 'clear-monitored') return { functionKey, ...common };
  invariant(eliminatedOn !== null, 'what is rolled back was eliminated (MON-EPISODE)');
  return { functionKey, ...common, eliminatedOn };
}

/** 监测对象: a label on the household that is held, or the whole household with it. */
async function monitoringWrite(
  db: DbOrTx,
  list: WrittenList,
  item: CaseState,
  row: HouseholdRow,
): Promise<RegistryWrite> {
  const monitoring = (await findForm(db, item))?.monitoring;
  invariant(monitoring != null, 'who is monitored was asked why (MON-RISK)');
  const { class: named, risks } = monitoring;
  return {
    functionKey: 'mark-monitored',
    subject: row.householdNo ?? (await newHousehold(db, row, item)),
    year: list.plan.year,
    class: named,
    since: decidedOn(list),
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
    details: {
      ...details.get(member.idNumber),
      ...(member.labour !== undefined && { 劳动技能: member.labour }),
    },
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
  // Lists of villages write no household.
  return row === undefined || isVillageForm(row.body) ? undefined : row.body;
}
