/** 文书引用 — a command that names an act is carried by it only as it was signed and for what it covers. */
import type { ActReference } from './command.ts';
import type { Deliberation } from './deliberation.ts';
import type { ActFact } from './facts.ts';

/** Refuses an act that nobody signed, another content, another list or another step. */
export function checkAct(d: Deliberation, named: ActReference): void {
  const act = d.facts.act;
  if (act === undefined || act.id !== named.actId) {
    return d.refuse({
      code: 'ACT-UNKNOWN',
      words: '没有这件已签发的文书，请先签发文书。',
      missing: ['已签发的文书'],
    });
  }
  if (!act.lists.includes(d.state.rosterId) || act.kind !== d.step.kind) {
    d.refuse({
      code: 'ACT-NOT-COVERING',
      words: '这件文书没有列入本名单，或不是本环节的文书。',
      clauseId: d.step.clauseId,
      missing: ['列入本名单的本环节文书'],
      whoClears: '文书签发人',
    });
  }
  if (!isAsSigned(d, named, act)) {
    d.refuse({
      code: 'ACT-DIFFERS',
      words: '文号、日期与签发的文书不一致，或不由签发人执行。',
      clauseId: d.step.clauseId,
      missing: ['与签发的文书一致的文号和日期'],
      whoClears: '文书签发人',
    });
  }
}

function isAsSigned(d: Deliberation, named: ActReference, act: ActFact): boolean {
  const { body } = d;
  const isSame = named.documentNo === act.documentNo && named.documentOn === act.documentOn;
  const isDecided =
    (body.type !== 'decide' && body.type !== 'report') ||
    (body.documentNo === act.documentNo && body.documentOn === act.documentOn);
  return isSame && isDecided && d.command.actor.userId === act.signedBy;
}

/** 签发单位 — the act speaks for the organisation for which its signer acts here, and for no other. */
export function checkIssuer(d: Deliberation): void {
  const { act } = d.facts;
  const { actorOrg } = d.standing;
  if (d.body.act === undefined || act === undefined || actorOrg === null) return;
  if (act.issuerCode === actorOrg) return;
  d.refuse({
    code: 'ACT-DIFFERS',
    words: '文书的签发单位不是办理本环节的单位。',
    clauseId: d.step.clauseId,
    missing: ['本单位签发的文书'],
    whoClears: '文书签发人',
  });
}
