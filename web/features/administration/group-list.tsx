import { useQuery } from '@tanstack/react-query';
import { Card, Collapse, Flex, Form, Input, Select, Tag } from 'antd';
import type { ReactElement } from 'react';
import { read } from '../../api-client.ts';
import type { Answers } from '../../generated/api.ts';
import { ProblemAlert } from '../refusal/problem-alert.tsx';
import { ChangeForm } from './change-form.tsx';

type Groups = Answers['GET /administration/groups'];
type Group = Groups['items'][number];

const asked = [{ required: true, message: '请填写' }];

function GroupChanges(props: { readonly group: Group; readonly others: readonly Group[] }) {
  const { group, others } = props;
  const path = `/groups/${group.id}`;
  return (
    <Flex vertical gap={12}>
      <ChangeForm path={`${path}/rename`} words="改名" dated={false}>
        <Form.Item name="name" label="新名称" rules={asked}>
          <Input maxLength={100} placeholder={group.name} />
        </Form.Item>
      </ChangeForm>
      <ChangeForm
        path={`${path}/end`}
        words="撤销"
        danger
        toBody={({ intoId, ...values }) => ({ ...values, intoId: intoId ?? null })}
      >
        <Form.Item name="intoId" label="并入哪个小组（组里还有农户的，必须选）">
          <Select allowClear options={others.map(({ id, name }) => ({ value: id, label: name }))} />
        </Form.Item>
      </ChangeForm>
    </Flex>
  );
}

/** 村民小组 of a village: set up, renamed, merged into another. */
export function GroupList({ village }: { readonly village: string }): ReactElement {
  const groups = useQuery({
    queryKey: ['administered-groups', village],
    queryFn: () => read<Groups>(`/administration/groups?village=${village}`),
  });
  const items = groups.data?.items ?? [];
  const standing = items.filter(({ validTo }) => validTo === null);
  return (
    <Card size="small" title="村民小组">
      <Flex vertical gap={12}>
        <ProblemAlert error={groups.error} />
        <Collapse
          size="small"
          items={items.map((group) => ({
            key: group.id,
            label: (
              <>
                {group.name} {group.validTo !== null && <Tag>{group.validTo}撤销</Tag>}
              </>
            ),
            children:
              group.validTo === null ? (
                <GroupChanges group={group} others={standing.filter(({ id }) => id !== group.id)} />
              ) : null,
          }))}
        />
        <ChangeForm
          path="/groups"
          words="增设小组"
          dated={false}
          toBody={(values) => ({ ...values, villageCode: village })}
        >
          <Form.Item name="name" label="新小组的名称" rules={asked}>
            <Input maxLength={100} />
          </Form.Item>
        </ChangeForm>
      </Flex>
    </Card>
  );
}
