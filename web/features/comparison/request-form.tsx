import { Button, Card, Form, Input, Radio } from 'antd';
import type { ReactElement } from 'react';
import type { ProcedureId } from '../../../domain/plan/plan.ts';
import { AnswerAlert } from '../command/answer-alert.tsx';
import { useSubmission } from '../command/submission.ts';
import { PROCEDURE_OPTIONS } from '../roster/household.ts';

interface RequestValues {
  readonly procedure: ProcedureId;
  readonly title: string;
}

/** 提请比对: one batch over every household of the county that waits. */
export function RequestForm({ countyCode }: { readonly countyCode: string }): ReactElement {
  const submission = useSubmission('/comparison-batches');
  return (
    <Card size="small" title="提请比对（全县待比对的户一并送交各部门）">
      <Form<RequestValues>
        layout="vertical"
        initialValues={{ procedure: 'identification', title: '数据比对' }}
        onFinish={(values) => void submission.send({ countyCode, ...values })}
      >
        <Form.Item name="procedure" label="程序">
          <Radio.Group options={PROCEDURE_OPTIONS} />
        </Form.Item>
        <Form.Item name="title" label="批次名称" rules={[{ required: true, message: '请填写' }]}>
          <Input maxLength={100} />
        </Form.Item>
        <AnswerAlert answer={submission.answer} />
        <Button
          type="primary"
          htmlType="submit"
          loading={submission.sending}
          style={{ marginTop: 8 }}
        >
          提请比对
        </Button>
      </Form>
    </Card>
  );
}
