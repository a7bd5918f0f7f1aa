import { Form, Input } from 'antd';
import type { ReactElement } from 'react';
import { unitWord } from '../../../domain/plan/unit-word.ts';
import { type ActionContext, CommandForm } from '../command/command-form.tsx';
import { EvidenceFields, type EvidenceValues, evidenceOf } from '../command/evidence-fields.tsx';
import { caseName } from '../roster/roster.ts';

interface InspectionValues extends EvidenceValues {
  readonly problems?: Readonly<Record<string, string | undefined>>;
}

/** 检查: a finding is recorded and flagged; the label stays. */
export function InspectionForm(context: ActionContext): ReactElement {
  const { detail, step } = context;
  const looked = detail.state.cases.filter(
    ({ status }) => status === 'on-list' || status === 'closed',
  );
  return (
    <CommandForm<InspectionValues>
      context={context}
      initial={{}}
      toBody={(values) => ({
        type: 'inspect',
        findings: looked.map(({ id }) => {
          const words = values.problems?.[id]?.trim() ?? '';
          return { caseId: id, problem: words !== '', words: words || '未发现问题' };
        }),
        evidence: evidenceOf(values),
      })}
    >
      <p>发现问题的{unitWord(detail.plan)}，写明问题；没有问题的不填。</p>
      {looked.map(({ id }) => (
        <Form.Item key={id} name={['problems', id]} label={caseName(detail, id)}>
          <Input maxLength={500} placeholder="未发现问题" />
        </Form.Item>
      ))}
      <EvidenceFields of={step.evidence} />
    </CommandForm>
  );
}
