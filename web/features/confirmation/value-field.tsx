import { Checkbox, Flex, Input, InputNumber, Radio, Select, Typography } from 'antd';
import type { ReactElement } from 'react';
import { ATTRIBUTE_WORDS } from '../../../domain/plan/rule-words.ts';
import { DateField } from '../clock/date-field.tsx';
import type { OpenValue } from './pack.ts';

interface FieldProps {
  readonly value?: unknown;
  readonly onChange?: (value: unknown) => void;
}

const FEN_PER_YUAN = 100;

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function MoneyField({ value, onChange }: FieldProps): ReactElement {
  const fen = numberOf(value);
  return (
    <InputNumber
      aria-label="金额（元）"
      min={0}
      precision={2}
      suffix="元"
      style={{ width: 180 }}
      value={fen === null ? null : fen / FEN_PER_YUAN}
      onChange={(yuan) =>
        onChange?.(yuan === null ? undefined : Math.round(Number(yuan) * FEN_PER_YUAN))
      }
    />
  );
}

function CountField({ value, onChange }: FieldProps): ReactElement {
  return (
    <InputNumber
      aria-label="数目"
      min={1}
      precision={0}
      value={numberOf(value)}
      onChange={(count) => onChange?.(count ?? undefined)}
    />
  );
}

function FractionField({ value, onChange }: FieldProps): ReactElement {
  const part = fieldsOf(value);
  const change = (key: string) => (count: number | null) => onChange?.({ ...part, [key]: count });
  return (
    <Flex gap={8} align="center">
      <InputNumber
        aria-label="分母"
        min={1}
        precision={0}
        value={numberOf(part['denominator'])}
        onChange={change('denominator')}
      />
      分之
      <InputNumber
        aria-label="分子"
        min={1}
        precision={0}
        value={numberOf(part['numerator'])}
        onChange={change('numerator')}
      />
    </Flex>
  );
}

function PeriodField({ value, onChange }: FieldProps): ReactElement {
  const period = { unit: 'CALENDAR', countFirstDay: false, ...fieldsOf(value) };
  return (
    <Flex gap={8} wrap align="center">
      <InputNumber
        aria-label="天数值"
        min={1}
        precision={0}
        value={numberOf(fieldsOf(value)['amount'])}
        onChange={(amount) => onChange?.({ ...period, amount })}
      />
      <Radio.Group
        value={period.unit}
        options={[
          { value: 'CALENDAR', label: '自然日' },
          { value: 'WORKING', label: '工作日' },
        ]}
        onChange={({ target }) => onChange?.({ ...period, unit: target.value as string })}
      />
      <Checkbox
        checked={period.countFirstDay}
        onChange={({ target }) => onChange?.({ ...period, countFirstDay: target.checked })}
      >
        起始当日计入
      </Checkbox>
    </Flex>
  );
}

function DatesField({ value, onChange }: FieldProps): ReactElement {
  const dates = fieldsOf(value);
  const day = (key: string) => (typeof dates[key] === 'string' ? { value: dates[key] } : {});
  return (
    <Flex gap={8} wrap align="center">
      <DateField
        aria-label="自"
        {...day('from')}
        onChange={(from) => onChange?.({ ...dates, from })}
      />
      至
      <DateField aria-label="至" {...day('to')} onChange={(to) => onChange?.({ ...dates, to })} />
    </Flex>
  );
}

function IncomeCountsField({ value, onChange }: FieldProps): ReactElement {
  const counts = { dibao: false, pension: false, ...fieldsOf(value) };
  return (
    <Flex gap={8} wrap>
      <Checkbox
        checked={counts.dibao}
        onChange={({ target }) => onChange?.({ ...counts, dibao: target.checked })}
      >
        低保金计入收入
      </Checkbox>
      <Checkbox
        checked={counts.pension}
        onChange={({ target }) => onChange?.({ ...counts, pension: target.checked })}
      >
        养老金计入收入
      </Checkbox>
    </Flex>
  );
}

/** One name a line: standards keep their keys, so that forms filled in before still fit. */
function StandardsField({ value, onChange }: FieldProps): ReactElement {
  const items = Array.isArray(value) ? value.map(fieldsOf) : [];
  const change = (text: string): void => {
    const lines = text.split('\n').filter((line) => line.trim() !== '');
    onChange?.(
      lines.map((name, at) => ({ key: items[at]?.['key'] ?? `standard-${at + 1}`, name })),
    );
  };
  return (
    <Input.TextArea
      aria-label="标准，一行一条"
      autoSize={{ minRows: 3 }}
      value={items.map(({ name }) => String(name)).join('\n')}
      onChange={({ target }) => change(target.value)}
    />
  );
}

/** 指标（部门）, one a line; an indicator keeps its key. */
function IndicatorsField({ value, onChange }: FieldProps): ReactElement {
  const items = Array.isArray(value) ? value.map(fieldsOf) : [];
  const change = (text: string): void => {
    const lines = text.split('\n').filter((line) => line.trim() !== '');
    onChange?.(
      lines.map((line, at) => {
        const [, name = line, department = ''] = /^(.*)（(.*)）$/.exec(line.trim()) ?? [];
        return { key: items[at]?.['key'] ?? `indicator-${at + 1}`, name, department };
      }),
    );
  };
  return (
    <Input.TextArea
      aria-label="指标（认定部门），一行一项"
      autoSize={{ minRows: 3 }}
      value={items
        .map(({ name, department }) => `${String(name)}（${String(department)}）`)
        .join('\n')}
      onChange={({ target }) => change(target.value)}
    />
  );
}

function ChoicesField(props: FieldProps & { readonly words: Readonly<Record<string, string>> }) {
  const { value, onChange, words } = props;
  return (
    <Select
      aria-label="依次选择"
      mode="multiple"
      style={{ minWidth: 240 }}
      value={textsOf(value)}
      options={Object.entries(words).map(([key, label]) => ({ value: key, label }))}
      onChange={(keys) => onChange?.(keys)}
    />
  );
}

const GRADE_WORDS = { A: 'A级', B: 'B级', C: 'C级', D: 'D级' };

/** 值 — filled in by its kind; what comes out is the value as the rules keep it. */
export function ValueField(props: FieldProps & { readonly open: OpenValue }): ReactElement {
  const { open, value, onChange } = props;
  const field = { value, ...(onChange && { onChange }) };
  switch (open.kind) {
    case 'fen':
      return <MoneyField {...field} />;
    case 'count':
      return <CountField {...field} />;
    case 'fraction':
      return <FractionField {...field} />;
    case 'period':
      return <PeriodField {...field} />;
    case 'dates':
      return <DatesField {...field} />;
    case 'yes-no':
      return (
        <Radio.Group
          value={value}
          options={[
            { value: true, label: '是' },
            { value: false, label: '否' },
          ]}
          onChange={({ target }) => onChange?.(target.value)}
        />
      );
    case 'income-counts':
      return <IncomeCountsField {...field} />;
    case 'grades':
      return <ChoicesField {...field} words={GRADE_WORDS} />;
    case 'attributes':
      return <ChoicesField {...field} words={ATTRIBUTE_WORDS} />;
    case 'standards':
      return <StandardsField {...field} />;
    case 'indicators':
      return <IndicatorsField {...field} />;
    case 'names':
      return (
        <Select
          aria-label="名称，逐个填写"
          mode="tags"
          style={{ minWidth: 240 }}
          tokenSeparators={['、', '，', ',']}
          value={textsOf(value)}
          onChange={(names) => onChange?.(names)}
        />
      );
    case 'order':
      return <Typography.Text>{open.words}</Typography.Text>;
  }
}
