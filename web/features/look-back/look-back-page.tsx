import { Button, Typography } from 'antd';
import { type ReactElement, useState } from 'react';
import { instantWords } from '../clock/instant-words.ts';
import { ProblemAlert } from '../refusal/problem-alert.tsx';
import { RefusedAlert } from '../refusal/refused-alert.tsx';
import { RowTable } from '../table/row-table.tsx';
import { FinishDialog } from '../task/finish-dialog.tsx';
import { OpenOrDone } from '../task/open-or-done.tsx';
import { type LookBack, PAGE_SIZE, useFinishLookBack, useLookBacks } from './look-back.ts';

interface FinishLookBackProps {
  readonly of: LookBack;
  readonly onClose: () => void;
}

function FinishLookBack({ of, onClose }: FinishLookBackProps): ReactElement {
  const { problem, busy, finish } = useFinishLookBack(of.villageCode, onClose);
  return (
    <FinishDialog
      title={`${of.villageName}回头看办结`}
      question="做了什么、现状如何"
      busy={busy}
      problem={problem !== null && <RefusedAlert problem={problem} type="error" />}
      onFinish={(outcome, proofs) => void finish(outcome, proofs)}
      onClose={onClose}
    />
  );
}

function columns(onFinish: (row: LookBack) => void) {
  return [
    { title: '村', dataIndex: 'villageName' },
    { title: '为什么', dataIndex: 'words' },
    { title: '依据', dataIndex: 'clause' },
    { title: '列出时间', key: 'opened', render: (row: LookBack) => instantWords(row.openedAt) },
    {
      title: '结果',
      key: 'outcome',
      render: (row: LookBack) =>
        row.finishedAt === null ? (
          <Button type="primary" size="small" onClick={() => onFinish(row)}>
            办结
          </Button>
        ) : (
          `${row.outcome ?? ''}（${instantWords(row.finishedAt)}）`
        ),
    },
  ];
}

/** 回头看: villages that left and are over the limit again, as the system found them. */
export function LookBackPage(): ReactElement {
  const [open, setOpen] = useState(true);
  const [page, setPage] = useState(1);
  const [finishing, setFinishing] = useState<LookBack | null>(null);
  const lookBacks = useLookBacks(open, page);
  return (
    <>
      <Typography.Title level={3}>回头看</Typography.Title>
      <Typography.Paragraph type="secondary">
        已出列而贫困发生率又超过上限的村，由系统按登记数据自动列出；降到上限以内才能办结。
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
      <ProblemAlert error={lookBacks.error} />
      <RowTable<LookBack>
        rows={lookBacks.data?.items ?? []}
        columns={columns(setFinishing)}
        rowKey={({ villageCode, openedAt }) => `${villageCode} ${openedAt}`}
        loading={lookBacks.isPending}
        emptyText="没有须回头看的村"
        pages={{
          current: page,
          pageSize: PAGE_SIZE,
          total: lookBacks.data?.total ?? 0,
          onChange: setPage,
        }}
      />
      {finishing !== null && <FinishLookBack of={finishing} onClose={() => setFinishing(null)} />}
    </>
  );
}
