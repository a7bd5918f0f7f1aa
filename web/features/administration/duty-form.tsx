import { Alert, Button, Form, Input, Select } from 'antd';
import { type ReactElement, useId } from 'react';
import { plainDateAt } from '../../../domain/time/instant.ts';
import { useClock } from '../clock/clock.ts';
import { DateField } from '../clock/date-field.tsx';
import { type Account, DUTY_OPTIONS, useAdministration } from './administration.ts';
import { OrganisationSelect } from './organisation-select.tsx';

interface NewDuty {
  readonly orgCode: string;
  readonly duty: string;
  readonly department?: string;
  readonly validFrom: string;
  readonly reason: string;
}

function DepartmentField(): ReactElement | null {
  if (Form.useWatch<string | undefined>('duty') !== 'department') return null;
  return (
    <Form.Item
      name="department"
      label="部门名称（与规则中的写法一致）"
      rules={[{ required: true, message: '请填写部门名称' }]}
    >
      <Input maxLength={100} />
    </Form.Item>
  );
}

/** 任岗. */
export function DutyForm({ person }: { readonly person: Account }): ReactElement | null {
  const { problem, sending, send } = useAdministration();
  const [form] = Form.useForm<NewDuty>();
  const name = useId();
  const now = useClock().data?.now;
  if (now === undefined) return null;
  const asked = [{ required: true, message: '请填写' }];
  const finish = async ({ department, ...values }: NewDuty): Promise<void> => {
    const content = { ...values, userId: person.id, department: department ?? null };
    if ((await send('/duties', content)) !== null) form.resetFields();
  };
  return (
    <Form<NewDuty>
      name={name}
      form={form}
      layout="vertical"
      initialValues={{ orgCode: person.orgCode, validFrom: plainDateAt(now) }}
      onFinish={(values) => void finish(values)}
    >
      <Form.Item name="orgCode" label="单位" rules={asked}>
        <OrganisationSelect />
      </Form.Item>
      <Form.Item name="duty" label="岗位" rules={asked}>
        <Select options={DUTY_OPTIONS} />
      </Form.Item>
      <DepartmentField />
      <Form.Item name="validFrom" label="自哪一日起" rules={asked}>
        <DateField />
      </Form.Item>
      <Form.Item name="reason" label="依据或理由" rules={asked}>
        <Input maxLength={200} />
      </Form.Item>
      {problem !== null && <Alert type="error" showIcon title={problem} />}
      <Button type="primary" htmlType="submit" loading={sending} style={{ marginTop: 8 }}>
        任岗
      </Button>
    </Form>
  );
}
