import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Card, Empty, Flex, Pagination, Spin, Typography } from 'antd';
import { type ReactElement, useState } from 'react';
import { Link } from 'react-router';
import { read } from '../../api-client.ts';
import { instantWords } from '../clock/instant-words.ts';
import { DueWords } from '../clock/late-words.tsx';
import { useLookBacks } from '../look-back/look-back.ts';
import { ProblemAlert } from '../refusal/problem-alert.tsx';
import { useRemedies } from '../remedy/remedy.ts';
import { subjectsWords, unitOf } from '../roster/roster.ts';
import { useScreenings } from '../screening/screening.ts';
import { useHoldsAny } from '../session/session.ts';
import { useWaitingEntries } from '../worklist/worklist.ts';
import { type Filter, FilterBar, type Inbox, PAGE_SIZE, queryOf } from './inbox-filter.tsx';

type InboxItem = Inbox['items'][number];

function useInbox(filter: Filter) {
  const query = queryOf(filter);
  return useQuery({
    queryKey: ['inbox', query],
    queryFn: () => read<Inbox>(`/inbox?${query}`),
    placeholderData: keepPreviousData,
  });
}

/** How many a list is about; once all are labelled (监督检查) none is open any more. */
function subjectsOf({ openCases, heads }: InboxItem): number {
  return openCases === 0 ? heads.length : openCases;
}

function Item({ item }: { readonly item: InboxItem }): ReactElement {
  return (
    <Card size="small">
      <Link to={`/rosters/${item.rosterId}`}>
        <strong>{item.words}</strong> · {item.unitName} {item.title} 第{item.batch}批
      </Link>
      <Flex wrap gap="2px 16px">
        <Typography.Text>
          {subjectsWords(item.heads, subjectsOf(item), unitOf(item.procedure))}
        </Typography.Text>
        {item.blockedCases > 0 && (
          <Typography.Text type="warning">
            {item.blockedCases}
            {unitOf(item.procedure)}暂缓
          </Typography.Text>
        )}
        {item.suspended && <Typography.Text type="warning">已中止</Typography.Text>}
        {item.restsUntil !== null && (
          <Typography.Text type="secondary">
            期间未满，{instantWords(item.restsUntil)}后可办结
          </Typography.Text>
        )}
        <Typography.Text type="secondary">
          时限：
          <DueWords dueAt={item.dueAt} lateMs={item.lateMs} />
        </Typography.Text>
      </Flex>
    </Card>
  );
}

/** 补短板 that waits in the reader's area; nothing where there is none. */
function RemedyCard(): ReactElement | null {
  const remedies = useRemedies(true, 1);
  const { total = 0, items = [] } = remedies.data ?? {};
  if (total === 0) return null;
  return (
    <Card size="small" style={{ marginBottom: 8 }}>
      <Link to="/remedies">
        <strong>补短板</strong> ·{' '}
        {subjectsWords(items.map(({ headName }) => headName).slice(0, 3), total)}
      </Link>
    </Card>
  );
}

/** 回头看 that waits in the reader's area; nothing where there is none. */
function LookBackCard(): ReactElement | null {
  const { total = 0, items = [] } = useLookBacks(true, 1).data ?? {};
  if (total === 0) return null;
  const names = items.map(({ villageName }) => villageName).slice(0, 3);
  return (
    <Card size="small" style={{ marginBottom: 8 }}>
      <Link to="/look-backs">
        <strong>回头看</strong> · {subjectsWords(names, total, '村')}
      </Link>
    </Card>
  );
}

/** 应立案未立案 of a screening in the reader's area; nothing where there is none. */
function ScreeningCard(): ReactElement | null {
  const screenings = useScreenings(true, 1);
  const { total = 0, items = [] } = screenings.data ?? {};
  if (total === 0) return null;
  return (
    <Card size="small" style={{ marginBottom: 8 }}>
      <Link to="/screenings">
        <strong>排查发现、应立案未立案</strong> ·{' '}
        {subjectsWords(items.map(({ headName }) => headName).slice(0, 3), total, '户')}
      </Link>
    </Card>
  );
}

/** 录入工作单 that waits for the reader: what two people confirmed and the national system has yet to hold. */
function WorklistCard(): ReactElement | null {
  const toEnter = useWaitingEntries('registry-operator').data;
  const toCheck = useWaitingEntries('entry-reviewer').data;
  const waits = [
    { words: '待录入', waiting: toEnter },
    { words: '待复核', waiting: toCheck },
  ].flatMap(({ words, waiting }) => (waiting?.total ? [{ words, waiting }] : []));
  if (waits.length === 0) return null;
  return (
    <Card size="small" style={{ marginBottom: 8 }}>
      <Link to="/worklist">
        <strong>录入工作单</strong> ·{' '}
        {waits.map(({ words, waiting }) => `${words}${waiting.total}件`).join('，')}
      </Link>
    </Card>
  );
}

/** 我的待办: what, which household or village, which step, due when, how late. */
export function InboxPage(): ReactElement {
  const [filter, setFilter] = useState<Filter>({ page: 1 });
  const inbox = useInbox(filter);
  const { data } = inbox;
  const launches = useHoldsAny({ duties: ['clerk'] });
  return (
    <>
      <Typography.Title level={3}>我的待办</Typography.Title>
      <ProblemAlert error={inbox.error} />
      {inbox.isPending && <Spin />}
      {data !== undefined && (
        <>
          <WorklistCard />
          <RemedyCard />
          <LookBackCard />
          <ScreeningCard />
          <FilterBar inbox={data} filter={filter} onChange={setFilter} />
          <Typography.Paragraph type="secondary">
            共{data.total}件，其中逾期{data.late}件
          </Typography.Paragraph>
          {data.items.length === 0 && (
            <Empty description="现在没有等您办的事">
              {launches && <Link to="/rosters/new">发起名单</Link>}
            </Empty>
          )}
          <Flex vertical gap={8}>
            {data.items.map((item) => (
              <Item key={item.rosterId} item={item} />
            ))}
          </Flex>
          <Pagination
            style={{ marginTop: 12 }}
            current={filter.page}
            pageSize={PAGE_SIZE}
            total={data.total}
            hideOnSinglePage
            showSizeChanger={false}
            onChange={(page) => setFilter({ ...filter, page })}
          />
        </>
      )}
    </>
  );
}
