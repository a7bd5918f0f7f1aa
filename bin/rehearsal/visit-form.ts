/** 入户核实表 of a rehearsal: what the registry says of the household, with an income per head. */
import { eq } from 'drizzle-orm';
import type { DbOrTx } from '../../db/import/database.ts';
import type { FilledForm } from '../../db/record/visit-forms.ts';
import { households, registrySnapshots } from '../../db/schema/households.ts';
import type { MemberFacts, RegistrySnapshot } from '../../domain/facts/household-facts.ts';
import { invariant } from '../../domain/invariant.ts';
import type { Plan } from '../../domain/plan/plan.ts';
import type { PlainDate } from '../../domain/time/instant.ts';

/** What the registry says of a household that it holds. */
export async function findKnown(db: DbOrTx, householdId: string): Promise<RegistrySnapshot> {
  const [row] = await db
    .select({ known: registrySnapshots.body })
    .from(households)
    .innerJoin(registrySnapshots, eq(registrySnapshots.hash, households.snapshotHash))
    .where(eq(households.id, householdId));
  invariant(row !== undefined, 'the registry holds the household');
  return row.known;
}

/** A whole, signed form; `perHeadFen` is the yearly income of each member in fen. */
export function rehearsedForm(given: {
  readonly plan: Plan;
  readonly known: RegistrySnapshot;
  readonly on: PlainDate;
  readonly scan: string;
  readonly perHeadFen: number;
}): FilledForm {
  const { plan, known, on, scan, perHeadFen } = given;
  const { standards } = plan;
  const sign = (name: string, role: string) => ({ name, role, on, scan });
  const finding = (reason: string) => ({ holds: true, signer: '李村干', reason });
  const transfer = { wubao: 0, pension: 0, ecology: 0, dibao: 0, familyPlanning: 0, other: 0 };
  const wage = perHeadFen * known.members.length;
  return {
    visitedOn: on,
    visitors: [sign('李村干', '村干部'), sign('赵队员', '驻村工作队')],
    householderSignature: sign(known.headName, '户主'),
    members: known.members,
    incomeFrom: standards.incomeWindow.from,
    incomeTo: standards.incomeWindow.to,
    income: { wage, business: 0, property: 0, transfer, businessCost: 0 },
    security: known.security,
    housingGrade: known.housingGrade,
    relocation: known.relocation,
    stableIncome: finding('长期在外务工'),
    helpEffective: finding('产业已见效'),
    dibaoBackstop: false,
    followUpPlan: scan,
    standards: standards.exitStandards.map(({ key }) => ({ key, met: true })),
    cause: null,
    application: null,
    compiledBy: '李村干',
  };
}

/** 申请和入户调查 of a family that nobody has registered: half the line, everything else secure. */
export function applicationForm(given: {
  readonly plan: Plan;
  readonly family: readonly Pick<MemberFacts, 'name' | 'idNumber' | 'relation'>[];
  readonly headName: string;
  readonly on: PlainDate;
  readonly scan: string;
}): FilledForm {
  const { plan, headName, on, scan } = given;
  const family = given.family.map(({ name, idNumber, relation }) => ({
    personNo: null,
    name,
    idNumber,
    relation,
    isHead: relation === '户主',
    onDibao: false,
    destitute: false,
    centrallySupported: false,
  }));
  const sign = (name: string, role: string) => ({ name, role, on, scan });
  const transfer = { wubao: 0, pension: 0, ecology: 0, dibao: 0, familyPlanning: 0, other: 0 };
  const { incomeLineFen, incomeWindow } = plan.standards;
  const wage = Math.floor(incomeLineFen / 2) * family.length;
  const secure = { food: true, clothing: true, water: true, education: true, medical: true };
  return {
    visitedOn: on,
    visitors: [sign('李村干', '村干部'), sign('赵队员', '驻村工作队')],
    householderSignature: sign(headName, '户主'),
    members: family,
    incomeFrom: incomeWindow.from,
    incomeTo: incomeWindow.to,
    income: { wage, business: 0, property: 0, transfer, businessCost: 0 },
    security: { ...secure, housing: true },
    housingGrade: 'B',
    relocation: { listed: false, occupied: false },
    stableIncome: null,
    helpEffective: null,
    dibaoBackstop: false,
    followUpPlan: null,
    standards: [],
    cause: '因病',
    application: scan,
    compiledBy: '李村干',
  };
}
