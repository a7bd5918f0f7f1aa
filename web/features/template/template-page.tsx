import { Button, Flex, Spin } from 'antd';
import type { ReactElement } from 'react';
import { Link, useParams } from 'react-router';
import { paperOf } from '../../../domain/plan/paper-template.ts';
import { ProblemAlert } from '../refusal/problem-alert.tsx';
import { useRoster } from '../roster/roster.ts';

/** 文书 in the words that the rules prescribe, on A4: printed, stamped, scanned and attached to its step. */
export function TemplatePage(): ReactElement {
  const { rosterId = '', stepKey = '' } = useParams();
  const roster = useRoster(rosterId);
  if (roster.isPending) return <Spin />;
  if (roster.isError) return <ProblemAlert error={roster.error} />;
  const { plan, unitName } = roster.data;
  const step = plan.steps.find(({ key }) => key === stepKey);
  const template = step?.kind === 'decision' ? step.template : undefined;
  if (template === undefined) return <p>规则没有规定这个环节的文书。</p>;
  const { title, to, body, from } = paperOf(template, unitName);
  return (
    <Flex vertical gap={12}>
      <Flex className="no-print" wrap gap={12} align="center">
        <Link to={`/rosters/${rosterId}`}>回到名单</Link>
        <Button type="primary" onClick={() => window.print()}>
          打印
        </Button>
      </Flex>
      <article className="document">
        <h1>{title}</h1>
        <p className="addressee">{to}：</p>
        <p>{body}</p>
        <p className="signature">{from}</p>
        <p className="signature">{plan.year}年　　月　　日</p>
      </article>
    </Flex>
  );
}
