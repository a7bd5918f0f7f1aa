import { Button, Flex, Form, Input, Radio } from 'antd';
import type { ReactElement } from 'react';
import { DateField } from '../clock/date-field.tsx';
import { FileField } from '../file/file-field.tsx';

interface SignatureFieldsetProps {
  readonly path: readonly (string | number)[];
  readonly words: string;
}

/** 签字: who, as what, when, and the scan. */
export function SignatureFieldset({ path, words }: SignatureFieldsetProps): ReactElement {
  return (
    <Form.Item label={words}>
      <Flex gap={8} wrap align="center">
        <Form.Item name={[...path, 'name']} noStyle>
          <Input placeholder="姓名" aria-label={`${words}姓名`} style={{ width: 110 }} />
        </Form.Item>
        <Form.Item name={[...path, 'role']} noStyle>
          <Input placeholder="身份" aria-label={`${words}身份`} style={{ width: 140 }} />
        </Form.Item>
        <Form.Item name={[...path, 'on']} noStyle>
          <DateField aria-label={`${words}日期`} />
        </Form.Item>
        <Form.Item name={[...path, 'scan']} noStyle>
          <FileField max={1} />
        </Form.Item>
      </Flex>
    </Form.Item>
  );
}

/** 走访人签字, as many as there were visitors. */
export function VisitorFields(): ReactElement {
  return (
    <Form.List name="visitors">
      {(fields, { add, remove }) => (
        <>
          {fields.map(({ key, name }, index) => (
            <Flex key={key} gap={8} align="center" wrap>
              <SignatureFieldset path={[name]} words={`走访人${index + 1}签字`} />
              {fields.length > 1 && <Button onClick={() => remove(name)}>去掉</Button>}
            </Flex>
          ))}
          <Button onClick={() => add({})} style={{ marginBottom: 12 }}>
            加一名走访人
          </Button>
        </>
      )}
    </Form.List>
  );
}

interface FindingFieldsProps {
  readonly name: 'stableIncome' | 'helpEffective' | 'graveCause' | readonly string[];
  readonly words: string;
}

/** 研判: a named person's judgement with its reason. */
export function FindingFields({ name, words }: FindingFieldsProps): ReactElement {
  const path = typeof name === 'string' ? [name] : [...name];
  return (
    <Form.Item label={words}>
      <Flex gap={8} wrap align="center">
        <Form.Item name={[...path, 'holds']} noStyle>
          <Radio.Group
            options={[
              { value: true, label: '是' },
              { value: false, label: '否' },
            ]}
          />
        </Form.Item>
        <Form.Item name={[...path, 'signer']} noStyle>
          <Input placeholder="研判人" aria-label={`${words}研判人`} style={{ width: 110 }} />
        </Form.Item>
        <Form.Item name={[...path, 'reason']} noStyle>
          <Input placeholder="理由" aria-label={`${words}理由`} style={{ width: 260 }} />
        </Form.Item>
      </Flex>
    </Form.Item>
  );
}
