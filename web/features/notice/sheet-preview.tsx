import { Alert, Flex, Spin } from 'antd';
import type { ReactElement } from 'react';
import { ProblemAlert } from '../refusal/problem-alert.tsx';
import { RefusalList } from '../refusal/refusal-list.tsx';
import { caseName, type RosterDetail } from '../roster/roster.ts';
import type { useSheetPreview } from './sheets.ts';

interface SheetPreviewPanelProps {
  readonly detail: RosterDetail;
  readonly preview: ReturnType<typeof useSheetPreview>;
}

/** 预览 as it will be on paper, and what stands against hanging it. */
export function SheetPreviewPanel({ detail, preview }: SheetPreviewPanelProps): ReactElement {
  if (preview.isPending) return <Spin />;
  if (preview.isError) return <ProblemAlert error={preview.error} />;
  const { paper, refusals } = preview.data;
  return (
    <Flex vertical gap={8} style={{ marginBottom: 16 }}>
      {refusals.length > 0 && (
        <Alert
          type="error"
          title="这份表还不能张贴"
          description={
            <RefusalList refusals={refusals} nameOf={(caseId) => caseName(detail, caseId)} />
          }
        />
      )}
      <iframe className="paper-preview" title="公示表预览" srcDoc={paper} />
    </Flex>
  );
}
