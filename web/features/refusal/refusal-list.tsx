import { Typography } from 'antd';
import type { ReactElement } from 'react';
import type { ShownRefusal } from '../../api-client.ts';
import { instantWords } from '../clock/instant-words.ts';

interface RefusalListProps {
  readonly refusals: readonly ShownRefusal[];
  readonly nameOf?: (caseId: string) => string;
}

/** 不予办理的理由: what is wrong, under which clause, what is missing, who clears it, from when on. */
export function RefusalList({ refusals, nameOf }: RefusalListProps): ReactElement {
  return (
    <ul style={{ margin: 0, paddingInlineStart: 20 }}>
      {refusals.map((refusal) => (
        <li key={`${refusal.code}${refusal.words}`}>
          <Typography.Text>{refusal.words}</Typography.Text>
          <Typography.Text type="secondary" style={{ display: 'block', fontSize: 13 }}>
            {refusal.cases.length > 0 && nameOf !== undefined && (
              <div>涉及：{refusal.cases.map(nameOf).join('、')}</div>
            )}
            {refusal.missing.length > 0 && <div>还缺：{refusal.missing.join('、')}</div>}
            {refusal.whoClears !== null && <div>由谁解决：{refusal.whoClears}</div>}
            {refusal.earliestAt !== null && <div>最早可办：{instantWords(refusal.earliestAt)}</div>}
            {refusal.clause !== null && <div>依据：{refusal.clause}</div>}
          </Typography.Text>
        </li>
      ))}
    </ul>
  );
}
