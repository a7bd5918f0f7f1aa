import { Flex, Form, Input, Radio, Select } from 'antd';
import type { ReactElement } from 'react';
import { isActive } from '../../../domain/kernel/state.ts';
import type { PlanStep, VillageIndicator } from '../../../domain/plan/plan.ts';
import { plainDate, plainDateAt } from '../../../domain/time/instant.ts';
import { type ActionContext, CommandForm } from '../command/command-form.tsx';
import { DocumentFields } from '../command/document-fields.tsx';
import { EvidenceFields, type EvidenceValues, evidenceOf } from '../command/evidence-fields.tsx';
import { caseName, type RosterDetail } from '../roster/roster.ts';
import { useSession } from '../session/session.ts';

interface OpinionValue {
  readonly passed?: boolean;
  readonly words?: string;
}

interface CertificationValues extends EvidenceValues {
  readonly department?: string;
  readonly documentNo?: string;
  readonly documentOn: string;
  /** Case id → key of the indicator → what the department says. */
  readonly opinions?: Readonly<
    Record<string, Readonly<Record<string, OpinionValue | undefined>> | undefined>
  >;
}

const ANSWERS = [
  { value: true, label: '达标' },
  { value: false, label: '未达标' },
];

function indicatorsOf(step: PlanStep): readonly VillageIndicator[] {
  return step.kind === 'certification' ? step.indicators : [];
}

/** What is said of the villages of one department’s indicators; what nobody answered is left out. */
function opinionsOf({ detail, step }: ActionContext, values: CertificationValues) {
  const own = indicatorsOf(step).filter(({ department }) => department === values.department);
  return detail.state.cases.filter(isActive).flatMap(({ id: caseId }) =>
    own.flatMap(({ key: indicator }) => {
      const { passed, words = '' } = values.opinions?.[caseId]?.[indicator] ?? {};
      return passed === undefined ? [] : [{ caseId, indicator, passed, words: words.trim() }];
    }),
  );
}

function OpinionFields({ detail, step }: { detail: RosterDetail; step: PlanStep }): ReactElement {
  const chosen = Form.useWatch<string | undefined>('department');
  const own = indicatorsOf(step).filter(({ department }) => department === chosen);
  return (
    <>
      {detail.state.cases.filter(isActive).flatMap(({ id }) =>
        own.map(({ key, name }) => {
          const label = `${caseName(detail, id)}：${name}`;
          return (
            <Form.Item key={`${id} ${key}`} label={label}>
              <Flex gap={8} wrap align="center">
                <Form.Item name={['opinions', id, key, 'passed']} noStyle>
                  <Radio.Group aria-label={label} options={ANSWERS} />
                </Form.Item>
                <Form.Item name={['opinions', id, key, 'words']} noStyle>
                  <Input
                    aria-label={`${label}的说明`}
                    placeholder="说明（未达标须写明理由）"
                    style={{ width: 260 }}
                    maxLength={500}
                  />
                </Form.Item>
              </Flex>
            </Form.Item>
          );
        }),
      )}
    </>
  );
}

/** 部门认定: one document of one department, on its own indicators, village by village. */
export function CertificationForm(context: ActionContext): ReactElement {
  const { detail, step } = context;
  const departments = [...new Set(indicatorsOf(step).map(({ department }) => department))];
  const held = useSession().data?.duties.map(({ department }) => department) ?? [];
  const own = departments.find((department) => held.includes(department)) ?? departments[0];
  return (
    <CommandForm<CertificationValues>
      context={context}
      initial={{
        ...(own !== undefined && { department: own }),
        documentOn: plainDateAt(context.now),
      }}
      toBody={(values) => ({
        type: 'certify',
        department: values.department ?? '',
        documentNo: values.documentNo ?? '',
        documentOn: plainDate(values.documentOn),
        opinions: opinionsOf(context, values),
        evidence: evidenceOf(values),
      })}
    >
      <Form.Item name="department" label="部门" rules={[{ required: true, message: '请选择部门' }]}>
        <Select options={departments.map((value) => ({ value, label: value }))} />
      </Form.Item>
      <DocumentFields />
      <OpinionFields detail={detail} step={step} />
      <EvidenceFields of={step.evidence} />
    </CommandForm>
  );
}
