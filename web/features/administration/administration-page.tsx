import { Flex, Select, Spin, Tabs, Typography } from 'antd';
import { type ReactElement, useState } from 'react';
import { ProblemAlert } from '../refusal/problem-alert.tsx';
import { useAdministeredOrganisations } from './administration.ts';
import { ChangeTable } from './change-table.tsx';
import { OrganisationTable } from './organisation-table.tsx';
import { PeopleTable } from './people-table.tsx';

/** 管理: organisations and people of the administrator's area, and the record of every change. */
export function AdministrationPage(): ReactElement {
  const organisations = useAdministeredOrganisations();
  const [chosen, setChosen] = useState<string | null>(null);
  if (organisations.isPending) return <Spin />;
  if (organisations.isError) return <ProblemAlert error={organisations.error} />;
  const { items } = organisations.data;
  const org = chosen ?? items[0]?.code ?? null;
  const options = items
    .filter(({ validTo }) => validTo === null)
    .map(({ code, name }) => ({ value: code, label: `${name}（${code}）` }));
  return (
    <>
      <Typography.Title level={3}>组织与人员</Typography.Title>
      <Flex wrap gap={8} align="center" style={{ marginBottom: 12 }}>
        <Typography.Text>单位及以下：</Typography.Text>
        <Select
          aria-label="单位"
          style={{ minWidth: 240 }}
          showSearch={{ optionFilterProp: 'label' }}
          value={org}
          options={options}
          onChange={setChosen}
        />
      </Flex>
      {org !== null && (
        <Tabs
          items={[
            { key: 'people', label: '人员', children: <PeopleTable key={org} org={org} /> },
            {
              key: 'organisations',
              label: '组织',
              children: <OrganisationTable items={items} org={org} />,
            },
            { key: 'changes', label: '管理记录', children: <ChangeTable org={org} /> },
          ]}
        />
      )}
    </>
  );
}
