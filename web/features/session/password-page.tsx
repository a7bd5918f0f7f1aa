import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Card, Form, Input, Typography } from 'antd';
import { type ReactElement, useState } from 'react';
import { ProblemError, write } from '../../api-client.ts';
import { useSession } from './session.ts';

interface PasswordValues {
  readonly old: string;
  readonly fresh: string;
  readonly again: string;
}

/** 新口令 at least as long as the server asks. */
const LENGTH_MIN = 8;

const FRESH_RULES = [{ required: true, min: LENGTH_MIN, message: `新口令至少${LENGTH_MIN}位` }];

function usePasswordChange() {
  const queries = useQueryClient();
  const [problem, setProblem] = useState<string | null>(null);
  const [isDone, setIsDone] = useState(false);
  const change = async ({ old, fresh, again }: PasswordValues): Promise<void> => {
    setProblem(null);
    if (fresh !== again) return setProblem('两次填写的新口令不一样');
    try {
      await write('PUT', '/session/password', { old, new: fresh });
      setIsDone(true);
      await queries.resetQueries();
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      setProblem(error.problem.detail);
    }
  };
  return { problem, isDone, change };
}

/** 修改口令. With a one-time password nothing else works until it is changed. */
export function PasswordPage(): ReactElement {
  const forced = useSession().data?.mustChangePassword === true;
  const { problem, isDone, change } = usePasswordChange();
  return (
    <div className="page" style={{ maxWidth: 460 }}>
      <Typography.Title level={3}>修改口令</Typography.Title>
      {forced === true && (
        <Alert type="info" showIcon title="您用的是一次性口令，请先改成自己的口令。" />
      )}
      <Card style={{ marginTop: 12 }}>
        <Form<PasswordValues> layout="vertical" onFinish={(values) => void change(values)}>
          <Form.Item
            name="old"
            label="原口令"
            rules={[{ required: true, message: '请填写原口令' }]}
          >
            <Input.Password autoComplete="current-password" />
          </Form.Item>
          <Form.Item name="fresh" label="新口令" rules={FRESH_RULES}>
            <Input.Password autoComplete="new-password" />
          </Form.Item>
          <Form.Item name="again" label="再填一次新口令" rules={FRESH_RULES}>
            <Input.Password autoComplete="new-password" />
          </Form.Item>
          {problem !== null && <Alert type="error" showIcon title={problem} />}
          {isDone && <Alert type="success" showIcon title="口令已修改，别处的登录已失效" />}
          <Button type="primary" htmlType="submit" style={{ marginTop: 12 }}>
            修改
          </Button>
        </Form>
      </Card>
    </div>
  );
}
