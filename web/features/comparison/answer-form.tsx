import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Checkbox, Flex, Form, Input, Radio, Select, Spin } from 'antd';
import { type ReactElement, useState } from 'react';
import { plainDateAt } from '../../../domain/time/instant.ts';
import { read } from '../../api-client.ts';
import type { Answers } from '../../generated/api.ts';
import { useClock } from '../clock/clock.ts';
import { DateField } from '../clock/date-field.tsx';
import { AnswerAlert } from '../command/answer-alert.tsx';
import { useSubmission } from '../command/submission.ts';
import { RevealButton } from '../household/reveal-button.tsx';
import { ProblemAlert } from '../refusal/problem-alert.tsx';
import { AnswerSheet } from './answer-sheet.tsx';
import type { ComparisonBatch } from './comparison-batch.ts';

type Persons = Answers['GET /comparison-batches/:batchId/persons'];
type Person = Persons['items'][number];

interface AnswerFormProps {
  readonly batch: ComparisonBatch;
  readonly departments: readonly string[];
  readonly onDone: () => void;
}

interface AnswerValues {
  readonly way: 'page' | 'sheet';
  readonly department: string;
  readonly dataOn: string;
  /** 序号 of the persons. */
  readonly hits?: readonly number[];
  readonly details?: Readonly<Record<string, string | undefined>>;
}

/** One row for each person, however many households list them. */
function rowsOf(persons: readonly Person[], { hits = [], details = {} }: AnswerValues) {
  const numbers = [...new Set(persons.map(({ no }) => no))];
  return numbers.map((no) => ({ no, hit: hits.includes(no), detail: details[no] ?? '' }));
}

function PersonChoice({ persons }: { readonly persons: readonly Person[] }): ReactElement {
  const hits = Form.useWatch<readonly number[] | undefined>('hits') ?? [];
  const once = new Map(persons.map((person) => [person.no, person]));
  return (
    <>
      <Form.Item name="hits" label="有疑点的人（其余为无异常）">
        <Checkbox.Group
          options={[...once.values()].map(({ no, idNumber, name, relation }) => ({
            value: no,
            label: `${name}（${relation}，证件号码${idNumber}）`,
          }))}
        />
      </Form.Item>
      {hits.map((no) => (
        <Form.Item
          key={no}
          name={['details', String(no)]}
          label={`${once.get(no)?.name ?? ''}的疑点`}
          rules={[{ required: true, whitespace: true, message: '请写明比中了什么' }]}
        >
          <Input maxLength={500} />
        </Form.Item>
      ))}
    </>
  );
}

function PageAnswer(props: AnswerFormProps & { readonly persons: readonly Person[] }) {
  const { batch, departments, onDone, persons } = props;
  const queries = useQueryClient();
  const today = useClock().data?.now;
  const submission = useSubmission(`/comparison-batches/${batch.id}/results`);
  const [form] = Form.useForm<AnswerValues>();
  const chosen = Form.useWatch('way', form) ?? 'page';
  if (today === undefined) return <Spin />;
  const finish = async (values: AnswerValues): Promise<void> => {
    const { department, dataOn } = values;
    const answer = await submission.send({ department, dataOn, results: rowsOf(persons, values) });
    if (answer.kind === 'applied') onDone();
  };
  return (
    <Form<AnswerValues>
      form={form}
      layout="vertical"
      style={{ marginTop: 12 }}
      initialValues={{ way: 'page', department: departments[0], dataOn: plainDateAt(today) }}
      onFinish={(values) => void finish(values)}
    >
      <Form.Item name="department" label="部门">
        <Select options={departments.map((name) => ({ value: name, label: name }))} />
      </Form.Item>
      <Form.Item name="dataOn" label="数据截至日期">
        <DateField />
      </Form.Item>
      <Form.Item name="way" label="怎样反馈">
        <Radio.Group
          options={[
            { value: 'page', label: '在页面上填' },
            { value: 'sheet', label: '上传填好的表' },
          ]}
        />
      </Form.Item>
      {chosen === 'page' ? (
        <Flex vertical gap={12}>
          <PersonChoice persons={persons} />
          <AnswerAlert answer={submission.answer} />
          <Button type="primary" htmlType="submit" loading={submission.sending}>
            提交反馈
          </Button>
        </Flex>
      ) : (
        <AnswerSheet
          batchId={batch.id}
          answerOf={() => form.getFieldsValue(['department', 'dataOn'])}
          onDone={() => {
            void queries.invalidateQueries();
            onDone();
          }}
        />
      )}
    </Form>
  );
}

/** 部门反馈 of one batch: on the page, or with the sheet filled in. Whole or not at all. */
export function AnswerForm(props: AnswerFormProps): ReactElement {
  const { batch } = props;
  const [shown, setShown] = useState<'masked' | 'full'>('masked');
  const persons = useQuery({
    queryKey: ['comparison-persons', batch.id, shown],
    queryFn: () => read<Persons>(`/comparison-batches/${batch.id}/persons?idNumbers=${shown}`),
    refetchOnWindowFocus: false,
    placeholderData: keepPreviousData,
  });
  if (persons.isPending) return <Spin />;
  if (persons.isError) return <ProblemAlert error={persons.error} />;
  return (
    <>
      {shown === 'masked' && <RevealButton onReveal={() => setShown('full')} />}
      <PageAnswer {...props} persons={persons.data.items} />
    </>
  );
}
