import { useQuery } from '@tanstack/react-query';
import { Card, Flex } from 'antd';
import type { ReactElement } from 'react';
import { type CaseState, isActive } from '../../../domain/kernel/state.ts';
import { read } from '../../api-client.ts';
import type { Answers } from '../../generated/api.ts';
import { useHistory } from '../history/history.ts';
import { Happened } from '../history/history-card.tsx';
import { ProblemAlert } from '../refusal/problem-alert.tsx';
import { caseName, type RosterDetail } from '../roster/roster.ts';

function hasHit(item: CaseState): boolean {
  const marks = item.comparison?.marks ?? [];
  return isActive(item) && (marks.includes('hit') || marks.includes('explained'));
}

/** 疑点: which department found what of whom. */
export function HitList({ detail }: { readonly detail: RosterDetail }): ReactElement {
  const hits = useQuery({
    queryKey: ['roster', detail.id, 'hits'],
    queryFn: () => read<Answers['GET /rosters/:rosterId/hits']>(`/rosters/${detail.id}/hits`),
  });
  const open = new Set(detail.state.cases.filter(hasHit).map(({ id }) => id));
  const shown = (hits.data?.items ?? []).filter(({ caseId }) => open.has(caseId));
  return (
    <Flex vertical gap={6} style={{ marginBottom: 12 }}>
      <ProblemAlert error={hits.error} />
      {shown.map(({ caseId, department, dataOn, name, relation, detail: words }) => (
        <div key={`${caseId} ${department} ${name}`} className="value-line">
          {caseName(detail, caseId)}户：{department}（数据截至{dataOn}）比中{name}（{relation}）：
          {words}
        </div>
      ))}
    </Flex>
  );
}

/** The village's explanations, for whoever judges them. */
export function Explanations({ detail }: { readonly detail: RosterDetail }): ReactElement {
  const events = useHistory(detail.id).data?.items ?? [];
  return (
    <>
      {events
        .filter(({ body }) => body.type === 'hit-explained')
        .map((event) => (
          <Happened key={event.seq} event={event} list={detail} />
        ))}
    </>
  );
}

/** 比对疑点 of the list that wait for an explanation or its judgement; nothing where there is none. */
export function HitCard({ detail }: { readonly detail: RosterDetail }): ReactElement | null {
  if (!detail.state.cases.some(hasHit)) return null;
  return (
    <Card size="small" title="比对疑点">
      <HitList detail={detail} />
    </Card>
  );
}
