import { Card, Form, Select } from 'antd';
import type { ReactElement } from 'react';
import { MONITORING_CLASS_WORDS } from '../../../domain/facts/monitoring.ts';
import type { MonitoringStandards } from '../../../domain/plan/plan.ts';
import { DateField } from '../clock/date-field.tsx';
import { FindingFields, SignatureFieldset } from './signature-fields.tsx';

function choices(words: readonly string[]) {
  return words.map((value) => ({ value, label: value }));
}

/** 监测对象信息: class, clue and risks of the place's lists, and what a person found of the spending. */
export function MonitoringFields({
  standards,
  isAuthorised,
}: {
  readonly standards: MonitoringStandards;
  /** Whether the place asks for the household's 承诺授权书. */
  readonly isAuthorised: boolean;
}): ReactElement {
  const classes = Object.entries(MONITORING_CLASS_WORDS)
    .filter(([, label]) => standards.classes.includes(label))
    .map(([value, label]) => ({ value, label }));
  return (
    <Card size="small" title="监测对象信息">
      <Form.Item name={['monitoring', 'class']} label="监测对象类别">
        <Select allowClear options={classes} />
      </Form.Item>
      <Form.Item name={['monitoring', 'channel']} label="发现途径">
        <Select allowClear options={choices(standards.channels)} />
      </Form.Item>
      <Form.Item name={['monitoring', 'foundOn']} label="发现线索的日期">
        <DateField />
      </Form.Item>
      <Form.Item name={['monitoring', 'risks']} label="返贫（致贫）风险（可多选）">
        <Select mode="multiple" allowClear options={choices(standards.risks)} />
      </Form.Item>
      <FindingFields
        name={['monitoring', 'hardship']}
        words="刚性支出明显超过上年度收入，或收入大幅缩减"
      />
      {isAuthorised && (
        <SignatureFieldset
          path={['monitoring', 'authorisation']}
          words="承诺授权书签字（没有授权的不得比对财产）"
        />
      )}
    </Card>
  );
}
