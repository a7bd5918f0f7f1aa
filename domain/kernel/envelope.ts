/** 代录 and 补登 — who acted in law, and when it counts, before anything else is judged. */

import { isWithin, levelOf, type OrgLevel, parseOrgCode } from '../organisation/org-code.ts';
import type { LateEntryRule } from '../plan/plan.ts';
import {
  addDays,
  endOfDay,
  formatInstant,
  type Instant,
  plainDateAt,
  startOfDay,
} from '../time/instant.ts';
import { checkAct } from './act-reference.ts';
import type { ActorSnapshot } from './actor.ts';
import { dutiesOn } from './authority.ts';
import type { LateEntry, ProxyEntry } from './command.ts';
import type { Deliberation } from './deliberation.ts';
import type { Refusal } from './refusal.ts';

const LEVEL_RANK: readonly OrgLevel[] = [
  'village',
  'township',
  'county',
  'city',
  'province',
  'nation',
];

/** Settles actor and effective instant of the command; adds refusals where the envelope is unlawful. */
export function settleEnvelope(d: Deliberation): void {
  const { late, onBehalf, act } = d.body;
  if (act !== undefined) checkAct(d, act);
  if (onBehalf !== undefined) settleProxy(d, onBehalf);
  if (late !== undefined) settleLate(d, late);
}

function settleProxy(d: Deliberation, proxy: ProxyEntry): void {
  const typist = d.command.actor;
  const signer = d.facts.people[proxy.userId];
  const today = plainDateAt(d.at);
  if (signer === undefined) {
    return d.refuse({
      code: 'PROXY-SIGNER-UNKNOWN',
      words: '找不到纸质材料上的签字人，请先为其建立用户和岗位。',
      missing: ['签字人'],
    });
  }
  if (signer.userId === typist.userId) {
    return d.refuse({
      code: 'PROXY-OF-ONESELF',
      words: '本人签字的材料请直接以本人身份办理，不能代录。',
    });
  }
  const granted = typist.grants.some(
    (grant) =>
      grant.kind === 'proxy-entry' &&
      coversUnit(d, grant.orgCode) &&
      grant.validFrom <= today &&
      (grant.validTo === null || today < grant.validTo),
  );
  if (!granted) {
    d.refuse({
      code: 'PROXY-NOT-GRANTED',
      words: '您没有该单位的代录授权。',
      missing: ['代录授权'],
      whoClears: '管理员',
    });
  }
  if (!signsBelow(d, signer, proxy.paperOn, today)) {
    d.refuse({
      code: 'PROXY-NOT-BELOW',
      words: '代录人只能代录本单位或下一级单位的人签的材料。',
      missing: ['签字人所在单位或其上一级单位的人代录'],
    });
  }
  if (proxy.paperOn > today) {
    d.refuse({
      code: 'PROXY-PAPER-DATE',
      words: '纸质材料的日期晚于今天，请核对。',
      missing: ['日期不晚于今天的材料'],
      earliestAt: startOfDay(proxy.paperOn),
    });
  }
  if (!d.facts.files.includes(proxy.scan)) {
    d.refuse({
      code: 'EVIDENCE-MISSING',
      words: '代录必须附纸质材料的扫描件。',
      missing: ['纸质材料扫描件'],
    });
  }
  const stampOf = {
    typistId: typist.userId,
    typistName: typist.name,
    paperOn: proxy.paperOn,
    scan: proxy.scan,
  };
  d.standing = { ...d.standing, actor: signerOn(signer, proxy.paperOn, today), proxy: stampOf };
}

/** 本单位或下一级 (design §5): whose papers a typist enters, by the duties that both hold. */
function signsBelow(
  d: Deliberation,
  signer: ActorSnapshot,
  paperOn: string,
  today: string,
): boolean {
  const typist = d.command.actor;
  const held = dutiesOn(typist, today).map(({ orgCode }) => orgCode);
  // Somebody without a duty enters for the organisation that granted it.
  const own = held.length > 0 ? held : typist.grants.map(({ orgCode }) => orgCode);
  const signing = dutiesOn(signer, paperOn).map(({ orgCode }) => orgCode);
  return signing.some((code) => own.includes(code) || own.includes(above(d, code)));
}

/** The next organisation above in the chain of the list. */
function above({ facts }: Deliberation, orgCode: string): string {
  const chain = LEVEL_RANK.flatMap((level) => facts.chain[level] ?? []);
  const index = chain.indexOf(orgCode);
  return index < 0 ? '' : (chain[index + 1] ?? '');
}

/** The signer's duties as of the paper's date count for today's entry of that paper. */
function signerOn(signer: ActorSnapshot, paperOn: string, today: string): ActorSnapshot {
  const held = signer.duties.filter(
    (duty) => duty.validFrom <= paperOn && (duty.validTo === null || paperOn < duty.validTo),
  );
  const dated = held.map((duty) =>
    duty.validTo !== null && duty.validTo <= today ? { ...duty, validTo: null } : duty,
  );
  return { ...signer, duties: dated };
}

