import { Card, List } from 'antd';
import type { ReactElement } from 'react';
import type { Objection } from '../../../domain/kernel/state.ts';
import { unitWord } from '../../../domain/plan/unit-word.ts';
import { instantWords } from '../clock/instant-words.ts';
import { type HistoryEvent, useHistory } from '../history/history.ts';
import { caseTitle, type RosterDetail } from '../roster/roster.ts';

const DISPOSAL_WORDS = { upheld: '异议成立', rejected: '异议不成立' } as const;

/** What an objection is about, in one phrase. */
export function objectionWords(objection: Objection, detail: RosterDetail): string {
  if (objection.kind === 'unlisted') return `反映漏评的${unitWord(detail.plan)}`;
  if (objection.caseId === null) return '对整个名单的异议';
  return `对${caseTitle(detail, objection.caseId)}的异议`;
}

/** 异议内容 as it was raised; that of a list from which this one was split stands there. */
function saidOf({ id }: Objection, history: readonly HistoryEvent[]): string {
  const raised = history.flatMap(({ body }) =>
    body.type === 'objection-raised' && body.objection.id === id ? [body.words] : [],
  );
  return raised.map((words) => `。内容：${words}`).join('');
}

/** 异议 of the list. Nothing where there is none. */
export function ObjectionList({ detail }: { readonly detail: RosterDetail }): ReactElement | null {
  const { objections } = detail.state;
  const history = useHistory(detail.id, { enabled: objections.length > 0 }).data?.items ?? [];
  if (objections.length === 0) return null;
  return (
    <Card size="small" title="异议">
      <List
        size="small"
        dataSource={[...objections]}
        renderItem={(objection) => (
          <List.Item>
            {instantWords(objection.raisedAt)} {objectionWords(objection, detail)}
            {objection.late && '（公示期满后提出）'}：
            {objection.disposal === null ? '待调查处理' : DISPOSAL_WORDS[objection.disposal]}
            {objection.disposal === null &&
              objection.dueAt !== null &&
              `，应于${instantWords(objection.dueAt)}前处理`}
            {saidOf(objection, history)}
          </List.Item>
        )}
      />
    </Card>
  );
}
