import { Alert, Button, Form, Input } from 'antd';
import { type ReactElement, useId, useState } from 'react';
import type { Answers } from '../../generated/api.ts';
import { useAdministration } from './administration.ts';

interface NewAccount {
  readonly signInName: string;
  readonly displayName: string;
  readonly reason: string;
}

/** 开设账号. The one-time password is shown this once. */
export function NewAccountForm({ orgCode }: { readonly orgCode: string }): ReactElement {
  const { problem, sending, send } = useAdministration();
  const [made, setMade] = useState<Answers['POST /administration/users'] | null>(null);
  const name = useId();
  const asked = [{ required: true, message: '请填写' }];
  const finish = async (values: NewAccount): Promise<void> => {
    setMade(await send<Answers['POST /administration/users']>('/users', { ...values, orgCode }));
  };
  if (made !== null) {
    return (
      <Alert
        type="success"
        showIcon
        title={`已开设账号“${made.account.signInName}”`}
        description={
          made.oneTimePassword === null
            ? '这个账号刚才已经开设，口令只显示过一次；没有记下的，请重置口令。'
            : `一次性口令：${made.oneTimePassword}（只显示这一次，请当面交给本人；首次登录须修改）。接着请任岗。`
        }
      />
    );
  }
  return (
    <Form<NewAccount> name={name} layout="vertical" onFinish={(values) => void finish(values)}>
      <Form.Item name="displayName" label="姓名" rules={asked}>
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item name="signInName" label="登录名（不含空格）" rules={asked}>
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item name="reason" label="依据或理由" rules={asked}>
        <Input maxLength={200} />
      </Form.Item>
      {problem !== null && <Alert type="error" showIcon title={problem} />}
      <Button type="primary" htmlType="submit" loading={sending} style={{ marginTop: 12 }}>
        开设
      </Button>
    </Form>
  );
}
