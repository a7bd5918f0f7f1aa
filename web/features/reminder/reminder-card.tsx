import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Card, Flex, Input, Tag, Typography } from 'antd';
import { type ReactElement, useState } from 'react';
import { type Problem, ProblemError, read, write } from '../../api-client.ts';
import type { Answers } from '../../generated/api.ts';
import { instantWords } from '../clock/instant-words.ts';
import { RefusedAlert } from '../refusal/refused-alert.tsx';

type Reminders = Answers['GET /rosters/:rosterId/reminders'];
type Reminder = Reminders['items'][number];

/** Shown under a list; what came before is in the record. */
const SHOWN = 5;

function toldWords({ told }: Reminder): string {
  if (told.length === 0) return '无人可通知';
  return told.map(({ words, people }) => (people === 0 ? `${words}（空岗）` : words)).join('、');
}

function Line({ item }: { readonly item: Reminder }): ReactElement {
  return (
    <div>
      <Tag>{item.kindWords}</Tag>
      {instantWords(item.at)} {item.words}
      <Typography.Text type="secondary"> 已通知：{toldWords(item)}</Typography.Text>
    </div>
  );
}

function useNudge(rosterId: string) {
  const queries = useQueryClient();
  const [problem, setProblem] = useState<Problem | null>(null);
  const [told, setTold] = useState<number | null>(null);
  const nudge = async (words: string): Promise<void> => {
    setProblem(null);
    setTold(null);
    try {
      const given = words.trim() === '' ? {} : { words };
      const { people } = await write<Answers['POST /rosters/:rosterId/nudges']>(
        'POST',
        `/rosters/${rosterId}/nudges`,
        given,
      );
      setTold(people);
      await queries.invalidateQueries({ queryKey: ['reminders', rosterId] });
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      setProblem(error.problem);
    }
  };
  return { problem, told, nudge };
}

function NudgeForm({ rosterId }: { readonly rosterId: string }): ReactElement {
  const { problem, told, nudge } = useNudge(rosterId);
  const [words, setWords] = useState('');
  return (
    <Flex vertical gap={8}>
      <Flex wrap gap={8}>
        <Input
          aria-label="催办的话"
          placeholder="请尽快办理"
          maxLength={200}
          style={{ maxWidth: 320 }}
          value={words}
          onChange={(event) => setWords(event.target.value)}
        />
        <Button onClick={() => void nudge(words)}>催办</Button>
      </Flex>
      {told !== null && <Alert type="success" showIcon title={`已催办，通知了${told}人`} />}
      {problem !== null && <RefusedAlert problem={problem} type="warning" />}
    </Flex>
  );
}

/** 提醒与催办 of a list: what fired, who was told, and a word from above. */
export function ReminderCard({ rosterId }: { readonly rosterId: string }): ReactElement {
  const reminders = useQuery({
    queryKey: ['reminders', rosterId],
    queryFn: () => read<Reminders>(`/rosters/${rosterId}/reminders`),
  });
  const items = reminders.data?.items.slice(0, SHOWN) ?? [];
  return (
    <Card size="small" title="提醒与催办">
      <Flex vertical gap={8}>
        {items.length === 0 && <Typography.Text type="secondary">还没有提醒</Typography.Text>}
        {items.map((item) => (
          <Line key={`${item.at} ${item.kind} ${item.words}`} item={item} />
        ))}
        <NudgeForm rosterId={rosterId} />
      </Flex>
    </Card>
  );
}
