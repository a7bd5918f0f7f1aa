import { Button, Flex, Tag, Typography } from 'antd';
import { type ChangeEvent, type ReactElement, useRef, useState } from 'react';
import { ProblemError, uploadFile } from '../../api-client.ts';
import { useClock } from '../clock/clock.ts';
import { drawTrainingPaper } from './training-paper.ts';

interface FileFieldProps {
  readonly value?: readonly string[];
  readonly onChange?: (hashes: readonly string[]) => void;
  readonly max?: number;
}

/** 附件: photos and scans, kept by content hash. A training instance can make one up. */
export function FileField({ value = [], onChange, max = 20 }: FileFieldProps): ReactElement {
  const input = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const training = useClock().data?.training === true;
  const add = async (files: readonly { readonly blob: Blob; readonly name: string }[]) => {
    setBusy(true);
    setProblem(null);
    try {
      const hashes: string[] = [];
      for (const { blob, name } of files) hashes.push(await uploadFile(blob, name));
      onChange?.([...new Set([...value, ...hashes])].slice(0, max));
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      setProblem(error.problem.detail);
    } finally {
      setBusy(false);
    }
  };
  const chosen = (event: ChangeEvent<HTMLInputElement>): void => {
    const files = [...(event.target.files ?? [])];
    event.target.value = '';
    void add(files.map((file) => ({ blob: file, name: file.name })));
  };
  const makeUp = async (): Promise<void> => {
    await add([{ blob: await drawTrainingPaper(), name: '演练附件.png' }]);
  };
  return (
    <Flex wrap gap={8} align="center">
      <input
        ref={input}
        type="file"
        aria-label="选择文件"
        style={{ display: 'none' }}
        multiple={max > 1}
        onChange={chosen}
      />
      <Button size="small" loading={busy} onClick={() => input.current?.click()}>
        选择文件
      </Button>
      {training && (
        <Button size="small" disabled={busy} onClick={() => void makeUp()}>
          使用演练附件
        </Button>
      )}
      {value.map((hash, index) => (
        <Tag
          key={hash}
          closable
          onClose={() => onChange?.(value.filter((other) => other !== hash))}
        >
          附件{index + 1}
        </Tag>
      ))}
      {problem !== null && <Typography.Text type="danger">{problem}</Typography.Text>}
    </Flex>
  );
}
