import type { MemberFacts } from '../facts/household-facts.ts';
import { checkIdNumber, maskIdNumber } from '../household/id-number.ts';
import { type PlainDate, plainDateAt } from '../time/instant.ts';
import type { Guard } from './guard.ts';
import { formKeepers, householdWords, withForm } from './wording.ts';

/**
 * ID-NUMBERS — every member's 证件号码 is right (18, 20 or 22 characters, GB 11643 checksum), is nobody
 * else's in the household and names no birth after today (§3.5, §15.4). Numbers are shown masked.
 */
export const idNumbersRight: Guard = withForm((form, { plan, at, facts }) => {
  const today = plainDateAt(at);
  const faults = [
    ...form.members.flatMap((member) => numberFault(member, today)),
    ...sharedNumbers(form.members),
  ];
  if (faults.length === 0) return null;
  return {
    words: `${householdWords(facts)}证件号码有误：${faults.map(({ words }) => words).join('；')}`,
    missing: faults.map(({ name }) => `${name}的证件号码`),
    whoClears: formKeepers(plan),
  };
});

interface NumberFault {
  readonly name: string;
  readonly words: string;
}

function numberFault({ name, idNumber }: MemberFacts, today: PlainDate): readonly NumberFault[] {
  if (idNumber === '') return [{ name, words: `${name}没有填写` }];
  const check = checkIdNumber(idNumber);
  if (!check.ok) return [{ name, words: `${name}（${maskIdNumber(idNumber)}）${check.words}` }];
  if (check.birthOn <= today) return [];
  return [{ name, words: `${name}（${maskIdNumber(idNumber)}）出生日期在今天之后` }];
}

/** Two members with the same first 18 characters are one person: both names are given once. */
function sharedNumbers(members: readonly MemberFacts[]): readonly NumberFault[] {
  const firstHolder = new Map<string, string>();
  return members.flatMap(({ name, idNumber }) => {
    const check = checkIdNumber(idNumber);
    if (!check.ok) return [];
    const holder = firstHolder.get(check.residentNumber);
    firstHolder.set(check.residentNumber, holder ?? name);
    if (holder === undefined) return [];
    return [{ name, words: `${name}与${holder}的证件号码相同（${maskIdNumber(idNumber)}）` }];
  });
}
