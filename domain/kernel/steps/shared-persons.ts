/** 一人两户 — one person in two households of a list: a doubt of the data (§15.4), never a bar. */
import { checkIdNumber, maskIdNumber } from '../../household/id-number.ts';
import type { Deliberation } from '../deliberation.ts';
import { activeCases } from '../state.ts';

interface Listed {
  readonly caseId: string;
  readonly head: string;
  readonly name: string;
}

/** Warns of every household that lists a person whom one before it lists too, once each pair. */
export function warnSharedPersons(d: Deliberation): void {
  const firstOf = new Map<string, Listed>();
  const said = new Set<string>();
  for (const { listed, residentNumber } of personsOf(d)) {
    const first = firstOf.get(residentNumber);
    if (first === undefined) firstOf.set(residentNumber, listed);
    const pair = `${first?.caseId} ${listed.caseId} ${residentNumber}`;
    // Twice in one household is the form's fault (ID-NUMBERS).
    if (first === undefined || first.caseId === listed.caseId || said.has(pair)) continue;
    said.add(pair);
    const names = first.name === listed.name ? listed.name : `${first.name}、${listed.name}`;
    const number = maskIdNumber(residentNumber);
    d.warn({
      code: 'PERSON-IN-TWO-HOUSEHOLDS',
      words: `${names}（${number}）同时列在${first.head}户和${listed.head}户，请核实属于哪一户。`,
      cases: [first.caseId, listed.caseId],
    });
  }
}

/** Members by the visit's form, else by the registry; numbers that are none are ID-NUMBERS' matter. */
function personsOf(d: Deliberation) {
  return activeCases(d.state).flatMap(({ id }) => {
    const facts = d.facts.cases[id];
    const members = facts?.form?.members ?? facts?.registry?.members ?? [];
    const head = members.find(({ isHead }) => isHead)?.name ?? facts?.registry?.headName ?? '某';
    return members.flatMap(({ name, idNumber }) => {
      const check = checkIdNumber(idNumber);
      if (!check.ok) return [];
      return [{ listed: { caseId: id, head, name }, residentNumber: check.residentNumber }];
    });
  });
}
