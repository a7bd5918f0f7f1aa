import { Flex, Form, InputNumber, Typography } from 'antd';
import type { ReactElement } from 'react';
import { netIncome, perCapitaFenText } from '../../../domain/household/net-income.ts';
import type { Plan } from '../../../domain/plan/plan.ts';
import { DateField } from '../clock/date-field.tsx';
import { draftOf, type VisitFields } from './visit-form.ts';

const ITEMS: readonly (readonly [readonly string[], string])[] = [
  [['income', 'wage'], '工资性收入'],
  [['income', 'business'], '生产经营性收入'],
  [['income', 'businessCost'], '生产经营性支出'],
  [['income', 'property'], '财产性收入'],
  [['income', 'transfer', 'dibao'], '低保金'],
  [['income', 'transfer', 'pension'], '养老保险金'],
  [['income', 'transfer', 'wubao'], '五保金'],
  [['income', 'transfer', 'ecology'], '生态补偿金'],
  [['income', 'transfer', 'familyPlanning'], '计划生育金'],
  [['income', 'transfer', 'other'], '其他转移性收入'],
];

function PerCapita({ plan }: { readonly plan: Plan }): ReactElement | null {
  const form = Form.useFormInstance<VisitFields>();
  const income = Form.useWatch('income', form);
  const members = Form.useWatch('members', form);
  if (income === undefined || members === undefined || members.length === 0) return null;
  const draft = draftOf({ ...form.getFieldsValue(true), income, members }, plan);
  const net = netIncome(draft.income, plan.standards.incomeCounts);
  return (
    <Typography.Paragraph strong>
      人均纯收入：{perCapitaFenText(net, members.length)}
    </Typography.Paragraph>
  );
}

/** 收入项 in yuan, and what they make per head under the rules of the list. */
export function IncomeFields({ plan }: { readonly plan: Plan }): ReactElement {
  return (
    <>
      <Flex gap={12} wrap>
        <Form.Item name="incomeFrom" label="收入起算日">
          <DateField />
        </Form.Item>
        <Form.Item name="incomeTo" label="收入截止日">
          <DateField />
        </Form.Item>
      </Flex>
      <Flex gap={12} wrap>
        {ITEMS.map(([path, words]) => (
          <Form.Item
            key={words}
            name={[...path]}
            label={words}
            rules={[{ required: true, message: '没有的填0' }]}
          >
            <InputNumber min={0} precision={2} style={{ width: 160 }} />
          </Form.Item>
        ))}
      </Flex>
      <PerCapita plan={plan} />
    </>
  );
}
