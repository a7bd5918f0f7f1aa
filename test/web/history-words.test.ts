/** 办理经过: whatever happens to a list is told in Chinese, with what people said. */
import { expect, test } from 'vitest';
import type { ActorSnapshot } from '../../domain/kernel/actor.ts';
import type { CommandBody } from '../../domain/kernel/command.ts';
import type { RosterEvent } from '../../domain/kernel/event.ts';
import { PaperList } from '../../policies/paper/paper-list.ts';
import { tell } from '../../web/features/history/history-words.ts';
import type { RosterDetail } from '../../web/features/roster/roster.ts';
import { trainingPlan } from '../policies/training-plan.ts';

const HEADS = ['许建海', '邓贵才'];

/** A paper list that keeps what happened to it. */
class ToldList extends PaperList {
  readonly happened: RosterEvent[] = [];

  override send(actor: ActorSnapshot, body: CommandBody) {
    const decision = super.send(actor, body);
    if (decision.ok) this.happened.push(...decision.events);
    return decision;
  }

  tellings() {
    const subjects = HEADS.map((headName, index) => ({
      caseId: `c${index + 1}`,
      headName,
      groupName: '一组',
      memberCount: 3,
      formHash: null,
    }));
    const { plan, state } = this;
    const list = { plan, state, subjects } as unknown as RosterDetail;
    return this.happened.map(({ body }) => ({ type: body.type, ...tell(body, list) }));
  }
}

const CHAINS = [
  ['zhenxiong-2020', 'household-exit'],
  ['zhenxiong-2020', 'identification'],
  ['kunming-2017', 'household-exit'],
  ['shanxi-2017', 'identification'],
  ['zhenxiong-2020', 'village-exit'],
] as const;

test.for(CHAINS)('%s %s: from the first act to the last', ([pack, procedure]) => {
  const plan = trainingPlan(pack, procedure);
  const list = new ToldList(plan, `${plan.year}-09-20 09:00`);
  const last = plan.steps.find(({ kind }) => kind === 'registration');
  list.walkTo(last?.key ?? '');
  const told = list.tellings();
  expect(told.length).toBeGreaterThan(10);
  for (const { type, what, said = '' } of told) {
    expect(what, type).toMatch(/\p{Script=Han}/u);
    expect(`${what}${said}`, type).not.toContain('undefined');
    expect(what, type).not.toMatch(/[a-z]{2,}/i);
  }
});

test('what was objected, found and asked back can be read, the objector’s name cannot', () => {
  const plan = trainingPlan('zhenxiong-2020', 'household-exit');
  const list = new ToldList(plan, '2020-09-20 09:00');
  list.walkTo('village-notice');
  list.postNotice();
  const clerk = list.who('village', 'clerk');
  const channel = '来访';
  const raised = { words: '反映家有轿车', channel, objector: '赵举报' } as const;
  list.must(clerk, { type: 'raise-objection', kind: 'case', caseId: 'c1', ...raised });
  const reason = '重新征求认可';
  list.must(clerk, { type: 'return-cases', caseIds: null, toStep: 'acceptance', reason });
  const told = list.tellings();
  expect(told).toContainEqual(
    expect.objectContaining({ what: '登记异议（来访）：许建海', said: '反映家有轿车' }),
  );
  expect(told).toContainEqual(expect.objectContaining({ what: '退回“农户认可”', said: reason }));
  expect(JSON.stringify(told)).not.toContain('赵举报');
});
