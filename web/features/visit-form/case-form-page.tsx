import { Spin } from 'antd';
import type { ReactElement } from 'react';
import { useParams } from 'react-router';
import { ProblemAlert } from '../refusal/problem-alert.tsx';
import { useRoster } from '../roster/roster.ts';
import { VillageFormPage } from '../village-form/village-form-page.tsx';
import { VisitFormPage } from './visit-form-page.tsx';

/** 办件的表: of a household its 采集表, of a village its 申报表. */
export function CaseFormPage(): ReactElement {
  const { rosterId = '', caseId = '' } = useParams();
  const roster = useRoster(rosterId);
  if (roster.isError) return <ProblemAlert error={roster.error} />;
  if (roster.isPending) return <Spin />;
  const Page = roster.data.plan.subject === 'village' ? VillageFormPage : VisitFormPage;
  return <Page detail={roster.data} caseId={caseId} />;
}
