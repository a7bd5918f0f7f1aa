import { useQuery } from '@tanstack/react-query';
import { Alert, Checkbox, Form, Input, Modal, Select } from 'antd';
import type { ReactElement } from 'react';
import { FINDING_WORDS, type ScreeningFinding } from '../../../domain/screening/screening.ts';
import { plainDateAt } from '../../../domain/time/instant.ts';
import { read } from '../../api-client.ts';
import { useClock } from '../clock/clock.ts';
import { DateField } from '../clock/date-field.tsx';
import type { HouseholdRow } from '../roster/household.ts';
import { SignatureFieldset } from '../visit-form/signature-fields.tsx';
import { type ScreeningRules, type SheetFields, useSaveSheet } from './screening.ts';

const FINDINGS = Object.entries(FINDING_WORDS).map(([value, label]) => ({
  value: value as ScreeningFinding,
  label,
}));

const REQUIRED = [{ required: true, message: '请填写' }];

function useHouseholds(village: string) {
  return useQuery({
    queryKey: ['households', village, 'all'],
    queryFn: () =>
      read<{ readonly items: readonly HouseholdRow[] }>(`/households?village=${village}`),
  });
}

interface SheetDialogProps {
  readonly village: string;
  readonly rules: ScreeningRules;
  readonly onClose: () => void;
}

/** 入户排查表 of one household. */
export function SheetDialog({ village, rules, onClose }: SheetDialogProps): ReactElement {
  const households = useHouseholds(village);
  const clock = useClock();
  const { problem, sending, save } = useSaveSheet(rules.packId, onClose);
  const [form] = Form.useForm<SheetFields>();
  const isRemote = Form.useWatch('isRemote', form);
  const choices = (households.data?.items ?? []).map(({ id, headName, groupName }) => ({
    value: id,
    label: `${headName}（${groupName}）`,
  }));
  return (
    <Modal
      open
      title="登记一户排查"
      okText="保存"
      cancelText="返回"
      confirmLoading={sending}
      onOk={() => form.submit()}
      onCancel={onClose}
      width={720}
    >
      <Form<SheetFields>
        form={form}
        layout="vertical"
        initialValues={{
          finding: 'none',
          ...(clock.data && { screenedOn: plainDateAt(Number(clock.data.now)) }),
        }}
        onFinish={(fields) => void save(fields)}
      >
        <Form.Item name="householdId" label="户主" rules={REQUIRED}>
          <Select showSearch={{ optionFilterProp: 'label' }} options={choices} />
        </Form.Item>
        <Form.Item name="screenedOn" label="排查时间" rules={REQUIRED}>
          <DateField />
        </Form.Item>
        <SignatureFieldset path={['screener']} words="排查人签字" />
        <Form.Item name="groups" label="重点群体属性（可多选）">
          <Select
            mode="multiple"
            allowClear
            options={rules.groups.map((value) => ({ value, label: value }))}
          />
        </Form.Item>
        <Form.Item name="finding" label="排查结论" rules={REQUIRED}>
          <Select options={FINDINGS} />
        </Form.Item>
        <Form.Item name="risk" label="排查出的风险问题（有则详细描述，无则填“无”）">
          <Input.TextArea rows={2} maxLength={500} />
        </Form.Item>
        <Form.Item name="measures" label="拟采取的帮助措施（有问题则必填）">
          <Input.TextArea rows={2} maxLength={500} />
        </Form.Item>
        <Form.Item name="wantsLoan" valuePropName="checked">
          <Checkbox>有小额信贷需求</Checkbox>
        </Form.Item>
        <Form.Item name="isRemote" valuePropName="checked">
          <Checkbox>电话（微信）排查</Checkbox>
        </Form.Item>
        {isRemote === true && (
          <Form.Item name="remoteReason" label="没有实地排查的理由（重点群体必填）">
            <Input maxLength={200} />
          </Form.Item>
        )}
        <SignatureFieldset path={['householder']} words="户主签字" />
        {problem !== null && <Alert type="error" showIcon title={problem} />}
      </Form>
    </Modal>
  );
}
