import { Alert, Button, Descriptions, Flex, Form, Input, Radio } from 'antd';
import type { ReactElement } from 'react';
import { useClock } from '../clock/clock.ts';
import { DateField } from '../clock/date-field.tsx';
import { instantWords, localInstant, localText } from '../clock/instant-words.ts';
import { EntryContent } from './entry-content.tsx';
import { useHandEntry, type WorklistRow } from './worklist.ts';

interface EntryFormProps {
  readonly row: WorklistRow;
  readonly onDone: () => void;
}

interface EnterValues {
  readonly result: 'accepted' | 'refused';
  readonly registryNo?: string;
  readonly receiptNo?: string;
  readonly words?: string;
  readonly enteredAt: string;
}

/** What the system's number is called. */
function numberName({ functionKey }: WorklistRow): string {
  return functionKey === 'mark-village-exit' ? '行政村代码' : '户编号';
}

function EnterFields({ row }: { readonly row: WorklistRow }): ReactElement {
  const refused = Form.useWatch<string | undefined>('result') === 'refused';
  const asked = [{ required: true, message: '请填写' }];
  return (
    <>
      <Form.Item name="result" label="系统的答复">
        <Radio.Group
          options={[
            { value: 'accepted', label: '已录入' },
            { value: 'refused', label: '系统不接受' },
          ]}
        />
      </Form.Item>
      {refused ? (
        <Form.Item name="words" label="系统的提示（照抄）" rules={asked}>
          <Input.TextArea autoSize={{ minRows: 2 }} maxLength={500} />
        </Form.Item>
      ) : (
        <>
          <Form.Item name="registryNo" label={`系统中的${numberName(row)}`} rules={asked}>
            <Input maxLength={100} />
          </Form.Item>
          <Form.Item name="receiptNo" label="流水号或页码（没有的不填）">
            <Input maxLength={100} />
          </Form.Item>
        </>
      )}
      <Form.Item name="enteredAt" label="录入时间" rules={asked}>
        <DateField withTime />
      </Form.Item>
    </>
  );
}

function EnterForm({ row, onDone }: EntryFormProps): ReactElement | null {
  const { problem, sending, send } = useHandEntry(row, onDone);
  const now = useClock().data?.now;
  if (now === undefined) return null;
  const finish = ({ result, registryNo, receiptNo, words, enteredAt }: EnterValues) => {
    const at = Math.min(now, localInstant(enteredAt) ?? now);
    const answer =
      result === 'accepted'
        ? { result, registryNo: registryNo ?? '', receiptNo: receiptNo?.trim() || null }
        : { result, words: words ?? '' };
    return send('enter', { ...answer, enteredAt: at });
  };
  return (
    <Form<EnterValues>
      layout="vertical"
      initialValues={{ result: 'accepted', enteredAt: localText(now) }}
      onFinish={(values) => void finish(values)}
    >
      <EnterFields row={row} />
      {problem !== null && <Alert type="error" showIcon title={problem} />}
      <Button type="primary" htmlType="submit" loading={sending} style={{ marginTop: 12 }}>
        登记录入结果
      </Button>
    </Form>
  );
}

function CheckForm({ row, onDone }: EntryFormProps): ReactElement {
  const { problem, sending, send } = useHandEntry(row, onDone);
  const { entered } = row;
  const facts = [
    { key: 'result', label: '录入人登记', children: entered?.registryNo ? '已录入' : '系统不接受' },
    { key: 'no', label: numberName(row), children: entered?.registryNo ?? '—' },
    { key: 'receipt', label: '流水号或页码', children: entered?.receiptNo ?? '—' },
    { key: 'words', label: '系统提示', children: entered?.words ?? '—' },
    { key: 'at', label: '录入时间', children: instantWords(entered?.enteredAt ?? null) },
  ];
  return (
    <>
      <Descriptions size="small" bordered column={1} items={facts} />
      <Form<{ readonly words?: string }>
        layout="vertical"
        style={{ marginTop: 12 }}
        onFinish={({ words = '' }) => void send('check', { agrees: false, words })}
      >
        <Form.Item name="words" label="不一致的，写明哪里不一致">
          <Input.TextArea autoSize={{ minRows: 2 }} maxLength={500} />
        </Form.Item>
        {problem !== null && <Alert type="error" showIcon title={problem} />}
        <Flex wrap gap={12} style={{ marginTop: 12 }}>
          <Button
            type="primary"
            loading={sending}
            onClick={() => void send('check', { agrees: true, words: '' })}
          >
            查对一致
          </Button>
          <Button danger htmlType="submit" loading={sending}>
            不一致，退回录入人
          </Button>
        </Flex>
      </Form>
    </>
  );
}

/** 一户（村）的录入或复核: what to enter, and what became of it. */
export function EntryForm({ row, onDone }: EntryFormProps): ReactElement {
  return (
    <Flex vertical gap={16}>
      {row.disputes.map((words) => (
        <Alert key={words} type="warning" showIcon title={`复核退回：${words}`} />
      ))}
      <EntryContent entryId={row.entryId} />
      {row.waitsFor === 'operator' ? (
        <EnterForm row={row} onDone={onDone} />
      ) : (
        <CheckForm row={row} onDone={onDone} />
      )}
    </Flex>
  );
}
