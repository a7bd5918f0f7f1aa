import { Card, Flex, Form, Input, Typography } from 'antd';
import type { ReactElement } from 'react';
import type { AdministeredOrganisation } from './administration.ts';
import { ChangeForm } from './change-form.tsx';
import { GroupList } from './group-list.tsx';
import { OrganisationSelect } from './organisation-select.tsx';

const asked = [{ required: true, message: '请填写' }];

interface OrganisationPanelProps {
  readonly organisation: AdministeredOrganisation;
  readonly onDone: () => void;
}

/** 一个组织的变更: renamed, put under another one, ended. What was done under it before stays as it was. */
export function OrganisationPanel(props: OrganisationPanelProps): ReactElement {
  const { organisation, onDone } = props;
  const { code, name, level } = organisation;
  const path = `/organisations/${code}`;
  return (
    <Flex vertical gap={12}>
      <Card size="small" title="改名">
        <ChangeForm path={`${path}/rename`} words="改名" onDone={onDone}>
          <Form.Item name="name" label="新名称" rules={asked}>
            <Input maxLength={100} placeholder={name} />
          </Form.Item>
        </ChangeForm>
      </Card>
      <Card size="small" title="改隶（划归另一个上级单位）">
        <ChangeForm path={`${path}/move`} words="改隶" onDone={onDone}>
          <Form.Item name="parentCode" label="新的上级单位" rules={asked}>
            <OrganisationSelect />
          </Form.Item>
        </ChangeForm>
      </Card>
      <Card size="small" title="撤销">
        <Typography.Paragraph type="secondary">
          撤销后不能再办新的事项；在办的名单由承接单位接着办。没有承接单位的，先办结在办的名单。
        </Typography.Paragraph>
        <ChangeForm
          path={`${path}/end`}
          words="撤销"
          danger
          toBody={({ successorCode, ...values }) => ({
            ...values,
            successorCode: successorCode ?? null,
          })}
          onDone={onDone}
        >
          <Form.Item name="successorCode" label="由哪个单位承接（没有的不选）">
            <OrganisationSelect />
          </Form.Item>
        </ChangeForm>
      </Card>
      {level === 'village' && <GroupList village={code} />}
    </Flex>
  );
}
