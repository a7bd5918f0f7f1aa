import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { read } from '../../api-client.ts';
import type { Answers } from '../../generated/api.ts';
import { instantWords } from '../clock/instant-words.ts';
import { ProblemAlert } from '../refusal/problem-alert.tsx';
import { RowTable } from '../table/row-table.tsx';

type Changes = Answers['GET /administration/changes'];
type Change = Changes['items'][number];

const COLUMNS = [
  { title: '时间', key: 'at', render: (change: Change) => instantWords(change.changedAt) },
  { title: '事项', dataIndex: 'words' },
  { title: '对象', dataIndex: 'subjectWords' },
  { title: '经手人', key: 'by', render: (change: Change) => change.changedByName ?? '' },
  { title: '理由', dataIndex: 'reason' },
];

/** 管理记录: who changed what, when and why; nothing in it is ever removed. */
export function ChangeTable({ org }: { readonly org: string }): ReactElement {
  const changes = useQuery({
    queryKey: ['administration-changes'],
    queryFn: () => read<Changes>('/administration/changes'),
  });
  const items = (changes.data?.items ?? []).filter(({ orgCode }) => orgCode.startsWith(org));
  return (
    <>
      <ProblemAlert error={changes.error} />
      <RowTable<Change>
        rows={items}
        columns={COLUMNS}
        rowKey={({ id }) => id}
        loading={changes.isPending}
        emptyText="没有记录"
        pageSize={20}
      />
    </>
  );
}
