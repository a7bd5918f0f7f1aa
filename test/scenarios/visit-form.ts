/** 入户表 as a village fills it in: who lives there, from the registry or the application; the rest sound. */
import type { RegistrySnapshot, VisitForm } from '../../domain/facts/household-facts.ts';
import { findLatestEpisode } from '../../domain/facts/monitoring.ts';
import type { PersonRules } from '../../domain/facts/person-change.ts';
import type { MonitoringStandards, Plan, PlanStandards } from '../../domain/plan/plan.ts';
import { createIdNumbers } from '../../registry/demo/people.ts';

/** What differs from a sound form. `perHeadFen` is the yearly wage of each member. */
export type FormWish = Partial<VisitForm> & {
  readonly perHeadFen?: number;
  /** Changes every member. */
  readonly each?: object;
};

interface Person {
  readonly personNo: string | null;
  readonly name: string;
  readonly idNumber: string;
  readonly relation: string;
}

interface Known {
  readonly members?: unknown;
  readonly headName?: unknown;
  /** As the registry holds the household; null for one that it does not. */
  readonly registry?: unknown;
}

const NONE = { wubao: 0, pension: 0, ecology: 0, dibao: 0, familyPlanning: 0, other: 0 };

/** 监测对象信息: the class that the household's status asks for, the first channel and risk of the place. */
function monitoringOf(
  { channels, risks }: MonitoringStandards,
  status: string,
  foundOn: string,
  scan: string,
): object {
  const named = status === 'unregistered' ? 'edge' : 'unstable';
  return {
    class: named,
    channel: channels[0],
    foundOn,
    risks: risks.slice(0, 1),
    hardship: null,
    authorisation: { name: '户主', role: '户主', on: foundOn, scan },
  };
}

/** 劳动技能 of a person as the registry has it. */
function labourOf(registry: RegistrySnapshot | null | undefined, personNo: string | null): object {
  const labour = registry?.members.find((member) => member.personNo === personNo)?.labour;
  return labour === undefined ? {} : { labour };
}

/** 风险消除, or 回退 and 清退, of the episode that the registry holds, every answer good. */
function episodePartOf(
  { elimination, reversalCauses }: PlanStandards,
  episodes: RegistrySnapshot['monitoring'],
): object {
  const episode = findLatestEpisode(episodes);
  if (episode === undefined) return {};
  const { since, risks, eliminatedOn } = episode;
  const found = (reason: string) => ({ holds: true, signer: '李村干', reason });
  return {
    ...(elimination !== undefined && {
      elimination: {
        since,
        way: 'helped',
        steadySince: since,
        incomeSteady: found('务工满一年'),
        spendingSettled: found('医疗费用已报销'),
        removedRisks: risks,
        noNewRisk: found('没有新的风险'),
        measures: [{ name: '公益性岗位', done: true }],
      },
    }),
    ...(reversalCauses !== undefined && {
      reversal: { since, eliminatedOn, cause: reversalCauses[0], found: found('经核实属实') },
    }),
  };
}

/** Numbers of newborns, none twice. */
const IDS = createIdNumbers();

/** 家庭成员变更: a child comes, or where the procedure takes nobody in the last member goes. */
function personsOf({ reasons }: PersonRules, people: readonly Person[], on: string): object {
  const born = { personNo: null, name: '新生儿', idNumber: IDS.next(on, '男'), relation: '之子' };
  const last = people.at(-1);
  const { increase: [reason] = [], decrease: [leaving] = [] } = reasons;
  const change =
    reason === undefined
      ? { kind: 'decrease', reason: leaving, on, ...last }
      : { kind: 'increase', reason, on, ...born };
  return { changes: [change], newHead: null };
}

/** A sound form: far above the line for an exit, half of it for an application. */
export function visitFormOf(
  given: {
    readonly plan: Plan;
    readonly procedure: string;
    readonly known: Known;
    readonly on: string;
    readonly scan: string;
  },
  { perHeadFen, each, ...change }: FormWish,
): object {
  const { plan, procedure, known, on, scan } = given;
  const { standards } = plan;
  const isExit = procedure === 'household-exit' || procedure === 'risk-elimination';
  const { registry } = known as { registry?: RegistrySnapshot | null };
  const status = registry?.status ?? 'unregistered';
  const people = known.members as Person[];
  const members = people.map((person) => ({
    ...person,
    isHead: person.relation === '户主',
    onDibao: false,
    destitute: false,
    centrallySupported: false,
    ...labourOf(registry, person.personNo),
    ...each,
  }));
  const sign = (name: string, role: string) => ({ name, role, on, scan });
  const finding = (reason: string) => ({ holds: true, signer: '李村干', reason });
  const line = standards.incomeLineFen;
  const wage = (perHeadFen ?? (isExit ? line * 2 : Math.floor(line / 2))) * members.length;
  return {
    visitedOn: on,
    visitors: [sign('李村干', '村干部'), sign('赵队员', '驻村工作队')],
    householderSignature: sign(String(known.headName), '户主'),
    members,
    incomeFrom: standards.incomeWindow.from,
    incomeTo: standards.incomeWindow.to,
    income: { wage, business: 0, property: 0, transfer: NONE, businessCost: 0 },
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
    stableIncome: isExit ? finding('长期在外务工') : null,
    helpEffective: isExit ? finding('产业已见效') : null,
    dibaoBackstop: false,
    followUpPlan: isExit ? scan : null,
    standards: isExit ? standards.exitStandards.map(({ key }) => ({ key, met: true })) : [],
    cause: isExit ? null : '因病',
    application: isExit ? null : scan,
    ...(standards.admittedReturnCauses !== undefined && { graveCause: finding('重病住院') }),
    ...(standards.monitoring !== undefined && {
      monitoring: monitoringOf(standards.monitoring, status, on, scan),
    }),
    ...episodePartOf(standards, registry?.monitoring),
    ...(plan.persons && { persons: personsOf(plan.persons, people, on) }),
    ...change,
  };
}
