import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Flex, Typography } from 'antd';
import type { ReactElement } from 'react';
import { read } from '../../api-client.ts';
import type { Answers } from '../../generated/api.ts';
import { instantWords } from '../clock/instant-words.ts';
import { ProblemAlert } from '../refusal/problem-alert.tsx';
import { RowTable } from '../table/row-table.tsx';

type Readings = Answers['GET /readings'];
type Reading = Readings['items'][number];

const PAGE = 100;

const COLUMNS = [
  { title: '时间', key: 'at', render: (line: Reading) => instantWords(line.recordedAt) },
  { title: '查阅人', dataIndex: 'name' },
  { title: '单位代码', dataIndex: 'orgCode' },
  { title: '看了什么', dataIndex: 'words' },
];

/** 查阅记录, for inspectors: who looked at personal data, and who at whole ID numbers. */
export function ReadingPage(): ReactElement {
  const readings = useInfiniteQuery({
    queryKey: ['readings'],
    queryFn: ({ pageParam }) => read<Readings>(`/readings${pageParam}`),
    initialPageParam: '',
    getNextPageParam: ({ items }) => {
      const last = items.at(-1);
      return items.length < PAGE || last === undefined ? undefined : `?before=${last.id}`;
    },
  });
  return (
    <Flex vertical gap={12}>
      <Typography.Title level={3} style={{ margin: 0 }}>
        查阅记录
      </Typography.Title>
      <ProblemAlert error={readings.error} />
      <RowTable<Reading>
        rows={readings.data?.pages.flatMap(({ items }) => items) ?? []}
        columns={COLUMNS}
        rowKey={({ id }) => id}
        loading={readings.isPending}
        emptyText="没有查阅记录"
        pageSize={100000}
      />
      {readings.hasNextPage && (
        <Button loading={readings.isFetchingNextPage} onClick={() => void readings.fetchNextPage()}>
          更早的
        </Button>
      )}
    </Flex>
  );
}
