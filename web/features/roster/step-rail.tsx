import { Collapse, Grid, Steps } from 'antd';
import type { ReactElement } from 'react';
import { DUTY_WORDS } from '../../../domain/kernel/actor.ts';
import { LEVEL_WORDS } from '../../../domain/organisation/org-code.ts';
import type { PlanStep } from '../../../domain/plan/plan.ts';
import type { RosterDetail } from './roster.ts';

/** Who acts at a step: 村经办、村驻村工作队. */
export function holderWords(step: PlanStep): string {
  return step.by.map(({ level, duty }) => `${LEVEL_WORDS[level]}${DUTY_WORDS[duty]}`).join('、');
}

/** 第3步，共8步：农户认可. */
function placeWords(detail: RosterDetail): string {
  const { steps } = detail.plan;
  const { stepIndex, closedAt } = detail.state;
  const step = steps[stepIndex];
  if (closedAt !== null || step === undefined) return `${steps.length}步都已办完`;
  return `第${stepIndex + 1}步，共${steps.length}步：${step.name}`;
}

function Rail({ detail, isNarrow }: { detail: RosterDetail; isNarrow: boolean }): ReactElement {
  const closed = detail.state.closedAt !== null;
  const { steps } = detail.plan;
  return (
    <Steps
      size="small"
      orientation={isNarrow ? 'vertical' : 'horizontal'}
      titlePlacement={isNarrow ? 'horizontal' : 'vertical'}
      current={closed ? steps.length : detail.state.stepIndex}
      items={steps.map((step) => ({ title: step.name, content: holderWords(step) }))}
    />
  );
}

/** 环节: where the list stands on its way. On a phone the way is folded up. */
export function StepRail({ detail }: { readonly detail: RosterDetail }): ReactElement {
  const isNarrow = Grid.useBreakpoint().md !== true;
  if (!isNarrow) return <Rail detail={detail} isNarrow={false} />;
  return (
    <Collapse
      size="small"
      items={[
        { key: 'rail', label: placeWords(detail), children: <Rail detail={detail} isNarrow /> },
      ]}
    />
  );
}
