import { Form, Input, Radio, Select } from 'antd';
import type { ReactElement } from 'react';
import { INVESTIGATION_EVIDENCE } from '../../../domain/kernel/beside-evidence.ts';
import { isActive } from '../../../domain/kernel/state.ts';
import { unitWord } from '../../../domain/plan/unit-word.ts';
import { splitNames } from '../assembly/assembly-form.tsx';
import { type ActionContext, CommandForm } from '../command/command-form.tsx';
import { EvidenceFields, type EvidenceValues, evidenceOf } from '../command/evidence-fields.tsx';
import { caseOptions } from '../roster/roster.ts';
import { objectionWords } from './objection-list.tsx';

interface RaiseValues {
  readonly kind: 'case' | 'unlisted' | 'list';
  readonly caseId?: string;
  readonly subjectWords?: string;
  readonly words?: string;
  readonly channel: string;
  readonly objector?: string;
}

/** 登记异议: against a household or village, about one that was left out, or against the list itself. */
export function RaiseObjectionForm(context: ActionContext): ReactElement {
  const unit = unitWord(context.detail.plan);
  return (
    <CommandForm<RaiseValues>
      context={context}
      initial={{ kind: 'case', channel: '当面' }}
      toBody={({ kind, caseId, subjectWords, words = '', channel, objector }) => ({
        type: 'raise-objection',
        kind,
        words,
        channel,
        ...(kind === 'case' && caseId !== undefined && { caseId }),
        ...(kind === 'unlisted' && subjectWords && { subjectWords }),
        ...(objector && { objector }),
      })}
    >
      <Form.Item name="kind" label="针对什么">
        <Radio.Group
          options={[
            { value: 'case', label: `名单上的${unit}` },
            { value: 'unlisted', label: `漏评的${unit}` },
            { value: 'list', label: '评议或公示本身' },
          ]}
        />
      </Form.Item>
      <Form.Item name="caseId" label={`哪一${unit}`}>
        <Select allowClear options={caseOptions(context.detail, isActive)} />
      </Form.Item>
      <Form.Item name="subjectWords" label={unit === '村' ? '漏评的是哪个村' : '漏评的是谁'}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item
        name="words"
        label="异议内容"
        rules={[{ required: true, message: '请填写异议内容' }]}
      >
        <Input.TextArea autoSize={{ minRows: 2 }} maxLength={1000} />
      </Form.Item>
      <Form.Item name="channel" label="反映方式">
        <Select
          options={['当面', '电话', '书信', '意见箱', '网络'].map((way) => ({
            value: way,
            label: way,
          }))}
        />
      </Form.Item>
      <Form.Item name="objector" label="反映人（匿名的不填）">
        <Input maxLength={50} />
      </Form.Item>
    </CommandForm>
  );
}

interface DisposeValues extends EvidenceValues {
  readonly objectionId?: string;
  readonly result: 'upheld' | 'rejected';
  readonly words?: string;
  readonly investigators?: string;
  readonly returnTo?: string;
}

/** 处理异议: what was found, by whom. */
export function DisposeObjectionForm(context: ActionContext): ReactElement {
  const { detail } = context;
  const open = detail.state.objections.filter(({ disposal }) => disposal === null);
  const first = open[0]?.id;
  const earlier = detail.plan.steps.slice(0, detail.state.stepIndex);
  return (
    <CommandForm<DisposeValues>
      context={context}
      initial={{ result: 'rejected', ...(first !== undefined && { objectionId: first }) }}
      toBody={(values) => ({
        type: 'dispose-objection',
        objectionId: values.objectionId ?? '',
        result: values.result,
        words: values.words ?? '',
        investigators: splitNames(values.investigators),
        evidence: evidenceOf(values),
        ...(values.returnTo !== undefined && { returnTo: values.returnTo }),
      })}
    >
      <Form.Item
        name="objectionId"
        label="哪一件异议"
        rules={[{ required: true, message: '请选择异议' }]}
      >
        <Select
          options={open.map((objection) => ({
            value: objection.id,
            label: objectionWords(objection, detail),
          }))}
        />
      </Form.Item>
      <Form.Item name="result" label="调查结论">
        <Radio.Group
          options={[
            { value: 'rejected', label: '异议不成立' },
            { value: 'upheld', label: '异议成立' },
          ]}
        />
      </Form.Item>
      <Form.Item
        name="words"
        label="调查情况"
        rules={[{ required: true, message: '请填写调查情况' }]}
      >
        <Input.TextArea autoSize={{ minRows: 2 }} maxLength={1000} />
      </Form.Item>
      <Form.Item
        name="investigators"
        label="调查人（用顿号隔开）"
        rules={[{ required: true, message: '请填写调查人' }]}
      >
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="returnTo" label="异议成立的，退回到哪个环节（不退回的不选）">
        <Select
          allowClear
          options={earlier.map(({ key, name }) => ({ value: key, label: name }))}
        />
      </Form.Item>
      <EvidenceFields of={INVESTIGATION_EVIDENCE} />
    </CommandForm>
  );
}
