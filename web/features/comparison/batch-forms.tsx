import { Alert, Button, Checkbox, Flex, Form, Select } from 'antd';
import type { ReactElement } from 'react';
import { isActive } from '../../../domain/kernel/state.ts';
import { plainDateAt } from '../../../domain/time/instant.ts';
import { DateField } from '../clock/date-field.tsx';
import { AnswerAlert } from '../command/answer-alert.tsx';
import type { ActionContext } from '../command/command-form.tsx';
import { useSubmission } from '../command/submission.ts';
import { ProblemAlert } from '../refusal/problem-alert.tsx';
import { caseName, caseOptions } from '../roster/roster.ts';
import { departmentsOf, resultRows, useComparisonBatches } from './comparison-batch.ts';

const COUNTY_DIGITS = 6;

/** 发出比对: one batch over all households of the county that wait. */
export function RequestComparisonForm({ detail, onDone }: ActionContext): ReactElement {
  const submission = useSubmission('/comparison-batches');
  const request = async (): Promise<void> => {
    const answer = await submission.send({
      countyCode: detail.state.unitCode.slice(0, COUNTY_DIGITS),
      procedure: detail.plan.procedure,
      title: `${detail.plan.year}年数据比对`,
    });
    if (answer.kind === 'applied') onDone();
  };
  return (
    <Flex vertical gap={12}>
      <p>将全县待比对的户一并送交：{departmentsOf(detail).join('、')}。</p>
      <AnswerAlert answer={submission.answer} nameOf={(caseId) => caseName(detail, caseId)} />
      <Button type="primary" loading={submission.sending} onClick={() => void request()}>
        发出比对
      </Button>
    </Flex>
  );
}

interface ResultValues {
  readonly batchId?: string;
  readonly department?: string;
  readonly dataOn: string;
  readonly hits?: readonly string[];
}

function ResultForm(props: { readonly context: ActionContext; readonly batchId: string }) {
  const { context, batchId } = props;
  const { detail, now, onDone } = context;
  const asked = [{ required: true, message: '请填写' }];
  const compared = detail.state.cases.filter((item) => isActive(item) && item.comparison !== null);
  const submission = useSubmission(`/comparison-batches/${batchId}/results`);
  const receive = async ({ department, dataOn, hits = [] }: ResultValues): Promise<void> => {
    const caseIds = compared.map(({ id }) => id);
    const results = await resultRows(caseIds, hits);
    const answer = await submission.send({ department, dataOn, results });
    if (answer.kind === 'applied') onDone();
  };
  return (
    <Form<ResultValues>
      layout="vertical"
      initialValues={{ dataOn: plainDateAt(now) }}
      onFinish={(values) => void receive(values)}
    >
      <Form.Item name="department" label="部门" rules={asked}>
        <Select options={departmentsOf(detail).map((name) => ({ value: name, label: name }))} />
      </Form.Item>
      <Form.Item name="dataOn" label="数据截至日期" rules={asked}>
        <DateField />
      </Form.Item>
      <Form.Item name="hits" label="有疑点的户（其余为无异常）">
        <Checkbox.Group
          options={caseOptions(detail, (item) => isActive(item) && item.comparison !== null)}
        />
      </Form.Item>
      <Flex vertical gap={12}>
        <AnswerAlert answer={submission.answer} nameOf={(caseId) => caseName(detail, caseId)} />
        <Button type="primary" htmlType="submit" loading={submission.sending}>
          提交
        </Button>
      </Flex>
    </Form>
  );
}

/** 反馈比对结果 of one department for the newest batch that still waits. */
export function ReceiveComparisonForm(context: ActionContext): ReactElement {
  const batches = useComparisonBatches();
  const { procedure } = context.detail.plan;
  const batch = batches.data?.items.find(
    (item) => item.procedure === procedure && item.waitingFor.length > 0,
  );
  return (
    <Flex vertical gap={12}>
      <ProblemAlert error={batches.error} />
      {batches.isSuccess && batch === undefined && (
        <Alert type="info" title="没有等待反馈的比对批次" />
      )}
      {batch !== undefined && (
        <>
          <p>
            {batch.title}：{batch.cases}户{batch.persons}人，还等{batch.waitingFor.join('、')}反馈。
          </p>
          <ResultForm context={context} batchId={batch.id} />
        </>
      )}
    </Flex>
  );
}
