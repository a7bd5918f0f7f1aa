import { Form, Input, InputNumber } from 'antd';
import type { ReactElement } from 'react';
import { activeCases } from '../../../domain/kernel/state.ts';
import { NAME_LIST } from '../../../domain/kernel/steps/report.ts';
import { plainDate, plainDateAt } from '../../../domain/time/instant.ts';
import { DateField } from '../clock/date-field.tsx';
import { type ActionContext, CommandForm } from '../command/command-form.tsx';
import { EvidenceFields, type EvidenceValues, evidenceOf } from '../command/evidence-fields.tsx';

interface ReportValues extends EvidenceValues {
  readonly documentNo?: string;
  readonly documentOn: string;
  readonly why?: string;
  readonly households?: number;
}

const REQUIRED = [{ required: true, message: '请填写' }];

/** 报告 to the level above: why, how many of the county, and the names where they are asked for. */
export function ReportForm(context: ActionContext): ReactElement {
  const { detail, step, now } = context;
  const { countyCode } = detail;
  const names = { key: NAME_LIST, name: '详细人员名单', min: 1 };
  const isNamed = step.kind === 'report' && step.nameList;
  const papers = isNamed ? [...step.evidence, names] : step.evidence;
  return (
    <CommandForm<ReportValues>
      context={context}
      initial={{
        documentOn: plainDateAt(now),
        households: activeCases(detail.state).length,
      }}
      toBody={(values) => ({
        type: 'report',
        documentNo: values.documentNo ?? '',
        documentOn: plainDate(values.documentOn),
        why: values.why ?? '',
        counts: [{ countyCode, households: values.households ?? 0 }],
        evidence: evidenceOf(values),
      })}
    >
      <Form.Item name="documentNo" label="报告文号" rules={REQUIRED}>
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item name="documentOn" label="报告日期" rules={REQUIRED}>
        <DateField />
      </Form.Item>
      <Form.Item name="why" label="需要进行处理的原因" rules={REQUIRED}>
        <Input.TextArea autoSize={{ minRows: 2 }} maxLength={1000} />
      </Form.Item>
      <Form.Item name="households" label="到县统计数据（本县户数）" rules={REQUIRED}>
        <InputNumber min={0} />
      </Form.Item>
      <EvidenceFields of={papers} />
    </CommandForm>
  );
}
