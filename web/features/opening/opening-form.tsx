import { Form, Input } from 'antd';
import type { ReactElement } from 'react';
import { plainDate, plainDateAt } from '../../../domain/time/instant.ts';
import { DateField } from '../clock/date-field.tsx';
import { localInstant } from '../clock/instant-words.ts';
import { type ActionContext, CommandForm } from '../command/command-form.tsx';
import { EvidenceFields, type EvidenceValues, evidenceOf } from '../command/evidence-fields.tsx';

interface OpeningValues extends EvidenceValues {
  readonly documentNo?: string;
  readonly documentOn: string;
  readonly opensAt?: string;
  readonly closesAt?: string;
}

const REQUIRED = [{ required: true, message: '请填写' }];

/** An instant of the form, null where the field was left empty. */
function instantOrNull(local: string | undefined): number | null {
  return localInstant(local ?? '') ?? null;
}

/** 开通功能 for every county of the list: by which document, from when, until when. */
export function OpeningForm(context: ActionContext): ReactElement {
  const { step, now } = context;
  const functions = step.kind === 'opening' ? step.functions : [];
  const last = step.kind === 'opening' ? step.closing?.deadline : undefined;
  return (
    <CommandForm<OpeningValues>
      context={context}
      initial={{ documentOn: plainDateAt(now) }}
      toBody={(values) => ({
        type: 'open-functions',
        documentNo: values.documentNo ?? '',
        documentOn: plainDate(values.documentOn),
        opensAt: instantOrNull(values.opensAt),
        closesAt: instantOrNull(values.closesAt),
        evidence: evidenceOf(values),
      })}
    >
      <p>
        开通：{functions.map(({ name }) => name).join('、')}
        {last === undefined ? '' : `；最迟开放到${last}`}
      </p>
      <Form.Item name="documentNo" label="开通文号" rules={REQUIRED}>
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item name="documentOn" label="文件日期" rules={REQUIRED}>
        <DateField />
      </Form.Item>
      <Form.Item name="opensAt" label="开放时间（不填为立即）">
        <DateField withTime />
      </Form.Item>
      <Form.Item name="closesAt" label="关闭时间（不填为规定的最后一天）">
        <DateField withTime />
      </Form.Item>
      <EvidenceFields of={step.evidence} />
    </CommandForm>
  );
}
