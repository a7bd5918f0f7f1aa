import { Steps } from 'antd';
import type { ReactElement } from 'react';
import { DUTY_WORDS } from '../../../domain/kernel/actor.ts';
import { LEVEL_WORDS } from '../../../domain/organisation/org-code.ts';
import type { PlanStep } from '../../../domain/plan/plan.ts';
import type { RosterDetail } from './roster.ts';

/** Who acts at a step: 村经办、村驻村工作队. */
export function holderWords(step: PlanStep): string {
  return step.by.map(({ level, duty }) => `${LEVEL_WORDS[level]}${DUTY_WORDS[duty]}`).join('、');
}

/** 环节: where the list stands on its way. */
export function StepRail({ detail }: { readonly detail: RosterDetail }): ReactElement {
  const closed = detail.state.closedAt !== null;
  const { steps } = detail.plan;
  return (
    <Steps
      size="small"
      orientation="horizontal"
      responsive
      current={closed ? steps.length : detail.state.stepIndex}
      items={steps.map((step) => ({ title: step.name, content: holderWords(step) }))}
      style={{ overflowX: 'auto', paddingBottom: 8 }}
    />
  );
}
