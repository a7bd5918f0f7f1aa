import { Checkbox, Form, Input, Select } from 'antd';
import type { ReactElement } from 'react';
import { WITHDRAWAL_EVIDENCE } from '../../../domain/kernel/beside-evidence.ts';
import { isActive } from '../../../domain/kernel/state.ts';
import { unitWord } from '../../../domain/plan/unit-word.ts';
import { type ActionContext, CommandForm } from '../command/command-form.tsx';
import { EvidenceFields, type EvidenceValues, evidenceOf } from '../command/evidence-fields.tsx';
import { caseOptions, type RosterDetail } from '../roster/roster.ts';

interface ReasonValues {
  readonly reason?: string;
}

function ReasonField({ label = '理由' }: { readonly label?: string }): ReactElement {
  return (
    <Form.Item name="reason" label={label} rules={[{ required: true, message: '请填写' }]}>
      <Input.TextArea autoSize={{ minRows: 2 }} maxLength={500} />
    </Form.Item>
  );
}

function CasesField({ detail, label }: { detail: RosterDetail; label: string }): ReactElement {
  return (
    <Form.Item name="caseIds" label={label}>
      <Checkbox.Group options={caseOptions(detail, isActive)} />
    </Form.Item>
  );
}

/** 推进到下一环节. */
export function AdvanceForm(context: ActionContext): ReactElement {
  return (
    <CommandForm<ReasonValues>
      context={context}
      initial={{ reason: '本环节已办完' }}
      toBody={({ reason = '' }) => ({ type: 'advance', reason })}
    >
      <ReasonField label="说明" />
    </CommandForm>
  );
}

interface CasesValues extends ReasonValues {
  readonly caseIds?: readonly string[];
}

/** 分批. */
export function SplitForm(context: ActionContext): ReactElement {
  return (
    <CommandForm<CasesValues>
      context={context}
      initial={{}}
      toBody={({ caseIds = [], reason = '' }) => ({ type: 'split', caseIds, reason })}
    >
      <CasesField detail={context.detail} label={`分出哪些${unitWord(context.detail.plan)}`} />
      <ReasonField />
    </CommandForm>
  );
}

interface ReturnValues extends CasesValues {
  readonly toStep?: string;
}

/** 退回. */
export function ReturnForm(context: ActionContext): ReactElement {
  const { detail } = context;
  const earlier = detail.plan.steps.slice(0, detail.state.stepIndex);
  return (
    <CommandForm<ReturnValues>
      context={context}
      initial={{}}
      toBody={({ caseIds = [], toStep = '', reason = '' }) => ({
        type: 'return-cases',
        caseIds: caseIds.length === 0 ? null : caseIds,
        toStep,
        reason,
      })}
    >
      <CasesField detail={detail} label={`退回哪些${unitWord(detail.plan)}（不选为整个名单）`} />
      <Form.Item
        name="toStep"
        label="退回到哪个环节"
        rules={[{ required: true, message: '请选择环节' }]}
      >
        <Select options={earlier.map(({ key, name }) => ({ value: key, label: name }))} />
      </Form.Item>
      <ReasonField />
    </CommandForm>
  );
}

interface WithdrawValues extends ReasonValues, EvidenceValues {
  readonly caseId?: string;
}

/** 撤回一户. */
export function WithdrawForm(context: ActionContext): ReactElement {
  const { detail } = context;
  return (
    <CommandForm<WithdrawValues>
      context={context}
      initial={{}}
      toBody={(values) => ({
        type: 'withdraw-case',
        caseId: values.caseId ?? '',
        reason: values.reason ?? '',
        evidence: evidenceOf(values),
      })}
    >
      <Form.Item name="caseId" label="户" rules={[{ required: true, message: '请选择一户' }]}>
        <Select options={caseOptions(detail, isActive)} />
      </Form.Item>
      <ReasonField />
      <EvidenceFields of={WITHDRAWAL_EVIDENCE} />
    </CommandForm>
  );
}

interface SuspendValues extends ReasonValues {
  readonly basis?: string;
}

/** 中止. */
export function SuspendForm(context: ActionContext): ReactElement {
  return (
    <CommandForm<SuspendValues>
      context={context}
      initial={{}}
      toBody={({ reason = '', basis = '' }) => ({ type: 'suspend', reason, basis })}
    >
      <ReasonField />
      <Form.Item name="basis" label="依据" rules={[{ required: true, message: '请填写依据' }]}>
        <Input maxLength={200} />
      </Form.Item>
    </CommandForm>
  );
}

/** 恢复. */
export function ResumeForm(context: ActionContext): ReactElement {
  return (
    <CommandForm<ReasonValues>
      context={context}
      initial={{}}
      toBody={({ reason = '' }) => ({ type: 'resume', reason })}
    >
      <ReasonField />
    </CommandForm>
  );
}
