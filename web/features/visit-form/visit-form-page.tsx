import { useQuery } from '@tanstack/react-query';
import { Spin, Typography } from 'antd';
import type { ReactElement } from 'react';
import { useParams } from 'react-router';
import { read } from '../../api-client.ts';
import { useClock } from '../clock/clock.ts';
import { ProblemAlert } from '../refusal/problem-alert.tsx';
import { caseName, useRoster } from '../roster/roster.ts';
import type { CaseForm } from './visit-form.ts';
import { VisitFormEditor } from './visit-form-editor.tsx';

/** 入户信息采集表 of one household. */
export function VisitFormPage(): ReactElement {
  const { rosterId = '', caseId = '' } = useParams();
  const roster = useRoster(rosterId);
  const clock = useClock();
  const known = useQuery({
    queryKey: ['case-form', caseId],
    queryFn: () => read<CaseForm>(`/cases/${caseId}/form`),
    refetchOnWindowFocus: false,
  });
  if (roster.isError) return <ProblemAlert error={roster.error} />;
  if (known.isError) return <ProblemAlert error={known.error} />;
  if (clock.isError) return <ProblemAlert error={clock.error} />;
  if (roster.isPending || known.isPending || clock.isPending) return <Spin />;
  return (
    <>
      <Typography.Title level={3}>{caseName(roster.data, caseId)}户采集表</Typography.Title>
      <VisitFormEditor
        detail={roster.data}
        caseId={caseId}
        known={known.data}
        now={clock.data.now}
      />
    </>
  );
}
