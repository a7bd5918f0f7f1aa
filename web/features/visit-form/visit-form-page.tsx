import { useQuery } from '@tanstack/react-query';
import { Spin, Typography } from 'antd';
import type { ReactElement } from 'react';
import { read } from '../../api-client.ts';
import { useClock } from '../clock/clock.ts';
import { ProblemAlert } from '../refusal/problem-alert.tsx';
import { caseTitle, type RosterDetail } from '../roster/roster.ts';
import type { CaseForm } from './visit-form.ts';
import { VisitFormEditor } from './visit-form-editor.tsx';

interface VisitFormPageProps {
  readonly detail: RosterDetail;
  readonly caseId: string;
}

/** 入户信息采集表 of one household. */
export function VisitFormPage({ detail, caseId }: VisitFormPageProps): ReactElement {
  const clock = useClock();
  const known = useQuery({
    queryKey: ['case-form', caseId],
    queryFn: () => read<CaseForm>(`/cases/${caseId}/form`),
    refetchOnWindowFocus: false,
    // Opened again, the page starts from what was saved last, not from what it showed before.
    gcTime: 0,
  });
  if (known.isError) return <ProblemAlert error={known.error} />;
  if (clock.isError) return <ProblemAlert error={clock.error} />;
  if (known.isPending || clock.isPending) return <Spin />;
  return (
    <>
      <Typography.Title level={3}>{caseTitle(detail, caseId)}采集表</Typography.Title>
      <VisitFormEditor detail={detail} caseId={caseId} known={known.data} now={clock.data.now} />
    </>
  );
}
