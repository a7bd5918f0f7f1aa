import { Alert, Button, Form, Input, Modal, Segmented, Typography } from 'antd';
import { type ReactElement, useState } from 'react';
import { Link } from 'react-router';
import { instantWords } from '../clock/instant-words.ts';
import { FileField } from '../file/file-field.tsx';
import { ProblemAlert } from '../refusal/problem-alert.tsx';
import { RowTable } from '../table/row-table.tsx';
import { PAGE_SIZE, type Remedy, useFinishRemedy, useRemedies } from './remedy.ts';

interface FinishValues {
  readonly outcome: string;
  readonly proofs?: readonly string[];
}

function FinishDialog({
  remedy,
  onClose,
}: {
  readonly remedy: Remedy;
  readonly onClose: () => void;
}): ReactElement {
  const { problem, sending, finish } = useFinishRemedy(remedy.caseId, onClose);
  const [form] = Form.useForm<FinishValues>();
  return (
    <Modal
      open
      title={`${remedy.headName}户补短板办结`}
      okText="办结"
      cancelText="返回"
      confirmLoading={sending}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form<FinishValues>
        form={form}
        layout="vertical"
        onFinish={({ outcome, proofs = [] }) => void finish(outcome, proofs)}
      >
        <Form.Item
          name="outcome"
          label="补了什么、现状如何"
          rules={[{ required: true, message: '请填写' }]}
        >
          <Input.TextArea rows={3} maxLength={500} />
        </Form.Item>
        <Form.Item
          name="proofs"
          label="证明材料"
          rules={[{ required: true, message: '请附证明材料' }]}
        >
          <FileField max={5} />
        </Form.Item>
        {problem !== null && <Alert type="error" showIcon title={problem} />}
      </Form>
    </Modal>
  );
}

function columns(onFinish: (remedy: Remedy) => void) {
  return [
    { title: '村', dataIndex: 'villageName' },
    { title: '户主', dataIndex: 'headName' },
    { title: '缺什么', key: 'lacking', render: (row: Remedy) => row.lacking.join('、') || '—' },
    { title: '为什么转来', dataIndex: 'words' },
    {
      title: '期限',
      key: 'due',
      render: ({ dueAt, overdue }: Remedy) =>
        dueAt === null ? '—' : `${instantWords(dueAt)}${overdue ? '（已逾期）' : ''}`,
    },
    { title: '转来时间', key: 'opened', render: (row: Remedy) => instantWords(row.openedAt) },
    {
      title: '结果',
      key: 'outcome',
      render: (row: Remedy) =>
        row.finishedAt === null ? (
          <Button type="primary" size="small" onClick={() => onFinish(row)}>
            办结
          </Button>
        ) : (
          `${row.outcome ?? ''}（${instantWords(row.finishedAt)}）`
        ),
    },
    {
      title: '来自',
      key: 'roster',
      render: (row: Remedy) => <Link to={`/rosters/${row.rosterId}`}>名单</Link>,
    },
  ];
}

/** 补短板: households sent elsewhere by a list, with what is to be made good. */
export function RemedyPage(): ReactElement {
  const [open, setOpen] = useState(true);
  const [page, setPage] = useState(1);
  const [finishing, setFinishing] = useState<Remedy | null>(null);
  const remedies = useRemedies(open, page);
  return (
    <>
      <Typography.Title level={3}>补短板</Typography.Title>
      <Typography.Paragraph type="secondary">
        按规定不列入返贫的户，按“缺什么补什么”的原则整改补足。文件没有规定期限，应尽快办理。
      </Typography.Paragraph>
      <Segmented
        aria-label="待办或已办"
        style={{ marginBottom: 12 }}
        value={open ? 'true' : 'false'}
        onChange={(next) => {
          setOpen(next === 'true');
          setPage(1);
        }}
        options={[
          { value: 'true', label: '待办' },
          { value: 'false', label: '已办' },
        ]}
      />
      <ProblemAlert error={remedies.error} />
      <RowTable<Remedy>
        rows={remedies.data?.items ?? []}
        columns={columns(setFinishing)}
        rowKey={({ caseId }) => caseId}
        loading={remedies.isPending}
        emptyText="没有补短板事项"
        pages={{
          current: page,
          pageSize: PAGE_SIZE,
          total: remedies.data?.total ?? 0,
          onChange: setPage,
        }}
      />
      {finishing !== null && <FinishDialog remedy={finishing} onClose={() => setFinishing(null)} />}
    </>
  );
}
