import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Flex, InputNumber } from 'antd';
import { type ReactElement, useState } from 'react';
import { ProblemError, writeOnce } from '../../api-client.ts';
import { useClock } from './clock.ts';
import { DateField } from './date-field.tsx';
import { instantWords, localInstant } from './instant-words.ts';

type ClockMove =
  | { readonly to: 'instant'; readonly at: number }
  | { readonly to: 'days'; readonly days: number }
  | { readonly to: 'next-event' };

function ClockMover(): ReactElement {
  const queries = useQueryClient();
  const [days, setDays] = useState(1);
  const [local, setLocal] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const move = async (wish: ClockMove): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      await writeOnce('/clock/advance', wish);
      await queries.invalidateQueries();
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      setProblem(error.problem.detail);
    } finally {
      setBusy(false);
    }
  };
  const at = localInstant(local);
  return (
    <Flex wrap gap={8} align="center">
      <InputNumber
        aria-label="天数"
        min={1}
        max={400}
        value={days}
        onChange={(next) => setDays(next ?? 1)}
        suffix="天"
        style={{ width: 100 }}
      />
      <Button loading={busy} onClick={() => void move({ to: 'days', days })}>
        前进
      </Button>
      <DateField
        aria-label="前进到的时间"
        withTime
        value={local}
        onChange={(next) => setLocal(next ?? '')}
      />
      <Button
        loading={busy}
        disabled={at === undefined}
        onClick={() => at !== undefined && void move({ to: 'instant', at })}
      >
        前进到此时
      </Button>
      <Button loading={busy} onClick={() => void move({ to: 'next-event' })}>
        前进到下一事项
      </Button>
      {problem !== null && <span role="alert">{problem}</span>}
    </Flex>
  );
}

/** 演练 banner with the business clock; an administrator moves it. Nothing in production. */
export function ClockBanner({ movable }: { readonly movable: boolean }): ReactElement | null {
  const clock = useClock();
  if (clock.data?.training !== true) return null;
  return (
    <Alert
      className="no-print"
      type="warning"
      banner
      title={`演练 · 业务时间 ${instantWords(clock.data.now)}`}
      description={movable ? <ClockMover /> : undefined}
    />
  );
}
