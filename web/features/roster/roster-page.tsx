import { Card, Descriptions, Flex, Spin, Typography } from 'antd';
import { type ReactElement, useState } from 'react';
import { useParams } from 'react-router';
import { unitWord } from '../../../domain/plan/unit-word.ts';
import { DueWords } from '../clock/late-words.tsx';
import { CommandDrawer } from '../command/command-drawer.tsx';
import { HitCard } from '../comparison/hit-list.tsx';
import { HistoryCard } from '../history/history-card.tsx';
import { SheetFacts } from '../notice/sheet-facts.tsx';
import { ObjectionList } from '../objection/objection-list.tsx';
import { PlanAdoptionCard } from '../plan/plan-adoption-card.tsx';
import { ProblemAlert } from '../refusal/problem-alert.tsx';
import { ReminderCard } from '../reminder/reminder-card.tsx';
import { TemplateLinks } from '../template/template-links.tsx';
import { CaseTable } from './case-table.tsx';
import {
  type ActionExplanation,
  currentStep,
  type RosterDetail,
  subjectsWords,
  useRoster,
} from './roster.ts';
import { holderWords, StepRail } from './step-rail.tsx';
import { WhyPanel } from './why-panel.tsx';

function RosterFacts({ detail }: { readonly detail: RosterDetail }): ReactElement {
  const step = currentStep(detail);
  const { state, plan } = detail;
  const items = [
    {
      key: 'step',
      label: '现在的环节',
      children: state.closedAt !== null || step === null ? '已办结' : step.name,
    },
    {
      key: 'holder',
      label: '由谁办',
      children: state.closedAt !== null || step === null ? '—' : holderWords(step),
    },
    {
      key: 'due',
      label: '时限',
      children: <DueWords dueAt={state.dueAt} lateMs={detail.lateMs} />,
    },
    { key: 'rules', label: '适用规则', children: `${plan.title}（${plan.year}年）` },
  ];
  if (state.suspension !== null) {
    items.push({ key: 'suspension', label: '中止', children: state.suspension.reason });
  }
  return <Descriptions size="small" column={{ xs: 1, md: 2 }} items={items} />;
}

/** 名单详情: where it stands, first what may be done and why not, then notice, objections, cases. */
export function RosterPage(): ReactElement {
  const { rosterId = '' } = useParams();
  const roster = useRoster(rosterId);
  const [action, setAction] = useState<ActionExplanation | null>(null);
  if (roster.isPending) return <Spin />;
  if (roster.isError) return <ProblemAlert error={roster.error} />;
  const detail = roster.data;
  return (
    <Flex vertical gap={12}>
      <Typography.Title level={3} style={{ margin: 0 }}>
        {detail.unitName} {detail.plan.title} 第{detail.state.batch}批
      </Typography.Title>
      <Card size="small">
        <StepRail detail={detail} />
      </Card>
      <Card size="small" title="可以办什么，为什么不能推进">
        <WhyPanel detail={detail} onAct={setAction} />
      </Card>
      <Card size="small" title="办理情况">
        <RosterFacts detail={detail} />
        <SheetFacts detail={detail} />
        <TemplateLinks detail={detail} />
      </Card>
      <HitCard detail={detail} />
      <ObjectionList detail={detail} />
      <Card
        size="small"
        title={`办件（${subjectsWords([], detail.state.cases.length, unitWord(detail.plan))}）`}
      >
        <CaseTable detail={detail} />
      </Card>
      <HistoryCard detail={detail} />
      {detail.state.closedAt === null && <ReminderCard rosterId={detail.id} />}
      <PlanAdoptionCard detail={detail} />
      <CommandDrawer detail={detail} action={action} onClose={() => setAction(null)} />
    </Flex>
  );
}
