import { Alert, Button, Card, Drawer, Flex, Form, Input } from 'antd';
import { type ReactElement, useId, useState } from 'react';
import { LEVEL_WORDS, type OrgLevel } from '../../../domain/organisation/org-code.ts';
import { plainDateAt } from '../../../domain/time/instant.ts';
import { useClock } from '../clock/clock.ts';
import { DateField } from '../clock/date-field.tsx';
import { RowTable } from '../table/row-table.tsx';
import { type AdministeredOrganisation, useAdministration } from './administration.ts';
import { OrganisationPanel } from './organisation-panel.tsx';

const isLevel = (text: string): text is OrgLevel => Object.hasOwn(LEVEL_WORDS, text);

function columnsFor(onOpen: (code: string) => void) {
  return [
    { title: '代码', dataIndex: 'code' },
    { title: '名称', dataIndex: 'name' },
    {
      title: '层级',
      key: 'level',
      render: ({ level }: AdministeredOrganisation) => (isLevel(level) ? LEVEL_WORDS[level] : ''),
    },
    { title: '设立', dataIndex: 'validFrom' },
    {
      title: '撤销',
      key: 'to',
      render: ({ validTo, successorCode }: AdministeredOrganisation) =>
        validTo === null ? '' : `${validTo}，由${successorCode ?? '—'}承接`,
    },
    {
      title: '办理',
      key: 'act',
      render: ({ code, name, validTo }: AdministeredOrganisation) =>
        validTo === null && (
          <Button size="small" aria-label={`${name}的变更`} onClick={() => onOpen(code)}>
            变更
          </Button>
        ),
    },
  ];
}

interface NewOrganisation {
  readonly code: string;
  readonly name: string;
  readonly validFrom: string;
  readonly reason: string;
}

function NewOrganisationForm({ parentCode }: { readonly parentCode: string }): ReactElement | null {
  const { problem, sending, send } = useAdministration();
  const [form] = Form.useForm<NewOrganisation>();
  const name = useId();
  const now = useClock().data?.now;
  if (now === undefined) return null;
  const asked = [{ required: true, message: '请填写' }];
  const finish = async (values: NewOrganisation): Promise<void> => {
    const made = await send('/organisations', { ...values, parentCode });
    if (made !== null) form.resetFields();
  };
  return (
    <Form<NewOrganisation>
      name={name}
      form={form}
      layout="vertical"
      initialValues={{ validFrom: plainDateAt(now) }}
      onFinish={(values) => void finish(values)}
    >
      <Flex wrap gap="0 12px">
        <Form.Item name="code" label="区划代码" rules={asked}>
          <Input inputMode="numeric" maxLength={12} />
        </Form.Item>
        <Form.Item name="name" label="名称" rules={asked}>
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item name="validFrom" label="自哪一日起" rules={asked}>
          <DateField />
        </Form.Item>
        <Form.Item name="reason" label="依据或理由" rules={asked}>
          <Input maxLength={200} />
        </Form.Item>
      </Flex>
      {problem !== null && <Alert type="error" showIcon title={problem} />}
      <Button type="primary" htmlType="submit" loading={sending}>
        设立
      </Button>
    </Form>
  );
}

interface OrganisationTableProps {
  readonly items: readonly AdministeredOrganisation[];
  readonly org: string;
}

/** 组织: those below the chosen one; a new one is set up under it. */
export function OrganisationTable({ items, org }: OrganisationTableProps): ReactElement {
  const [openedCode, setOpenedCode] = useState<string | null>(null);
  const opened = items.find(({ code }) => code === openedCode);
  return (
    <Flex vertical gap={12}>
      <RowTable<AdministeredOrganisation>
        rows={items.filter(({ code }) => code.startsWith(org))}
        columns={columnsFor(setOpenedCode)}
        rowKey={({ code }) => code}
        pageSize={20}
      />
      <Card size="small" title="在所选单位之下设立组织">
        <NewOrganisationForm parentCode={org} />
      </Card>
      <Drawer
        title={opened === undefined ? '' : `${opened.name}的变更`}
        open={opened !== undefined}
        onClose={() => setOpenedCode(null)}
        size="large"
        destroyOnHidden
        styles={{ wrapper: { maxWidth: '100vw' } }}
      >
        {opened !== undefined && (
          <OrganisationPanel
            key={opened.code}
            organisation={opened}
            onDone={() => setOpenedCode(null)}
          />
        )}
      </Drawer>
    </Flex>
  );
}
