import { useQuery } from '@tanstack/react-query';
import { Spin, Typography } from 'antd';
import type { ReactElement } from 'react';
import { read } from '../../api-client.ts';
import { useClock } from '../clock/clock.ts';
import { ProblemAlert } from '../refusal/problem-alert.tsx';
import { caseName, type RosterDetail } from '../roster/roster.ts';
import type { KnownVillage } from './village-form.ts';
import { VillageFormEditor } from './village-form-editor.tsx';

interface VillageFormPageProps {
  readonly detail: RosterDetail;
  readonly caseId: string;
}

/** 贫困村退出申报表 of one village. */
export function VillageFormPage({ detail, caseId }: VillageFormPageProps): ReactElement {
  const clock = useClock();
  const known = useQuery({
    queryKey: ['village-form', caseId],
    queryFn: () => read<KnownVillage>(`/cases/${caseId}/village-form`),
    refetchOnWindowFocus: false,
    // Opened again, the page starts from what was saved last, not from what it showed before.
    gcTime: 0,
  });
  if (known.isError) return <ProblemAlert error={known.error} />;
  if (clock.isError) return <ProblemAlert error={clock.error} />;
  if (known.isPending || clock.isPending) return <Spin />;
  return (
    <>
      <Typography.Title level={3}>{caseName(detail, caseId)}贫困村退出申报表</Typography.Title>
      <VillageFormEditor detail={detail} caseId={caseId} known={known.data} now={clock.data.now} />
    </>
  );
}
