import { Form, Input, Modal } from 'antd';
import type { ReactElement, ReactNode } from 'react';
import { FileField } from '../file/file-field.tsx';

interface FinishValues {
  readonly outcome: string;
  readonly proofs?: readonly string[];
}

interface FinishDialogProps {
  readonly title: string;
  /** What is asked: 补了什么、现状如何. */
  readonly question: string;
  readonly busy: boolean;
  /** The refusal, as the page shows it. */
  readonly problem: ReactNode;
  readonly onFinish: (outcome: string, proofs: readonly string[]) => void;
  readonly onClose: () => void;
}

/** 办结 of a task: what was done, with its proofs. */
export function FinishDialog({
  title,
  question,
  busy,
  problem,
  onFinish,
  onClose,
}: FinishDialogProps): ReactElement {
  const [form] = Form.useForm<FinishValues>();
  return (
    <Modal
      open
      title={title}
      okText="办结"
      cancelText="返回"
      confirmLoading={busy}
      onOk={() => form.submit()}
      onCancel={onClose}
    >
      <Form<FinishValues>
        form={form}
        layout="vertical"
        onFinish={({ outcome, proofs = [] }) => onFinish(outcome, proofs)}
      >
        <Form.Item name="outcome" label={question} rules={[{ required: true, message: '请填写' }]}>
          <Input.TextArea rows={3} maxLength={500} />
        </Form.Item>
        <Form.Item
          name="proofs"
          label="证明材料"
          rules={[{ required: true, message: '请附证明材料' }]}
        >
          <FileField max={5} />
        </Form.Item>
        {problem}
      </Form>
    </Modal>
  );
}
