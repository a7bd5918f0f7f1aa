import { Button, Card, Flex, Form, type FormInstance, Input, Select } from 'antd';
import type { ReactElement } from 'react';
import type { MemberFacts } from '../../../domain/facts/household-facts.ts';
import {
  PERSON_CHANGE_WORDS,
  type PersonChangeKind,
  type PersonRules,
} from '../../../domain/facts/person-change.ts';
import { DateField } from '../clock/date-field.tsx';

interface PersonChangeFieldsProps {
  readonly rules: PersonRules;
  /** Members as the registry has them: who goes or is put right is chosen, not typed. */
  readonly members: readonly Pick<MemberFacts, 'personNo' | 'name' | 'idNumber' | 'relation'>[];
}

type LineProps = PersonChangeFieldsProps & { readonly line: number };

const CHANGES = ['persons', 'changes'];

function options(words: readonly string[]) {
  return words.map((value) => ({ value, label: value }));
}

/** Chooses a member; his particulars go into the line. */
function MemberSelect({ line, members }: LineProps): ReactElement {
  const form: FormInstance = Form.useFormInstance();
  const choose = (index: number): void => {
    const member = members[index];
    if (member === undefined) return;
    const { personNo, name, idNumber, relation } = member;
    for (const [key, value] of Object.entries({ personNo, name, idNumber, relation })) {
      form.setFieldValue([...CHANGES, line, key], value);
    }
  };
  return (
    <Select
      aria-label={`第${line + 1}行成员`}
      placeholder="选择本户成员"
      style={{ width: 160 }}
      options={members.map(({ name, relation }, value) => ({
        value,
        label: `${name}（${relation}）`,
      }))}
      onChange={choose}
    />
  );
}

/** One person: what happens, why, when, and who it is. */
function ChangeLine(props: LineProps): ReactElement {
  const { line, rules } = props;
  const kind = Form.useWatch<PersonChangeKind | undefined>([...CHANGES, line, 'kind']);
  const kinds = Object.keys(rules.reasons) as PersonChangeKind[];
  const reasons = kind === undefined ? [] : (rules.reasons[kind] ?? []);
  return (
    <Flex gap={8} wrap>
      <Form.Item name={[line, 'kind']} label="变更">
        <Select
          style={{ width: 110 }}
          options={kinds.map((value) => ({ value, label: PERSON_CHANGE_WORDS[value] }))}
        />
      </Form.Item>
      <Form.Item name={[line, 'reason']} label="原因">
        <Select style={{ width: 120 }} options={options(reasons)} />
      </Form.Item>
      <Form.Item name={[line, 'on']} label="变更时间">
        <DateField />
      </Form.Item>
      {kind !== undefined && kind !== 'increase' && (
        <Form.Item label="成员">
          <MemberSelect {...props} />
        </Form.Item>
      )}
      <Form.Item name={[line, 'personNo']} hidden>
        <Input />
      </Form.Item>
      <Form.Item name={[line, 'name']} label="姓名">
        <Input style={{ width: 120 }} maxLength={50} readOnly={kind === 'decrease'} />
      </Form.Item>
      <Form.Item name={[line, 'idNumber']} label="证件号码">
        <Input style={{ width: 230 }} maxLength={22} readOnly={kind === 'decrease'} />
      </Form.Item>
      <Form.Item name={[line, 'relation']} label="与户主关系">
        <Input style={{ width: 110 }} maxLength={20} readOnly={kind === 'decrease'} />
      </Form.Item>
    </Flex>
  );
}

/** 家庭成员变更情况表: one line a person, and the head where the head leaves. */
export function PersonChangeFields(props: PersonChangeFieldsProps): ReactElement {
  const { members } = props;
  return (
    <Card size="small" title="家庭成员变更">
      <Form.List name={CHANGES}>
        {(fields, { add, remove }) => (
          <Flex vertical gap={8}>
            {fields.map(({ key, name }) => (
              <Card key={key} size="small">
                <ChangeLine {...props} line={name} />
                <Button size="small" onClick={() => remove(name)}>
                  去掉
                </Button>
              </Card>
            ))}
            <Button onClick={() => add({})}>加一人</Button>
          </Flex>
        )}
      </Form.List>
      <Form.Item
        name={['persons', 'newHead']}
        label="变更后的户主（户主减少时填）"
        style={{ marginTop: 12 }}
        getValueProps={(value: { readonly name: string } | null) => ({ value: value?.name })}
        getValueFromEvent={(name: string | undefined) => {
          const member = members.find((each) => each.name === name);
          return member === undefined ? null : { name: member.name, idNumber: member.idNumber };
        }}
      >
        <Select
          allowClear
          style={{ width: 200 }}
          options={members.map(({ name, relation }) => ({
            value: name,
            label: `${name}（${relation}）`,
          }))}
        />
      </Form.Item>
    </Card>
  );
}
