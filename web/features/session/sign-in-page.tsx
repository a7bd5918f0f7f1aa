import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Card, Form, Input, Typography } from 'antd';
import { type ReactElement, useState } from 'react';
import { ProblemError, write } from '../../api-client.ts';

interface Credentials {
  readonly name: string;
  readonly password: string;
}

/** 登录页. */
export function SignInPage(): ReactElement {
  const queries = useQueryClient();
  const [problem, setProblem] = useState<string | null>(null);
  const [sending, setSending] = useState(false);
  const signIn = async (credentials: Credentials): Promise<void> => {
    setSending(true);
    setProblem(null);
    try {
      await write('POST', '/session', credentials);
      await queries.invalidateQueries();
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      setProblem(error.problem.detail);
    } finally {
      setSending(false);
    }
  };
  return (
    <main className="page" style={{ maxWidth: 420, paddingTop: 48 }}>
      <Typography.Title level={2} style={{ textAlign: 'center' }}>
        公示
      </Typography.Title>
      <Typography.Paragraph type="secondary" style={{ textAlign: 'center' }}>
        贫困户识别与退出办理系统
      </Typography.Paragraph>
      <Card>
        <Form<Credentials> layout="vertical" onFinish={(values) => void signIn(values)}>
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
          <Button type="primary" htmlType="submit" block loading={sending}>
            登录
          </Button>
        </Form>
      </Card>
    </main>
  );
}
