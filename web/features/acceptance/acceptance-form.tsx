import { Form, Input, Radio, Select } from 'antd';
import type { ReactElement } from 'react';
import { isActive } from '../../../domain/kernel/state.ts';
import { type ActionContext, CommandForm } from '../command/command-form.tsx';
import { EvidenceFields, type EvidenceValues, evidenceOf } from '../command/evidence-fields.tsx';
import { caseOptions } from '../roster/roster.ts';

interface AcceptanceValues extends EvidenceValues {
  readonly caseId?: string;
  readonly party: 'household' | 'helper';
  readonly accepted: boolean;
  readonly signer?: string;
  readonly proxyName?: string;
  readonly proxyRelation?: string;
  readonly proxyReason?: string;
}

/** 认可: one attempt by one party; 不认可 stops that case only. */
export function AcceptanceForm(context: ActionContext): ReactElement {
  const { detail, step } = context;
  const parties = step.kind === 'acceptance' ? step.parties : [];
  const cases = caseOptions(detail, (item) => isActive(item) && !item.done);
  const first = cases[0]?.value;
  return (
    <CommandForm<AcceptanceValues>
      context={context}
      initial={{
        party: parties[0]?.key ?? 'household',
        accepted: true,
        ...(first !== undefined && { caseId: first }),
      }}
      toBody={(values) => ({
        type: 'record-acceptance',
        caseId: values.caseId ?? '',
        party: values.party,
        accepted: values.accepted,
        signer: values.signer ?? '',
        ...(values.proxyName && {
          proxy: {
            name: values.proxyName,
            relation: values.proxyRelation ?? '',
            reason: values.proxyReason ?? '',
          },
        }),
        evidence: evidenceOf(values),
      })}
    >
      <Form.Item name="caseId" label="户" rules={[{ required: true, message: '请选择一户' }]}>
        <Select options={cases} />
      </Form.Item>
      <Form.Item name="party" label="由谁认可">
        <Radio.Group options={parties.map(({ key, name }) => ({ value: key, label: name }))} />
      </Form.Item>
      <Form.Item name="accepted" label="意见">
        <Radio.Group
          options={[
            { value: true, label: '认可' },
            { value: false, label: '不认可' },
          ]}
        />
      </Form.Item>
      <Form.Item name="signer" label="签字人" rules={[{ required: true, message: '请填写签字人' }]}>
        <Input maxLength={50} />
      </Form.Item>
      <Form.Item name="proxyName" label="代签人（本人签字的不填）">
        <Input maxLength={50} />
      </Form.Item>
      <Form.Item name="proxyRelation" label="代签人与本人的关系">
        <Input maxLength={50} />
      </Form.Item>
      <Form.Item name="proxyReason" label="代签原因">
        <Input maxLength={200} />
      </Form.Item>
      <EvidenceFields of={step.evidence} />
    </CommandForm>
  );
}
