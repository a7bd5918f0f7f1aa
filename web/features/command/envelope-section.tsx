import { useQuery } from '@tanstack/react-query';
import { Alert, Checkbox, Form, Input, Select, Typography } from 'antd';
import type { ReactElement } from 'react';
import type { PlanStep } from '../../../domain/plan/plan.ts';
import { unitWord } from '../../../domain/plan/unit-word.ts';
import { plainDateAt } from '../../../domain/time/instant.ts';
import { read } from '../../api-client.ts';
import type { Answers } from '../../generated/api.ts';
import { DateField } from '../clock/date-field.tsx';
import { FileField } from '../file/file-field.tsx';
import type { RosterDetail } from '../roster/roster.ts';
import { LateFields } from './late-fields.tsx';

function ProxyFields({ rosterId, today }: { rosterId: string; today: string }): ReactElement {
  const signers = useQuery({
    queryKey: ['signers', rosterId],
    queryFn: () => read<Answers['GET /rosters/:rosterId/signers']>(`/rosters/${rosterId}/signers`),
    staleTime: 300_000,
  });
  const signer = Form.useWatch<string | undefined>(['envelope', 'signerId']);
  const asked = [{ required: signer !== undefined, message: '请填写' }];
  return (
    <>
      <Typography.Text strong>代录</Typography.Text>
      {signers.data?.granted === false ? (
        <Alert
          type="info"
          style={{ margin: '8px 0 16px' }}
          title="您没有这个单位的代录授权。签字人不能上网的，请管理员授权后由您代录。"
        />
      ) : (
        <>
          <Form.Item name={['envelope', 'signerId']} label="纸质材料的签字人（本人办理的不选）">
            <Select
              allowClear
              showSearch={{ optionFilterProp: 'label' }}
              loading={signers.isPending}
              options={(signers.data?.items ?? []).map(({ userId, name, words }) => ({
                value: userId,
                label: `${name}（${words}）`,
              }))}
            />
          </Form.Item>
          <Form.Item
            name={['envelope', 'paperOn']}
            label="纸质材料的日期"
            initialValue={today}
            rules={asked}
          >
            <DateField />
          </Form.Item>
          <Form.Item name={['envelope', 'paperScan']} label="纸质材料扫描件" rules={asked}>
            <FileField max={1} />
          </Form.Item>
        </>
      )}
    </>
  );
}

interface EnvelopeSectionProps {
  readonly step: PlanStep;
  readonly detail: RosterDetail;
  readonly now: number;
}

/** 分批、补登、代录 and the reasons for departing from what a text calls 原则上. */
export function EnvelopeSection({ step, detail, now }: EnvelopeSectionProps): ReactElement {
  const excused = step.guards.filter(({ mode }) => mode === 'warn-with-reason');
  return (
    <>
      {excused.map(({ id, clauseId }) => (
        <Form.Item
          key={id}
          name={['envelope', 'reasons', id]}
          label={`如与“${detail.plan.clauses[clauseId]?.quote ?? '原则上的要求'}”不一致，说明理由`}
        >
          <Input.TextArea autoSize maxLength={500} />
        </Form.Item>
      ))}
      <Form.Item name={['envelope', 'leaveBehind']} valuePropName="checked">
        <Checkbox>不符合条件的{unitWord(detail.plan)}留下，另成一批，其余的先办</Checkbox>
      </Form.Item>
      <LateFields what={step.name} />
      <ProxyFields rosterId={detail.id} today={plainDateAt(now)} />
    </>
  );
}
