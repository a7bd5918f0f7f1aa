import { Alert, Button, Card, Flex, Form, Input, Typography } from 'antd';
import type { ReactElement } from 'react';
import { IdentityPicker } from './identity-picker.tsx';
import { useSignIn } from './use-sign-in.ts';

interface Credentials {
  readonly name: string;
  readonly password: string;
}

/** 登录页. */
export function SignInPage(): ReactElement {
  const { problem, sending, signIn } = useSignIn();
  return (
    <main className="page" style={{ maxWidth: 460, paddingTop: 48 }}>
      <Typography.Title level={2} style={{ textAlign: 'center' }}>
        公示
      </Typography.Title>
      <Typography.Paragraph type="secondary" style={{ textAlign: 'center' }}>
        贫困户识别与退出办理系统
      </Typography.Paragraph>
      <Card>
        <Form<Credentials>
          layout="vertical"
          onFinish={({ name, password }) => void signIn(name, password)}
        >
          <Form.Item
            label="用户名"
            name="name"
            rules={[{ required: true, message: '请填写用户名' }]}
          >
            <Input autoFocus autoComplete="username" />
          </Form.Item>
          <Form.Item
            label="口令"
            name="password"
            rules={[{ required: true, message: '请填写口令' }]}
          >
            <Input.Password autoComplete="current-password" />
          </Form.Item>
          {problem !== null && (
            <Alert type="error" showIcon title={problem} style={{ marginBottom: 16 }} />
          )}
          <Flex vertical gap={20}>
            <Button type="primary" htmlType="submit" block loading={sending}>
              登录
            </Button>
            <IdentityPicker
              busy={sending}
              onPick={(name, password) => void signIn(name, password)}
            />
          </Flex>
        </Form>
      </Card>
    </main>
  );
}
