import { Form, Input } from 'antd';
import type { ReactElement } from 'react';
import { DateField } from '../clock/date-field.tsx';

/** 文号 and 文件日期 of the document by which an act is done. */
export function DocumentFields(): ReactElement {
  return (
    <>
      <Form.Item name="documentNo" label="文号" rules={[{ required: true, message: '请填写文号' }]}>
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item
        name="documentOn"
        label="文件日期"
        rules={[{ required: true, message: '请填写文件日期' }]}
      >
        <DateField />
      </Form.Item>
    </>
  );
}