function coversUnit(d: Deliberation, orgCode: string): boolean {
  if (Object.values(d.facts.chain).includes(orgCode)) return true;
  const unit = parseOrgCode(d.state.unitCode);
  const area = parseOrgCode(orgCode);
  return unit !== undefined && area !== undefined && isWithin(unit, area);
}

/** Why a claimed time may not count, whatever it is claimed for: no rule, no proof, the future, too long ago. */
export function lateFaults(
  rule: LateEntryRule | null,
  late: LateEntry,
  receivedAt: Instant,
  files: readonly string[],
): readonly Refusal[] {
  if (rule === null) {
    const words = '本地规则没有补登，只按系统收到的时间计算。';
    return [{ code: 'LATE-ENTRY-NOT-ALLOWED', words }];
  }
  const { clauseId, days } = rule;
  const faults: Refusal[] = [];
  if (!files.includes(late.proof)) {
    faults.push({
      code: 'EVIDENCE-MISSING',
      words: '补登必须附带日期的照片或盖章原件。',
      clauseId,
      missing: ['时间证明'],
    });
  }
  if (late.claimedAt > receivedAt) {
    faults.push({
      code: 'LATE-ENTRY-IN-FUTURE',
      words: '所填时间晚于现在，不能补登。',
      clauseId,
      missing: ['不晚于现在的时间'],
      earliestAt: late.claimedAt,
    });
  }
  if (receivedAt > lastInstantFor(late.claimedAt, days)) {
    faults.push({
      code: 'LATE-ENTRY-TOO-LATE',
      words: `已超过补登期限（${days}天），只按现在的时间计算。`,
      clauseId,
    });
  }
  return faults;
}

function settleLate(d: Deliberation, late: LateEntry): void {
  const { plan, state, command } = d;
  const rule = plan.lateEntry;
  const faults = lateFaults(rule, late, command.receivedAt, d.facts.files);
  for (const fault of faults) d.refuse(fault);
  if (rule === null) return;
  const { clauseId } = rule;
  if (late.claimedAt < state.at) {
    const words = `所填时间早于本名单上一步（${formatInstant(state.at)}），请按先后顺序补登；名单建立之前的事，建立名单时即须补登。`;
    d.refuse({ code: 'LATE-ENTRY-OUT-OF-ORDER', words, clauseId, earliestAt: state.at });
  }
  if (state.objections.length > 0) {
    d.refuse({
      code: 'LATE-ENTRY-AFTER-OBJECTION',
      words: '本名单已有异议，不再接受补登。',
      clauseId,
    });
  }
  if (!hasLaterReview(d)) {
    d.refuse({
      code: 'LATE-ENTRY-NO-REVIEW',
      words: '此环节之后没有上级审核确认，不能补登。',
      clauseId,
    });
  }
  refuseLateByNextLevel(d, clauseId);
  const { claimedAt, proofKind, proof } = late;
  d.standing = {
    ...d.standing,
    at: Math.max(claimedAt, state.at),
    late: { claimedAt, proofKind, proof },
  };
}

function lastInstantFor(claimedAt: Instant, days: number): Instant {
  return endOfDay(addDays(plainDateAt(claimedAt), days)) - 1;
}

function stepRank(d: Deliberation, index: number): number {
  const step = d.plan.steps[index];
  const ranks = (step?.by ?? []).map((role) => LEVEL_RANK.indexOf(role.level));
  return Math.min(...ranks);
}

/** Whether a level above this step's reviews or decides the list later on. */
function hasLaterReview(d: Deliberation): boolean {
  const { stepIndex } = d.state;
  const own = stepRank(d, stepIndex);
  return d.plan.steps.some(
    ({ kind }, at) =>
      at > stepIndex && (kind === 'review' || kind === 'decision') && stepRank(d, at) > own,
  );
}

/** The level that will accept the late entry may not be the one that makes it. */
function refuseLateByNextLevel(d: Deliberation, clauseId: string): void {
  const own = stepRank(d, d.state.stepIndex);
  const typist = d.command.actor;
  const higher =
    typist.duties.length > 0 &&
    typist.duties.every((duty) => {
      const code = parseOrgCode(duty.orgCode);
      return code !== undefined && LEVEL_RANK.indexOf(levelOf(code)) > own;
    });
  if (higher) {
    d.refuse({
      code: 'LATE-ENTRY-BY-NEXT-LEVEL',
      words: '上级不能替下级补登，应由下级自己补登、上级确认。',
      clauseId,
      missing: ['由办理本环节的一级补登'],
    });
  }
}
