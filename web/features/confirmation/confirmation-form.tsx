import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Drawer, Flex, Form, Input, Typography } from 'antd';
import { type ReactElement, useState } from 'react';
import { valueWords } from '../../../domain/plan/value-words.ts';
import { plainDateAt } from '../../../domain/time/instant.ts';
import { type Problem, ProblemError, write } from '../../api-client.ts';
import { useClock } from '../clock/clock.ts';
import { DateField } from '../clock/date-field.tsx';
import type { OpenValue, Pack } from './pack.ts';
import { ValueField } from './value-field.tsx';

interface ConfirmationWish {
  readonly value: unknown;
  readonly documentNo: string;
  readonly documentOn: string;
}

interface ConfirmationFormProps {
  readonly pack: Pack;
  readonly open: OpenValue;
  /** Where the value will rule. */
  readonly areaCode: string;
  readonly onDone: () => void;
}

function useConfirming({ pack, open, areaCode, onDone }: ConfirmationFormProps) {
  const queries = useQueryClient();
  const [problem, setProblem] = useState<Problem | null>(null);
  const [sending, setSending] = useState(false);
  const confirm = async (wish: ConfirmationWish): Promise<void> => {
    setSending(true);
    setProblem(null);
    try {
      const content = { ...wish, areaCode, path: open.path };
      await write('POST', `/packs/${pack.id}/confirmations`, content);
      await queries.invalidateQueries();
      onDone();
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      setProblem(error.problem);
    } finally {
      setSending(false);
    }
  };
  return { problem, sending, confirm };
}

/** 建议的出处, in the words of the text. */
export function SourceWords({ open }: { readonly open: OpenValue }): ReactElement {
  const { clause } = open;
  if (clause === null) return <Typography.Text type="secondary">没有出处</Typography.Text>;
  return (
    <Typography.Text type="secondary" style={{ fontSize: 13 }}>
      {clause.document}，{clause.article}：“{clause.quote}”
    </Typography.Text>
  );
}

function ConfirmationForm(props: ConfirmationFormProps & { readonly today: string }) {
  const { open, today } = props;
  const { problem, sending, confirm } = useConfirming(props);
  const asked = [{ required: true, message: '请填写' }];
  return (
    <Form<ConfirmationWish>
      layout="vertical"
      initialValues={{ value: open.suggested ?? undefined, documentOn: today }}
      onFinish={(wish) => void confirm(wish)}
    >
      <Typography.Paragraph>
        建议：{valueWords(open.kind, open.suggested)}
        <br />
        <SourceWords open={open} />
      </Typography.Paragraph>
      <Form.Item name="value" label="核定为" rules={asked}>
        <ValueField open={open} />
      </Form.Item>
      <Form.Item name="documentNo" label="核定文件的文号" rules={asked}>
        <Input maxLength={100} placeholder="例如：镇扶组办〔2020〕5号" />
      </Form.Item>
      <Form.Item name="documentOn" label="文件日期" rules={asked}>
        <DateField />
      </Form.Item>
      <Flex vertical gap={12}>
        {problem !== null && (
          <Alert type="error" showIcon title={problem.title} description={problem.detail} />
        )}
        <Typography.Text type="secondary">
          核定后，新发起的名单按此办理；已发起的名单仍按原来的规则，须另行更换。
        </Typography.Text>
        <Button type="primary" htmlType="submit" loading={sending}>
          核定
        </Button>
      </Flex>
    </Form>
  );
}

interface ConfirmationDrawerProps extends Omit<ConfirmationFormProps, 'open'> {
  readonly open: OpenValue | null;
}

/** 核定 of one value, with the document that says it. */
export function ConfirmationDrawer(props: ConfirmationDrawerProps): ReactElement {
  const { open, onDone } = props;
  const now = useClock().data?.now;
  return (
    <Drawer
      title={open === null ? '' : `核定：${open.words}`}
      open={open !== null}
      onClose={onDone}
      size="large"
      destroyOnHidden
      styles={{ wrapper: { maxWidth: '100vw' } }}
    >
      {open !== null && now !== undefined && (
        <ConfirmationForm key={open.path} {...props} open={open} today={plainDateAt(now)} />
      )}
    </Drawer>
  );
}
