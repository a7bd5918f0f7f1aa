/** Single acts on a paper list, for tests that try one rule. */
import type { CommandBody } from '../../../domain/kernel/command.ts';
import type { Child, Decision } from '../../../domain/kernel/decide.ts';
import type { ListWalk } from './list-walk.ts';

/** Codes of a refusal; empty when the command was taken. */
export function codesOf(decision: Decision): readonly string[] {
  return decision.ok ? [] : decision.refusals.map(({ code }) => code);
}

/** 登记异议 by the village clerk; against a household, or the meeting and notice when none is named. */
export function object(walk: ListWalk, caseId?: string): Decision {
  const words = '反映情况';
  const body: CommandBody =
    caseId === undefined
      ? { type: 'raise-objection', kind: 'list', words, channel: '电话' }
      : { type: 'raise-objection', kind: 'case', caseId, words, channel: '电话' };
  return walk.must(walk.who('village', 'clerk'), body);
}

/** 异议处理 of the last objection by the level whose sheet it concerns. */
export function dispose(
  walk: ListWalk,
  result: 'upheld' | 'rejected',
  returnTo?: string,
  level: 'village' | 'township' | 'county' = 'village',
): Decision {
  return walk.send(walk.who(level, level === 'township' ? 'reviewer' : 'clerk'), {
    type: 'dispose-objection',
    objectionId: walk.state.objections.at(-1)?.id ?? '',
    result,
    words: '已调查',
    investigators: ['钱支书'],
    evidence: { investigation: ['scan'] },
    ...(returnTo === undefined ? {} : { returnTo }),
  });
}

/** 退回 by whoever holds the list; all its households, or those named. */
export function sendBack(
  walk: ListWalk,
  toStep: string,
  caseIds: readonly string[] | null = null,
): Decision {
  return walk.send(walk.reviewer(), { type: 'return-cases', caseIds, toStep, reason: '重新办理' });
}

/** Goes on with the last child list instead. */
export function follow(walk: ListWalk): Child {
  const child = walk.children.at(-1);
  if (child === undefined) throw new Error('no child list was born');
  walk.state = child.state;
  return child;
}
