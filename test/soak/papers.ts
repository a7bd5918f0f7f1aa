/** 材料 of a soak's walkers: one photo for everything, forms that every guard passes. */

const TRANSFER = { wubao: 0, pension: 0, ecology: 0, dibao: 0, familyPlanning: 0, other: 0 };

/** A person as the form of a household knows them. */
export interface KnownMember {
  readonly personNo: string | null;
  readonly name: string;
  readonly idNumber: string;
  readonly relation: string;
}

/** 采集表 or 核实表 with `perHeadFen` a year for each member; an application is for those who apply. */
export function soakForm(given: {
  readonly members: readonly KnownMember[];
  readonly perHeadFen: number;
  readonly photo: string;
  readonly isApplication: boolean;
}) {
  const { members, perHeadFen, photo, isApplication } = given;
  const sign = (name: string, role: string) => ({ name, role, on: '2020-09-01', scan: photo });
  const finding = (reason: string) => ({ holds: true, signer: '李村干', reason });
  return {
    visitedOn: '2020-09-01',
    visitors: [sign('李村干', '村干部'), sign('赵队员', '驻村工作队')],
    householderSignature: sign(members[0]?.name ?? '', '户主'),
    members: members.map((member, index) => ({
      ...member,
      isHead: index === 0,
      onDibao: false,
      destitute: false,
      centrallySupported: false,
    })),
    incomeFrom: '2019-10-01',
    incomeTo: '2020-09-30',
    income: {
      wage: perHeadFen * members.length,
      business: 0,
      property: 0,
      transfer: TRANSFER,
      businessCost: 0,
    },
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
    stableIncome: isApplication ? null : finding('务工稳定'),
    helpEffective: isApplication ? null : finding('产业见效'),
    dibaoBackstop: false,
    followUpPlan: null,
    standards: [],
    cause: isApplication ? '因病' : null,
    application: isApplication ? photo : null,
  };
}

/** 会议 of the village's representatives, or of a group's adults. */
export function soakMeeting(heldAt: number, basis: string, comparisonReadOut: boolean) {
  return {
    heldAt,
    place: '村委会',
    chair: '王主任',
    recorder: '李文书',
    basis,
    entitled: 30,
    present: 25,
    proxies: [],
    workTeamPresent: ['赵队员'],
    kinship: [],
    comparisonReadOut,
  };
}
