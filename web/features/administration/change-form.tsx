import { Alert, Button, Form, Input } from 'antd';
import { type ReactElement, type ReactNode, useId } from 'react';
import { plainDateAt } from '../../../domain/time/instant.ts';
import { useClock } from '../clock/clock.ts';
import { DateField } from '../clock/date-field.tsx';
import { useAdministration } from './administration.ts';

interface ChangeFormProps {
  /** Below /administration. */
  readonly path: string;
  /** What the button says. */
  readonly words: string;
  readonly danger?: boolean;
  /** Whether the change counts from a day. */
  readonly dated?: boolean;
  readonly toBody?: (values: Readonly<Record<string, unknown>>) => object;
  readonly onDone?: () => void;
  /** Fields beside day and reason. */
  readonly children?: ReactNode;
}

/** 变更 — one administrative act with its day and reason; both are kept in the record of changes. */
export function ChangeForm(props: ChangeFormProps): ReactElement | null {
  const { path, words, danger = false, dated = true, toBody, onDone, children } = props;
  const { problem, sending, send } = useAdministration();
  const [form] = Form.useForm<Readonly<Record<string, unknown>>>();
  const name = useId();
  const now = useClock().data?.now;
  if (now === undefined) return null;
  const asked = [{ required: true, message: '请填写' }];
  const finish = async (values: Readonly<Record<string, unknown>>): Promise<void> => {
    if ((await send(path, toBody?.(values) ?? values)) === null) return;
    form.resetFields();
    onDone?.();
  };
  return (
    <Form
      name={name}
      form={form}
      layout="vertical"
      initialValues={dated ? { on: plainDateAt(now) } : {}}
      onFinish={(values) => void finish(values)}
    >
      {children}
      {dated && (
        <Form.Item name="on" label="自哪一日起（今天或以前）" rules={asked}>
          <DateField />
        </Form.Item>
      )}
      <Form.Item name="reason" label="依据或理由" rules={asked}>
        <Input maxLength={200} />
      </Form.Item>
      {problem !== null && (
        <Alert type="error" showIcon title={problem} style={{ marginBottom: 8 }} />
      )}
      <Button htmlType="submit" danger={danger} loading={sending}>
        {words}
      </Button>
    </Form>
  );
}
