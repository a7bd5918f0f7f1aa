import { Alert, Button, Form, Input, Typography } from 'antd';
import { type ReactElement, useState } from 'react';
import { ProblemAlert } from '../refusal/problem-alert.tsx';
import { RowTable } from '../table/row-table.tsx';
import { PackPreviewPanel } from './pack-preview.tsx';
import { type PackVersion, usePackLoading, usePackVersions } from './pack-version.ts';

const TEXT_MAX = 500_000;
const REASON_MAX = 200;

const COLUMNS = [
  { title: '规则包', dataIndex: 'title' },
  { title: '版本', key: 'version', render: (row: PackVersion) => `第${row.version}版` },
  { title: '区划', dataIndex: 'areaCode' },
  { title: '来源', key: 'from', render: (row: PackVersion) => (row.isShipped ? '随系统' : '装入') },
  {
    title: '现行',
    key: 'present',
    render: (row: PackVersion) => (row.isPresent ? '是' : '已由新版代替'),
  },
];

/** 规则包装入: an administrator tries the text of a new version, reads what it means, and loads it. */
export function PackVersionPage(): ReactElement {
  const versions = usePackVersions();
  const { preview, loaded, problem, busy, look, load } = usePackLoading();
  const [text, setText] = useState('');
  const mayLoad = preview !== null && preview.refusals.length === 0 && !preview.isSame;
  return (
    <>
      <Typography.Title level={3}>规则包装入</Typography.Title>
      <ProblemAlert error={versions.error} />
      <RowTable<PackVersion>
        rows={versions.data?.items ?? []}
        columns={COLUMNS}
        rowKey={({ digest }) => digest}
        loading={versions.isPending}
      />
      <Typography.Title level={4}>装入新版本</Typography.Title>
      <Input.TextArea
        aria-label="规则包文本"
        placeholder="粘贴规则包文件的全文"
        rows={8}
        maxLength={TEXT_MAX}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <Button
        style={{ margin: '8px 0' }}
        loading={busy}
        disabled={text.trim() === ''}
        onClick={() => void look(text)}
      >
        试装（不改动数据）
      </Button>
      {loaded !== null && <Alert type="success" showIcon title={`已装入${loaded}`} />}
      {problem !== null && (
        <Alert type="error" showIcon title={problem.title} description={problem.detail} />
      )}
      {preview !== null && <PackPreviewPanel preview={preview} />}
      {mayLoad && (
        <Form<{ readonly reason: string }>
          layout="vertical"
          onFinish={({ reason }) => void load(reason)}
        >
          <Form.Item
            name="reason"
            label="依据或理由"
            rules={[{ required: true, message: '请填写' }]}
          >
            <Input maxLength={REASON_MAX} />
          </Form.Item>
          <Button type="primary" htmlType="submit" loading={busy}>
            装入
          </Button>
        </Form>
      )}
    </>
  );
}
