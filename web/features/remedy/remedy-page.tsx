import { Alert, Button, Typography } from 'antd';
import { type ReactElement, useState } from 'react';
import { Link } from 'react-router';
import { instantWords } from '../clock/instant-words.ts';
import { ProblemAlert } from '../refusal/problem-alert.tsx';
import { RowTable } from '../table/row-table.tsx';
import { FinishDialog } from '../task/finish-dialog.tsx';
import { OpenOrDone } from '../task/open-or-done.tsx';
import { PAGE_SIZE, type Remedy, useFinishRemedy, useRemedies } from './remedy.ts';

interface FinishRemedyProps {
  readonly of: Remedy;
  readonly onClose: () => void;
}

function FinishRemedy({ of, onClose }: FinishRemedyProps): ReactElement {
  const { problem, sending, finish } = useFinishRemedy(of.caseId, onClose);
  return (
    <FinishDialog
      title={`${of.headName}户补短板办结`}
      question="补了什么、现状如何"
      busy={sending}
      problem={problem !== null && <Alert type="error" showIcon title={problem} />}
      onFinish={(outcome, proofs) => void finish(outcome, proofs)}
      onClose={onClose}
    />
  );
}

function columns(onFinish: (remedy: Remedy) => void) {
  return [
    { title: '村', dataIndex: 'villageName' },
    { title: '户主', dataIndex: 'headName' },
    { title: '缺什么', key: 'lacking', render: (row: Remedy) => row.lacking.join('、') || '—' },
    { title: '为什么转来', dataIndex: 'words' },
    {
      title: '期限',
      key: 'due',
      render: ({ dueAt, overdue }: Remedy) =>
        dueAt === null ? '—' : `${instantWords(dueAt)}${overdue ? '（已逾期）' : ''}`,
    },
    { title: '转来时间', key: 'opened', render: (row: Remedy) => instantWords(row.openedAt) },
    {
      title: '结果',
      key: 'outcome',
      render: (row: Remedy) =>
        row.finishedAt === null ? (
          <Button type="primary" size="small" onClick={() => onFinish(row)}>
            办结
          </Button>
        ) : (
          `${row.outcome ?? ''}（${instantWords(row.finishedAt)}）`
        ),
    },
    {
      title: '来自',
      key: 'roster',
      render: (row: Remedy) => <Link to={`/rosters/${row.rosterId}`}>名单</Link>,
    },
  ];
}

/** 补短板: households sent elsewhere by a list, with what is to be made good. */
export function RemedyPage(): ReactElement {
  const [open, setOpen] = useState(true);
  const [page, setPage] = useState(1);
  const [finishing, setFinishing] = useState<Remedy | null>(null);
  const remedies = useRemedies(open, page);
  return (
    <>
      <Typography.Title level={3}>补短板</Typography.Title>
      <Typography.Paragraph type="secondary">
        按规定不列入返贫的户，按“缺什么补什么”的原则整改补足。文件没有规定期限，应尽快办理。
      </Typography.Paragraph>
      <OpenOrDone
        label="待办或已办"
        words={['待办', '已办']}
        open={open}
        onChange={(next) => {
          setOpen(next);
          setPage(1);
        }}
      />
      <ProblemAlert error={remedies.error} />
      <RowTable<Remedy>
        rows={remedies.data?.items ?? []}
        columns={columns(setFinishing)}
        rowKey={({ caseId }) => caseId}
        loading={remedies.isPending}
        emptyText="没有补短板事项"
        pages={{
          current: page,
          pageSize: PAGE_SIZE,
          total: remedies.data?.total ?? 0,
          onChange: setPage,
        }}
      />
      {finishing !== null && <FinishRemedy of={finishing} onClose={() => setFinishing(null)} />}
    </>
  );
}
