import { Button, Checkbox, Flex, Form, Input, Radio, Select } from 'antd';
import type { ReactElement } from 'react';
import { type CaseState, isActive } from '../../../domain/kernel/state.ts';
import { plainDateAt } from '../../../domain/time/instant.ts';
import { DateField } from '../clock/date-field.tsx';
import { AnswerAlert } from '../command/answer-alert.tsx';
import { type ActionContext, CommandForm } from '../command/command-form.tsx';
import { EvidenceFields, type EvidenceValues, evidenceOf } from '../command/evidence-fields.tsx';
import { useSubmission } from '../command/submission.ts';
import { caseName, caseOptions, type RosterDetail } from '../roster/roster.ts';

/** Departments of the list's comparison, wherever it stands in the chain. */
function departmentsOf(detail: RosterDetail): readonly string[] {
  const step = detail.plan.steps.find(({ kind }) => kind === 'comparison');
  return step?.kind === 'comparison' ? step.departments : [];
}

function departmentOptions(detail: RosterDetail) {
  return departmentsOf(detail).map((name) => ({ value: name, label: name }));
}

const COUNTY_DIGITS = 6;

/** 发出比对: a batch of the county over all households that wait. */
export function RequestComparisonForm({ detail, onDone }: ActionContext): ReactElement {
  const submission = useSubmission('/comparison-batches');
  const request = async (): Promise<void> => {
    const answer = await submission.send({
      countyCode: detail.state.unitCode.slice(0, COUNTY_DIGITS),
      rosterIds: [detail.id],
    });
    if (answer.kind === 'applied') onDone();
  };
  return (
    <Flex vertical gap={12}>
      <p>将本名单待比对的户送交：{departmentsOf(detail).join('、')}。</p>
      <AnswerAlert answer={submission.answer} nameOf={(caseId) => caseName(detail, caseId)} />
      <Button type="primary" loading={submission.sending} onClick={() => void request()}>
        发出比对
      </Button>
    </Flex>
  );
}

interface ResultValues {
  readonly department?: string;
  readonly dataOn: string;
  readonly hits?: readonly string[];
}

/** 接收比对结果 of one department. */
export function ReceiveComparisonForm({ detail, now, onDone }: ActionContext): ReactElement {
  const compared = detail.state.cases.filter((item) => isActive(item) && item.comparison !== null);
  const submission = useSubmission(`/rosters/${detail.id}/comparison-results`);
  const receive = async ({ department, dataOn, hits = [] }: ResultValues): Promise<void> => {
    const answer = await submission.send({
      department,
      dataOn,
      results: compared.map(({ id }) => ({ caseId: id, hit: hits.includes(id) })),
    });
    if (answer.kind === 'applied') onDone();
  };
  return (
    <Form<ResultValues>
      layout="vertical"
      initialValues={{ dataOn: plainDateAt(now) }}
      onFinish={(values) => void receive(values)}
    >
      <Form.Item name="department" label="部门" rules={[{ required: true, message: '请选择部门' }]}>
        <Select options={departmentOptions(detail)} />
      </Form.Item>
      <Form.Item name="dataOn" label="数据截至日期">
        <DateField />
      </Form.Item>
      <Form.Item name="hits" label="有疑点的户（其余为无异常）">
        <Checkbox.Group
          options={caseOptions(detail, ({ id }) => compared.some((c) => c.id === id))}
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

interface HitValues {
  readonly caseId?: string;
  readonly department?: string;
  readonly words?: string;
}

function marked(item: CaseState, mark: 'hit' | 'explained'): boolean {
  return isActive(item) && (item.comparison?.marks.includes(mark) ?? false);
}

function HitFields(props: { detail: RosterDetail; mark: 'hit' | 'explained'; label: string }) {
  const { detail, mark, label } = props;
  return (
    <>
      <Form.Item name="caseId" label="户" rules={[{ required: true, message: '请选择一户' }]}>
        <Select options={caseOptions(detail, (item) => marked(item, mark))} />
      </Form.Item>
      <Form.Item name="department" label="部门" rules={[{ required: true, message: '请选择部门' }]}>
        <Select options={departmentOptions(detail)} />
      </Form.Item>
      <Form.Item name="words" label={label} rules={[{ required: true, message: '请填写' }]}>
        <Input.TextArea autoSize={{ minRows: 2 }} maxLength={1000} />
      </Form.Item>
    </>
  );
}

/** 说明疑点. */
export function ExplainHitForm(context: ActionContext): ReactElement {
  return (
    <CommandForm<HitValues & EvidenceValues>
      context={context}
      initial={{}}
      toBody={(values) => ({
        type: 'explain-hit',
        caseId: values.caseId ?? '',
        department: values.department ?? '',
        words: values.words ?? '',
        evidence: evidenceOf(values),
      })}
    >
      <HitFields detail={context.detail} mark="hit" label="情况说明" />
      <EvidenceFields step={context.step} />
    </CommandForm>
  );
}

/** 认定说明. */
export function JudgeExplanationForm(context: ActionContext): ReactElement {
  return (
    <CommandForm<HitValues & { readonly accepted: boolean }>
      context={context}
      initial={{ accepted: true }}
      toBody={(values) => ({
        type: 'judge-explanation',
        caseId: values.caseId ?? '',
        department: values.department ?? '',
        accepted: values.accepted,
        words: values.words ?? '',
      })}
    >
      <HitFields detail={context.detail} mark="explained" label="认定意见" />
      <Form.Item name="accepted" label="是否采信">
        <Radio.Group
          options={[
            { value: true, label: '采信' },
            { value: false, label: '不采信' },
          ]}
        />
      </Form.Item>
    </CommandForm>
  );
}
