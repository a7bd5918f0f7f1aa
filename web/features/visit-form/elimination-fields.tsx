import { Button, Card, Checkbox, Flex, Form, Input, Select } from 'antd';
import type { ReactElement } from 'react';
import { ELIMINATION_WAY_WORDS } from '../../../domain/facts/elimination.ts';
import { DateField } from '../clock/date-field.tsx';
import { FindingFields } from './signature-fields.tsx';

const WAYS = Object.entries(ELIMINATION_WAY_WORDS).map(([value, label]) => ({ value, label }));

function choices(words: readonly string[]) {
  return words.map((value) => ({ value, label: value }));
}

/** 风险消除: the episode, what has become of its risks, and what was done for the household. */
export function EliminationFields({ risks }: { readonly risks: readonly string[] }): ReactElement {
  return (
    <Card size="small" title="风险消除信息和评估">
      <Form.Item name={['elimination', 'since']} label="认定时间（与登记系统一致）">
        <DateField />
      </Form.Item>
      <Form.Item name={['elimination', 'way']} label="风险消除方式">
        <Select allowClear options={WAYS} />
      </Form.Item>
      <Form.Item name={['elimination', 'removedRisks']} label="已稳定消除的风险（可多选）">
        <Select mode="multiple" allowClear options={choices(risks)} />
      </Form.Item>
      <FindingFields name={['elimination', 'noNewRisk']} words="没有新的风险" />
      <Form.Item name={['elimination', 'steadySince']} label="收入从何时起稳定">
        <DateField />
      </Form.Item>
      <FindingFields name={['elimination', 'incomeSteady']} words="收入持续稳定" />
      <FindingFields name={['elimination', 'spendingSettled']} words="大额刚性支出稳定解决" />
      <MeasureFields />
    </Card>
  );
}

/** 帮扶措施落实情况, one line each. */
function MeasureFields(): ReactElement {
  return (
    <Form.Item label="帮扶措施落实情况">
      <Form.List name={['elimination', 'measures']}>
        {(fields, { add, remove }) => (
          <Flex vertical gap={8}>
            {fields.map(({ key, name }, index) => (
              <Flex key={key} gap={8} align="center" wrap>
                <Form.Item name={[name, 'name']} noStyle>
                  <Input
                    aria-label={`帮扶措施${index + 1}`}
                    maxLength={100}
                    style={{ width: 220 }}
                  />
                </Form.Item>
                <Form.Item name={[name, 'done']} valuePropName="checked" noStyle>
                  <Checkbox>已落实</Checkbox>
                </Form.Item>
                <Button size="small" onClick={() => remove(name)}>
                  去掉
                </Button>
              </Flex>
            ))}
            <Button onClick={() => add({ done: false })}>加一项帮扶措施</Button>
          </Flex>
        )}
      </Form.List>
    </Form.Item>
  );
}

/** 回退（清退）: the episode that is put right, why, and who found it. */
export function ReversalFields({ causes }: { readonly causes: readonly string[] }): ReactElement {
  return (
    <Card size="small" title="回退（清退）核实">
      <Form.Item name={['reversal', 'since']} label="认定时间（与登记系统一致）">
        <DateField />
      </Form.Item>
      <Form.Item name={['reversal', 'eliminatedOn']} label="风险消除时间（未消除的不填）">
        <DateField />
      </Form.Item>
      <Form.Item name={['reversal', 'cause']} label="原因">
        <Select allowClear options={choices(causes)} />
      </Form.Item>
      <FindingFields name={['reversal', 'found']} words="经核实属实" />
    </Card>
  );
}
