import { useQueryClient } from '@tanstack/react-query';
import {
  Alert,
  Button,
  Card,
  Descriptions,
  Flex,
  Form,
  Input,
  InputNumber,
  Radio,
  Select,
} from 'antd';
import { type ReactElement, useState } from 'react';
import { Link } from 'react-router';
import type { VillageSnapshot } from '../../../domain/facts/village-facts.ts';
import { indicatorsOf } from '../../../domain/guards/village-exit.ts';
import type { Plan } from '../../../domain/plan/plan.ts';
import { percentWords } from '../../../domain/plan/rule-words.ts';
import { write } from '../../api-client.ts';
import { DateField } from '../clock/date-field.tsx';
import { useAttempt } from '../command/attempt.ts';
import { FileField } from '../file/file-field.tsx';
import type { RosterDetail } from '../roster/roster.ts';
import {
  asksRelocation,
  draftOf,
  fieldsFrom,
  type KnownVillage,
  signersOf,
  type VillageFields,
} from './village-form.ts';

const MET = [
  { value: true, label: '达标' },
  { value: false, label: '未达标' },
];

const YES_NO = [
  { value: true, label: '是' },
  { value: false, label: '否' },
];

/** What the registry counts now: the numerator of the rate, and who has to leave first. */
function RegistryFacts({ registry }: { readonly registry: VillageSnapshot | null }): ReactElement {
  if (registry === null) {
    return <Alert type="warning" showIcon title="登记系统中查不到该村，请先导入含村表的花名册。" />;
  }
  const { poorPersons, poorHouseholds, openExitCases } = registry;
  const items = [
    { key: 'poor', label: '未脱贫（分子）', children: `${poorHouseholds}户${poorPersons}人` },
    {
      key: 'open',
      label: '脱贫退出没有办结',
      children: openExitCases === 0 ? '无' : `${openExitCases}户，须先办结`,
    },
  ];
  return <Descriptions size="small" column={{ xs: 1, md: 2 }} items={items} />;
}

function RateFields({ plan }: { readonly plan: Plan }): ReactElement {
  const { village } = plan.standards;
  const limit = village === undefined ? '' : `（不超过${percentWords(village.rateLimit)}）`;
  const required = [{ required: true, message: '请填写' }];
  return (
    <>
      <Form.Item name="persons" label={`贫困发生率${limit}的分母（人）`} rules={required}>
        <InputNumber min={0} max={1_000_000} precision={0} style={{ width: 150 }} />
      </Form.Item>
      <Form.Item name="definition" label="分母口径" rules={required}>
        <Select options={(village?.denominators ?? []).map((value) => ({ value, label: value }))} />
      </Form.Item>
      <Form.Item name="countedOn" label="分母的日期" rules={required}>
        <DateField />
      </Form.Item>
    </>
  );
}

function IndicatorFields({ plan }: { readonly plan: Plan }): ReactElement {
  return (
    <Card size="small" title="逐条对照（不得有缺项漏项）">
      {indicatorsOf(plan).map(({ key, name, department }) => (
        <Form.Item key={key} label={`${name}（${department}认定）`}>
          <Flex gap={8} wrap align="center">
            <Form.Item name={['met', key]} noStyle>
              <Radio.Group aria-label={name} options={MET} />
            </Form.Item>
            <Form.Item name={['words', key]} noStyle>
              <Input
                aria-label={`${name}的说明`}
                placeholder="说明"
                style={{ width: 260 }}
                maxLength={500}
              />
            </Form.Item>
          </Flex>
        </Form.Item>
      ))}
    </Card>
  );
}

function RelocationFields(): ReactElement {
  return (
    <Card size="small" title="易地扶贫搬迁">
      <Form.Item name="listed" label="列入全省整自然村搬迁范围的深度贫困村">
        <Radio.Group options={YES_NO} />
      </Form.Item>
      <Form.Item name="moved" label="已经搬迁">
        <Radio.Group options={YES_NO} />
      </Form.Item>
    </Card>
  );
}

function SignatureFields({ plan }: { readonly plan: Plan }): ReactElement {
  return (
    <Card size="small" title="签字">
      {signersOf(plan).map((role, index) => (
        <Form.Item key={role} label={`${role}签字`}>
          <Flex gap={8} wrap align="center">
            <Form.Item name={['signatures', index, 'name']} noStyle>
              <Input placeholder="姓名" aria-label={`${role}签字姓名`} style={{ width: 110 }} />
            </Form.Item>
            <Form.Item name={['signatures', index, 'on']} noStyle>
              <DateField aria-label={`${role}签字日期`} />
            </Form.Item>
            <Form.Item name={['signatures', index, 'scan']} noStyle>
              <FileField max={1} />
            </Form.Item>
          </Flex>
        </Form.Item>
      ))}
    </Card>
  );
}

interface VillageFormEditorProps {
  readonly detail: RosterDetail;
  readonly caseId: string;
  readonly known: KnownVillage;
  readonly now: number;
}

/** The form itself. Saving makes a new version; the step is closed with the newest one. */
export function VillageFormEditor(props: VillageFormEditorProps): ReactElement {
  const { detail, caseId, known, now } = props;
  const { plan } = detail;
  const queries = useQueryClient();
  const { problem, busy, attempt } = useAttempt();
  const [saved, setSaved] = useState<number | null>(null);
  const save = (fields: VillageFields): Promise<void> => {
    setSaved(null);
    return attempt(async () => {
      const path = `/cases/${caseId}/village-form`;
      const answer = await write<{ readonly version: number }>('PUT', path, draftOf(fields, plan));
      setSaved(answer.version);
      await queries.invalidateQueries({ queryKey: ['roster'] });
    });
  };
  return (
    <Form<VillageFields>
      layout="vertical"
      initialValues={fieldsFrom(known, plan, now)}
      onFinish={(fields) => void save(fields)}
      scrollToFirstError
    >
      <Flex vertical gap={12}>
        <Card size="small" title="贫困发生率">
          <RegistryFacts registry={known.registry} />
          <Form.Item
            name="filledOn"
            label="填表日期"
            rules={[{ required: true, message: '请填写' }]}
          >
            <DateField />
          </Form.Item>
          <RateFields plan={plan} />
        </Card>
        <IndicatorFields plan={plan} />
        {asksRelocation(plan) && <RelocationFields />}
        <SignatureFields plan={plan} />
        {problem !== null && <Alert type="error" showIcon title={problem.detail} />}
        {saved !== null && <Alert type="success" showIcon title={`已保存，第${saved}版`} />}
        <Flex gap={12}>
          <Button type="primary" htmlType="submit" loading={busy}>
            保存
          </Button>
          <Link to={`/rosters/${detail.id}`}>回到名单</Link>
        </Flex>
      </Flex>
    </Form>
  );
}
