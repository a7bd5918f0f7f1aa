import { Form, Input, Radio, Select } from 'antd';
import type { ReactElement } from 'react';
import { EXPLANATION_EVIDENCE } from '../../../domain/kernel/beside-evidence.ts';
import { type CaseState, isActive } from '../../../domain/kernel/state.ts';
import { type ActionContext, CommandForm } from '../command/command-form.tsx';
import { EvidenceFields, type EvidenceValues, evidenceOf } from '../command/evidence-fields.tsx';
import { caseOptions, type RosterDetail } from '../roster/roster.ts';
import { departmentsOf } from './comparison-batch.ts';
import { Explanations, HitList } from './hit-list.tsx';

function departmentOptions(detail: RosterDetail) {
  return departmentsOf(detail).map((name) => ({ value: name, label: name }));
}

interface HitValues {
  readonly caseId?: string;
  readonly department?: string;
  readonly words?: string;
}

function marked(item: CaseState, mark: 'hit' | 'explained'): boolean {
  return isActive(item) && (item.comparison?.marks.includes(mark) ?? false);
}

/** The one household and department that wait, where there is no choice. */
function onlyHit(detail: RosterDetail, mark: 'hit' | 'explained'): HitValues {
  const departments = departmentsOf(detail);
  const hits = detail.state.cases.filter(isActive).flatMap(({ id, comparison }) =>
    (comparison?.marks ?? []).flatMap((each, index) => {
      const department = departments[index];
      return each === mark && department !== undefined ? [{ caseId: id, department }] : [];
    }),
  );
  const [only, ...others] = hits;
  return only !== undefined && others.length === 0 ? only : {};
}

function HitFields(props: { detail: RosterDetail; mark: 'hit' | 'explained'; label: string }) {
  const { detail, mark, label } = props;
  return (
    <>
      <HitList detail={detail} />
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
      initial={onlyHit(context.detail, 'hit')}
      toBody={(values) => ({
        type: 'explain-hit',
        caseId: values.caseId ?? '',
        department: values.department ?? '',
        words: values.words ?? '',
        evidence: evidenceOf(values),
      })}
    >
      <HitFields detail={context.detail} mark="hit" label="情况说明" />
      <EvidenceFields of={EXPLANATION_EVIDENCE} />
    </CommandForm>
  );
}

/** 认定说明. */
export function JudgeExplanationForm(context: ActionContext): ReactElement {
  return (
    <CommandForm<HitValues & { readonly accepted: boolean }>
      context={context}
      initial={{ ...onlyHit(context.detail, 'explained'), accepted: true }}
      toBody={(values) => ({
        type: 'judge-explanation',
        caseId: values.caseId ?? '',
        department: values.department ?? '',
        accepted: values.accepted,
        words: values.words ?? '',
      })}
    >
      <Explanations detail={context.detail} />
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
