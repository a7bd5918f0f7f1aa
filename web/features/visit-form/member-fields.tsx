import { AutoComplete, Button, Card, Checkbox, Flex, Form, Input, Select } from 'antd';
import type { ReactElement } from 'react';
import { checkIdNumber } from '../../../domain/household/id-number.ts';
import { LABOUR_SKILLS } from '../../../domain/household/labour.ts';
import { isMaskedIdNumber } from '../../../domain/household/masked-id-number.ts';
import { emptyMember } from './visit-form.ts';

async function judgeIdNumber(_rule: unknown, text: string | undefined): Promise<void> {
  // A covered number stands for one that the record holds; the server fills it in.
  if (text !== undefined && isMaskedIdNumber(text)) return;
  const check = checkIdNumber(text ?? '');
  if (!check.ok) throw new Error(check.words);
}

const SKILLS = LABOUR_SKILLS.map((value) => ({ value, label: value }));

interface MemberFieldsProps {
  /** 劳动技能 is asked where the plan judges it. */
  readonly asksLabour: boolean;
  /** 未上学原因 that the plan admits, others may be written, too; not asked where it names none. */
  readonly outOfSchool: readonly string[];
}

/** 家庭成员, one block each; the number is checked while it is typed. */
export function MemberFields({ asksLabour, outOfSchool }: MemberFieldsProps): ReactElement {
  return (
    <Form.List name="members">
      {(fields, { add, remove }) => (
        <Flex vertical gap={8}>
          {fields.map(({ key, name }, index) => (
            <Card key={key} size="small">
              <Form.Item name={[name, 'personNo']} hidden>
                <Input />
              </Form.Item>
              <Flex gap={8} wrap>
                <Form.Item
                  name={[name, 'name']}
                  label={`成员${index + 1}姓名`}
                  rules={[{ required: true, message: '请填写姓名' }]}
                >
                  <Input style={{ width: 120 }} maxLength={50} />
                </Form.Item>
                <Form.Item
                  name={[name, 'idNumber']}
                  label="证件号码"
                  rules={[{ validator: judgeIdNumber }]}
                >
                  <Input style={{ width: 230 }} maxLength={22} />
                </Form.Item>
                <Form.Item
                  name={[name, 'relation']}
                  label="与户主关系"
                  rules={[{ required: true, message: '请填写关系' }]}
                >
                  <Input style={{ width: 110 }} maxLength={20} />
                </Form.Item>
                {outOfSchool.length > 0 && (
                  <Form.Item name={[name, 'outOfSchool']} label="义务教育阶段未上学原因">
                    <AutoComplete
                      allowClear
                      options={outOfSchool.map((value) => ({ value }))}
                      placeholder="在校或不在此年龄段不填"
                      maxLength={50}
                      style={{ width: 220 }}
                    />
                  </Form.Item>
                )}
                {asksLabour && (
                  <Form.Item name={[name, 'labour']} label="劳动技能">
                    <Select allowClear options={SKILLS} style={{ width: 160 }} />
                  </Form.Item>
                )}
              </Flex>
              <Flex gap="4px 16px" wrap align="center">
                {MARKS.map(([mark, words]) => (
                  <Form.Item key={mark} name={[name, mark]} valuePropName="checked" noStyle>
                    <Checkbox>{words}</Checkbox>
                  </Form.Item>
                ))}
                <Button size="small" onClick={() => remove(name)}>
                  去掉
                </Button>
              </Flex>
            </Card>
          ))}
          <Button onClick={() => add(emptyMember(fields.length === 0))}>加一名成员</Button>
        </Flex>
      )}
    </Form.List>
  );
}

const MARKS = [
  ['isHead', '户主'],
  ['onDibao', '享受低保'],
  ['destitute', '特困供养'],
  ['centrallySupported', '集中供养'],
] as const;
