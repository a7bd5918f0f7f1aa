import { Segmented } from 'antd';
import type { ReactElement } from 'react';

interface OpenOrDoneProps {
  /** What is still to be done, and what is done. */
  readonly words: readonly [open: string, done: string];
  readonly label: string;
  readonly open: boolean;
  readonly onChange: (open: boolean) => void;
}

/** 待办、已办: which of a page's rows are shown. */
export function OpenOrDone({ words, label, open, onChange }: OpenOrDoneProps): ReactElement {
  return (
    <Segmented
      aria-label={label}
      style={{ marginBottom: 12 }}
      value={open ? 'true' : 'false'}
      onChange={(next) => onChange(next === 'true')}
      options={[
        { value: 'true', label: words[0] },
        { value: 'false', label: words[1] },
      ]}
    />
  );
}
