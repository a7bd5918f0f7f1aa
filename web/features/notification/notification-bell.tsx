import { BellOutlined } from '@ant-design/icons';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Badge, Button, Empty, Flex, Popover, Spin, Tag, Typography } from 'antd';
import { type ReactElement, useState } from 'react';
import { Link } from 'react-router';
import { read, write } from '../../api-client.ts';
import type { Answers } from '../../generated/api.ts';
import { instantWords } from '../clock/instant-words.ts';
import { ProblemAlert } from '../refusal/problem-alert.tsx';

type Notifications = Answers['GET /notifications'];
type Notification = Notifications['items'][number];

/** Shown in the bell; older ones are not worth a page of their own. */
const SHOWN = 20;

/** Reminders are swept in by the hour, beside any change of a list. */
const LOOK_MS = 60_000;

function useNotifications() {
  return useQuery({
    queryKey: ['notifications'],
    queryFn: () => read<Notifications>(`/notifications?limit=${SHOWN}`),
    refetchInterval: LOOK_MS,
  });
}

function NotificationLine({ item }: { readonly item: Notification }): ReactElement {
  return (
    <div>
      <Flex wrap gap={6} align="center">
        <Tag color={item.readAt === null ? 'processing' : 'default'}>{item.kindWords}</Tag>
        <Typography.Text type="secondary">{instantWords(item.at)}</Typography.Text>
      </Flex>
      {item.rosterId === null ? (
        <span>
          {item.unitName}：{item.words}
        </span>
      ) : (
        <Link to={`/rosters/${item.rosterId}`}>
          {item.unitName}：{item.words}
        </Link>
      )}
    </div>
  );
}

function NotificationList({ data }: { readonly data: Notifications }): ReactElement {
  const queries = useQueryClient();
  const markAll = async (): Promise<void> => {
    await write('POST', '/notifications/read', {});
    await queries.invalidateQueries({ queryKey: ['notifications'] });
  };
  return (
    <Flex
      vertical
      gap={10}
      style={{ width: 320, maxWidth: '80vw', maxHeight: 420, overflow: 'auto' }}
    >
      {data.items.length === 0 && <Empty description="没有通知" />}
      {data.items.map((item) => (
        <NotificationLine key={item.id} item={item} />
      ))}
      {data.unread > 0 && (
        <Button size="small" onClick={() => void markAll()}>
          全部标为已读
        </Button>
      )}
    </Flex>
  );
}

/** 通知: reminders, escalations, nudges and empty desks that concern the user. */
export function NotificationBell(): ReactElement {
  const [isOpen, setIsOpen] = useState(false);
  const notifications = useNotifications();
  const { data } = notifications;
  return (
    <Popover
      trigger="click"
      title="通知"
      open={isOpen}
      onOpenChange={setIsOpen}
      placement="bottomRight"
      content={
        <>
          <ProblemAlert error={notifications.error} />
          {data === undefined ? <Spin /> : <NotificationList data={data} />}
        </>
      }
    >
      <Badge count={data?.unread ?? 0} size="small">
        <Button
          size="small"
          icon={<BellOutlined />}
          aria-label={`通知，${data?.unread ?? 0}条未读`}
        />
      </Badge>
    </Popover>
  );
}
