import { Button, Card, Flex, Typography } from 'antd';
import { type ReactElement, useState } from 'react';
import { instantWords } from '../clock/instant-words.ts';
import { ProblemAlert } from '../refusal/problem-alert.tsx';
import type { RosterDetail } from '../roster/roster.ts';
import { type HistoryEvent, useHistory } from './history.ts';
import { tell } from './history-words.ts';

/** How many of the newest are shown before somebody asks for all. */
const NEWEST = 5;

function stampWords({ late, proxy, receivedAt }: HistoryEvent): string {
  const words = [
    ...(late === null ? [] : [`补登，${instantWords(receivedAt)}录入`]),
    ...(proxy === null ? [] : [`${proxy.typistName}代录${proxy.paperOn}的文书`]),
  ];
  return words.length === 0 ? '' : `（${words.join('；')}）`;
}

function Papers({ hashes }: { readonly hashes: readonly string[] }): ReactElement {
  return (
    <>
      {hashes.map((hash, index) => (
        <a key={hash} href={`/api/v1/files/${hash}`} target="_blank" rel="noreferrer">
          {' '}
          附件{index + 1}
        </a>
      ))}
    </>
  );
}

/** One thing that happened, with what was said and its papers. */
export function Happened({
  event,
  list,
}: {
  event: HistoryEvent;
  list: RosterDetail;
}): ReactElement {
  const { what, said, files = [] } = tell(event.body, list);
  return (
    <div className="value-line">
      <Typography.Text type="secondary">
        {instantWords(event.at)} {event.actorName ?? '系统'}
        {stampWords(event)}
      </Typography.Text>{' '}
      {what}
      {said !== undefined && said !== '' && `：${said}`}
      <Papers hashes={files} />
      {event.warnings.map(({ words, reason }) => (
        <div key={words}>
          <Typography.Text type="warning">
            提示：{words}
            {reason !== undefined && `理由：${reason}`}
          </Typography.Text>
        </div>
      ))}
    </div>
  );
}

/** 办理经过: what happened to the list and what was said, the newest first. */
export function HistoryCard({ detail }: { readonly detail: RosterDetail }): ReactElement {
  const [isWhole, setIsWhole] = useState(false);
  const history = useHistory(detail.id, isWhole ? {} : { last: NEWEST });
  const events = [...(history.data?.items ?? [])].reverse();
  return (
    <Card size="small" title={`办理经过（${detail.state.seq}条）`} loading={history.isPending}>
      <ProblemAlert error={history.error} />
      <Flex vertical gap={6}>
        {events.map((event) => (
          <Happened key={event.seq} event={event} list={detail} />
        ))}
        {!isWhole && detail.state.seq > NEWEST && (
          <Button size="small" onClick={() => setIsWhole(true)}>
            全部经过
          </Button>
        )}
      </Flex>
    </Card>
  );
}
