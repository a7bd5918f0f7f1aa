import { Form, Select, Typography } from 'antd';
import type { ReactElement } from 'react';
import { DateField } from '../clock/date-field.tsx';
import { FileField } from '../file/file-field.tsx';

/** 补登: when something was really done, and what proves it. `what` is what was done. */
export function LateFields({ what }: { readonly what: string }): ReactElement {
  const lateAt = Form.useWatch<string | undefined>(['envelope', 'lateAt']);
  const asked = [{ required: lateAt !== undefined, message: '请上传时间凭据' }];
  return (
    <>
      <Typography.Text strong>补登</Typography.Text>
      <Form.Item
        name={['envelope', 'lateAt']}
        label={`“${what}”实际办理的时间（已经办过、有凭据的才填）`}
      >
        <DateField withTime />
      </Form.Item>
      <Form.Item name={['envelope', 'lateKind']} label="时间凭据的种类" initialValue="dated-photo">
        <Select
          options={[
            { value: 'dated-photo', label: '带日期的照片' },
            { value: 'stamped-original', label: '盖章的原件' },
          ]}
        />
      </Form.Item>
      <Form.Item name={['envelope', 'lateProof']} label="时间凭据" rules={asked}>
        <FileField max={1} />
      </Form.Item>
    </>
  );
}
