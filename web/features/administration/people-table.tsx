import { Button, Drawer, Flex, Tag } from 'antd';
import { type ReactElement, useState } from 'react';
import { ProblemAlert } from '../refusal/problem-alert.tsx';
import { RowTable } from '../table/row-table.tsx';
import { type Account, useAccounts } from './administration.ts';
import { NewAccountForm } from './new-account-form.tsx';
import { PersonPanel } from './person-panel.tsx';

function standingWords({ disabledAt, locked, mustChangePassword }: Account): ReactElement | null {
  if (disabledAt !== null) return <Tag>已停用</Tag>;
  if (locked) return <Tag color="error">登录已锁定</Tag>;
  return mustChangePassword ? <Tag color="warning">尚未改口令</Tag> : null;
}

function columnsFor(onOpen: (userId: string) => void) {
  return [
    { title: '姓名', dataIndex: 'displayName' },
    { title: '登录名', dataIndex: 'signInName' },
    {
      title: '岗位',
      key: 'duties',
      render: ({ duties }: Account) =>
        duties
          .filter(({ validTo }) => validTo === null)
          .map(({ words, department }) => department ?? words)
          .join('、') || '—',
    },
    { title: '状态', key: 'standing', render: standingWords },
    {
      title: '办理',
      key: 'act',
      render: ({ id, displayName }: Account) => (
        <Button size="small" aria-label={`${displayName}的岗位与授权`} onClick={() => onOpen(id)}>
          岗位与授权
        </Button>
      ),
    },
  ];
}

/** 人员 of an organisation and below. */
export function PeopleTable({ org }: { readonly org: string }): ReactElement {
  const accounts = useAccounts(org);
  const [openedId, setOpenedId] = useState<string | null>(null);
  const [isAdding, setIsAdding] = useState(false);
  const items = accounts.data?.items ?? [];
  const opened = items.find(({ id }) => id === openedId);
  const close = (): void => {
    setOpenedId(null);
    setIsAdding(false);
  };
  return (
    <Flex vertical gap={12}>
      <div>
        <Button type="primary" onClick={() => setIsAdding(true)}>
          开设账号
        </Button>
      </div>
      <ProblemAlert error={accounts.error} />
      <RowTable<Account>
        rows={items}
        columns={columnsFor(setOpenedId)}
        rowKey={({ id }) => id}
        loading={accounts.isPending}
        pageSize={20}
      />
      <Drawer
        title={opened?.displayName ?? '开设账号'}
        open={opened !== undefined || isAdding}
        onClose={close}
        size="large"
        destroyOnHidden
        styles={{ wrapper: { maxWidth: '100vw' } }}
      >
        {opened !== undefined && <PersonPanel person={opened} />}
        {isAdding && <NewAccountForm orgCode={org} />}
      </Drawer>
    </Flex>
  );
}
