import { Alert, Button, Form, Input, Select } from 'antd';
import { type ReactElement, useId } from 'react';
import { plainDateAt } from '../../../domain/time/instant.ts';
import { useClock } from '../clock/clock.ts';
import { DateField } from '../clock/date-field.tsx';
import { type Account, DUTY_OPTIONS, GRANT_OPTIONS, useAdministration } from './administration.ts';
import { OrganisationSelect } from './organisation-select.tsx';

interface NewGrant {
  readonly kind: string;
  readonly orgCode: string;
  readonly duty?: string;
  readonly validFrom: string;
  readonly reason: string;
}

function LentDutyField(): ReactElement | null {
  if (Form.useWatch<string | undefined>('kind') !== 'area') return null;
  return (
    <Form.Item
      name="duty"
      label="延伸哪个岗位（本人已有的）"
      rules={[{ required: true, message: '请选择岗位' }]}
    >
      <Select options={DUTY_OPTIONS} />
    </Form.Item>
  );
}

/** 授权. */
export function GrantForm({ person }: { readonly person: Account }): ReactElement | null {
  const { problem, sending, send } = useAdministration();
  const [form] = Form.useForm<NewGrant>();
  const name = useId();
  const now = useClock().data?.now;
  if (now === undefined) return null;
  const asked = [{ required: true, message: '请填写' }];
  const finish = async ({ duty, ...values }: NewGrant): Promise<void> => {
    const content = { ...values, userId: person.id, duty: duty ?? null };
    if ((await send('/grants', content)) !== null) form.resetFields();
  };
  return (
    <Form<NewGrant>
      name={name}
      form={form}
      layout="vertical"
      initialValues={{
        kind: 'proxy-entry',
        orgCode: person.orgCode,
        validFrom: plainDateAt(now),
      }}
      onFinish={(values) => void finish(values)}
    >
      <Form.Item name="kind" label="授权种类" rules={asked}>
        <Select options={GRANT_OPTIONS} />
      </Form.Item>
      <LentDutyField />
      <Form.Item name="orgCode" label="单位" rules={asked}>
        <OrganisationSelect />
      </Form.Item>
      <Form.Item name="validFrom" label="自哪一日起" rules={asked}>
        <DateField />
      </Form.Item>
      <Form.Item name="reason" label="依据或理由" rules={asked}>
        <Input maxLength={200} />
      </Form.Item>
      {problem !== null && <Alert type="error" showIcon title={problem} />}
      <Button type="primary" htmlType="submit" loading={sending} style={{ marginTop: 8 }}>
        授权
      </Button>
    </Form>
  );
}
