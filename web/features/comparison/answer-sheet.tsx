import { Alert, Button } from 'antd';
import { type ChangeEvent, type ReactElement, useRef, useState } from 'react';
import { type Problem, ProblemError, upload } from '../../api-client.ts';

interface AnswerSheetProps {
  readonly batchId: string;
  readonly answerOf: () => { readonly department: string; readonly dataOn: string };
  readonly onDone: () => void;
}

function Faults({ problem }: { readonly problem: Problem }): ReactElement {
  const missing = problem.refusals.flatMap((refusal) => refusal.missing);
  return (
    <Alert
      type="error"
      showIcon
      title={problem.detail}
      description={
        missing.length === 0 ? undefined : (
          <ul style={{ margin: 0, paddingInlineStart: 20 }}>
            {missing.map((words) => (
              <li key={words}>{words}</li>
            ))}
          </ul>
        )
      }
    />
  );
}

/** 上传填好的表: faults are told by row; with one fault nothing is kept. */
export function AnswerSheet({ batchId, answerOf, onDone }: AnswerSheetProps): ReactElement {
  const input = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const send = async (file: File): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      const { department, dataOn } = answerOf();
      const path = `/comparison-batches/${batchId}/results`;
      await upload(path, file, file.name, { department, dataOn });
      onDone();
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      setProblem(error.problem);
    } finally {
      setBusy(false);
    }
  };
  const chosen = (event: ChangeEvent<HTMLInputElement>): void => {
    const file = event.target.files?.[0];
    event.target.value = '';
    if (file !== undefined) void send(file);
  };
  return (
    <>
      <input
        ref={input}
        type="file"
        accept=".xlsx"
        aria-label="选择填好的表"
        style={{ display: 'none' }}
        onChange={chosen}
      />
      {problem !== null && <Faults problem={problem} />}
      <Button type="primary" loading={busy} onClick={() => input.current?.click()}>
        选择填好的表并提交
      </Button>
    </>
  );
}
