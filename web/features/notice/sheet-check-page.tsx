import { Alert, Button, Flex, Form, Input, Typography } from 'antd';
import { type ReactElement, useState } from 'react';
import { Link } from 'react-router';
import { read } from '../../api-client.ts';
import { ProblemAlert } from '../refusal/problem-alert.tsx';
import type { PaperCheck } from './sheets.ts';

function CheckAnswer({ answer }: { readonly answer: PaperCheck }): ReactElement {
  const { agrees, words, rosterId } = answer;
  return (
    <Alert
      type={agrees ? 'success' : 'error'}
      title={agrees ? '一致' : '不一致'}
      description={
        <>
          <div>{words}</div>
          {rosterId !== null && <Link to={`/rosters/${rosterId}/sheet`}>看登记的表</Link>}
        </>
      }
    />
  );
}

/** 核对纸上的表: the code that a scanner reads from the paper, and what the record says of it. */
export function SheetCheckPage(): ReactElement {
  const [answer, setAnswer] = useState<PaperCheck | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const check = async (code: string): Promise<void> => {
    setAnswer(null);
    setProblem(null);
    try {
      setAnswer(await read<PaperCheck>(`/sheets/check?code=${encodeURIComponent(code)}`));
    } catch (error) {
      setProblem(error);
    }
  };
  return (
    <Flex vertical gap={12}>
      <Typography.Title level={3} style={{ margin: 0 }}>
        核对纸上的表
      </Typography.Title>
      <Form<{ code: string }> layout="vertical" onFinish={({ code }) => void check(code)}>
        <Form.Item
          name="code"
          label="扫描纸上二维码得到的文字"
          rules={[{ required: true, message: '请填写核对码' }]}
        >
          <Input.TextArea autoSize={{ minRows: 2 }} maxLength={300} />
        </Form.Item>
        <Button type="primary" htmlType="submit">
          核对
        </Button>
      </Form>
      {answer !== null && <CheckAnswer answer={answer} />}
      <ProblemAlert error={problem} />
    </Flex>
  );
}
