import { Flex } from 'antd';
import type { ReactElement } from 'react';
import { Link } from 'react-router';
import { paperOf } from '../../../domain/plan/paper-template.ts';
import type { RosterDetail } from '../roster/roster.ts';

/** 文书 whose words the rules prescribe, to be printed; nothing where they prescribe none. */
export function TemplateLinks({ detail }: { readonly detail: RosterDetail }): ReactElement | null {
  const papers = detail.plan.steps.flatMap((step) =>
    step.kind === 'decision' && step.template !== undefined
      ? [{ key: step.key, title: paperOf(step.template, detail.unitName).title }]
      : [],
  );
  if (papers.length === 0) return null;
  return (
    <Flex wrap gap={12}>
      {papers.map(({ key, title }) => (
        <Link key={key} to={`/rosters/${detail.id}/papers/${key}`}>
          打印《{title}》
        </Link>
      ))}
    </Flex>
  );
}
